"""A graph with one node and one relationship of every kind, with all their properties: the whole model is known."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from neo4j import AsyncDriver

from graph_schema.elements import Property, Type
from graph_schema.model import MODEL

INSTANT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
VALUES: dict[Type, Any] = {
    Type.INTEGER: 0,
    Type.INTEGERS: [1],
    Type.FLOAT: 0.5,
    Type.FLOATS: [0.5],
    Type.BOOLEAN: True,
    Type.DATETIME: INSTANT,
    Type.DATETIMES: [INSTANT],
    Type.DATE: INSTANT.date(),
    Type.JSON: "{}",
}

# One statement for all labels, one for all types: each of its own would have to be planned.
NODES = "UNWIND $nodes AS each CREATE (x:$(each.labels)) SET x = each.values"
EDGES = """UNWIND $edges AS each MATCH (a:$(each.source)) MATCH (b:$(each.target))
CREATE (a)-[r:$(each.type)]->(b) SET r = each.values"""


async def fill(driver: AsyncDriver) -> None:
    """Write the graph. Texts are made of their owner's name, so that what has to be unique is."""
    nodes = [
        {"labels": [node.label, *node.labels], "values": values(node.label, node.properties)} for node in MODEL.nodes
    ]
    edges = [
        {
            "type": edge.type,
            "source": edge.sources[0],
            "target": edge.targets[0],
            "values": values(edge.type, edge.properties),
        }
        for edge in MODEL.relationships
    ]
    await driver.execute_query(NODES, nodes=nodes)
    await driver.execute_query(EDGES, edges=edges)
    # What is known of sizes decides plans: it should be that of this graph, not of those that were here before.
    await driver.execute_query("CALL db.prepareForReplanning()")


def values(owner: str, properties: Iterable[Property]) -> dict[str, Any]:
    return {each.name: value(owner, each) for each in properties}


def value(owner: str, property: Property) -> str | int | float | bool | date | list[Any]:
    text = f"{owner}.{property.name}"
    known: dict[Type, Any] = {**VALUES, Type.STRING: text, Type.STRINGS: [text]}
    found: str | int | float | bool | date | list[Any] = known[property.type]
    return found
