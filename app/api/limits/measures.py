"""How much a document asks for. Fragments are measured once each and added up, never walked again: doubling them 24
times over costs what writing them down costs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from graphlib import CycleError, TopologicalSorter

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
)

from app.errors import InvalidQuery


@dataclass(frozen=True)
class Measure:
    """What a selection comes to with its fragments written out: levels of fields, fields of the first level, and the
    number of each thing on all levels."""

    depth: int = 0
    width: int = 0
    fields: int = 0
    aliases: int = 0
    directives: int = 0

    def __add__(self, other: "Measure") -> "Measure":
        """Two selections side by side."""
        return Measure(
            max(self.depth, other.depth),
            self.width + other.width,
            self.fields + other.fields,
            self.aliases + other.aliases,
            self.directives + other.directives,
        )


NOTHING = Measure()
Fragments = Mapping[str, FragmentDefinitionNode]


def fragments_of(document: DocumentNode) -> dict[str, FragmentDefinitionNode]:
    """The fragments of a document, by name."""
    return {each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)}


def operations_of(document: DocumentNode) -> list[OperationDefinitionNode]:
    return [each for each in document.definitions if isinstance(each, OperationDefinitionNode)]


def measures(document: DocumentNode) -> list[Measure]:
    """The measure of each operation. Raises InvalidQuery when fragments spread each other in a circle."""
    fragments = fragments_of(document)
    known: dict[str, Measure] = {}
    for name in in_order(fragments):
        known[name] = selection(fragments[name].selection_set, known)
    return [selection(operation.selection_set, known) for operation in operations_of(document)]


def in_order(fragments: Fragments) -> list[str]:
    """The fragments, each after all that it spreads."""
    graph = {name: [each for each in spreads(node) if each in fragments] for name, node in fragments.items()}
    try:
        return list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        circle = " spreads ".join(error.args[1])
        raise InvalidQuery(f"Fragments may not spread themselves: {circle}.") from None


def spreads(fragment: FragmentDefinitionNode) -> Iterator[str]:
    """The names of the fragments that one spreads."""
    waiting = [fragment.selection_set]
    while waiting:
        for node in waiting.pop().selections:
            if isinstance(node, FragmentSpreadNode):
                yield node.name.value
            elif inner := inside(node):
                waiting.append(inner)


def selection(node: SelectionSetNode, known: Mapping[str, Measure]) -> Measure:
    """The measure of what is between braces. The parser refuses what is nested too deeply for a recursion."""
    total = NOTHING
    for each in node.selections:
        total += selected(each, known)
    return total


def selected(node: SelectionNode, known: Mapping[str, Measure]) -> Measure:
    directives = Measure(directives=len(node.directives or ()))
    if isinstance(node, FragmentSpreadNode):
        return known.get(node.name.value, NOTHING) + directives
    inner = inside(node)
    below = selection(inner, known) if inner else NOTHING
    if isinstance(node, FieldNode):
        below = replace(below, depth=below.depth + 1, width=1, fields=below.fields + 1)
        return below + directives + Measure(aliases=1 if node.alias else 0)
    return below + directives


def inside(node: SelectionNode) -> SelectionSetNode | None:
    """What is selected below a field or an inline fragment."""
    return getattr(node, "selection_set", None)
