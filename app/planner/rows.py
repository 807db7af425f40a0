"""What was fetched, as GraphQL's resolvers find it: the values of one object, and its children by response key."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from graph_schema.model import MODEL


class Row:
    """One object of the answer. Values have the names of the API; `type` is the name of its GraphQL type, and `shape`
    shows the whole of it, as far as its selection is plain.

    Computed fields of the API see a row as `self`: attributes in Python's case find the values.
    """

    __slots__ = ("children", "shape", "type", "values")

    def __init__(self, type: str, values: Mapping[str, Any], shape: Callable[[Any], Any] | None = None) -> None:
        self.type = type
        self.values = values
        self.shape = shape
        self.children: dict[str, Any] = {}

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self.values.get(camel(name))


@cache
def camel(name: str) -> str:
    """created_at -> createdAt"""
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def type_of(labels: Sequence[str]) -> str:
    """The GraphQL type of a node: the one of its labels that is a node of the model."""
    return _type_of(tuple(labels))


@cache
def _type_of(labels: tuple[str, ...]) -> str:
    return MODEL.label_of(labels)
