"""The ways from a thing up to one that it came from."""

from itertools import pairwise
from typing import Any

import pytest
from neo4j import AsyncDriver

from app.database.connection import sent
from app.domain.lineage import paths as lineage_paths
from tests.api.conftest import Client
from tests.api.lineage.drawing import Drawing, Edge, Node, day, drawn, ladder

PATHS = """
query ($from: LineageRef!, $to: LineageRef!, $first: Int! = 10, $through: LineageThrough, $asOf: DateTime) {
  lineagePaths(from: $from, to: $to, first: $first, through: $through, asOf: $asOf) {
    complete paths { length nodes { id } edges { id sourceId targetId } }
  }
}
"""
DIAMOND = drawn([("top", "left"), ("left", "bottom"), ("top", "right"), ("right", "bottom"), ("top", "bottom")])


async def paths(client: Client, start: str, goal: str, **more: Any) -> tuple[list[list[str]], bool]:
    """The nodes of each path, and whether these are all."""
    answer = (await client.data(PATHS, **{"from": {"id": start}, "to": {"id": goal}, **more}))["lineagePaths"]
    for path in answer["paths"]:
        ends = [(edge["sourceId"], edge["targetId"]) for edge in path["edges"]]
        names = [node["id"] for node in path["nodes"]]
        assert ends == list(pairwise(names))
        assert path["length"] == len(ends)
    return [[node["id"] for node in path["nodes"]] for path in answer["paths"]], answer["complete"]


async def test_all_paths_come_the_shortest_first(client: Client, graph: AsyncDriver) -> None:
    await DIAMOND.write(graph)
    assert await paths(client, "top", "bottom") == (
        [["top", "bottom"], ["top", "left", "bottom"], ["top", "right", "bottom"]],
        True,
    )


async def test_fewer_than_there_are_is_not_complete(client: Client, graph: AsyncDriver) -> None:
    await DIAMOND.write(graph)
    assert await paths(client, "top", "bottom", first=1) == ([["top", "bottom"]], False)
    assert (await paths(client, "top", "bottom", first=3))[1]


async def test_a_path_that_is_not_there_is_an_empty_complete_answer(client: Client, graph: AsyncDriver) -> None:
    await DIAMOND.write(graph)
    assert await paths(client, "bottom", "top") == ([], True)
    assert await paths(client, "left", "right") == ([], True)


async def test_cycles_add_no_path(client: Client, graph: AsyncDriver) -> None:
    await drawn([("a", "b"), ("b", "a"), ("b", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("d", "b")]).write(graph)
    assert await paths(client, "a", "d") == ([["a", "b", "c", "d"]], True)


async def test_a_few_of_very_many_paths_are_two_statements(client: Client, graph: AsyncDriver) -> None:
    await ladder(6, 12).write(graph)
    names: list[str] = []
    token = sent.set(names)
    found, complete = await paths(client, "0.0", "11.0", first=100)
    sent.reset(token)
    assert ([len(path) for path in found], complete) == ([12] * 100, False)
    assert len({tuple(path) for path in found}) == 100
    assert names == ["references/resolve", "lineage/walk/ways", "lineage/walk/found"]


async def test_a_graph_too_large_to_search_through_still_shows_the_shortest_path(
    client: Client, graph: AsyncDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lineage_paths, "MAX_LIMIT", 2)
    await DIAMOND.write(graph)
    assert await paths(client, "top", "bottom") == ([["top", "bottom"]], False)
    assert await paths(client, "bottom", "top") == ([], True)


async def test_paths_keep_to_edges_that_held_and_to_the_kinds_asked_for(client: Client, graph: AsyncDriver) -> None:
    edges = (
        Edge("e1", "a", "b", "DERIVED_FROM", {"kind": "MERGE"}, end=5),
        Edge("e2", "a", "c", "DEPENDS_ON", {"kind": "base"}, begin=3),
        Edge("e3", "c", "b", "DERIVED_FROM", {"kind": "SPLIT"}, begin=3),
    )
    await Drawing((Node("a"), Node("b"), Node("c")), edges).write(graph)
    assert await paths(client, "a", "b") == ([["a", "c", "b"]], True)
    assert await paths(client, "a", "b", asOf=day(1).isoformat()) == ([["a", "b"]], True)
    assert await paths(client, "a", "b", asOf=day(4).isoformat(), through={"edgeKinds": ["DERIVED_FROM"]}) == (
        [["a", "b"]],
        True,
    )


@pytest.mark.parametrize(
    ("variables", "path"),
    [
        ({"to": {"id": "top"}}, ["to"]),
        ({"to": {"id": "left"}, "first": 0}, ["first"]),
        ({"to": {"id": "left"}, "first": 101}, ["first"]),
    ],
)
async def test_a_question_that_makes_no_sense_is_refused(
    client: Client, graph: AsyncDriver, variables: dict[str, Any], path: list[str]
) -> None:
    await DIAMOND.write(graph)
    error = await client.error(PATHS, **{"from": {"id": "top"}, **variables})
    assert (error["code"], error["path"], error["at"]) == ("INVALID_INPUT", path, ["lineagePaths"])


async def test_an_end_that_does_not_exist_is_not_found(client: Client, graph: AsyncDriver) -> None:
    await DIAMOND.write(graph)
    error = await client.error(PATHS, **{"from": {"id": "top"}, "to": {"asset": "nothing"}})
    assert (error["code"], error["path"]) == ("NOT_FOUND", ["to", "asset"])
