"""The steps of a plan are run level by level, siblings at the same time, one statement for all parents: first gear.

The number of statements is fixed by the steps, never by the data. In second gear one statement brings the rows of a
step and of all steps below it; then these find what they need in the rows of their parents.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import orjson

from app.database.connection import Connection
from app.errors import PedigreeError, TimedOut, TooComplex
from app.planner.composition import SELF, Composition, branch, given
from app.planner.gearbox import Gearbox
from app.planner.kinds import Asked, Embedded, Facet, Fetched, Loaded
from app.planner.pages import connection as connection_of
from app.planner.rows import Row, type_of
from app.planner.statements import count, fetch
from app.planner.steps import Step

Pick = Callable[[Row], Any]
NO_NAMES: Mapping[str, Sequence[str]] = {}
NO_SHAPES: Mapping[str, Callable[[Any], Any]] = {}


@dataclass(frozen=True)
class Gear:
    """Runs the steps of one request. `compositions` are the statements that have brought steps already, by the identity
    of these; None for a step that could have been in one and is run alone."""

    connection: Connection
    gearbox: Gearbox
    principal: str
    compositions: dict[int, Composition | None] = field(default_factory=dict)

    async def run(self, steps: Sequence[Step], rows: Sequence[Row]) -> None:
        """Give every row the children that the steps ask for, and these theirs."""
        if len(steps) == 1:
            await self.step(steps[0], rows)
        elif rows and steps:
            await asyncio.gather(*(self.step(step, rows) for step in steps))

    async def step(self, step: Step, rows: Sequence[Row]) -> None:
        parents = [row for row in rows if row.type in step.outline.types]
        if not parents:
            return
        try:
            reached = await self.reach(step, parents)
        except PedigreeError as error:
            # The field fails, its siblings do not: every parent's field raises it at its own path.
            for parent in parents:
                parent.children[step.outline.key] = error
            return
        if reached:
            await self.run(step.selection, reached)

    async def reach(self, step: Step, parents: Sequence[Row]) -> list[Row]:
        """Attach the children of one step, and return them."""
        if step.error:
            raise step.error
        match step.outline.kind:
            case Facet(properties=properties):
                return attach(step, parents, lambda row: facet(row, properties))
            case Embedded(field=name):
                return attach(step, parents, lambda row: row.values.get(name))
            case Loaded(loader=loader):
                keys = sorted({row.values.get("id", "") for row in parents})
                asked = Asked(keys, plain(step.arguments), step.outline.properties)
                found = await loader(self.connection, asked)
                return attach(step, parents, lambda row: found.get(row.values.get("id", "")))
            case Fetched():
                composition = self.compositions.get(id(step))
                if composition is not None:
                    return attach(step, parents, brought(step, composition))
                return await self.fetch(step, parents)

    async def fetch(self, step: Step, parents: Sequence[Row]) -> list[Row]:
        """Fetch the children of one step, in second gear with all that is below them."""
        relation = step.relation
        assert relation is not None
        keys = None if relation.key is None else keys_of(parents, relation.key)
        if keys is not None and not keys:
            return attach(step, parents, lambda row: [] if relation.count == "list" else None)
        rows, counts = await asyncio.gather(self.rows(step, keys), self.counts(step, keys))
        read = reader(step, self.compositions.get(id(step)))
        by_parent: dict[Any, list[Any]] = {}
        for parent, item in rows:
            by_parent.setdefault(parent, []).append(read(item))
        return attach(step, parents, picker(step, by_parent, counts))

    async def rows(self, step: Step, keys: Sequence[str] | None) -> list[Any]:
        """What the statement of a step finds, a list of [parent, item]."""
        if step.selection and id(step) not in self.compositions:
            rows = await self.composed(step, keys)
            if rows is not None:
                return rows
        form = step.page.form if step.page else None
        assert step.relation is not None
        assert isinstance(step.outline.kind, Fetched)
        text = fetch(step.relation, step.outline.kind.aim, where=step.where, form=form)
        return await self.ask(name(step), text, keys, given(step))

    async def composed(self, step: Step, keys: Sequence[str] | None) -> list[Any] | None:
        """The same in second gear; None when it is not engaged, or fails where single statements may not."""
        composition = Composition(branch(step))
        text = self.gearbox.engage(self.connection, composition, self.principal)
        self.compositions.update(dict.fromkeys(composition.numbers))
        if text is None:
            return None
        try:
            rows = await self.ask(f"{name(step)}#composed", text, keys, composition.parameters)
        except (TimedOut, TooComplex):
            self.gearbox.failed(composition)
            return None
        self.compositions.update(dict.fromkeys(composition.numbers, composition))
        return rows

    async def counts(self, step: Step, keys: Sequence[str] | None) -> Mapping[Any, int]:
        """The sizes of connections by parent, if they are asked for."""
        assert step.relation is not None
        if not step.outline.counted:
            return {}
        text = count(step.relation, where=step.where)
        return dict(await self.ask(f"{name(step)}#count", text, keys, given(step)))

    async def ask(self, name: str, text: str, keys: Sequence[str] | None, values: Mapping[str, Any]) -> list[Any]:
        row = await self.connection.read(name, text, {"given": {**plain(values), "parents": keys}})
        rows: list[Any] = row["rows"]
        return rows


def name(step: Step) -> str:
    assert step.relation is not None
    return step.relation.query.name


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
        found = connection_of(page, many(row))
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
        return {**connection_of(page, many(row)), "totalCount": row.values.get(total) or 0}

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


def keys_of(parents: Sequence[Row], key: str) -> list[str]:
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
