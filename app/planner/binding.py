"""Binds the planner to a schema: planned fields get resolvers that only look up what was fetched."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
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
from graphql.execution.collect_fields import FieldDetails

from app.database.connection import Connection
from app.planner.gear import run
from app.planner.kinds import Kinds, Loader, kinds
from app.planner.mentions import named
from app.planner.plan import Plan
from app.planner.rows import Row
from app.planner.steps import Step, instants
from app.planner.warming import warm

Hear = Callable[[GraphQLResolveInfo[Any], datetime], None]

ROOTS = ("Query", "Mutation", "Subscription")


class Planner:
    """Answers planned fields. One for each schema; it keeps nothing of a request."""

    def __init__(self, schema: GraphQLSchema, loaders: Mapping[tuple[str, str], Loader], hear: Hear) -> None:
        self.schema = schema
        self.hear = hear
        self.kinds: Kinds = kinds(schema, loaders)

    async def warm(self, connection: Connection) -> int:
        """Have the statements that are known planned by the database."""
        return await warm(connection, self.schema, self.kinds)

    async def answer(self, connection: Connection, info: GraphQLResolveInfo[Any]) -> Any:
        """The answer of a root field, as rows."""
        step = Plan(self.kinds, info).step(info.parent_type, details(info), frozenset((info.parent_type.name,)))
        root = Row(info.parent_type.name, {})
        if step is not None:
            await self.run(connection, info, (step,), root)
        return child(root, info)

    async def payload(
        self, connection: Connection, info: GraphQLResolveInfo[Any], type_: str, values: Mapping[str, Any]
    ) -> Row:
        """The payload of a mutation: `values` hold ids where its type has objects; these are read back."""
        row = Row(type_, values)
        object_type = self.schema.get_type(type_)
        assert isinstance(object_type, GraphQLObjectType)
        await self.run(connection, info, Plan(self.kinds, info).selection(object_type, details(info)), row)
        return row

    async def run(
        self, connection: Connection, info: GraphQLResolveInfo[Any], steps: Sequence[Step], root: Row
    ) -> None:
        for instant in instants(steps):
            self.hear(info, instant)
        await run(connection, await named(connection, tuple(steps)), (root,))


def bind(
    schema: GraphQLSchema,
    loaders: Mapping[tuple[str, str], Loader],
    *,
    resolves_itself: Callable[[GraphQLField], bool],
    connection_of: Callable[[GraphQLResolveInfo[Any]], Connection],
    hear: Hear,
) -> Planner:
    """Give every planned field of the schema its resolver. Fields for which `resolves_itself` holds keep theirs.

    `hear` is told of every instant that a field is asked as of.
    """
    planner = Planner(schema, loaders, hear)

    def root(source: Any, info: GraphQLResolveInfo[Any], **arguments: Any) -> Awaitable[Any]:
        return planner.answer(connection_of(info), info)

    for type_ in schema.type_map.values():
        if isinstance(type_, GraphQLInterfaceType):
            type_.resolve_type = lambda row, *_: row.type
        if not isinstance(type_, GraphQLObjectType) or type_.name.startswith("__"):
            continue
        type_.is_type_of = None
        for name, field in type_.fields.items():
            if resolves_itself(field):
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


def details(info: GraphQLResolveInfo[Any]) -> list[FieldDetails]:
    return [FieldDetails(node, None) for node in info.field_nodes]
