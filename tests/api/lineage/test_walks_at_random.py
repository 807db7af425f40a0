"""Random questions on random graphs, cycles and all: the API must answer what a plain search in Python answers."""

import random
from typing import Any

import pytest
from neo4j import AsyncDriver

from tests.api.conftest import Client
from tests.api.lineage.asking import ask
from tests.api.lineage.drawing import Drawing, Edge, Node
from tests.api.lineage.reference import Question, answer
from tests.fixtures.emptying import emptied

SEEDS = 4
GRAPHS = 10
QUESTIONS = 12
ASSETS = ("ModelVersion", "DatasetVersion", "Application", "UnknownAsset")
LABELS = (*ASSETS, "Run")
LICENSES = ("MIT", "Apache-2.0", "CC-BY-NC-4.0", None)
ROLES = ("train", "test", "code")
DERIVATIONS = ("FINE_TUNE", "MERGE", "SPLIT")


@pytest.mark.parametrize("seed", range(SEEDS))
async def test_a_walk_answers_what_a_plain_search_answers(client: Client, graph: AsyncDriver, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(GRAPHS):
        drawing = random_drawing(chance)
        await emptied(graph)
        await drawing.write(graph)
        for _ in range(QUESTIONS):
            question = random_question(chance, drawing)
            assert await ask(client, question) == answer(drawing, question), question


def random_drawing(chance: random.Random) -> Drawing:
    nodes = tuple(random_node(chance, f"n{i:02}") for i in range(chance.randint(1, 14)))
    edges = (random_edge(chance, f"e{i:02}", nodes) for i in range(chance.randint(0, 30)))
    return Drawing(nodes, tuple(edges))


def random_node(chance: random.Random, id: str) -> Node:
    label = chance.choice(LABELS)
    properties: dict[str, Any] = {"isStub": chance.random() < 0.2, "licenseSpdx": chance.choice(LICENSES)}
    if label == "DatasetVersion":
        properties["classifications"] = chance.sample(("PII", "health", "public"), chance.randint(0, 2))
    return Node(id, label, properties)


def random_edge(chance: random.Random, id: str, nodes: tuple[Node, ...]) -> Edge:
    """An edge between any two nodes, mostly from a later to an earlier one; the same two may have several."""
    ends = [chance.choice(nodes), chance.choice(nodes)]
    if chance.random() < 0.7:
        ends.sort(key=lambda node: node.id, reverse=True)
    source, target = ends
    begin = chance.randint(0, 4)
    end = begin + chance.randint(1, 4) if chance.random() < 0.2 else None
    kind, properties = random_kind(chance, source.label, target.label)
    return Edge(id, source.id, target.id, kind, properties, begin, end)


def random_kind(chance: random.Random, source: str, target: str) -> tuple[str, dict[str, Any]]:
    if source == "Run":
        return "USED", {"role": chance.choice(ROLES)}
    if target == "Run":
        return "GENERATED_BY", {}
    if chance.random() < 0.3:
        return "DEPENDS_ON", {"kind": "base"}
    return "DERIVED_FROM", {"kind": chance.choice(DERIVATIONS)}


def random_question(chance: random.Random, drawing: Drawing) -> Question:
    def perhaps(value: Any) -> Any:
        return value if chance.random() < 0.3 else None

    through = {
        "edgeKinds": perhaps(chance.sample(("USED", "GENERATED_BY", "DERIVED_FROM", "DEPENDS_ON"), 3)),
        "roles": perhaps(chance.sample(ROLES, 2)),
        "derivations": perhaps(chance.sample(DERIVATIONS, 2)),
        "types": perhaps(chance.sample(LABELS, 3)),
    }
    where = {
        "types": perhaps(chance.sample(LABELS, 3)),
        "license": perhaps(random_comparison(chance, LICENSES[:3])),
        "classification": perhaps(random_comparison(chance, ("PII", "health"))),
        "isStub": perhaps(chance.random() < 0.5),
    }
    return Question(
        start=chance.choice(drawing.nodes).id,
        direction=chance.choice(("UPSTREAM", "DOWNSTREAM")),
        max_depth=perhaps(chance.randint(1, 5)),
        through=perhaps(present(through)),
        where=perhaps(present(where)),
        as_of=perhaps(chance.randint(0, 8)),
        limit=chance.choice((1, 3, 5, 1_000)),
    )


def random_comparison(chance: random.Random, words: tuple[str | None, ...]) -> dict[str, Any]:
    word = chance.choice(words) or ""
    return chance.choice(
        (
            {"eq": word},
            {"ne": word},
            {"in": [word, "other"]},
            {"contains": word[1:3]},
            {"startsWith": word[:2], "ne": "MIT"},
            {"isNull": chance.random() < 0.5},
        )
    )


def present(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
