"""From a GraphQL selection to a tree of steps: aliases, fragments, variables, directives, interfaces and field merging.

The grouping of fields is graphql-core's own, asked once for each concrete type that an object may have; fields that
the types share fall together again, so an interface costs no more statements than a type.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, cast

from graphql import (
    GraphQLAbstractType,
    GraphQLError,
    GraphQLInputObjectType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLResolveInfo,
    get_named_type,
    is_abstract_type,
)
from graphql.execution.collect_fields import FieldDetails, FragmentDetails, collect_subfields
from graphql.execution.values import VariableValues, get_argument_values

from app.errors import InvalidInput, PathItem
from app.planner.filters import predicate
from app.planner.kinds import Fetched, Kinds
from app.planner.mentions import marked
from app.planner.pages import page
from app.planner.relations import choose
from app.planner.steps import Step

LONGEST_LIST = 100


def item_type(target: GraphQLNamedType) -> GraphQLNamedType:
    """The type of the nodes that a field leads to: of a connection, that of its items."""
    nodes = target.fields.get("nodes") if isinstance(target, GraphQLObjectType) else None
    return get_named_type(nodes.type) if nodes and target.name.endswith("Connection") else target


def long_lists(value: Any, *path: PathItem) -> Iterator[tuple[PathItem, ...]]:
    """Where lists stand in arguments that are longer than a request may bring."""
    if isinstance(value, Mapping):
        for name, item in value.items():
            yield from long_lists(item, *path, name)
    if isinstance(value, list):
        if len(value) > LONGEST_LIST:
            yield path
        for index, item in enumerate(value[:LONGEST_LIST]):
            yield from long_lists(item, *path, index)


def list_too_long(*path: PathItem) -> InvalidInput:
    return InvalidInput(f"A list may have {LONGEST_LIST} items at most.", path=path)


class Plan:
    """Makes the steps of one operation."""

    def __init__(self, kinds: Kinds, info: GraphQLResolveInfo[Any]) -> None:
        self.kinds = kinds
        self.schema = info.schema
        self.operation = info.operation
        # Strawberry hands resolvers the coerced values alone, graphql-core with their sources.
        coerced: Any = getattr(info.variable_values, "coerced", info.variable_values)
        self.variables = VariableValues({}, coerced)
        self.fragments = {name: FragmentDetails(node) for name, node in info.fragments.items()}

    def selection(
        self, type_: GraphQLObjectType | GraphQLAbstractType, details: list[FieldDetails]
    ) -> tuple[Step, ...]:
        """The steps below a field of this type."""
        types = self.schema.get_possible_types(type_) if is_abstract_type(type_) else [cast(GraphQLObjectType, type_)]
        found: dict[tuple[object, ...], tuple[GraphQLObjectType, list[FieldDetails], list[str]]] = {}
        for concrete in types:
            for key, fields in self._fields(concrete, details).items():
                kind = self.kinds.get((concrete.name, fields[0].node.name.value))
                if kind is not None:
                    same = (key, kind, *(id(field.node) for field in fields))
                    found.setdefault(same, (concrete, fields, []))[2].append(concrete.name)
        return tuple(
            step
            for owner, fields, names in found.values()
            if (step := self.step(owner, fields, frozenset(names))) is not None
        )

    def step(self, owner: GraphQLObjectType, fields: list[FieldDetails], types: frozenset[str]) -> Step | None:
        """The step of one field, or None when its arguments are wrong: then executing the field says so."""
        node, _, fragment_variables = fields[0]
        field = owner.fields[node.name.value]
        try:
            arguments = get_argument_values(field, node, self.variables, fragment_variables)
        except GraphQLError:
            return None
        kind = self.kinds[owner.name, node.name.value]
        error = next((list_too_long(*place) for place in long_lists(arguments)), None)
        if isinstance(kind, Fetched):
            arguments = marked(field.args, arguments)
        target = get_named_type(field.type)
        composite = isinstance(target, GraphQLObjectType) or is_abstract_type(target)
        step = Step(
            key=node.alias.value if node.alias else node.name.value,
            types=types,
            kind=kind,
            arguments=arguments,
            target=target.name if isinstance(target, GraphQLObjectType) else None,
            is_composite=composite,
            is_labelled=is_abstract_type(item_type(target)),
            selection=self.selection(target, fields) if composite else (),
            error=error,
        )
        return self._fetched(step, owner, fields) if isinstance(kind, Fetched) and not error else step

    def _fetched(self, step: Step, owner: GraphQLObjectType, fields: list[FieldDetails]) -> Step:
        assert isinstance(step.kind, Fetched)
        name = fields[0].node.name.value
        relation = choose(step.kind.variants, step.arguments)
        changes: dict[str, Any] = {"relation": relation}
        if relation.count == "page":
            where = step.arguments.get("where")
            filter_type = get_named_type(owner.fields[name].args["where"].type) if where else None
            try:
                order = relation.order((step.arguments.get("orderBy") or {}).get("by"))
                changes["page"] = page(f"{relation.owner}.{relation.field}", order, step.arguments)
                if isinstance(filter_type, GraphQLInputObjectType) and where:
                    changes["where"] = predicate(filter_type, where)
            except InvalidInput as error:
                changes["error"] = error
            changes["counted"] = self._counts(owner, fields)
        return replace(step, **changes)

    def _counts(self, owner: GraphQLObjectType, fields: list[FieldDetails]) -> bool:
        """Whether a connection's totalCount is asked for: it costs a statement of its own."""
        connection = get_named_type(owner.fields[fields[0].node.name.value].type)
        assert isinstance(connection, GraphQLObjectType)
        return any(group[0].node.name.value == "totalCount" for group in self._fields(connection, fields).values())

    def _fields(self, type_: GraphQLObjectType, details: list[FieldDetails]) -> Mapping[str, list[FieldDetails]]:
        return collect_subfields(
            self.schema, self.fragments, self.variables, self.operation, type_, details
        ).grouped_field_set
