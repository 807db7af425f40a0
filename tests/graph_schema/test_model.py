"""One walk over the model that reports all violations at once."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from graph_schema.definitions import CONSTRAINTS, DEFINITIONS, SHARED_LABELS
from graph_schema.elements import Node, Property, Relationship, Type, optional, required
from graph_schema.inspection import VALUE_TYPES
from graph_schema.model import MODEL

PASCAL_CASE = re.compile(r"([A-Z][a-z]+)+")
CAMEL_CASE = re.compile(r"[a-z]+([A-Z][a-z]+)*")
UPPER_SNAKE_CASE = re.compile(r"[A-Z]+(_[A-Z]+)*")
SNAKE_CASE = re.compile(r"[a-z]+(_[a-z]+)*")


def test_the_model_keeps_its_rules() -> None:
    violations = [
        *duplicates("node", (node.label for node in MODEL.nodes)),
        *duplicates("lineage relationship", MODEL.lineage_types),
        *duplicates("constraint or index", (definition.name for definition in DEFINITIONS)),
        *(violation for node in MODEL.nodes for violation in node_violations(node)),
        *(violation for kind in MODEL.relationships for violation in relationship_violations(kind)),
        *same_type_violations(MODEL.relationships),
        *definition_violations(),
    ]
    assert violations == []


def test_the_walk_sees_violations() -> None:
    node = Node(
        "bad_label",
        "",
        (required("Name", Type.STRING, "a | b"), optional("Name", Type.STRING, "again")),
        labels=("Thing",),
        key=("missing",),
        indexes=(("Name",), ("Name",)),
    )
    assert list(node_violations(node)) == [
        "bad_label: not PascalCase",
        "bad_label: no meaning that fits a table",
        "bad_label: Thing is no shared label",
        "bad_label: missing is no property",
        "bad_label: index ('Name',) twice",
        "bad_label: property Name twice",
        "bad_label.Name: not camelCase",
        "bad_label.Name: no meaning that fits a table",
        "bad_label.Name: not camelCase",
    ]
    relationship = Relationship("bad", ("Nowhere",), (), "it goes wrong", is_lineage=True)
    assert list(relationship_violations(relationship)) == [
        "bad: not UPPER_SNAKE_CASE",
        "bad: ends nowhere",
        "bad: Nowhere is no node",
        "bad: a lineage relationship needs id, recordedAt and validFrom",
    ]


def node_violations(node: Node) -> Iterator[str]:
    if not PASCAL_CASE.fullmatch(node.label):
        yield f"{node.label}: not PascalCase"
    yield from meaning_violations(node.label, node.meaning)
    for label in node.labels:
        if label not in SHARED_LABELS:
            yield f"{node.label}: {label} is no shared label"
    yield from combination_violations(node)
    yield from property_violations(node.label, node.properties)


def combination_violations(node: Node) -> Iterator[str]:
    shared = [SHARED_LABELS[label] for label in node.labels if label in SHARED_LABELS]
    combinations = [*shared, node.key, *node.unique, *node.indexes]
    for name in dict.fromkeys(name for combination in combinations for name in combination):
        if name not in node.property_names:
            yield f"{node.label}: {name} is no property"
    for combination, count in Counter(c for c in combinations if c).items():
        if count > 1:
            yield f"{node.label}: index {combination} twice"
        yield from duplicates(f"{node.label}: property of index", combination)
    required_names = {p.name for p in node.properties if p.required}
    for name in (name for name in node.key if name in node.property_names and name not in required_names):
        yield f"{node.label}: {name} is in the key, but not required"


def relationship_violations(relationship: Relationship) -> Iterator[str]:
    if not UPPER_SNAKE_CASE.fullmatch(relationship.type):
        yield f"{relationship.type}: not UPPER_SNAKE_CASE"
    yield from meaning_violations(relationship.type, relationship.meaning)
    if not relationship.sources or not relationship.targets:
        yield f"{relationship.type}: ends nowhere"
    for label in dict.fromkeys((*relationship.sources, *relationship.targets)):
        if label not in MODEL.by_label:
            yield f"{relationship.type}: {label} is no node"
    names = {p.name for p in relationship.properties if p.required}
    if relationship.is_lineage and not names >= {"id", "recordedAt", "validFrom"}:
        yield f"{relationship.type}: a lineage relationship needs id, recordedAt and validFrom"
    yield from property_violations(relationship.type, relationship.properties)


def property_violations(owner: str, properties: tuple[Property, ...]) -> Iterator[str]:
    yield from duplicates(f"{owner}: property", (p.name for p in properties))
    for p in properties:
        if not CAMEL_CASE.fullmatch(p.name):
            yield f"{owner}.{p.name}: not camelCase"
        yield from meaning_violations(f"{owner}.{p.name}", p.meaning)
        if p.type not in VALUE_TYPES:
            yield f"{owner}.{p.name}: no check for the type {p.type}"


def same_type_violations(relationships: Iterable[Relationship]) -> Iterator[str]:
    """A type may stand between several pairs of labels, but has the same properties everywhere."""
    first: dict[str, Relationship] = {}
    for relationship in relationships:
        other = first.setdefault(relationship.type, relationship)
        if (other.properties, other.is_lineage) != (relationship.properties, relationship.is_lineage):
            yield f"{relationship.type}: declared twice, with different properties"


def definition_violations() -> Iterator[str]:
    for definition in DEFINITIONS:
        if not SNAKE_CASE.fullmatch(definition.name):
            yield f"{definition.name}: not snake_case"
        if definition.name not in CONSTRAINTS and (definition.owner, definition.properties) in CONSTRAINTS.values():
            yield f"{definition.name}: repeats a constraint"


def meaning_violations(place: str, meaning: str) -> Iterator[str]:
    """Every meaning is one line of a table in the documentation, without a full stop."""
    if not meaning.strip() or (meaning.endswith(".") and not meaning.endswith("...")) or set(meaning) & set("|\n<>"):
        yield f"{place}: no meaning that fits a table"


def duplicates(noun: str, names: Iterable[str]) -> Iterator[str]:
    yield from (f"{noun} {name} twice" for name, count in Counter(names).items() if count > 1)
