"""What a statement brought becomes rows, and these hang on the rows of their parents."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import orjson

from app.planner.composition import SELF, Composition
from app.planner.pages import connection as connection_of
from app.planner.rows import Row, type_of
from app.planner.steps import Step

Pick = Callable[[Row], Any]
NO_NAMES: Mapping[str, Sequence[str]] = {}
NO_SHAPES: Mapping[str, Callable[[Any], Any]] = {}


def picker(step: Step, by_parent: Mapping[Any, list[Any]], counts: Mapping[Any, int]) -> Pick:
    """Finds the value of a step for a parent among what its statement found."""
    relation = step.relation
    assert relation is not None
    key, page = relation.key, step.page

    def one(row: Row) -> Any:
        found = by_parent.get(row.values.get(key) if key else None)
        return found[0] if found else None

    def many(row: Row) -> Any:
        value = row.values.get(key) if key else None
        names = value if isinstance(value, list) else [value]
        return [item for name in names for item in by_parent.get(name, ())]

    def paged(row: Row) -> Any:
        assert page is not None
        found = connection_of(page, many(row), step.outline.asks_for)
        return {**found, "totalCount": counts.get(row.values.get(key) if key else None, 0)}

    return {"one": one, "list": many, "page": paged}[relation.count]


def brought(step: Step, composition: Composition) -> Pick:
    """Finds the value of a step in the row of its parent, where a composed statement has put it."""
    assert step.relation is not None
    number, page, read = composition.numbers[id(step)], step.page, reader(step, composition)
    found, total = f"r{number}", f"c{number}"

    def one(row: Row) -> Any:
        items = row.values[found]
        return read(items[0]) if items else None

    def many(row: Row) -> Any:
        return [read(item) for item in row.values[found]]

    def paged(row: Row) -> Any:
        assert page is not None
        made = connection_of(page, many(row), step.outline.asks_for)
        return {**made, "totalCount": row.values.get(total) or 0}

    return {"one": one, "list": many, "page": paged}[step.relation.count]


def reader(step: Step, composition: Composition | None) -> Callable[[Any], Any]:
    """Reads an item as its statement brought it: a node as a map of its properties, with what else there is of it."""
    assert step.relation is not None
    names = composition.names[composition.numbers[id(step)]] if composition else NO_NAMES
    outline = step.outline
    if step.relation.binds == "node":
        own = node_reader(outline.properties, names.get(SELF, ()))
        return own if step.page is None else lambda item: (own(item[0]), item[1])
    if not outline.parts:
        return lambda value: value
    readers = {name: node_reader(properties, names.get(name, ())) for name, properties in outline.parts.items()}
    return lambda value: {**value, **{name: read(value[name]) for name, read in readers.items()}}


def node_reader(properties: Sequence[str], names: Sequence[str]) -> Callable[[Any], Any]:
    """Reads a node. What could be missing is an entity, and then has no id."""
    place = properties.index("id") if "id" in properties else None

    def read(item: Any) -> dict[str, Any] | None:
        if place is not None and item[0][place] is None:
            return None
        values = dict(zip(properties, item[0], strict=True))
        values["labels"] = item[1]
        values.update(zip(names, item[2:], strict=True))
        return values

    return read


def attach(step: Step, parents: Iterable[Row], pick: Pick) -> list[Row]:
    """Hang what was picked on its parents. A node that several parents reach is one row, fetched once."""
    made: dict[int, Row] = {}
    key = step.outline.key
    if not step.outline.is_composite:
        for parent in parents:
            parent.children[key] = pick(parent)
        return []
    for parent in parents:
        parent.children[key] = shaped(step, pick(parent), made)
    return list(made.values())


def shaped(step: Step, value: Any, made: dict[int, Row]) -> Any:
    """A value of composite type, its objects as rows."""
    if isinstance(value, list):
        return [shaped(step, item, made) for item in value]
    if isinstance(value, str):
        return orjson.loads(value)  # its objects stay plain maps: they have no planned fields
    if not isinstance(value, dict):
        return value
    row = made.get(id(value))
    if row is None:
        type_ = step.outline.target or type_of(value["labels"])
        row = made[id(value)] = Row(type_, value, (step.outline.below.shapes or NO_SHAPES).get(type_))
    return row


def facet(row: Row, properties: Sequence[tuple[str, str]]) -> Mapping[str, Any] | None:
    """The facet sees the whole node, under its own names; it is absent when all that it would show is."""
    shown = {field: row.values.get(property) for field, property in properties}
    return None if all(value is None for value in shown.values()) else {**row.values, **shown}
