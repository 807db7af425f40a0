"""Random graphs, cycles, waivers and all: the API must answer what a plain search in Python answers."""

import random
from datetime import timedelta
from typing import Any

import pytest
from neo4j import AsyncDriver

from tests.api.conftest import Client
from tests.api.licensing.asking import ask, told
from tests.api.licensing.reference import LICENSES, ORDER, UNKNOWN, answer
from tests.api.lineage.drawing import Drawing, Edge, Node, day
from tests.api.lineage.test_walks_at_random import random_edge
from tests.fixtures.emptying import emptied

SEEDS = 3
GRAPHS = 8
QUESTIONS = 6
LICENSED = ("ModelVersion", "DatasetVersion", "Application")
LABELS = (*LICENSED, "ModelVersion", "UnknownAsset", "Run", "Commit", "Run")
DECLARED = (*LICENSES, *UNKNOWN)


@pytest.mark.parametrize("seed", range(SEEDS))
async def test_obligations_are_what_a_plain_search_finds(client: Client, graph: AsyncDriver, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(GRAPHS):
        drawing = random_drawing(chance)
        await emptied(graph)
        await drawing.write(graph)
        for _ in range(QUESTIONS):
            start = chance.choice([node.id for node in drawing.nodes if node.label in LICENSED])
            as_of = chance.choice([None, None, chance.randint(0, 8)])
            found = await ask(client, start, None if as_of is None else day(as_of).isoformat())
            assert told(found) == answer(drawing, start, as_of), (drawing, start, as_of)
            assert (found["complete"], found["withheld"], found["truncation"]) == (True, False, None)


def random_drawing(chance: random.Random) -> Drawing:
    nodes = [Node("n00", "ModelVersion", {"licenseDeclared": chance.choice(DECLARED), "modelId": "m1"})]
    nodes += [random_node(chance, f"n{i:02}") for i in range(1, chance.randint(2, 14))]
    edges = [random_edge(chance, f"e{i:02}", tuple(nodes)) for i in range(chance.randint(0, 30))]
    held = [edge for edge in edges if fits(edge, {node.id: node.label for node in nodes})]
    waivers = [random_waiver(chance, f"w{i}", nodes) for i in range(chance.randint(0, 8))]
    return Drawing((*nodes, *waivers), tuple(held))


def fits(edge: Edge, labels: dict[str, str]) -> bool:
    """Whether an edge leaves something that came from anything: a commit did not."""
    return labels[edge.source] != "Commit"


def random_node(chance: random.Random, id: str) -> Node:
    label = chance.choice(LABELS)
    if label in ("Run", "Commit"):
        return Node(id, label)
    own = {"ModelVersion": {"modelId": chance.choice(["m1", "m2"])}, "DatasetVersion": {"datasetId": "d1"}}
    declared = {} if label == "UnknownAsset" else {"licenseDeclared": chance.choice(DECLARED)}
    return Node(id, label, {**own.get(label, {}), **declared})


def random_waiver(chance: random.Random, id: str, nodes: list[Node]) -> Node:
    begin = chance.randint(0, 6)
    said: dict[str, Any] = {
        "assetId": chance.choice(nodes).id,
        "waivedForId": chance.choice([None, "m1", "m2", "d1", chance.choice(nodes).id]),
        "kinds": chance.sample(ORDER, chance.randint(1, 4)),
        "reason": "agreed",
        "validFrom": day(begin),
        "expiresAt": chance.choice([None, None, day(begin) + timedelta(days=2), day(500_000)]),
    }
    if chance.random() < 0.3:
        return Node(id, "LicenseWaiver", {**said, "validTo": day(begin + 3)})
    return Node(id, "LicenseWaiver", {**said, "open": True})
