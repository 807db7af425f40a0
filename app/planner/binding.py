"""Binds the planner to a schema: planned fields get resolvers that only look up what was fetched."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
    get_named_type,
)

from app.database.connection import Connection
from app.domain.permission.sight import WHOLE, Sight
from app.planner.gear import Gear
from app.planner.gearbox import Gearbox
from app.planner.kinds import Coordinate, Kinds, Loader, kinds
from app.planner.mentions import named
from app.planner.outline import variables
from app.planner.outlines import Outlines
from app.planner.plan import step, steps
from app.planner.rows import Row
from app.planner.steps import Step, instants
from app.planner.warming import statements, warm

Hear = Callable[[GraphQLResolveInfo[Any], datetime], None]
Admit = Callable[[GraphQLResolveInfo[Any]], Awaitable[None]]

Loaders = Mapping[Coordinate, Loader]

ROOTS = ("Query", "Mutation", "Subscription")


@dataclass(frozen=True)
class Asker:
    """Who asks, under the name that bounds are kept for, through which connection, and what they may see."""

    connection: Connection
    principal: str
    sight: Sight = WHOLE


class Planner:
    """Answers planned fields. One for each schema; of a request it keeps the structure alone."""

    def __init__(
        self,
        schema: GraphQLSchema,
        loaders: Loaders,
        own: frozenset[Coordinate],
        hear: Hear,
    ) -> None:
        self.schema = schema
        self.hear = hear
        self.kinds: Kinds = kinds(schema, loaders)
        self.outlines = Outlines(self.kinds, own)
        self.gearbox = Gearbox()

    async def warm(self, connection: Connection, *, is_guarded: bool) -> int:
        """Have the statements that are known planned by the database, and those that were composed in the last run."""
        planned = await warm(connection, statements(self.kinds, is_guarded=is_guarded))
        await self.gearbox.recall(connection)
        return planned

    async def answer(self, asker: Asker, info: GraphQLResolveInfo[Any]) -> Any:
        """The answer of a root field, as rows."""
        asked = step(self.outlines.root(info), variables(info))
        root = Row(info.parent_type.name, {})
        if asked is not None:
            await self.run(asker, info, (asked,), root)
        return child(root, info)

    async def payload(self, asker: Asker, info: GraphQLResolveInfo[Any], type_: str, values: Mapping[str, Any]) -> Row:
        """The payload of a mutation: `values` hold ids where its type has objects; these are read back."""
        object_type = self.schema.get_type(type_)
        assert isinstance(object_type, GraphQLObjectType)
        selection = self.outlines.payload(info, object_type)
        row = Row(type_, values, (selection.shapes or {}).get(type_))
        await self.run(asker, info, steps(selection.fields, variables(info)), row)
        return row

    async def run(self, asker: Asker, info: GraphQLResolveInfo[Any], asked: Sequence[Step], root: Row) -> None:
        for instant in instants(asked):
            self.hear(info, instant)
        steps = await named(asker.connection, tuple(asked), asker.sight)
        await Gear(asker.connection, self.gearbox, asker.principal, asker.sight).run(steps, (root,))


def bind(
    schema: GraphQLSchema,
    loaders: Loaders,
    *,
    resolves_itself: Callable[[GraphQLField], bool],
    asker_of: Callable[[GraphQLResolveInfo[Any]], Asker],
    admit: Admit,
    hear: Hear,
) -> Planner:
    """Give every planned field of the schema its resolver. Fields for which `resolves_itself` holds keep theirs.

    `admit` raises for who may not ask a field of the root. `hear` is told of every instant that a field is asked as of.
    """
    own = frozenset(
        (type_.name, name)
        for type_ in schema.type_map.values()
        if isinstance(type_, GraphQLObjectType)
        for name, field in type_.fields.items()
        if resolves_itself(field)
    )
    planner = Planner(schema, loaders, own, hear)

    async def root(source: Any, info: GraphQLResolveInfo[Any], **arguments: Any) -> Any:
        await admit(info)
        return await planner.answer(asker_of(info), info)

    for type_ in schema.type_map.values():
        if isinstance(type_, GraphQLInterfaceType):
            type_.resolve_type = lambda row, *_: row.type
        if not isinstance(type_, GraphQLObjectType) or type_.name.startswith("__"):
            continue
        type_.is_type_of = None
        for name, field in type_.fields.items():
            if (type_.name, name) in own:
                continue
            if type_.name in ROOTS:
                field.resolve = root
            else:
                field.resolve = child if (type_.name, name) in planner.kinds else leaf(name, field)
    return planner


def child(row: Row, info: GraphQLResolveInfo[Any], **arguments: Any) -> Any:
    """What was fetched for this place of the answer."""
    found = row.children.get(info.path.key)  # type: ignore[arg-type]  # a field's key is a string
    if isinstance(found, Exception):
        raise found
    return found


def leaf(name: str, field: GraphQLField) -> Callable[..., Any]:
    """The resolver of a value that lies in its row. The graph holds free JSON as text."""
    return json_value(name) if get_named_type(field.type).name == "JSON" else value(name)


def json_value(name: str) -> Callable[..., Any]:
    plain = value(name)

    def resolve(source: Row | Mapping[str, Any], info: GraphQLResolveInfo[Any], **arguments: Any) -> Any:
        found = plain(source, info)
        return orjson.loads(found) if isinstance(source, Row) and isinstance(found, str) else found

    return resolve


def value(name: str) -> Callable[..., Any]:
    """A plain value of a row, or of a map that a computed field made."""

    def resolve(source: Row | Mapping[str, Any], info: GraphQLResolveInfo[Any], **arguments: Any) -> Any:
        return (source.values if isinstance(source, Row) else source).get(name)

    return resolve
