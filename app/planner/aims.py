"""What a field leads to, as far as its type says: nodes, or maps with values and nodes in them."""

from dataclasses import dataclass

from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
)

from graph_schema.model import MODEL


@dataclass(frozen=True)
class Aim:
    """Nodes, which if they are of several types need their labels; or maps: `values` are the fields that are values,
    `nodes` those that are nodes, each with whether it needs its labels."""

    is_labelled: bool
    values: tuple[str, ...] = ()
    nodes: tuple[tuple[str, bool], ...] = ()


def aim(field: GraphQLField) -> Aim:
    """What a field leads to."""
    target = item_type(get_named_type(field.type))
    if is_node(target) or not isinstance(target, GraphQLObjectType):
        return Aim(is_abstract_type(target))
    types = {name: get_named_type(inner.type) for name, inner in target.fields.items()}
    return Aim(
        is_labelled=False,
        values=tuple(name for name, type_ in types.items() if is_leaf_type(type_)),
        nodes=tuple((name, is_abstract_type(type_)) for name, type_ in types.items() if is_node(type_)),
    )


def is_node(type_: object) -> bool:
    """Whether a type's objects are nodes of the graph."""
    return isinstance(type_, GraphQLInterfaceType) or (
        isinstance(type_, GraphQLObjectType) and type_.name in MODEL.by_label
    )


def item_type(target: GraphQLNamedType) -> GraphQLNamedType:
    """The type of the nodes that a field leads to: of a connection, that of its items."""
    nodes = target.fields.get("nodes") if isinstance(target, GraphQLObjectType) else None
    return get_named_type(nodes.type) if nodes and target.name.endswith("Connection") else target
