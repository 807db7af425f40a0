"""Somebody from whom something is hidden is told the obligations of the rest, and that it is not all. Nothing else."""

import random
from collections.abc import AsyncIterator

import httpx2
import pytest
from neo4j import AsyncDriver

from app.database.connection import Connection
from app.main import create_app
from app.settings import Settings
from tests.api.conftest import GENEROUS, Client
from tests.api.licensing.asking import ask, told
from tests.api.licensing.reference import answer
from tests.api.licensing.test_obligations_at_random import LICENSED, random_drawing
from tests.api.lineage.drawing import Drawing, Edge, Node, day
from tests.api.lineage.reference import Question
from tests.api.lineage.test_walks_of_a_part import SECRET, Seen, draw, scoped

GRAPHS = 12
QUESTIONS = 5


@pytest.fixture
async def client(settings: Settings, connection: Connection) -> AsyncIterator[Client]:
    """Bob, who signed in and was granted nothing."""
    app = create_app(settings.model_copy(update={**GENEROUS, "auth": True}))
    headers = {"Authorization": f"Bearer {SECRET.text}"}
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://localhost", headers=headers) as http,
    ):
        yield Client(http)


async def test_obligations_are_those_of_the_rest_and_withheld_when_a_walk_would_be(
    client: Client, graph: AsyncDriver
) -> None:
    chance, withheld = random.Random(7), set()
    for _ in range(GRAPHS):
        drawing, hidden = scoped(chance, random_drawing(chance)), {"s1", "s2"}
        await draw(graph, drawing, hidden)
        seen = Seen.of(drawing, hidden)
        starts = [node.id for node in seen.rest.nodes if node.label in LICENSED]
        for _ in range(QUESTIONS if starts else 0):
            start, as_of = chance.choice(starts), chance.choice([None, chance.randint(0, 8)])
            found = await ask(client, start, None if as_of is None else day(as_of).isoformat())
            is_withheld = seen.is_withheld(Question(start, "UPSTREAM", as_of=as_of))
            assert told(found) == answer(seen.rest, start, as_of), (drawing, start, as_of)
            assert (found["withheld"], found["complete"]) == (is_withheld, not is_withheld)
            withheld.add(is_withheld)
    assert withheld == {True, False}


async def test_who_sees_one_side_of_a_waiver_sees_the_obligation_and_not_the_waiver(
    client: Client, graph: AsyncDriver
) -> None:
    said = {"assetId": "data", "kinds": ["NON_COMMERCIAL"], "reason": "agreed", "validFrom": day(0), "open": True}
    drawing = Drawing(
        (
            Node("open", properties={"modelId": "open"}),
            Node("data", "DatasetVersion", {"licenseDeclared": "CC BY-NC 4.0"}),
            Node("w1", "LicenseWaiver", {**said, "waivedForId": "secret", "scope": "s1", "scopes": ["s1"]}),
            Node("w2", "LicenseWaiver", {**said, "waivedForId": "open", "scope": "o", "scopes": ["o"]}),
        ),
        (Edge("e1", "open", "data"),),
    )
    await draw(graph, drawing, {"s1"})
    query = """{
      node(id: "data") { ... on Licensed { licenseWaivers { id reason } } }
      hidden: node(id: "w1") { id }
    }"""
    assert await client.data(query) == {"node": {"licenseWaivers": [{"id": "w2", "reason": "agreed"}]}, "hidden": None}
    assert told(await ask(client, "open")).obligations["NON_COMMERCIAL"] == [("data", 1, "w2")]
