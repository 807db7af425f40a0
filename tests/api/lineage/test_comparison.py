"""What several things have in common in their origins."""

import random
from typing import Any

import pytest
from neo4j import AsyncDriver

from tests.api.conftest import Client
from tests.api.lineage.drawing import Drawing, drawn
from tests.api.lineage.reference import Question, answer
from tests.api.lineage.test_walks_at_random import random_drawing
from tests.fixtures.emptying import emptied

COMMON = """
query ($of: [LineageRef!]!, $where: LineageWhere, $limit: Int! = 1000) {
  commonAncestors(of: $of, where: $where, limit: $limit) {
    complete truncation { reason omittedAtLeast } nodes { node { id } depths { ofId depth } }
  }
}
"""
DIFF = """
query ($a: LineageRef!, $b: LineageRef!, $limit: Int! = 1000) {
  lineageDiff(a: $a, b: $b, limit: $limit) {
    complete truncation { reason omittedAtLeast }
    onlyA { ...S } onlyB { ...S } both { ...S }
  }
}
fragment S on LineageStop { depth node { id } }
"""
FAMILY = drawn([("v2", "v1"), ("v2", "data"), ("v1", "data"), ("v1", "base"), ("other", "base"), ("data", "raw")])


async def common(client: Client, *starts: str, **more: Any) -> dict[str, dict[str, int]]:
    """The depths by ancestor."""
    answer = (await client.data(COMMON, of=[{"id": start} for start in starts], **more))["commonAncestors"]
    assert answer["complete"]
    return {each["node"]["id"]: {d["ofId"]: d["depth"] for d in each["depths"]} for each in answer["nodes"]}


async def test_common_ancestors_are_upstream_of_all_with_their_depths(client: Client, graph: AsyncDriver) -> None:
    await FAMILY.write(graph)
    assert await common(client, "v1", "other") == {"base": {"v1": 1, "other": 1}}
    assert await common(client, "data", "other") == {}


async def test_one_of_them_counts_when_the_others_came_from_it(client: Client, graph: AsyncDriver) -> None:
    await FAMILY.write(graph)
    found = await common(client, "v2", "v1")
    assert found == {
        "v1": {"v2": 1},
        "data": {"v2": 1, "v1": 1},
        "base": {"v2": 2, "v1": 1},
        "raw": {"v2": 2, "v1": 2},
    }
    assert list(found) == ["data", "v1", "base", "raw"]


async def test_a_difference_divides_what_two_things_came_from(client: Client, graph: AsyncDriver) -> None:
    await FAMILY.write(graph)
    diff = (await client.data(DIFF, a={"id": "v2"}, b={"id": "other"}))["lineageDiff"]
    shown = {name: [(s["node"]["id"], s["depth"]) for s in diff[name]] for name in ("onlyA", "onlyB", "both")}
    assert shown == {"onlyA": [("data", 1), ("v1", 1), ("raw", 2)], "onlyB": [], "both": [("base", 1)]}
    assert diff["complete"]


async def test_what_does_not_fit_the_limit_is_counted_exactly(client: Client, graph: AsyncDriver) -> None:
    await FAMILY.write(graph)
    diff = (await client.data(DIFF, a={"id": "v2"}, b={"id": "other"}, limit=1))["lineageDiff"]
    assert (diff["complete"], diff["truncation"]) == (False, {"reason": "BUDGET", "omittedAtLeast": 3})
    cut = (await client.data(COMMON, of=[{"id": "v1"}, {"id": "v2"}], limit=3))["commonAncestors"]
    assert (cut["complete"], cut["truncation"]) == (False, {"reason": "BUDGET", "omittedAtLeast": 1})


async def test_comparisons_are_those_of_plain_sets_on_random_graphs(client: Client, graph: AsyncDriver) -> None:
    chance = random.Random(7)
    for _ in range(12):
        drawing = random_drawing(chance)
        await emptied(graph)
        await drawing.write(graph)
        names = [node.id for node in drawing.nodes]
        if len(names) < 3:
            continue
        for _ in range(4):
            a, b, c = chance.sample(names, 3)
            up = {name: depths(drawing, name) for name in (a, b, c)}
            diff = (await client.data(DIFF, a={"id": a}, b={"id": b}))["lineageDiff"]
            assert {s["node"]["id"] for s in diff["onlyA"]} == up[a].keys() - up[b].keys()
            assert {s["node"]["id"] for s in diff["onlyB"]} == up[b].keys() - up[a].keys()
            assert {s["node"]["id"] for s in diff["both"]} == up[a].keys() & up[b].keys()
            assert await common(client, a, b, c) == {
                name: {start: up[start][name] for start in (a, b, c) if name in up[start]}
                for name in names
                if all(start == name or name in up[start] for start in (a, b, c))
            }


def depths(drawing: Drawing, start: str) -> dict[str, int]:
    return dict(answer(drawing, Question(start, "UPSTREAM"))["nodes"])


@pytest.mark.parametrize("starts", [["v1"], ["v1", "v1"], [], [f"x{i}" for i in range(11)]])
async def test_too_few_or_too_many_things_are_refused(client: Client, graph: AsyncDriver, starts: list[str]) -> None:
    await FAMILY.write(graph)
    error = await client.error(COMMON, of=[{"id": start} for start in starts])
    assert (error["code"], error["path"]) == ("INVALID_INPUT", ["of"])


async def test_an_unknown_thing_is_named_by_its_place(client: Client, graph: AsyncDriver) -> None:
    await FAMILY.write(graph)
    error = await client.error(COMMON, of=[{"id": "v1"}, {"id": "nobody"}])
    assert (error["code"], error["path"]) == ("NOT_FOUND", ["of", 1, "id"])
