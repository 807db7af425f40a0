"""What the database holds for the model: uniqueness constraints and range indexes, with their names and statements.

Neo4j Community has no other constraints. A name says what it is for: `model_version_model_id_number` keeps that pair
unique, `model_version_by_created_at_id` finds and orders versions by those two.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graph_schema.elements import GraphModel
from graph_schema.model import MODEL

UNIQUENESS = "uniqueness constraint"
RANGE = "range index"

# Labels that several kinds of nodes share, and what is unique among all of them.
SHARED_LABELS: dict[str, tuple[str, ...]] = {"Entity": ("id",), "Actor": ("name",)}


@dataclass(frozen=True, order=True)
class Definition:
    """One constraint or index. `owner` is a label, or the type of a relationship."""

    kind: str
    owner: str
    properties: tuple[str, ...]
    name: str
    on_relationship: bool = False

    def __str__(self) -> str:
        return f"{self.kind} {self.name} on {self.owner} ({', '.join(self.properties)})"

    @property
    def creation(self) -> str:
        """The statement that creates it, safe to repeat."""
        pattern = f"()-[x:{self.owner}]-()" if self.on_relationship else f"(x:{self.owner})"
        properties = ", ".join(f"x.{name}" for name in self.properties)
        if self.kind == UNIQUENESS:
            return f"CREATE CONSTRAINT {self.name} IF NOT EXISTS FOR {pattern} REQUIRE ({properties}) IS UNIQUE"
        return f"CREATE INDEX {self.name} IF NOT EXISTS FOR {pattern} ON ({properties})"

    @property
    def removal(self) -> str:
        """The statement that removes it, safe to repeat."""
        return f"DROP {self.kind.split()[-1].upper()} `{self.name}` IF EXISTS"


def define(model: GraphModel) -> tuple[Definition, ...]:
    """All constraints and indexes of a model, constraints first."""
    return tuple(dict.fromkeys((*constraints(model), *indexes(model))))


def constraints(model: GraphModel) -> Iterator[Definition]:
    for label, properties in SHARED_LABELS.items():
        yield unique(label, properties)
    for node in model.nodes:
        for properties in (node.key, *node.unique):
            if properties:
                yield unique(node.label, properties)
    for type in model.lineage_types:
        yield Definition(UNIQUENESS, type, ("id",), f"{type.lower()}_id", on_relationship=True)


def indexes(model: GraphModel) -> Iterator[Definition]:
    for node in model.nodes:
        for properties in node.indexes:
            name = f"{snake_case(node.label)}_by_{'_'.join(map(snake_case, properties))}"
            yield Definition(RANGE, node.label, properties, name)


def unique(label: str, properties: tuple[str, ...]) -> Definition:
    name = "_".join(map(snake_case, (label, *properties)))
    return Definition(UNIQUENESS, label, properties, name)


def snake_case(word: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", word).lower()


def difference(found: Iterable[Definition], wanted: Iterable[Definition]) -> tuple[str, ...]:
    """The statements that lead from what is found to what is wanted: what a new migration has to hold."""
    before, after = set(found), set(wanted)
    removals = (definition.removal for definition in sorted(before - after))
    creations = (definition.creation for definition in sorted(after - before, key=by_kind))
    return (*removals, *creations)


def script(statements: Iterable[str]) -> str:
    """Statements as the text of a migration."""
    return "".join(f"{statement};\n" for statement in statements)


def by_kind(definition: Definition) -> tuple[bool, Definition]:
    return definition.kind != UNIQUENESS, definition


DEFINITIONS = define(MODEL)

# What a violated constraint stands for: its name -> (label or relationship type, properties).
CONSTRAINTS: dict[str, tuple[str, tuple[str, ...]]] = {
    definition.name: (definition.owner, definition.properties)
    for definition in DEFINITIONS
    if definition.kind == UNIQUENESS
}
