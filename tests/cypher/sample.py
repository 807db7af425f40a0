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


async def fill(driver: AsyncDriver) -> None:
    """Write the graph. Texts are made of their owner's name, so that what has to be unique is."""
    for node in MODEL.nodes:
        labels = ":".join((node.label, *node.labels))
        await driver.execute_query(f"CREATE (x:{labels}) SET x = $values", values=values(node.label, node.properties))
    for edge in MODEL.relationships:
        await driver.execute_query(
            f"MATCH (a:{edge.sources[0]}) MATCH (b:{edge.targets[0]}) CREATE (a)-[r:{edge.type}]->(b) SET r = $values",
            values=values(edge.type, edge.properties),
        )
    # What is known of sizes decides plans: it should be that of this graph, not of those that were here before.
    await driver.execute_query("CALL db.prepareForReplanning()")


def values(owner: str, properties: Iterable[Property]) -> dict[str, Any]:
    return {each.name: value(owner, each) for each in properties}


def value(owner: str, property: Property) -> str | int | float | bool | date | list[Any]:
    text = f"{owner}.{property.name}"
    known: dict[Type, Any] = {**VALUES, Type.STRING: text, Type.STRINGS: [text]}
    found: str | int | float | bool | date | list[Any] = known[property.type]
    return found
