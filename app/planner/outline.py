"""The structure of a selection: what is asked of the objects at each place, whatever the values of one request are."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLObjectType,
    GraphQLResolveInfo,
    ListValueNode,
    Node,
    ObjectValueNode,
    VariableNode,
)
from graphql.execution.values import VariableValues

from app.planner.kinds import Kind, Loaded
from app.planner.shaping import Shape


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
    settled: list[Any]  # its step, once it is known, if no variable has a say in it

    @property
    def name(self) -> str:
        return self.node.name.value

    @cached_property
    def loads(self) -> bool:
        """Whether a loader answers it or anything below it."""
        return isinstance(self.kind, Loaded) or any(each.loads for each in self.below.fields)

    @cached_property
    def asks_for(self) -> frozenset[str]:
        """The planned fields of what it leads to that are asked for: of a connection its edges, nodes and page info."""
        return frozenset(each.name for each in self.below.fields)

    @cached_property
    def told(self) -> frozenset[str]:
        """The plain fields that are asked for anywhere below it, and what leads on from there."""
        return self.below.properties.union(*(each.told for each in self.below.fields))

    @cached_property
    def is_constant(self) -> bool:
        """Whether no variable has a say in it or in anything below it."""
        return not any(holds_variable(each.value) for each in self.node.arguments or ()) and all(
            each.is_constant for each in self.below.fields
        )


@dataclass(frozen=True, eq=False)
class Selection:
    """What is asked of the objects at one place: the planned fields, how the whole is shown by type, and the properties
    that both need."""

    fields: tuple[Outline, ...] = ()
    shapes: Mapping[str, Shape] | None = None
    properties: frozenset[str] = frozenset()


def variables(info: GraphQLResolveInfo[Any]) -> VariableValues:
    """The variables of a request: graphql-core hands resolvers the values with their sources, Strawberry without."""
    given: Any = info.variable_values
    return VariableValues({}, getattr(given, "coerced", given))


def holds_variable(value: Node) -> bool:
    match value:
        case VariableNode():
            return True
        case ListValueNode(values=values):
            return any(map(holds_variable, values))
        case ObjectValueNode(fields=fields):
            return any(holds_variable(each.value) for each in fields)
    return False
