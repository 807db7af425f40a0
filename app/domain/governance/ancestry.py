"""The whole ancestry of a version: what it came from and needs, how to get there, and its digest.

Pure: it is put together from one walk up the lineage.
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from app.domain.canonical import canonical, digest_of
from graph_schema.model import MODEL

# What tells a node from another of its kind, whatever else is said of it. What is called otherwise is the same thing.
IDENTITY: Mapping[str, tuple[str, ...]] = {
    "ModelVersion": ("artifactDigest",),
    "DatasetVersion": ("digest", "snapshotSystem", "snapshotRevision"),
    "Commit": ("sha",),
    "UnknownAsset": ("name",),
}
EDGE = ("id", "kind", "sourceId", "targetId", "role", "derivation", "dependency")
LEARNED = frozenset({"USED", "GENERATED_BY", "DERIVED_FROM"})
NOT_LEARNED = frozenset({"test", "evaluation"})  # roles of data that a run only measured with

Node = Mapping[str, Any]
Edge = Mapping[str, Any]


@dataclass(frozen=True)
class Ancestry:
    """A version, the nodes above it with their depths, the nearest first, and all edges among them."""

    start: Node
    nodes: Sequence[Node]
    edges: Sequence[Edge]
    complete: bool = True
    truncation: Mapping[str, Any] | None = None

    @cached_property
    def by_id(self) -> Mapping[str, Node]:
        return {node["id"]: node for node in (self.start, *self.nodes)}

    @cached_property
    def leaving(self) -> Mapping[str, Sequence[Edge]]:
        """The edges up from each node, by id."""
        found: dict[str, list[Edge]] = {}
        for edge in sorted(self.edges, key=lambda each: str(each["id"])):
            found.setdefault(edge["sourceId"], []).append(edge)
        return found

    @cached_property
    def arriving(self) -> Mapping[str, Sequence[Edge]]:
        """The edges that lead to each node, by id."""
        found: dict[str, list[Edge]] = {}
        for edge in sorted(self.edges, key=lambda each: str(each["id"])):
            found.setdefault(edge["targetId"], []).append(edge)
        return found

    @cached_property
    def learned_from(self) -> frozenset[str]:
        """The ids of what the version may have learned from."""
        return frozenset(reached(self.leaving, self.start["id"], is_learned))

    @cached_property
    def digest(self) -> str:
        """The digest of the version and all above it: it changes with every node that comes or goes or is described at
        last, and with every edge, and with nothing else."""
        said = {
            "version": {**identity(self.start), "modelId": self.start["modelId"], "number": self.start["number"]},
            "nodes": sorted((identity(node) for node in self.nodes), key=lambda each: str(each["id"])),
            "edges": [told(edge) for edge in sorted(self.edges, key=lambda each: str(each["id"]))],
            "complete": self.complete,
        }
        return digest_of(canonical(said))

    def way(self, id: str) -> tuple[Edge, ...]:
        """One of the shortest ways up from the version, always the same; empty to itself and to what is not there."""
        back: dict[str, Edge] = {}
        for edge in climbed(self.leaving, self.start["id"]):
            back.setdefault(edge["targetId"], edge)
            if edge["targetId"] == id:
                break
        way: list[Edge] = []
        while id in back:
            way.append(back[id])
            id = back[id]["sourceId"]
        return tuple(reversed(way))


def is_learned(edge: Edge) -> bool:
    return edge["kind"] in LEARNED and edge["role"] not in NOT_LEARNED


def climbed(leaving: Mapping[str, Sequence[Edge]], start: str) -> Iterable[Edge]:
    """The edges by which each node is reached first, the nearest first."""
    seen, waiting = {start}, deque([start])
    while waiting:
        for edge in leaving.get(waiting.popleft(), ()):
            if edge["targetId"] not in seen:
                seen.add(edge["targetId"])
                waiting.append(edge["targetId"])
                yield edge


def reached(leaving: Mapping[str, Sequence[Edge]], start: str, follows: Callable[[Edge], bool]) -> set[str]:
    """The ids of the nodes to which the edges that it follows lead."""
    chosen = {id: [edge for edge in edges if follows(edge)] for id, edges in leaving.items()}
    return {edge["targetId"] for edge in climbed(chosen, start)}


def identity(node: Node) -> dict[str, Any]:
    """A node as its identity: its id, its type, and what tells it from others. Nulls are left out."""
    kind = type_of(node)
    facts = {name: node[name] for name in IDENTITY.get(kind, ()) if node.get(name) is not None}
    return {"id": node["id"], "type": kind, "isStub": bool(node["isStub"]), **facts}


def told(edge: Edge) -> dict[str, Any]:
    return {name: edge[name] for name in EDGE if edge[name] is not None}


def type_of(node: Node) -> str:
    return MODEL.label_of(node["labels"])
