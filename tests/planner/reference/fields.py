"""The register of the naive reference: how each field of the schema is answered by walking the graph in Python.

A field that is not registered is a property of its node, or an item of its map.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from tests.planner.graph import Edge, Graph, Node

Arguments = Mapping[str, Any]
Answer = Callable[[Graph, Any, Arguments], Any]

ANSWERS: dict[tuple[str, str], Answer] = {}

# What a run has exercised: fields with their variants, filters, orders.
exercised: Counter[str] = Counter()


class Refused(Exception):
    """What the API refuses as INVALID_INPUT, with the path of the argument."""

    def __init__(self, message: str, *path: str | int) -> None:
        self.message = message
        self.path = list(path)
        super().__init__(message)


def answers(*coordinates: str) -> Callable[[Answer], Answer]:
    """Register the answer of fields, each named as Type.field; an interface stands for all types that implement it."""

    def register(answer: Answer) -> Answer:
        for coordinate in coordinates:
            owner, field = coordinate.split(".")
            ANSWERS[owner, field] = answer
        return answer

    return register


def held_at(fact: Node | Edge, moment: datetime) -> bool:
    """Whether an instant lies in the interval of a fact: its start belongs to it, its end does not."""
    return bool(fact["validFrom"] <= moment and (fact["validTo"] is None or moment < fact["validTo"]))


def current(facts: Iterable[Node], moment: datetime | None) -> list[Node]:
    """The facts that hold at an instant, or now."""
    return [fact for fact in facts if (fact["validTo"] is None if moment is None else held_at(fact, moment))]


def distinct(nodes: Iterable[Node]) -> list[Node]:
    """Every node once."""
    return list({node["id"]: node for node in nodes}.values())


def by_id(nodes: Iterable[Node]) -> list[Node]:
    return sorted(nodes, key=lambda node: str(node["id"]))


def facet(**properties: Any) -> Mapping[str, Any] | None:
    """Some properties under a name of their own; nothing when all are absent."""
    return None if all(value is None for value in properties.values()) else properties
