"""What expressions can speak of: messages with typed fields, as plain data."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The type of a value, under its name in CEL."""

    STRING = "string"
    INT = "int"
    DOUBLE = "double"
    BOOL = "bool"
    TIMESTAMP = "timestamp"


@dataclass(frozen=True)
class Field:
    """One field. A value that may be null is never a timestamp: CEL has no null of these."""

    name: str
    type: "Kind | Message"
    meaning: str
    is_list: bool = False
    may_be_null: bool = False

    def __post_init__(self) -> None:
        if self.may_be_null and (self.is_list or self.type is Kind.TIMESTAMP or isinstance(self.type, Message)):
            raise ValueError(f"{self.name} cannot be null: a list is empty, and neither times nor messages are null")

    @property
    def written(self) -> str:
        """The type as it is told to people: list(Dataset), string or null ..."""
        name = self.type.name if isinstance(self.type, Message) else self.type.value
        return f"list({name})" if self.is_list else f"{name} or null" if self.may_be_null else name


@dataclass(frozen=True)
class Message:
    """Values under names."""

    name: str
    meaning: str
    fields: tuple[Field, ...]

    @property
    def messages(self) -> tuple["Message", ...]:
        """This one and all that its fields lead to, each once, in the order in which they are met."""
        found: dict[str, Message] = {self.name: self}
        for field in self.fields:
            if isinstance(field.type, Message):
                found.update({each.name: each for each in field.type.messages})
        return tuple(found.values())


def one(name: str, type: Kind | Message, meaning: str) -> Field:
    """A value that is always there."""
    return Field(name, type, meaning)


def nullable(name: str, type: Kind, meaning: str) -> Field:
    """A value that may be null."""
    return Field(name, type, meaning, may_be_null=True)


def several(name: str, type: Kind | Message, meaning: str) -> Field:
    """A list, which may be empty."""
    return Field(name, type, meaning, is_list=True)
