"""Graphs for tests of lineage, drawn in a few words and written straight to Neo4j, also what the API would refuse."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from neo4j import AsyncDriver

from graph_schema.model import MODEL

BEGIN = datetime(2026, 3, 1, tzinfo=UTC)
WRITE_NODES = """
UNWIND $nodes AS n
CREATE (x)
SET x:$(n.labels), x += n.properties, x.id = n.id, x.revision = 1, x.createdAt = $begin, x.recordedAt = $begin
"""
WRITE_EDGES = """
UNWIND $edges AS e
MATCH (source:Entity {id: e.source})
MATCH (target:Entity {id: e.target})
CREATE (source)-[r:$(e.kind)]->(target)
SET r += e.properties, r.id = e.id, r.validFrom = e.from, r.validTo = e.to, r.recordedAt = e.from
"""


def day(number: int) -> datetime:
    """An instant, so many days after the beginning."""
    return BEGIN + timedelta(days=number)


@dataclass(frozen=True)
class Node:
    """A node. Versions get the number that their natural key needs."""

    id: str
    label: str = "ModelVersion"
    properties: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Edge:
    """An edge from the later thing to what it came from, which holds from day `begin` up to day `end`."""

    id: str
    source: str
    target: str
    kind: str = "DERIVED_FROM"
    properties: Mapping[str, Any] = field(default_factory=dict)
    begin: int = 0
    end: int | None = None


@dataclass(frozen=True)
class Drawing:
    """A whole graph."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    async def write(self, driver: AsyncDriver) -> None:
        nodes = [
            {"id": n.id, "labels": [n.label, *MODEL.by_label[n.label].labels], "properties": properties(n, i)}
            for i, n in enumerate(self.nodes, 1)
        ]
        for start in range(0, len(nodes), 5_000):
            await driver.execute_query(WRITE_NODES, nodes=nodes[start : start + 5_000], begin=BEGIN)
        edges = [
            {
                "id": e.id,
                "source": e.source,
                "target": e.target,
                "kind": e.kind,
                "properties": dict(e.properties),
                "from": day(e.begin),
                "to": None if e.end is None else day(e.end),
            }
            for e in self.edges
        ]
        for start in range(0, len(edges), 5_000):
            await driver.execute_query(WRITE_EDGES, edges=edges[start : start + 5_000])


def properties(node: Node, number: int) -> dict[str, Any]:
    """What a node of its label cannot do without."""
    own: dict[str, dict[str, Any]] = {
        "ModelVersion": {"modelId": "model", "number": number},
        "DatasetVersion": {"datasetId": "dataset", "version": node.id, "classifications": []},
        "Run": {"status": "SUCCEEDED"},
    }
    return {"isStub": False, **own.get(node.label, {"name": node.id}), **node.properties}


def drawn(pairs: Iterable[tuple[str, str]], label: str = "ModelVersion") -> Drawing:
    """A graph of derivations, from pairs (later, earlier). Its edges are e0, e1 ... in the order of the pairs."""
    given = tuple(pairs)
    names = dict.fromkeys(name for pair in given for name in pair)
    edges = tuple(
        Edge(f"e{i}", later, earlier, properties={"kind": "OTHER"}) for i, (later, earlier) in enumerate(given)
    )
    return Drawing(tuple(Node(name, label) for name in names), edges)


def ladder(width: int, layers: int) -> Drawing:
    """Layers of nodes "layer.place", each derived from all of the layer above: width ** (layers - 1) paths from one."""
    return drawn(
        (f"{layer}.{place}", f"{layer + 1}.{origin}")
        for layer in range(layers - 1)
        for place in range(width)
        for origin in range(width)
    )
