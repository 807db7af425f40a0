"""First gear: the steps of a plan are run level by level, siblings at the same time, one statement for all parents.

The number of statements is fixed by the steps, never by the data.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import Enum
from typing import Any

import orjson

from app.database.connection import Connection
from app.errors import PedigreeError
from app.planner.kinds import Embedded, Facet, Fetched, Loaded
from app.planner.pages import connection as connection_of
from app.planner.rows import Row, type_of
from app.planner.statements import count, fetch
from app.planner.steps import Step


async def run(connection: Connection, steps: Sequence[Step], rows: Sequence[Row]) -> None:
    """Give every row the children that the steps ask for, and these theirs."""
    if rows:
        await asyncio.gather(*(_run_step(connection, step, rows) for step in steps))


async def _run_step(connection: Connection, step: Step, rows: Sequence[Row]) -> None:
    parents = [row for row in rows if row.type in step.types]
    if not parents:
        return
    try:
        reached = await _reach(connection, step, parents)
    except PedigreeError as error:
        # The field fails, its siblings do not: every parent's field raises it at its own path.
        for parent in parents:
            parent.children[step.key] = error
        return
    await run(connection, step.selection, reached)


async def _reach(connection: Connection, step: Step, parents: Sequence[Row]) -> list[Row]:
    """Attach the children of one step, and return them."""
    if step.error:
        raise step.error
    match step.kind:
        case Facet(properties=properties):
            return _attach(step, parents, lambda row: _facet(row, properties))
        case Embedded(field=field):
            return _attach(step, parents, lambda row: row.values.get(field))
        case Loaded(loader=loader):
            keys = sorted({row.values.get("id", "") for row in parents})
            found = await loader(connection, keys, plain(step.arguments))
            return _attach(step, parents, lambda row: found.get(row.values.get("id", "")))
        case Fetched():
            return await _fetch(connection, step, parents)


async def _fetch(connection: Connection, step: Step, parents: Sequence[Row]) -> list[Row]:
    relation = step.relation
    assert relation is not None
    keys = None if relation.key is None else _keys(parents, relation.key)
    if keys is not None and not keys:
        return _attach(step, parents, lambda row: [] if relation.count == "list" else None)
    text = fetch(relation, labelled=step.is_labelled, where=step.where, page=step.page)
    page = step.page.parameters if step.page else {}
    parameters = {"given": {**plain(step.arguments), "parents": keys, **page}}
    asked = [connection.read(relation.query.name, text, parameters)]
    if step.counted:
        asked.append(connection.read(f"{relation.query.name}#count", count(relation, where=step.where), parameters))
    answers = [answer["rows"] for answer in await asyncio.gather(*asked)]
    by_parent: dict[Any, list[Any]] = {}
    for parent, item in answers[0]:
        by_parent.setdefault(parent, []).append(item)
    counts = dict(answers[1]) if step.counted else {}
    return _attach(step, parents, _picker(step, by_parent, counts))


def _picker(step: Step, by_parent: Mapping[Any, list[Any]], counts: Mapping[Any, int]) -> Callable[[Row], Any]:
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
        found = connection_of(page, [(values, sort) for values, sort in many(row)])
        return {**found, "totalCount": counts.get(row.values.get(key) if key else None, 0)}

    return {"one": one, "list": many, "page": paged}[relation.count]


def _attach(step: Step, parents: Iterable[Row], pick: Callable[[Row], Any]) -> list[Row]:
    """Hang what was picked on its parents. A node that several parents reach is one row, fetched once."""
    made: dict[int, Row] = {}
    for parent in parents:
        parent.children[step.key] = _shaped(step, pick(parent), made)
    return list(made.values())


def _shaped(step: Step, value: Any, made: dict[int, Row]) -> Any:
    if isinstance(value, list):
        return [_shaped(step, item, made) for item in value]
    if isinstance(value, str) and step.is_composite:
        return orjson.loads(value)  # its objects stay plain maps: they have no planned fields
    if not isinstance(value, Mapping) or not step.is_composite:
        return value
    row = made.get(id(value))
    if row is None:
        row = made[id(value)] = Row(step.target or type_of(value["labels"]), value)
    return row


def _facet(row: Row, properties: Sequence[tuple[str, str]]) -> Mapping[str, Any] | None:
    """The facet sees the whole node, under its own names; it is absent when all that it would show is."""
    shown = {field: row.values.get(property) for field, property in properties}
    return None if all(value is None for value in shown.values()) else {**row.values, **shown}


def _keys(parents: Sequence[Row], key: str) -> list[str]:
    found: set[str] = set()
    for row in parents:
        value = row.values.get(key)
        found.update(value if isinstance(value, list) else () if value is None else (value,))
    return sorted(found)


def plain(value: Any) -> Any:
    """Arguments as the driver takes them."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {name: plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, str) and type(value) is not str:
        return str(value)
    return value
