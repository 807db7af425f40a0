"""What the line of any entity may say."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from app.domain.command import Input, many, optional
from app.domain.description import LinkInput, ReferenceInput, check_single, reference_properties
from app.domain.resolution import Key
from app.domain.scalars import FreeJSON, Id, Instant, Line, Name, PastInstant, TagKey, Text
from app.errors import InvalidInput
from app.transfer.references import external_key, key
from graph_schema.model import MODEL

ACTORS = ("User", "Team", "ServiceAccount")


@dataclass(frozen=True)
class Mention:
    """Something else that a line names, and the labels that it may have. `says` is how to make it when it is new."""

    key: Key
    labels: tuple[str, ...]
    implied: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Satellite:
    """A node that describes the entity: its properties, and the ids it keeps of what it mentions."""

    label: str
    properties: Mapping[str, Any]
    mentions: Mapping[str, Mention] = field(default_factory=dict)


class EntityLine(Input):
    """The line of an entity. `label` is its `type`."""

    label: ClassVar[str]

    type: str = Field(description="Its label in the graph.")
    id: Id | None = optional("Its id; made when there is none.")
    created_at: PastInstant | None = optional(
        "When it came into being; the instant of the import, when nothing is said."
    )
    created_by: Line | None = optional("Name of who created it. null says that nobody knows; left out, the importer.")
    recorded_at: Instant | None = optional("Ignored: it is always the registry's own.")
    revision: int | None = optional("How often it has changed, plus one.", ge=1)
    archived_at: PastInstant | None = optional("When it was put away.")
    is_stub: bool = Field(default=False, description="Whether nothing but its name is known.")
    metadata: FreeJSON | None = optional("Free metadata, never read by the registry.")
    tags: dict[TagKey, Text] = Field(default={}, description="Its tags, values by key.")
    links: tuple[LinkInput, ...] = many("Pages about it.", limit=1_000)
    references: tuple[ReferenceInput, ...] = many("Its names in other systems.", limit=1_000)

    @model_validator(mode="after")
    def _names_everything_once(self) -> Self:
        singly("links", [link.url for link in self.links])
        singly("references", [(each.system, each.external_id) for each in self.references])
        return self

    @property
    def key(self) -> Key:
        """What stands for it: its natural key; for what has none its id, or its first name in another system."""
        raise NotImplementedError

    @cached_property
    def keys(self) -> tuple[Key, ...]:
        """Everything that leads to it, the key first."""
        by_id = [key("ids", {"id": self.id})] if self.id is not None else []
        external = [external_key(each.system, each.external_id) for each in self.references]
        return tuple(dict.fromkeys((self.key, *by_id, *external)))

    def properties(self) -> dict[str, Any]:
        """The properties that it says, as the graph keeps them, without its bookkeeping and what it mentions."""
        names = MODEL.by_label[self.label].property_names
        said = self.model_dump(by_alias=True, exclude=set(EntityLine.model_fields) - {"archived_at", "metadata"})
        return {name: plain_enum(value) for name, value in said.items() if name in names and value is not None}

    def usual(self) -> dict[str, Any]:
        """What its properties are where it says nothing."""
        return {}

    def mentions(self) -> dict[str, Mention]:
        """What else it names, by the property that keeps the id."""
        return {"createdById": actor(self.created_by)} if self.created_by else {}

    def lists(self) -> dict[str, tuple[Mention, ...]]:
        """Lists of what else it names, by the property that keeps the ids."""
        return {}

    def presupposes(self) -> Iterator[Mention]:
        """What has to be there besides, although no property keeps its id."""
        yield from ()

    def satellites(self) -> Iterator[Satellite]:
        """What describes it."""
        yield from (Satellite("Tag", {"key": name, "value": value}) for name, value in self.tags.items())
        yield from (Satellite("Link", link.model_dump(by_alias=True)) for link in self.links)
        yield from (Satellite("ExternalReference", reference_properties(each)) for each in self.references)


class UnnamedLine(EntityLine):
    """The line of what has no natural key: its id stands for it, or its first name in another system."""

    @model_validator(mode="after")
    def _can_be_told_from_others(self) -> Self:
        if self.id is None and not self.references:
            raise ValueError("it has no natural key: an id is needed, or one of references")
        return self

    @property
    def key(self) -> Key:
        if self.id is not None:
            return key("ids", {"id": self.id})
        first = self.references[0]
        return external_key(first.system, first.external_id)


class RetainedLine(EntityLine):
    """The line of what may have to be kept."""

    retained_until: Instant | None = optional("First instant at which it may be deleted; at any, when left out.")
    retention_reason: Text | None = optional("Why it is kept until then.")


class ScopeLine(RetainedLine):
    """The line of a model or a dataset, which can be private."""

    name: Name = Field(description="Exact and case-sensitive; may hold a namespace, team/name.")
    is_private: Literal[True] | None = optional("true while only few may see it; left out, everybody does.")

    @model_validator(mode="after")
    def _can_be_private(self) -> Self:
        if self.is_private and "/" not in self.name:
            raise ValueError("what is private has a name in a team's namespace, team/name")
        return self


def actor(name: str) -> Mention:
    return Mention(Key.of("actors_by_name", name=name), ACTORS)


def plain_enum(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value


def singly(name: str, keys: list[Any]) -> None:
    """Refuse a list that says something twice."""
    try:
        check_single(keys, name)
    except InvalidInput:
        raise ValueError(f"{name} says something twice") from None
