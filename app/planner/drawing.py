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
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLResolveInfo,
    get_named_type,
    is_composite_type,
)
from graphql.execution.collect_fields import FieldDetails, FragmentDetails, collect_subfields

from app.planner.aims import item_type
from app.planner.kinds import Coordinate, Kind, Kinds
from app.planner.needs import EVERYTHING, Composite, brought, parts, possible, properties_of_parent
from app.planner.outline import Outline, Selection, variables
from app.planner.shaping import Shape, Shown, shape, stock

TYPENAME = "__typename"


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
            properties=brought(self.schema, found.kind, target, below),
            parts=parts(self.schema, found.kind, below),
            settled=[],
        )

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
