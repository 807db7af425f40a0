"""How each field of the schema is answered. Decided once, when the schema is bound, and the same for every request."""

from collections.abc import Awaitable, Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
    is_composite_type,
    is_list_type,
)

from app.database.connection import Connection
from app.database.queries import query
from app.domain.permission.sight import WHOLE, Sight
from app.planner.aims import Aim, aim, is_node
from app.planner.relations import Count, Relation, Variants, relations
from graph_schema.model import MODEL


@dataclass(frozen=True)
class Asked:
    """What a loader is asked: for which parents, with which arguments, which properties of nodes are wanted, which
    plain fields of whatever else it answers (EVERYTHING stands for all), and what who asks may see."""

    keys: Sequence[str]
    arguments: Mapping[str, Any]
    properties: Sequence[str]
    told: Set[str]
    sight: Sight = WHOLE


# A loader answers a field that no single statement can, for all parents at once: the values by the parents' keys.
Loader = Callable[[Connection, Asked], Awaitable[Mapping[str, Any]]]


@dataclass(frozen=True)
class Fetched:
    """By the statement of a relation."""

    variants: Variants
    aim: Aim


@dataclass(frozen=True)
class Loaded:
    """By a loader."""

    loader: Loader


@dataclass(frozen=True)
class Embedded:
    """It lies in the parent's values already: a map, a list of maps, or JSON text of either."""

    field: str


@dataclass(frozen=True)
class Facet:
    """Some properties of the parent itself, under a name of their own: `license { spdx }` is `licenseSpdx`."""

    field: str
    properties: tuple[tuple[str, str], ...]


Kind = Fetched | Loaded | Embedded | Facet
Coordinate = tuple[str, str]  # a type and a field of it
Kinds = Mapping[Coordinate, Kind]

Shared = Mapping[Coordinate, Variants | Loaded]

BY_ID = query("entity/by_id")


def kinds(schema: GraphQLSchema, loaders: Mapping[Coordinate, Loader]) -> Kinds:
    """The kind of every field that is planned. Fields that are absent are plain values, or resolve themselves."""
    shared: Shared = {**relations(), **{key: Loaded(loader) for key, loader in loaders.items()}}
    return {
        (type_.name, name): kind
        for type_ in schema.type_map.values()
        if isinstance(type_, GraphQLObjectType) and not type_.name.startswith("__")
        for name, field in type_.fields.items()
        if (kind := _kind(type_, name, field, shared)) is not None
    }


def _kind(type_: GraphQLObjectType, name: str, field: GraphQLField, shared: Shared) -> Kind | None:
    for owner in (type_.name, *(i.name for i in type_.interfaces)):
        known = shared.get((owner, name))
        if known is not None:
            return known if isinstance(known, Loaded) else Fetched(known, aim(field))
    target = get_named_type(field.type)
    if not is_composite_type(target) or type_.name in ("Query", "Mutation", "Subscription"):
        return None
    if type_.name.endswith("Payload") and is_node(target):
        return _by_id(type_.name, name, field)
    if type_.name in MODEL.by_label and isinstance(target, GraphQLObjectType):
        return _facet(type_.name, name, target)
    return Embedded(name)


def _by_id(owner: str, name: str, field: GraphQLField) -> Fetched:
    """A payload holds ids: the objects are read back."""
    count: Count = "list" if is_list_type(get_nullable_type(field.type)) else "one"
    relation = Relation(BY_ID, owner, name, None, key=name, binds_this=False, binds="node", count=count, orders=())
    return Fetched((relation,), aim(field))


def _facet(owner: str, name: str, target: GraphQLObjectType) -> Facet | Embedded:
    """Properties are prefixed with the facet's name; a property of exactly that name holds JSON text instead."""
    known = MODEL.by_label[owner].property_names
    if name in known:
        return Embedded(name)
    prefixed = ((field, f"{name}{field[0].upper()}{field[1:]}") for field in target.fields)
    return Facet(name, tuple((field, property) for field, property in prefixed if property in known))
