"""Walks over shapes that real lineage has: diamonds, cycles, long chains, popular parents."""

from typing import Any

import pytest
from neo4j import AsyncDriver

from app.database.connection import sent
from tests.api.conftest import Client
from tests.api.lineage.asking import ask
from tests.api.lineage.drawing import Drawing, Edge, Node, day, drawn, ladder
from tests.api.lineage.reference import Question, answer

SMALL = drawn([("app", "model"), ("model", "data"), ("data", "raw")])
NEIGHBORS = """
{
  modelVersions(first: 100) {
    nodes {
      id upstream(where: {types: [ModelVersion]}) { complete nodes { depth node { id } } } downstream { complete }
    }
  }
}
"""


async def test_a_ladder_of_diamonds_costs_its_nodes_not_its_paths(client: Client, graph: AsyncDriver) -> None:
    drawing = ladder(6, 12)  # 6 ** 11 paths from the top to the bottom
    await drawing.write(graph)
    found = await ask(client, Question("0.0", "UPSTREAM"))
    assert found == answer(drawing, Question("0.0", "UPSTREAM"))
    assert (len(found["nodes"]), len(found["edges"]), found["complete"]) == (66, 366, True)


@pytest.mark.parametrize("direction", ["UPSTREAM", "DOWNSTREAM"])
async def test_cycles_self_loops_and_parallel_edges_are_walked_once(
    client: Client, graph: AsyncDriver, direction: str
) -> None:
    drawing = drawn([("a", "b"), ("b", "c"), ("c", "a"), ("a", "a"), ("b", "b"), ("a", "b"), ("c", "d")])
    await drawing.write(graph)
    found = await ask(client, Question("a", direction))
    assert found == answer(drawing, Question("a", direction))
    assert found["complete"]
    assert "a" not in [id for id, _ in found["nodes"]]
    assert {"e0", "e3", "e4", "e5"} <= set(found["edges"])


async def test_a_long_chain_is_cut_at_the_limit_and_says_where(client: Client, graph: AsyncDriver) -> None:
    await drawn((f"v{i:04}", f"v{i + 1:04}") for i in range(2_999)).write(graph)
    found = await ask(client, Question("v0000", "UPSTREAM"))
    assert (len(found["nodes"]), len(found["edges"])) == (1_000, 1_000)
    assert (found["truncation"], found["frontier"]) == (("BUDGET", 1), ["v1000"])
    whole = await ask(client, Question("v0000", "UPSTREAM", limit=10_000))
    assert (whole["nodes"][-1], whole["complete"]) == (("v2999", 2_999), True)


async def test_a_popular_parent_is_answered_by_whole_levels(client: Client, graph: AsyncDriver) -> None:
    await drawn((f"child{i}", "parent") for i in range(3_500)).write(graph)
    cut = await ask(client, Question("parent", "DOWNSTREAM"))
    assert (cut["nodes"], cut["truncation"], cut["frontier"]) == ([], ("BUDGET", 3_500), ["parent"])
    whole = await ask(client, Question("parent", "DOWNSTREAM", limit=10_000))
    assert (len(whole["nodes"]), len(whole["edges"]), whole["complete"]) == (3_500, 3_500, True)


async def test_siblings_of_a_popular_parent_are_not_upstream(client: Client, graph: AsyncDriver) -> None:
    await drawn((f"child{i}", "parent") for i in range(3_500)).write(graph)
    found = await ask(client, Question("child7", "UPSTREAM"))
    assert (found["nodes"], found["edges"], found["complete"]) == ([("parent", 1)], ["e7"], True)


async def test_a_depth_that_is_just_enough_is_complete(client: Client, graph: AsyncDriver) -> None:
    await SMALL.write(graph)
    assert (await ask(client, Question("app", "UPSTREAM", max_depth=3)))["complete"]
    cut = await ask(client, Question("app", "UPSTREAM", max_depth=2))
    assert (cut["truncation"], cut["frontier"]) == (("DEPTH", 1), ["data"])


async def test_a_retracted_edge_is_walked_only_as_of_its_time(client: Client, graph: AsyncDriver) -> None:
    nodes = (Node("model"), Node("wrong"), Node("right"))
    edges = (Edge("old", "model", "wrong", begin=1, end=5), Edge("new", "model", "right", begin=5))
    await Drawing(nodes, edges).write(graph)

    async def origins(as_of: int | None) -> list[str]:
        return [id for id, _ in (await ask(client, Question("model", "UPSTREAM", as_of=as_of)))["nodes"]]

    assert [await origins(at) for at in (0, 1, 4, 5, None)] == [[], ["wrong"], ["wrong"], ["right"], ["right"]]


async def test_what_is_asked_of_the_last_seconds_is_not_settled(client: Client, graph: AsyncDriver) -> None:
    await SMALL.write(graph)
    query = "query ($at: DateTime) { lineage(of: {id: $id}, direction: UPSTREAM, asOf: $at) { asOfSettled } }".replace(
        "$id", '"app"'
    )

    async def settled(at: str | None) -> Any:
        return (await client.data(query, at=at))["lineage"]["asOfSettled"]

    assert [await settled(day(0).isoformat()), await settled("2999-01-01T00:00:00Z"), await settled(None)] == [
        True,
        False,
        None,
    ]


async def test_edges_say_what_is_known_of_them(client: Client, graph: AsyncDriver) -> None:
    nodes = (Node("model"), Node("base"), Node("run", "Run"), Node("ada", "User"))
    edges = (
        Edge("e1", "model", "base", "DERIVED_FROM", {"kind": "MERGE", "weight": 0.4, "detail": '{"layers": [1, 2]}'}),
        Edge("e2", "model", "base", "DEPENDS_ON", {"kind": "tokenizer", "closesCycle": True}),
        Edge("e3", "run", "base", "USED", {"role": "base", "via": "part", "assertedById": "ada"}),
        Edge("e4", "model", "run", "GENERATED_BY"),
    )
    await Drawing(nodes, edges).write(graph)
    data = await client.data(
        """{ lineage(of: {id: "model"}, direction: UPSTREAM) { edges {
          id kind role derivation dependency weight detail viaId closesCycle validFrom validTo assertedBy { name }
        } } }"""
    )
    nothing = dict.fromkeys(("role", "derivation", "dependency", "weight", "detail", "viaId", "validTo", "assertedBy"))
    plain = {**nothing, "closesCycle": False, "validFrom": "2026-03-01T00:00:00.000000Z"}
    assert data["lineage"]["edges"] == [
        {
            **plain,
            "id": "e1",
            "kind": "DERIVED_FROM",
            "derivation": "MERGE",
            "weight": 0.4,
            "detail": {"layers": [1, 2]},
        },
        {**plain, "id": "e2", "kind": "DEPENDS_ON", "dependency": "tokenizer", "closesCycle": True},
        {**plain, "id": "e3", "kind": "USED", "role": "base", "viaId": "part", "assertedBy": {"name": "ada"}},
        {**plain, "id": "e4", "kind": "GENERATED_BY"},
    ]


async def test_the_nodes_of_a_walk_are_whole_objects(client: Client, graph: AsyncDriver) -> None:
    base, name = Node("base", "ModelVersion", {"licenseSpdx": "MIT"}), Node("llm", "RegisteredModel")
    edges = (Edge("e1", "model", "base"), Edge("e2", "base", "data"), Edge("v", "llm", "base", "HAS_VERSION"))
    nodes = (base, name, Node("model"), Node("data", "UnknownAsset"))
    await Drawing(nodes, edges).write(graph)
    data = await client.data(
        """{ lineage(of: {id: "model"}, direction: UPSTREAM, maxDepth: 1, limit: 10) {
          nodes { node {
            label createdAt ... on ModelVersion { license { spdx } downstream(limit: 10) { nodes { depth } } }
          } }
          frontier { id upstream(limit: 10) { nodes { node { label } } } }
        } }"""
    )
    about = {"label": "llm/1", "createdAt": "2026-03-01T00:00:00.000000Z", "license": {"spdx": "MIT"}}
    assert data["lineage"] == {
        "nodes": [{"node": {**about, "downstream": {"nodes": [{"depth": 1}]}}}],
        "frontier": [{"id": "base", "upstream": {"nodes": [{"node": {"label": "data"}}]}}],
    }


async def test_the_walks_of_many_nodes_are_one_statement(client: Client, graph: AsyncDriver) -> None:
    await drawn((f"child{i:02}", f"parent{i:02}") for i in range(50)).write(graph)
    names: list[str] = []
    token = sent.set(names)
    data = await client.data(NEIGHBORS)
    sent.reset(token)
    found = {node["id"]: node for node in data["modelVersions"]["nodes"]}
    assert found["child07"]["upstream"] == {"complete": True, "nodes": [{"depth": 1, "node": {"id": "parent07"}}]}
    assert found["parent07"]["upstream"] == {"complete": True, "nodes": []}
    assert sorted(names) == ["lineage/walk/downstream", "lineage/walk/upstream", "registry/Query.modelVersions"]


async def test_a_walk_takes_a_statement_more_for_each_growth_of_its_bound(client: Client, graph: AsyncDriver) -> None:
    await drawn((f"v{i:03}", f"v{i + 1:03}") for i in range(99)).write(graph)
    names: list[str] = []
    token = sent.set(names)
    ended = []
    for start in ("v096", "v095", "v000"):  # 3, 4 and 99 edges from the end
        names.clear()
        await ask(client, Question(start, "UPSTREAM"))
        ended.append(names.count("lineage/walk/upstream"))
    sent.reset(token)
    assert ended == [1, 2, 6]


async def test_counts_are_those_of_the_walk_whatever_its_size(client: Client, graph: AsyncDriver) -> None:
    await drawn((f"child{i}", "parent") for i in range(1_200)).write(graph)
    query = """query ($depth: Int) { lineageCounts(of: {id: "parent"}, direction: DOWNSTREAM, maxDepth: $depth) {
      total complete byType { type count } byDepth { depth count } } }"""
    assert (await client.data(query))["lineageCounts"] == {
        "total": 1_200,
        "complete": True,
        "byType": [{"type": "ModelVersion", "count": 1_200}],
        "byDepth": [{"depth": 1, "count": 1_200}],
    }


async def test_counts_within_a_depth_say_whether_there_is_more(client: Client, graph: AsyncDriver) -> None:
    await SMALL.write(graph)
    query = """query ($depth: Int) { lineageCounts(of: {id: "app"}, direction: UPSTREAM, maxDepth: $depth) {
      total complete byDepth { depth count } } }"""
    found = [(await client.data(query, depth=depth))["lineageCounts"] for depth in (2, 3)]
    assert [(counts["total"], counts["complete"]) for counts in found] == [(2, False), (3, True)]


@pytest.mark.parametrize(
    ("arguments", "path"),
    [
        ("maxDepth: 0", ["maxDepth"]),
        ("limit: 0", ["limit"]),
        ("limit: 10001", ["limit"]),
        ("maxDepth: -1", ["maxDepth"]),
    ],
)
async def test_a_number_that_makes_no_sense_is_refused(client: Client, arguments: str, path: list[str]) -> None:
    error = await client.error(f'{{ lineage(of: {{id: "x"}}, direction: UPSTREAM, {arguments}) {{ complete }} }}')
    assert (error["code"], error["path"], error["at"]) == ("INVALID_INPUT", path, ["lineage"])


async def test_a_walk_that_is_refused_leaves_its_siblings_alone(client: Client, graph: AsyncDriver) -> None:
    await SMALL.write(graph)
    answer = await client.send('{ node(id: "app") { id ... on LineageNode { upstream(maxDepth: 0) { complete } } } }')
    assert answer["data"] == {"node": {"id": "app", "upstream": None}}
    assert [error["path"] for error in answer["errors"]] == [["node", "upstream"]]


@pytest.mark.parametrize(
    ("reference", "path"),
    [
        ({"id": "nobody"}, ["of", "id"]),
        ({"modelVersion": {"number": {"model": "none", "number": 1}}}, ["of", "modelVersion", "number"]),
        ({"asset": "nothing"}, ["of", "asset"]),
    ],
)
async def test_a_start_that_does_not_exist_is_not_found(
    client: Client, reference: dict[str, Any], path: list[str]
) -> None:
    error = await client.error(
        "query ($of: LineageRef!) { lineage(of: $of, direction: UPSTREAM) { complete } }", of=reference
    )
    assert (error["code"], error["path"], error["at"]) == ("NOT_FOUND", path, ["lineage"])


async def test_a_reference_that_is_not_valid_is_refused_with_its_path(client: Client) -> None:
    error = await client.error(
        "query ($of: LineageRef!) { lineage(of: $of, direction: UPSTREAM) { complete } }",
        of={"modelVersion": {"number": {"model": "churn", "number": 0}}},
    )
    assert error["code"] == "INVALID_INPUT"
    assert error["path"] == ["of", "modelVersion", "number", "number"]
