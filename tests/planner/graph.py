"""A graph as plain data: what the tests load into Neo4j, and what the naive reference walks."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from neo4j import AsyncDriver

LOAD = """
CYPHER 5
MATCH (old)
WITH collect(old) AS gone
CALL (gone) { UNWIND gone AS old DETACH DELETE old RETURN count(*) AS deleted }
CALL () {
  UNWIND $nodes AS node
  CREATE (made:$(node.labels))
  SET made = node.properties
  RETURN count(*) AS nodes
}
CALL () {
  UNWIND $edges AS edge
  MATCH (source:Entity {id: edge.source})
  MATCH (target:Entity {id: edge.target})
  CREATE (source)-[made:$(edge.type)]->(target)
  SET made = edge.properties
  RETURN count(*) AS edges
}
RETURN nodes, edges
"""


@dataclass(frozen=True)
class Node:
    """A node: the first of its labels is its type."""

    labels: tuple[str, ...]
    properties: Mapping[str, Any]

    @property
    def type(self) -> str:
        return self.labels[0]

    def __getitem__(self, name: str) -> Any:
        return self.properties.get(name)


@dataclass(frozen=True)
class Edge:
    """A relationship between two nodes that have ids."""

    type: str
    source: str
    target: str
    properties: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.properties.get(name)

    def holds(self, moment: datetime | None = None) -> bool:
        """Whether it is asserted now, or was at an instant."""
        if moment is None:
            return self["validTo"] is None
        return bool(self["validFrom"] <= moment and (self["validTo"] is None or moment < self["validTo"]))


@dataclass(frozen=True)
class Graph:
    """A whole graph, or what somebody sees of one: `withheld` are the edges that lead from there to what is hidden, and
    `whole` is all there is."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    withheld: tuple[Edge, ...] = ()
    whole: "Graph | None" = None

    def without(self, hidden: Set[str]) -> "Graph":
        """What there is for somebody from whom these models and datasets are hidden: all but what belongs to them."""
        gone = {node["id"] for node in self.nodes if hidden & {node["scope"], *(node["scopes"] or ())}}
        return Graph(
            tuple(node for node in self.nodes if node["id"] not in gone and node["subjectId"] not in gone),
            tuple(edge for edge in self.edges if edge.source not in gone and edge.target not in gone),
            tuple(edge for edge in self.edges if edge.source not in gone and edge.target in gone),
            self,
        )

    @cached_property
    def by_id(self) -> Mapping[str, Node]:
        return {node["id"]: node for node in self.nodes if "Entity" in node.labels}

    def of(self, label: str) -> Iterator[Node]:
        """The nodes with a label."""
        return (node for node in self.nodes if label in node.labels)

    def out(self, node: Node, *types: str, at: datetime | None = None) -> Iterator[tuple[Edge, Node]]:
        """The relationships that leave a node and hold, now or at an instant, with where they lead."""
        for edge in self.edges:
            if edge.source == node["id"] and edge.type in types and edge.holds(at):
                yield edge, self.by_id[edge.target]

    def into(self, node: Node, *types: str, at: datetime | None = None) -> Iterator[tuple[Edge, Node]]:
        """The relationships that come into a node and hold, now or at an instant, with where they come from."""
        for edge in self.edges:
            if edge.target == node["id"] and edge.type in types and edge.holds(at):
                yield edge, self.by_id[edge.source]


async def load(driver: AsyncDriver, graph: Graph) -> None:
    """Replace what the database holds by this graph, in one statement."""
    nodes = [{"labels": list(node.labels), "properties": dict(node.properties)} for node in graph.nodes]
    edges = [
        {"type": edge.type, "source": edge.source, "target": edge.target, "properties": dict(edge.properties)}
        for edge in graph.edges
    ]
    result = await driver.execute_query(LOAD, nodes=nodes, edges=edges)
    assert tuple(result.records[0]) == (len(nodes), len(edges))
