"""The structure of a selection: fields by type, with aliases, fragments, directives, interfaces and merging worked out.

The grouping of fields is graphql-core's own, asked once for each concrete type that an object may have; fields that
the types share fall together again, so an interface costs no more statements than a type. An outline holds no values:
it is the same for all requests with the same document, but for what `@skip` and `@include` say.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from graphql import (
    FieldNode,
    GraphQLAbstractType,
    GraphQLField,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
    get_named_type,
    is_abstract_type,
    is_composite_type,
)
from graphql.execution.collect_fields import FieldDetails, FragmentDetails, collect_subfields
from graphql.execution.values import VariableValues

from app.planner.aims import is_node, item_type
from app.planner.kinds import Coordinate, Embedded, Facet, Fetched, Kind, Kinds, Loaded
from app.planner.shaping import Shape, Shown, shape, stock
from graph_schema.model import MODEL

TYPENAME = "__typename"
EVERYTHING = "*"  # every property

Composite = GraphQLObjectType | GraphQLAbstractType


@dataclass(frozen=True, eq=False)
class Outline:
    """One planned field at one place of the answer, for parents of `types`; `is_partial` when others may stand there.

    `target` is the name of the type that it leads to, None for an interface, whose objects need their labels.
    `properties` are those of its nodes that have to be brought, `parts` those of the nodes in maps, by field.
    """

    key: str
    owner: GraphQLObjectType
    field: GraphQLField
    node: FieldNode
    kind: Kind
    types: frozenset[str]
    is_partial: bool
    target: str | None
    is_composite: bool
    counted: bool
    below: "Selection"
    properties: tuple[str, ...]
    parts: Mapping[str, tuple[str, ...]]

    @property
    def name(self) -> str:
        return self.node.name.value


@dataclass(frozen=True, eq=False)
class Selection:
    """What is asked of the objects at one place: the planned fields, how the whole is shown by type, and the properties
    that both need."""

    fields: tuple[Outline, ...] = ()
    shapes: Mapping[str, Shape] | None = None
    properties: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Found:
    """A field as it was found: the type that shall answer it, its nodes, and all the types that share it."""

    owner: GraphQLObjectType
    details: list[FieldDetails]
    kind: Kind
    names: list[str]


class Draftsman:
    """Draws the outlines of one operation. `own` are the fields that have a resolver of their own."""

    def __init__(
        self, kinds: Kinds, own: frozenset[Coordinate], info: GraphQLResolveInfo[Any], *, are_shaped: bool
    ) -> None:
        self.kinds = kinds
        self.own = own
        self.are_shaped = are_shaped
        self.schema = info.schema
        self.operation = info.operation
        self.variables = variables(info)
        self.fragments = {name: FragmentDetails(node) for name, node in info.fragments.items()}

    def root(self, owner: GraphQLObjectType, nodes: Sequence[FieldNode]) -> Outline:
        """The outline of a field of the root, which stands at these nodes."""
        details = [FieldDetails(node, None) for node in nodes]
        kind = self.kinds[owner.name, nodes[0].name.value]
        return self.outline(Found(owner, details, kind, [owner.name]), is_partial=False)

    def payload(self, type_: GraphQLObjectType, nodes: Sequence[FieldNode]) -> Selection:
        """What is asked of the payload of a mutation that stands at these nodes."""
        return self.selection(type_, [FieldDetails(node, None) for node in nodes])

    def selection(self, type_: Composite, details: list[FieldDetails]) -> Selection:
        """What is asked below some fields that lead to this type."""
        types = possible(self.schema, type_)
        grouped = {concrete.name: self.grouped(concrete, details) for concrete in types}
        found: dict[tuple[object, ...], Found] = {}
        for concrete in types:
            for key, fields in grouped[concrete.name].items():
                kind = self.kinds.get((concrete.name, fields[0].node.name.value))
                if kind is not None:
                    same = (key, kind, *(id(field.node) for field in fields))
                    found.setdefault(same, Found(concrete, fields, kind, [])).names.append(concrete.name)
        outlines = tuple(self.outline(each, is_partial=len(each.names) < len(types)) for each in found.values())
        shapes = {t.name: self.shape(t, grouped[t.name], outlines) for t in types} if self.are_shaped else None
        properties = {name for outline in outlines for name in properties_of_parent(outline)}
        for concrete in types:
            properties.update(self.read(concrete, grouped[concrete.name]))
        return Selection(outlines, shapes, frozenset(properties))

    def read(self, type_: GraphQLObjectType, grouped: Mapping[str, list[FieldDetails]]) -> Iterator[str]:
        """The properties that the fields of a node show by themselves: all, where one computes what it shows."""
        for fields in grouped.values():
            coordinate = (type_.name, fields[0].node.name.value)
            if coordinate in self.own:
                yield EVERYTHING
            elif coordinate not in self.kinds and coordinate[1] != TYPENAME:
                yield coordinate[1]

    def outline(self, found: Found, *, is_partial: bool) -> Outline:
        node = found.details[0].node
        field = found.owner.fields[node.name.value]
        target = get_named_type(field.type)
        composite = is_composite_type(target)
        below = self.selection(cast(Composite, target), found.details) if composite else Selection()
        return Outline(
            key=node.alias.value if node.alias else node.name.value,
            owner=found.owner,
            field=field,
            node=node,
            kind=found.kind,
            types=frozenset(found.names),
            is_partial=is_partial,
            target=target.name if isinstance(target, GraphQLObjectType) else None,
            is_composite=composite,
            counted=self.counts(target, found.details),
            below=below,
            properties=self.brought(found.kind, target, below),
            parts=self.parts(found.kind, below),
        )

    def brought(self, kind: Kind, target: GraphQLNamedType, below: Selection) -> tuple[str, ...]:
        """The properties of the nodes that a field leads to: itself, in a connection, or in what a loader answers."""
        if isinstance(kind, Loaded):
            return self.loaded(below)
        return self.properties(item_type(target), [below, *(inner.below for inner in items(below))])

    def loaded(self, below: Selection) -> tuple[str, ...]:
        """The properties of all the nodes in what a loader answers."""
        names: set[str] = set()
        for inner in below.fields:
            target = get_named_type(inner.field.type)
            names.update(self.properties(target, [inner.below]) if is_node(target) else self.loaded(inner.below))
        return tuple(sorted(names))

    def parts(self, kind: Kind, below: Selection) -> Mapping[str, tuple[str, ...]]:
        """The properties of the nodes in the maps that a field leads to."""
        names = [name for name, _ in kind.aim.nodes] if isinstance(kind, Fetched) else []
        asked = {name: [each for each in below.fields if each.name == name] for name in names}
        return {
            name: self.properties(get_named_type(fields[0].field.type), [each.below for each in fields])
            if fields
            else ()
            for name, fields in asked.items()
        }

    def properties(self, target: GraphQLNamedType, selections: Sequence[Selection]) -> tuple[str, ...]:
        """The properties that have to be brought of nodes of which this is asked."""
        if not is_node(target):
            return ()
        wanted = {"id"}.union(*(selection.properties for selection in selections))
        known = {name for type_ in possible(self.schema, cast(Composite, target)) for name in node_properties(type_)}
        return tuple(sorted(known if EVERYTHING in wanted else known & wanted))

    def counts(self, target: GraphQLNamedType, details: list[FieldDetails]) -> bool:
        """Whether a connection's totalCount is asked for: it costs a statement of its own."""
        if not isinstance(target, GraphQLObjectType) or item_type(target) is target:
            return False
        return any(group[0].node.name.value == "totalCount" for group in self.grouped(target, details).values())

    def shape(
        self, type_: GraphQLObjectType, grouped: Mapping[str, list[FieldDetails]], outlines: Sequence[Outline]
    ) -> Shape:
        """How objects of this type are shown. One with a field that has a resolver of its own is graphql-core's."""
        if any((type_.name, fields[0].node.name.value) in self.own for fields in grouped.values()):
            return stock
        shapes = {outline.key: outline.below.shapes for outline in outlines if type_.name in outline.types}
        if any(below and set(below.values()) == {stock} for below in shapes.values()):
            return stock
        shown = []
        for key, fields in grouped.items():
            name = fields[0].node.name.value
            field = None if name == TYPENAME else type_.fields[name]
            shown.append(Shown(key, name, field, key in shapes, shapes.get(key)))
        return shape(type_, shown)

    def grouped(self, type_: GraphQLObjectType, details: list[FieldDetails]) -> Mapping[str, list[FieldDetails]]:
        return collect_subfields(
            self.schema, self.fragments, self.variables, self.operation, type_, details
        ).grouped_field_set


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


def variables(info: GraphQLResolveInfo[Any]) -> VariableValues:
    """The variables of a request: graphql-core hands resolvers the values with their sources, Strawberry without."""
    given: Any = info.variable_values
    return VariableValues({}, getattr(given, "coerced", given))


def possible(schema: GraphQLSchema, type_: Composite) -> Sequence[GraphQLObjectType]:
    """The types that an object of this type may have."""
    return schema.get_possible_types(type_) if is_abstract_type(type_) else [cast(GraphQLObjectType, type_)]
