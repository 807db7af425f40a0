"""What a graph model is made of: nodes, properties, relationships, uniqueness and indexes, as plain data."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from itertools import chain


class Type(StrEnum):
    """The type of a property, as Neo4j stores it."""

    STRING = "string"
    STRINGS = "list of strings"
    INTEGER = "integer"
    INTEGERS = "list of integers"
    FLOAT = "float"
    FLOATS = "list of floats"
    BOOLEAN = "boolean"
    DATETIME = "datetime"
    DATETIMES = "list of datetimes"
    DATE = "date"
    JSON = "JSON text"


class Nature(StrEnum):
    """What a property may tell of people. What is not plain can be erased from the audit log, which is sealed."""

    PLAIN = "plain"
    FREE_TEXT = "free text"
    PERSONAL = "personal"


FREE_TEXT, PERSONAL = Nature.FREE_TEXT, Nature.PERSONAL


@dataclass(frozen=True)
class Property:
    """One property of a node or a relationship. What is not required may be absent. JSON is free text."""

    name: str
    type: Type
    meaning: str
    required: bool = False
    nature: Nature = Nature.PLAIN

    def __post_init__(self) -> None:
        if self.type is Type.JSON and self.nature is Nature.PLAIN:
            object.__setattr__(self, "nature", Nature.FREE_TEXT)


@dataclass(frozen=True)
class Node:
    """One kind of node. `labels` come with it beside its own name; `key` is its natural key, unique when present."""

    label: str
    meaning: str
    properties: tuple[Property, ...]
    labels: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    unique: tuple[tuple[str, ...], ...] = ()
    indexes: tuple[tuple[str, ...], ...] = ()

    @cached_property
    def property_names(self) -> tuple[str, ...]:
        return tuple(p.name for p in self.properties)


@dataclass(frozen=True)
class Relationship:
    """One kind of relationship: `sources` and `targets` are labels, the arrow runs from the first to the second."""

    type: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    meaning: str
    properties: tuple[Property, ...] = ()
    is_lineage: bool = False


@dataclass(frozen=True)
class GraphModel:
    """The whole model, as the code, the documentation and the database know it."""

    nodes: tuple[Node, ...]
    relationships: tuple[Relationship, ...]
    by_label: dict[str, Node] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_label", {node.label: node for node in self.nodes})

    def label_of(self, labels: Iterable[str]) -> str:
        """The label of a node that is its own, among all that it carries."""
        return next(label for label in labels if label in self.by_label)

    @property
    def names(self) -> dict[str, list[str]]:
        """Every name that occurs: `labels`, `types` and `properties`, each in order."""
        of_nodes = {name for node in self.nodes for name in (node.label, *node.labels)}
        types = {relationship.type for relationship in self.relationships}
        all_properties = chain(*(n.properties for n in self.nodes), *(r.properties for r in self.relationships))
        properties = {each.name for each in all_properties}
        return {"labels": sorted(of_nodes), "types": sorted(types), "properties": sorted(properties)}

    @property
    def lineage_types(self) -> tuple[str, ...]:
        """The relationship types that lineage follows."""
        return tuple(r.type for r in self.relationships if r.is_lineage)


def required(name: str, type: Type, meaning: str, nature: Nature = Nature.PLAIN) -> Property:
    """A property that every node of its kind has."""
    return Property(name, type, meaning, required=True, nature=nature)


def optional(name: str, type: Type, meaning: str, nature: Nature = Nature.PLAIN) -> Property:
    """A property that may be absent."""
    return Property(name, type, meaning, nature=nature)
