"""Compares what a database holds with the model, from figures: which labels, types and properties there are, how often.

Pure functions from rows to problems, one line each. A row has `count` and `examples`, the names of at most two of its
nodes or relationships.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from graph_schema.definitions import Definition
from graph_schema.elements import GraphModel, Property, Type

Row = Mapping[str, Any]

# What Cypher's valueType() answers for a stored value of each type.
VALUE_TYPES: dict[Type, tuple[str, ...]] = {
    Type.STRING: ("STRING",),
    Type.STRINGS: ("LIST<STRING NOT NULL>", "LIST<NOTHING>"),
    Type.INTEGER: ("INTEGER",),
    Type.INTEGERS: ("LIST<INTEGER NOT NULL>", "LIST<NOTHING>"),
    Type.FLOAT: ("FLOAT",),
    Type.FLOATS: ("LIST<FLOAT NOT NULL>", "LIST<NOTHING>"),
    Type.BOOLEAN: ("BOOLEAN",),
    Type.DATETIME: ("ZONED DATETIME",),
    Type.DATETIMES: ("LIST<ZONED DATETIME NOT NULL>", "LIST<NOTHING>"),
    Type.DATE: ("DATE",),
    Type.JSON: ("STRING",),
}
ABSENT = "NULL"

# Written by a statement only to take a lock: it says nothing, and belongs to no kind of node.
LOCK_MARK = "_lock"


def definition_problems(found: Iterable[Definition], wanted: Iterable[Definition]) -> Iterator[str]:
    """Constraints and indexes that the database lacks, or that the model does not know."""
    there, needed = set(found), set(wanted)
    yield from (f"missing: {definition}" for definition in sorted(needed - there))
    yield from (f"not in the model: {definition}" for definition in sorted(there - needed))


def node_problems(model: GraphModel, rows: Iterable[Row]) -> Iterator[str]:
    """Nodes whose labels are not those of exactly one kind of the model. A row has `labels`."""
    known = {frozenset((node.label, *node.labels)) for node in model.nodes}
    for row in rows:
        if frozenset(row["labels"]) not in known:
            yield f"{colons(row['labels'])}: no kind of node has exactly these labels, {tell(row, 'node')}"


def relationship_problems(model: GraphModel, rows: Iterable[Row]) -> Iterator[str]:
    """Relationships that the model does not declare. A row has `type`, `sources` and `targets`, labels at both ends."""
    types = {relationship.type for relationship in model.relationships}
    for row in rows:
        if row["type"] not in types:
            yield f"{row['type']}: no such relationship, {tell(row, 'relationship')}"
        elif not is_declared(model, row):
            ends = f"({colons(row['sources'])})-[:{row['type']}]->({colons(row['targets'])})"
            yield f"{ends}: not between these labels, {tell(row, 'relationship')}"


def is_declared(model: GraphModel, row: Row) -> bool:
    return any(
        relationship.type == row["type"]
        and not set(relationship.sources).isdisjoint(row["sources"])
        and not set(relationship.targets).isdisjoint(row["targets"])
        for relationship in model.relationships
    )


def property_problems(model: GraphModel, rows: Iterable[Row]) -> Iterator[str]:
    """Properties that the model does not declare, of a wrong type, or absent where required.

    A row has `owners` (labels, or the type of a relationship), `property`, and `type` as valueType() answers it.
    What belongs to no kind of the model at all is left to the other functions.
    """
    declared = properties_by_owner(model)
    for row in rows:
        for owner in row["owners"]:
            if owner in declared and row["property"] != LOCK_MARK:
                yield from property_problem(owner, declared[owner].get(row["property"]), row)


def property_problem(owner: str, declared: Property | None, row: Row) -> Iterator[str]:
    place, type = f"{owner}.{row['property']}", row["type"].removesuffix(" NOT NULL")
    if declared is None:
        yield f"{place}: no such property, {tell(row, 'row')}"
    elif type == ABSENT:
        yield f"{place}: required, but absent, {tell(row, 'row')}"
    elif type not in VALUE_TYPES[declared.type]:
        yield f"{place}: {type} where the model says {declared.type}, {tell(row, 'row')}"


def properties_by_owner(model: GraphModel) -> dict[str, dict[str, Property]]:
    """The properties of each label and each type of relationship, by name."""
    owners = {node.label: node.properties for node in model.nodes}
    owners |= {relationship.type: relationship.properties for relationship in model.relationships}
    return {owner: {p.name: p for p in properties} for owner, properties in owners.items()}


def required_properties(model: GraphModel) -> dict[str, list[str]]:
    """The names of the required properties of each label and each type of relationship."""
    return {
        owner: [p.name for p in properties.values() if p.required]
        for owner, properties in properties_by_owner(model).items()
    }


def colons(labels: Sequence[str]) -> str:
    return ":".join(sorted(labels)) or "no label"


def tell(row: Row, noun: str) -> str:
    number = f"1 {noun}" if row["count"] == 1 else f"{row['count']} {noun}s"
    return f"{number}, for example {' and '.join(dict.fromkeys(row['examples']))}"
