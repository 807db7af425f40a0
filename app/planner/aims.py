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
    """Nodes of the type `label`, which if it is None are of several and need their labels; or maps: `values` are the
    fields that are values, `nodes` those that are nodes, each with its type."""

    label: str | None
    values: tuple[str, ...] = ()
    nodes: tuple[tuple[str, str | None], ...] = ()


def aim(field: GraphQLField) -> Aim:
    """What a field leads to."""
    target = item_type(get_named_type(field.type))
    if is_node(target) or not isinstance(target, GraphQLObjectType):
        return Aim(label_of(target))
    types = {name: get_named_type(inner.type) for name, inner in target.fields.items()}
    return Aim(
        label=target.name,
        values=tuple(name for name, type_ in types.items() if is_leaf_type(type_)),
        nodes=tuple((name, label_of(type_)) for name, type_ in types.items() if is_node(type_)),
    )


def label_of(type_: GraphQLNamedType) -> str | None:
    """The label of a type's objects, None where they are of several."""
    return None if is_abstract_type(type_) else type_.name


def is_node(type_: object) -> bool:
    """Whether a type's objects are nodes of the graph."""
    return isinstance(type_, GraphQLInterfaceType) or (
        isinstance(type_, GraphQLObjectType) and type_.name in MODEL.by_label
    )


def item_type(target: GraphQLNamedType) -> GraphQLNamedType:
    """The type of the nodes that a field leads to: of a connection, that of its items."""
    nodes = target.fields.get("nodes") if isinstance(target, GraphQLObjectType) else None
    return get_named_type(nodes.type) if nodes and target.name.endswith("Connection") else target
