"""What a client may ask to be changed: one frozen class for each mutation, the only definition of its input."""

from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel

from app.domain.permission.needs import REGISTRY, Needs
from app.domain.scalars import Line

LIST_LIMIT = 100


class Input(BaseModel):
    """A part of a command. Its names are snake_case in Python and camelCase on the wire."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", alias_generator=to_camel, validate_by_name=True, validate_by_alias=True
    )


class OneOf(Input):
    """An input of which exactly one field is given."""

    @model_validator(mode="after")
    def _has_exactly_one(self) -> Self:
        given = [name for name in self.model_fields_set if getattr(self, name) is not None]
        if len(given) != 1 or len(self.model_fields_set) != 1:
            names = ", ".join(to_camel(name) for name in type(self).model_fields)
            raise ValueError(f"exactly one of {names} must be given")
        return self

    @property
    def given(self) -> tuple[str, Any]:
        """The name and the value of the field that was given."""
        name = next(iter(self.model_fields_set))
        return name, getattr(self, name)


class Command(Input):
    """What one mutation takes. `action` is its name in the audit log and the permission that it takes, `needs` say over
    what.

    A client may send it again when it did not hear the answer.
    """

    action: ClassVar[str]
    needs: ClassVar[Needs] = REGISTRY

    idempotency_key: Line | None = Field(
        default_factory=lambda: None,
        description="Any text of the client's own. The same command sent again with it within 30 days is answered "
        "with what the first one did; another command with it is an error.",
    )

    def takes(self) -> tuple[str, ...]:
        """What it takes: its action, and what else it does."""
        return (self.action,)

    def moves(self) -> tuple[str, ...]:
        """Aliases that it moves: those that a model protects take a permission more."""
        return ()


def optional(description: str, **constraints: Any) -> Any:
    """A field that may be absent or null. GraphQL shows no default, so that an update can tell the two apart."""
    return Field(default_factory=lambda: None, description=description, **constraints)


def many(description: str, limit: int = LIST_LIMIT) -> Any:
    """A list that may be left out."""
    return Field(default=(), description=description, max_length=limit)
