"""Outlines are drawn once for a document and kept: the next request with it only brings other values."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar, cast

from graphql import (
    DirectiveNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLObjectType,
    GraphQLResolveInfo,
    Node,
    OperationDefinitionNode,
    VariableNode,
)

from app.planner.drawing import Draftsman
from app.planner.kinds import Coordinate, Kinds
from app.planner.outline import Outline, Selection, variables

KEPT = 1_000  # as many as documents are kept parsed
CONDITIONS = ("skip", "include")

Drawn = TypeVar("Drawn", Outline, Selection)


class Outlines:
    """The outlines drawn last, by their place in a document and by what `@skip` and `@include` said.

    A place is known by its nodes, which are kept, too, so that no other node can have their identity. Unless they
    `are_shaped`, graphql-core shows everything.
    """

    def __init__(self, kinds: Kinds, own: frozenset[Coordinate], *, are_shaped: bool = True) -> None:
        self.kinds = kinds
        self.own = own
        self.are_shaped = are_shaped
        self.kept: dict[tuple[object, ...], tuple[Sequence[FieldNode], Outline | Selection]] = {}
        self.conditions: dict[int, tuple[OperationDefinitionNode, tuple[str, ...]]] = {}

    def root(self, info: GraphQLResolveInfo[Any]) -> Outline:
        """The outline of the root field that is resolved."""
        return self.drawn(info, lambda draftsman: draftsman.root(info.parent_type, info.field_nodes))

    def payload(self, info: GraphQLResolveInfo[Any], type_: GraphQLObjectType) -> Selection:
        """What is asked of the payload of the mutation that is resolved."""
        return self.drawn(info, lambda draftsman: draftsman.payload(type_, info.field_nodes))

    def drawn(self, info: GraphQLResolveInfo[Any], draw: Callable[[Draftsman], Drawn]) -> Drawn:
        given = variables(info).coerced
        said = tuple(given.get(name) for name in self.conditions_of(info))
        key = (*map(id, info.field_nodes), said)
        if key not in self.kept:
            keep(
                self.kept,
                key,
                (info.field_nodes, draw(Draftsman(self.kinds, self.own, info, are_shaped=self.are_shaped))),
            )
        return cast(Drawn, self.kept[key][1])

    def conditions_of(self, info: GraphQLResolveInfo[Any]) -> tuple[str, ...]:
        """The variables that decide what is left out of the answer."""
        key = id(info.operation)
        if key not in self.conditions:
            found = dict.fromkeys(conditions((info.operation, *info.fragments.values())))
            keep(self.conditions, key, (info.operation, tuple(found)))
        return self.conditions[key][1]


def keep(kept: dict[Any, Any], key: object, value: object) -> None:
    """Keep a value, and the oldest no longer when there are too many."""
    if len(kept) >= KEPT:
        del kept[next(iter(kept))]
    kept[key] = value


def conditions(definitions: Sequence[OperationDefinitionNode | FragmentDefinitionNode]) -> Iterator[str]:
    """The names of the variables in `@skip` and `@include`, below some definitions."""
    waiting: list[Node] = list(definitions)
    while waiting:
        node = waiting.pop()
        if isinstance(node, DirectiveNode) and node.name.value in CONDITIONS:
            yield from (each.value.name.value for each in node.arguments or () if isinstance(each.value, VariableNode))
        for key in node.keys:
            below = getattr(node, key)
            waiting.extend(each for each in (below if isinstance(below, tuple) else (below,)) if isinstance(each, Node))
