"""The steps of a plan are run level by level, siblings at the same time, one statement for all parents: first gear.

The number of statements is fixed by the steps, never by the data. In second gear one statement brings the rows of a
step and of all steps below it; then these find what they need in the rows of their parents.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.database.connection import Connection
from app.domain.permission.sight import WHOLE, Sight
from app.errors import PedigreeError, TimedOut, TooComplex
from app.planner.composition import Composition, branch
from app.planner.gearbox import Gearbox
from app.planner.kinds import Asked, Embedded, Facet, Fetched, Loaded
from app.planner.reading import attach, brought, facet, picker, reader
from app.planner.rows import Row
from app.planner.statements import count, fetch
from app.planner.steps import Step, plain


@dataclass(frozen=True)
class Gear:
    """Runs the steps of one request. `compositions` are the statements that have brought steps already, by the identity
    of these; None for a step that could have been in one and is run alone."""

    connection: Connection
    gearbox: Gearbox
    principal: str
    sight: Sight = WHOLE
    compositions: dict[int, Composition | None] = field(default_factory=dict)

    async def run(self, steps: Sequence[Step], rows: Sequence[Row]) -> None:
        """Give every row the children that the steps ask for, and these theirs."""
        waiting = []
        for step in steps if rows else ():
            if self.is_there(step):
                await self.step(step, rows)
            else:
                waiting.append(step)
        if len(waiting) == 1:
            await self.step(waiting[0], rows)
        elif waiting:
            await asyncio.gather(*(self.step(step, rows) for step in waiting))

    def is_there(self, step: Step) -> bool:
        """Whether all that a step asks for was brought already: then there is nothing to wait for."""
        return self.compositions.get(id(step)) is not None and not step.outline.loads

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
                asked = Asked(keys, plain(step.arguments), step.outline.properties, step.outline.told, self.sight)
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
        aim, is_partial = step.outline.kind.aim, self.sight.is_partial
        text = fetch(step.relation, aim, where=step.where, form=form, is_partial=is_partial)
        return await self.ask(name(step), text, keys, step.values)

    async def composed(self, step: Step, keys: Sequence[str] | None) -> list[Any] | None:
        """The same in second gear; None when it is not engaged, or fails where single statements may not."""
        composition = Composition(branch(step), self.sight.is_partial)
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
        text = count(step.relation, where=step.where, is_partial=self.sight.is_partial)
        return dict(await self.ask(f"{name(step)}#count", text, keys, step.values))

    async def ask(self, name: str, text: str, keys: Sequence[str] | None, values: Mapping[str, Any]) -> list[Any]:
        given = {**values, "parents": keys, "hidden": self.sight.parameter}
        row = await self.connection.read(name, text, {"given": given})
        rows: list[Any] = row["rows"]
        return rows


def name(step: Step) -> str:
    assert step.relation is not None
    return step.relation.query.name


def keys_of(parents: Sequence[Row], key: str) -> list[str]:
    found: set[str] = set()
    for row in parents:
        value = row.values.get(key)
        found.update(value if isinstance(value, list) else () if value is None else (value,))
    return sorted(found)
