"""The properties that have to be brought of each node: those that its selection shows, and those that lead on."""

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from graphql import (
    GraphQLAbstractType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_abstract_type,
)

from app.planner.aims import is_node, item_type
from app.planner.kinds import Embedded, Facet, Fetched, Kind, Loaded
from app.planner.outline import Outline, Selection
from graph_schema.model import MODEL

EVERYTHING = "*"  # every property

Composite = GraphQLObjectType | GraphQLAbstractType


def brought(schema: GraphQLSchema, kind: Kind, target: GraphQLNamedType, below: Selection) -> tuple[str, ...]:
    """The properties of the nodes that a field leads to: itself, in a connection, or in what a loader answers."""
    if isinstance(kind, Loaded):
        return loaded(schema, below)
    return properties(schema, item_type(target), [below, *(inner.below for inner in items(below))])


def loaded(schema: GraphQLSchema, below: Selection) -> tuple[str, ...]:
    """The properties of all the nodes in what a loader answers."""
    names: set[str] = set()
    for inner in below.fields:
        target = get_named_type(inner.field.type)
        names.update(properties(schema, target, [inner.below]) if is_node(target) else loaded(schema, inner.below))
    return tuple(sorted(names))


def parts(schema: GraphQLSchema, kind: Kind, below: Selection) -> Mapping[str, tuple[str, ...]]:
    """The properties of the nodes in the maps that a field leads to."""
    names = [name for name, _ in kind.aim.nodes] if isinstance(kind, Fetched) else []
    asked = {name: [each for each in below.fields if each.name == name] for name in names}
    return {
        name: properties(schema, get_named_type(fields[0].field.type), [each.below for each in fields])
        if fields
        else ()
        for name, fields in asked.items()
    }


def properties(schema: GraphQLSchema, target: GraphQLNamedType, selections: Sequence[Selection]) -> tuple[str, ...]:
    """The properties that have to be brought of nodes of which this is asked."""
    if not is_node(target):
        return ()
    wanted = {"id"}.union(*(selection.properties for selection in selections))
    known = {name for type_ in possible(schema, cast(Composite, target)) for name in node_properties(type_)}
    return tuple(sorted(known if EVERYTHING in wanted else known & wanted))


def properties_of_parent(outline: Outline) -> Iterator[str]:
    """The properties of a parent by which a field is fetched, or which it shows in another form."""
    match outline.kind:
        case Fetched(variants=variants):
            yield from (relation.key for relation in variants if relation.key is not None)
        case Embedded(field=name):
            yield name
        case Facet(properties=properties):
            yield from (property for _, property in properties)
            yield from outline.below.properties & {EVERYTHING}
            yield from (name for inner in outline.below.fields for name in properties_of_parent(inner))
        case Loaded():
            yield "id"


def items(below: Selection) -> Iterator[Outline]:
    """The fields of a connection that lead to its items."""
    for outline in below.fields:
        if outline.name == "nodes":
            yield outline
        elif outline.name == "edges":
            yield from (inner for inner in outline.below.fields if inner.name == "node")


def node_properties(type_: GraphQLObjectType) -> frozenset[str]:
    node = MODEL.by_label.get(type_.name)
    return frozenset(node.property_names) if node else frozenset()


def possible(schema: GraphQLSchema, type_: Composite) -> Sequence[GraphQLObjectType]:
    """The types that an object of this type may have."""
    return schema.get_possible_types(type_) if is_abstract_type(type_) else [cast(GraphQLObjectType, type_)]
