"""What an operation may cost, known before it is executed: the objects that it may have to fetch, as a number.

Pages, walks and lists multiply what is asked of their objects. A fragment is priced once, wherever it is spread.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import EllipsisType
from typing import Any

from graphql import (
    FieldNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    Undefined,
    get_named_type,
    get_nullable_type,
    is_leaf_type,
    is_list_type,
    value_from_ast_untyped,
)

from app.api.limits import Limits
from app.api.limits.documents import Document
from app.api.limits.prices import CHANGE, CONDITION, COUNT, INTROSPECTION, LIST, PRICED, conditions, size, values, walk
from app.planner.kinds import Fetched, Kinds, Loaded

Variables = Mapping[str, Any]

MOST_COSTS = 100  # that are kept of a document


@dataclass(frozen=True)
class Price:
    """What a selection costs: once, and in a page or a walk for each of its objects."""

    once: int = 0
    each: int = 0

    def __add__(self, other: "Price") -> "Price":
        return Price(self.once + other.once, self.each + other.each)


FREE = Price()


class Tariff:
    """What the fields of a schema cost. Made once."""

    def __init__(self, schema: GraphQLSchema, kinds: Kinds, limits: Limits) -> None:
        self.schema = schema
        self.limits = limits
        self.fetched = fetched(schema, kinds)
        self.containers = containers(schema)

    def cost(self, document: Document, operation: OperationDefinitionNode, variables: Variables) -> int:
        """The points of an operation of a valid document. Raises TooComplex for a filter that is too large."""
        given = tuple(variables.get(name, ...) for name in document.priced)
        if not all(isinstance(value, int | EllipsisType | None) for value in given):
            return self.bill(document, operation, variables)
        key = (operation.name and operation.name.value, given)
        if key not in document.costs:
            if len(document.costs) >= MOST_COSTS:
                document.costs.clear()
            document.costs[key] = self.bill(document, operation, variables)
        return document.costs[key]

    def bill(self, document: Document, operation: OperationDefinitionNode, variables: Variables) -> int:
        """The same, calculated."""
        bill = Bill(self, {**defaults(operation), **variables})
        for fragment in document.fragments:
            type_ = self.schema.type_map[fragment.type_condition.name.value]
            bill.known[fragment.name.value] = bill.selection(type_, fragment.selection_set)
        root = self.schema.get_root_type(operation.operation)
        assert root is not None, "the document is valid"
        return bill.selection(root, operation.selection_set).once


class Bill:
    """The prices of one request."""

    def __init__(self, tariff: Tariff, variables: Variables) -> None:
        self.tariff = tariff
        self.variables = dict(variables)
        self.known: dict[str, Price] = {}

    def selection(self, type_: GraphQLNamedType, selected: SelectionSetNode) -> Price:
        total = FREE
        for node in selected.selections:
            if self.is_wanted(node):
                total += self.selected(type_, node)
        return total

    def selected(self, type_: GraphQLNamedType, node: SelectionNode) -> Price:
        if isinstance(node, FragmentSpreadNode):
            return self.known[node.name.value]
        if isinstance(node, InlineFragmentNode):
            condition = node.type_condition
            inner = self.tariff.schema.type_map[condition.name.value] if condition else type_
            return self.selection(inner, node.selection_set)
        assert isinstance(node, FieldNode)
        return self.field(type_, node)

    def field(self, type_: GraphQLNamedType, node: FieldNode) -> Price:
        tariff, name = self.tariff, node.name.value
        field = tariff.schema.get_field(type_, name)  # type: ignore[arg-type]  # the document is valid
        assert field is not None, "the document is valid"
        target = get_named_type(field.type)
        inner = self.selection(target, node.selection_set) if node.selection_set else FREE
        if type_.name in tariff.containers:
            return contained(field, name, inner)
        given = self.arguments(node)
        where = conditions(given.get("where"), tariff.limits.conditions, tariff.limits.nesting) * CONDITION
        if type_ is tariff.schema.mutation_type:
            return Price(CHANGE + values(given) + inner.once)
        if target.name in tariff.containers:
            objects = max(1, size(field, given) or 0)
            return Price(where + walk(field, given) + inner.once + objects * (1 + inner.each))
        if target.name.startswith("__") and not is_leaf_type(target):
            return Price(self.introspected(field, name) * (inner.once + (name != "ofType")))
        # What lies in its parent was paid with that, the walk that found it included.
        is_fetched = (type_.name, name) in tariff.fetched
        walked = walk(field, given) if is_fetched else 0
        if is_leaf_type(target) or not is_list_type(get_nullable_type(field.type)):
            return Price(where + walked + is_fetched + inner.once)
        many = size(field, given)
        return Price(where + walked + (LIST if many is None else many) * (1 + inner.once))

    def introspected(self, field: GraphQLField, name: str) -> int:
        """How many objects a field of the introspection returns."""
        if not is_list_type(get_nullable_type(field.type)):
            return 1
        return len(self.tariff.schema.type_map) if name == "types" else INTROSPECTION.get(name, LIST)

    def arguments(self, node: FieldNode) -> dict[str, Any]:
        """The arguments that matter, as they were given."""
        found = {each.name.value: each.value for each in node.arguments or () if each.name.value in PRICED}
        given = {name: value_from_ast_untyped(value, self.variables) for name, value in found.items()}
        return {name: value for name, value in given.items() if value is not Undefined}

    def is_wanted(self, node: SelectionNode) -> bool:
        """What `@skip` and `@include` say."""
        for directive in node.directives or ():
            wanted = {"skip": False, "include": True}.get(directive.name.value)
            for argument in directive.arguments or ():
                if value_from_ast_untyped(argument.value, self.variables) is (not wanted):
                    return False
        return True


def contained(field: GraphQLField, name: str, inner: Price) -> Price:
    """The price of a field of a page or a walk: its lists show each of its objects."""
    if name == "totalCount":
        return Price(COUNT)
    return Price(each=inner.once) if is_list_type(get_nullable_type(field.type)) else Price(inner.once)


def defaults(operation: OperationDefinitionNode) -> dict[str, Any]:
    """The values of variables that are not given."""
    return {
        each.variable.name.value: value_from_ast_untyped(each.default_value)
        for each in operation.variable_definitions or ()
        if each.default_value
    }


def fetched(schema: GraphQLSchema, kinds: Kinds) -> frozenset[tuple[str, str]]:
    """The fields whose answer does not lie in their parent, of interfaces, too."""
    found = {key for key, kind in kinds.items() if isinstance(kind, Fetched | Loaded)}
    owners = {name: schema.type_map[name] for name, _ in found}
    of_interfaces = {
        (interface.name, field)
        for name, field in found
        if isinstance(owner := owners[name], GraphQLObjectType)
        for interface in owner.interfaces
    }
    return frozenset(found | of_interfaces)


def containers(schema: GraphQLSchema) -> frozenset[str]:
    """The types of pages and walks: what fields return that have a size and are no lists themselves."""
    return frozenset(
        get_named_type(field.type).name
        for type_ in schema.type_map.values()
        if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType)
        for field in type_.fields.values()
        if size(field, {}) is not None and not is_list_type(get_nullable_type(field.type))
    )
