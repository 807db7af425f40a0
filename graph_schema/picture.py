"""Draws relationships of the model as a Mermaid flowchart."""

from collections.abc import Iterable, Iterator
from itertools import product

from graph_schema.elements import Relationship

Groups = dict[str, tuple[str, ...]]


def draw(relationships: Iterable[Relationship], groups: Groups) -> str:
    """The flowchart's text. Kinds of nodes that always stand together are drawn as one: `groups` by name."""
    relationships = tuple(relationships)
    edges = merged_edges(relationships, groups)
    drawn = dict.fromkeys(end for edge in edges for end in edge)
    lines = [f'{name}(["any {name.lower()}"])' for name in groups if name in drawn]
    lines += [f"{source} -->|{'<br>'.join(types)}| {target}" for (source, target), types in edges.items()]
    lines += [f"{label} -.- {name}" for name in groups if name in drawn for label in groups[name] if label in drawn]
    return "\n".join(("flowchart LR", *(f"  {line}" for line in lines)))


def merged_edges(relationships: Iterable[Relationship], groups: Groups) -> dict[tuple[str, str], list[str]]:
    """The types of relationships between two ends."""
    edges: dict[tuple[str, str], list[str]] = {}
    for relationship in relationships:
        sources, targets = grouped(relationship.sources, groups), grouped(relationship.targets, groups)
        for ends in product(sources, targets):
            edges.setdefault(ends, []).append(relationship.type)
    return edges


def grouped(labels: tuple[str, ...], groups: Groups) -> Iterator[str]:
    """The labels, with the name of a group in place of all its members."""
    whole = {name: members for name, members in groups.items() if set(members) <= set(labels)}
    yield from whole
    hidden = {member for members in whole.values() for member in members}
    yield from (label for label in labels if label not in hidden)
