"""What a walk must answer, found by plain search in Python: slow, and simple enough to be believed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.api.lineage.drawing import Drawing, Edge, Node, day


@dataclass(frozen=True)
class Question:
    """A question about a drawing. The fields mean what the arguments of the API mean."""

    start: str
    direction: str
    max_depth: int | None = None
    through: Mapping[str, Any] | None = None
    where: Mapping[str, Any] | None = None
    as_of: int | None = None
    limit: int = 1_000

    @property
    def variables(self) -> dict[str, Any]:
        return {
            "of": {"id": self.start},
            "direction": self.direction,
            "maxDepth": self.max_depth,
            "through": self.through,
            "where": self.where,
            "asOf": None if self.as_of is None else day(self.as_of).isoformat(),
            "limit": self.limit,
        }


def answer(drawing: Drawing, question: Question) -> dict[str, Any]:
    """The nodes as (id, depth), the ids of edges and of the frontier, and what was left out."""
    nodes = {node.id: node for node in drawing.nodes}
    levels = list(search(drawing, question))
    kept, cut = [levels[0]], None
    for depth, level in enumerate(levels[1:], 1):
        reported = [n for level in [*kept[1:], level] for n in level if matches(nodes[n], question)]
        if question.max_depth is not None and depth > question.max_depth:
            cut = "DEPTH"
        elif len(reported) > question.limit:
            cut = "BUDGET"
        if cut:
            break
        kept.append(level)
    beyond = levels[len(kept)] if cut else []
    stops = [(n, depth) for depth, level in enumerate(kept) if depth for n in level if matches(nodes[n], question)]
    ends = {question.start, *(n for n, _ in stops)}
    return {
        "nodes": sorted(stops, key=lambda stop: (stop[1], stop[0])),
        "edges": sorted(e.id for e in drawing.edges if follows(e, question) and {e.source, e.target} <= ends),
        "complete": cut is None,
        "truncation": (cut, len([n for n in beyond if matches(nodes[n], question)])) if cut else None,
        "frontier": sorted({n for n, far in steps(drawing, question) if n in kept[-1] and far in beyond}),
        "stubs": sorted(n for n, _ in stops if nodes[n].properties.get("isStub")),
    }


def search(drawing: Drawing, question: Question) -> Iterator[list[str]]:
    """The levels of a breadth-first search."""
    seen, level = {question.start}, [question.start]
    allowed = list(steps(drawing, question))
    while level:
        yield level
        reached = {far for near, far in allowed if near in level} - seen
        seen |= reached
        level = sorted(reached)


def steps(drawing: Drawing, question: Question) -> Iterator[tuple[str, str]]:
    """Every step that the walk may take, as (near, far)."""
    labels = {node.id: node.label for node in drawing.nodes}
    passing = (question.through or {}).get("types")
    for edge in drawing.edges:
        upward = question.direction == "UPSTREAM"
        near, far = (edge.source, edge.target) if upward else (edge.target, edge.source)
        if follows(edge, question) and (near == question.start or passing is None or labels[near] in passing):
            yield near, far


def follows(edge: Edge, question: Question) -> bool:
    through = question.through or {}
    if not holds(edge, question.as_of):
        return False
    if not among(edge.kind, through.get("edgeKinds")):
        return False
    if edge.kind == "USED" and not among(edge.properties.get("role"), through.get("roles")):
        return False
    return edge.kind != "DERIVED_FROM" or among(edge.properties.get("kind"), through.get("derivations"))


def holds(edge: Edge, as_of: int | None) -> bool:
    if as_of is None:
        return edge.end is None
    return edge.begin <= as_of and (edge.end is None or as_of < edge.end)


def among(value: Any, allowed: Sequence[Any] | None) -> bool:
    return allowed is None or value in allowed


def matches(node: Node, question: Question) -> bool:
    where = question.where or {}
    if not among(node.label, where.get("types")):
        return False
    if "isStub" in where and bool(node.properties.get("isStub")) != where["isStub"]:
        return False
    if "license" in where and not compares(node.properties.get("licenseSpdx"), where["license"]):
        return False
    if "classification" in where:
        classes = node.properties.get("classifications") or [None]
        return any(compares(each, where["classification"]) for each in classes)
    return True


OPERATORS: Mapping[str, Callable[[str | None, Any], bool]] = {
    "eq": lambda value, operand: value == operand,
    "ne": lambda value, operand: value != operand,
    "in": lambda value, operand: value in operand,
    "contains": lambda value, operand: value is not None and operand in value,
    "startsWith": lambda value, operand: value is not None and value.startswith(operand),
    "isNull": lambda value, operand: (value is None) == operand,
}


def compares(value: str | None, filter: Mapping[str, Any]) -> bool:
    return all(OPERATORS[operator](value, operand) for operator, operand in filter.items())
