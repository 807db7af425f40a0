"""Somebody from whom something is hidden walks as if it were not there, and is told one thing alone: that it is so."""

import random
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest
from neo4j import AsyncDriver

from app.database.connection import Connection
from app.domain.credentials.secret import SecretKind, new_secret
from app.main import create_app
from app.settings import Settings
from tests.api.conftest import GENEROUS, Client
from tests.api.lineage.asking import ask
from tests.api.lineage.drawing import Drawing, Edge, Node
from tests.api.lineage.reference import Question, answer, holds
from tests.api.lineage.test_walks_at_random import present, random_drawing, random_question
from tests.fixtures.emptying import emptied

SEEDS = 3
GRAPHS = 8
QUESTIONS = 10
SECRET = new_secret(SecretKind.TOKEN)
PERSON = """
CREATE (:User:Actor:Entity {id: 'bob', name: 'bob'})
CREATE (:ApiToken {id: 'token', digest: $digest, actorId: 'bob', open: true, expiresAt: $end})
"""
PRIVATE = "UNWIND $ids AS id CREATE (:RegisteredModel:Entity {id: id, name: 'risk/' + id, isPrivate: true, scope: id})"
FLAGS = """
query ($of: LineageRef!, $direction: LineageDirection!, $maxDepth: Int, $through: LineageThrough, $where: LineageWhere,
       $asOf: DateTime, $limit: Int! = 1000) {
  lineage(of: $of, direction: $direction, maxDepth: $maxDepth, through: $through, where: $where, asOf: $asOf,
          limit: $limit) { withheld complete truncation { reason } }
  lineageCounts(of: $of, direction: $direction, maxDepth: $maxDepth, through: $through, where: $where, asOf: $asOf) {
    withheld complete total
  }
}
"""


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


@dataclass(frozen=True)
class Seen:
    """What there is of a drawing for somebody: the rest, and the steps that lead from there to what is hidden."""

    rest: Drawing
    leading: tuple[Edge, ...]

    @classmethod
    def of(cls, drawing: Drawing, hidden: set[str]) -> "Seen":
        nodes = tuple(node for node in drawing.nodes if node.properties.get("scope") not in hidden)
        left = {node.id for node in nodes}
        edges = tuple(edge for edge in drawing.edges if {edge.source, edge.target} <= left)
        leading = tuple(edge for edge in drawing.edges if (edge.source in left) != (edge.target in left))
        return cls(Drawing(nodes, edges), leading)

    def is_withheld(self, question: Question) -> bool:
        """Whether a walk of any depth, through anything, comes to what is hidden."""
        anything = Question(question.start, question.direction, as_of=question.as_of, limit=10_000)
        reached = {question.start, *(id for id, _ in answer(self.rest, anything)["nodes"])}
        near = [edge.source if question.direction == "UPSTREAM" else edge.target for edge in self.leading]
        return any(end in reached and holds(e, question.as_of) for end, e in zip(near, self.leading, strict=True))


async def draw(graph: AsyncDriver, drawing: Drawing, hidden: set[str]) -> None:
    await emptied(graph)
    await graph.execute_query(PERSON, digest=SECRET.digest, end=datetime.now(UTC) + timedelta(days=1))
    await graph.execute_query(PRIVATE, ids=sorted(hidden))
    await drawing.write(graph)


@pytest.mark.parametrize("seed", range(SEEDS))
async def test_a_walk_answers_what_a_plain_search_of_the_rest_answers(
    client: Client, graph: AsyncDriver, seed: int
) -> None:
    chance = random.Random(seed)
    told = set()
    for _ in range(GRAPHS):
        drawing, hidden = scoped(chance, random_drawing(chance)), {"s1", "s2"}
        await draw(graph, drawing, hidden)
        seen = Seen.of(drawing, hidden)
        for _ in range(QUESTIONS if seen.rest.nodes else 0):
            question = random_question(chance, seen.rest)
            is_withheld = seen.is_withheld(question)
            expected = answer(seen.rest, question)
            whole = expected["complete"] and not is_withheld
            assert await ask(client, question) == {**expected, "complete": whole}, question
            flags = await client.data(FLAGS, **question.variables)
            assert flags["lineage"]["withheld"] == flags["lineageCounts"]["withheld"] == is_withheld, question
            told.add((is_withheld, whole))
    assert told >= {(True, False), (False, True)}


def scoped(chance: random.Random, drawing: Drawing) -> Drawing:
    """The same, each node belonging to a model at random, or to none."""
    nodes = (
        replace(
            node, properties=present({**node.properties, "scope": chance.choice((None, "s1", "s2", "open", "open"))})
        )
        for node in drawing.nodes
    )
    return replace(drawing, nodes=tuple(nodes))


CHAIN = Drawing(
    (
        Node("top"),
        Node("middle", properties={"scope": "s1"}),
        Node("low"),
        Node("side"),
        Node("base"),
    ),
    (
        Edge("e1", "low", "middle"),
        Edge("e2", "middle", "top"),
        Edge("e3", "low", "side"),
        Edge("e4", "side", "base"),
        Edge("e5", "top", "base"),
    ),
)
OTHERS = """{
  lineagePaths(from: {id: "low"}, to: {id: "base"}) { withheld complete paths { nodes { id } } }
  none: lineagePaths(from: {id: "low"}, to: {id: "top"}) { withheld complete paths { nodes { id } } }
  commonAncestors(of: [{id: "low"}, {id: "top"}]) { withheld complete nodes { node { id } } }
  lineageDiff(a: {id: "low"}, b: {id: "side"}) { withheld complete onlyA { node { id } } both { node { id } } }
  impact(of: [{id: "base"}]) { withheld complete versions { id } counts { versions } }
  node(id: "low") { ... on LineageNode { upstream(maxDepth: 1) { withheld complete } } }
  clean: node(id: "side") { ... on LineageNode { upstream { withheld complete } } }
}"""


async def test_every_answer_about_lineage_says_it(client: Client, graph: AsyncDriver) -> None:
    await draw(graph, CHAIN, {"s1"})
    answers = await client.data(OTHERS)
    hiding = {"withheld": True, "complete": False}
    path = {"nodes": [{"id": "low"}, {"id": "side"}, {"id": "base"}]}
    base, side, top = ({"node": {"id": id}} for id in ("base", "side", "top"))
    assert answers == {
        "lineagePaths": {**hiding, "paths": [path]},
        "none": {**hiding, "paths": []},
        "commonAncestors": {**hiding, "nodes": [base]},
        "lineageDiff": {**hiding, "onlyA": [side], "both": [base]},
        "impact": {**hiding, "versions": [{"id": "side"}, {"id": "top"}, {"id": "low"}], "counts": {"versions": 3}},
        "node": {"upstream": hiding},
        "clean": {"upstream": {"withheld": False, "complete": True}},
    }
    assert top not in answers["commonAncestors"]["nodes"]


@pytest.mark.parametrize("of", [{"id": "middle"}, {"id": "nothing"}])
async def test_a_walk_does_not_begin_at_what_is_hidden(client: Client, graph: AsyncDriver, of: dict[str, Any]) -> None:
    await draw(graph, CHAIN, {"s1"})
    error = await client.error("query ($of: LineageRef!) { lineage(of: $of, direction: UPSTREAM) { complete } }", of=of)
    assert (error["code"], error["path"]) == ("NOT_FOUND", ["of", "id"])
    assert error["message"].endswith(f"with id {of['id']}.")


async def test_neither_depth_nor_filters_tell_where_it_is(client: Client, graph: AsyncDriver) -> None:
    await draw(graph, CHAIN, {"s1"})
    deeper = replace(CHAIN, edges=(*CHAIN.edges, Edge("e6", "newest", "low")), nodes=(*CHAIN.nodes, Node("newest")))
    await draw(graph, deeper, {"s1"})
    for more in (
        {},
        {"maxDepth": 1},
        {"limit": 1},
        {"through": {"edgeKinds": ["USED"]}},
        {"where": {"types": ["Run"]}},
    ):
        told = await client.data(FLAGS, of={"id": "newest"}, direction="UPSTREAM", **more)
        assert (told["lineage"]["withheld"], told["lineage"]["complete"]) == (True, False)
        assert told["lineageCounts"]["withheld"]
