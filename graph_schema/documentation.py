"""Prints the model as the page `docs/data-model.md`: pictures and tables that cannot disagree with the code."""

from collections.abc import Iterable, Iterator, Sequence

from graph_schema.definitions import RANGE, SHARED_LABELS, UNIQUENESS, Definition, define
from graph_schema.elements import GraphModel, Nature, Node, Property, Relationship
from graph_schema.nodes.shared import ENTITY
from graph_schema.picture import Groups, draw, grouped
from graph_schema.relationships import ASSETS, EDGE

INTRODUCTION = """\
# Data model

<!-- Printed from graph_schema/ by `pedigree schema docs > docs/data-model.md`: change the model, not this page. -->

The registry is one graph. A type has the same name in GraphQL, in the code and as label in Neo4j. What can be
addressed carries the label `Entity` beside its own, and an `id` that is unique among all of them. Times are instants
in UTC with microseconds; an interval holds from `validFrom` on, up to but without `validTo`. What is free text or
personal can be [erased from the audit log](audit.md#erasure)."""

LINEAGE = """\
Every arrow points from the later thing to what it came from: *upstream* follows the arrows, *downstream* goes against
them. An edge is never erased. One that was wrong is retracted: its interval is closed, and the reason is kept."""

BELONGING = "What belongs to what. Lineage does not follow these."

ENTITIES = "Every node with the label `Entity` and a history of its own has these, and the tables below leave them out."

EVERY_EDGE = "Every lineage relationship has these; the table above names the others."


def page(model: GraphModel) -> str:
    """The whole page, in Markdown."""
    lineage = [r for r in model.relationships if r.is_lineage]
    belonging = [r for r in model.relationships if not r.is_lineage]
    groups = {"Asset": ASSETS, "Actor": tuple(n.label for n in model.nodes if "Actor" in n.labels)}
    definitions = define(model)
    parts = (
        INTRODUCTION,
        *(
            "## Lineage",
            LINEAGE,
            picture(lineage, groups),
            members(groups, "Asset"),
            relationship_table(lineage, groups),
        ),
        *(EVERY_EDGE, property_table(EDGE)),
        *("## Belonging", BELONGING, picture(belonging, groups), members(groups, "Actor")),
        relationship_table(belonging, groups),
        *("## Nodes", node_table(model.nodes), "### Entity", ENTITIES, property_table(ENTITY)),
        *(part for node in model.nodes for part in section(node, definitions)),
    )
    return "\n\n".join(parts) + "\n"


def picture(relationships: Sequence[Relationship], groups: Groups) -> str:
    return f"```mermaid\n{draw(relationships, groups)}\n```"


def members(groups: Groups, name: str) -> str:
    return f"*Any {name.lower()}* is one of {codes(groups[name])}."


def section(node: Node, definitions: Iterable[Definition]) -> Iterator[str]:
    yield f"### {node.label}"
    yield f"{node.meaning}."
    own = tuple(p for p in node.properties if p not in ENTITY) if is_full_entity(node) else node.properties
    if own:
        yield property_table(own)
    yield "\n".join(facts(node, tuple(definitions)))


def facts(node: Node, definitions: Sequence[Definition]) -> Iterator[str]:
    if node.labels:
        yield f"- Labels beside its own: {codes(node.labels)}"
    owners = (node.label, *(label for label in node.labels if label in SHARED_LABELS))
    for kind, words in ((UNIQUENESS, "Unique"), (RANGE, "Indexed")):
        found = [d for owner in owners for d in definitions if (d.kind, d.owner) == (kind, owner)]
        if found:
            yield f"- {words}: {', '.join(combination(d, node) for d in found)}"


def combination(definition: Definition, node: Node) -> str:
    properties = f"({codes(definition.properties)})" if len(definition.properties) > 1 else codes(definition.properties)
    return properties if definition.owner == node.label else f"{properties} among all `{definition.owner}`"


def is_full_entity(node: Node) -> bool:
    return set(ENTITY) <= set(node.properties)


def node_table(nodes: Iterable[Node]) -> str:
    return table(("node", "what it is"), ((f"[{n.label}](#{n.label.lower()})", n.meaning) for n in nodes))


def property_table(properties: Iterable[Property]) -> str:
    return table(
        ("property", "type", "required", "meaning"),
        ((f"`{p.name}`", p.type, "yes" if p.required else "", f"{p.meaning}{nature(p)}") for p in properties),
    )


def nature(property: Property) -> str:
    return "" if property.nature is Nature.PLAIN else f" *({property.nature})*"


def relationship_table(relationships: Iterable[Relationship], groups: Groups) -> str:
    return table(
        ("relationship", "from", "to", "meaning", "properties"),
        (
            (f"`{r.type}`", ends(r.sources, groups), ends(r.targets, groups), r.meaning, own_properties(r))
            for r in relationships
        ),
    )


def ends(labels: tuple[str, ...], groups: Groups) -> str:
    return ", ".join(f"*any {end.lower()}*" if end in groups else f"`{end}`" for end in grouped(labels, groups))


def own_properties(relationship: Relationship) -> str:
    own = (p for p in relationship.properties if p not in EDGE or not relationship.is_lineage)
    return "<br>".join(f"`{p.name}` ({p.type}): {p.meaning}" for p in own)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = (head, ("---",) * len(head), *rows)
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def codes(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)
