"""What stands on something, where it runs, and who answers for it."""

from typing import Any

import pytest
from neo4j import AsyncDriver

from app.database.connection import sent
from tests.api.conftest import Client
from tests.api.lineage.drawing import Drawing, Edge, Node, day, drawn

IMPACT = """
query ($of: [LineageRef!]!, $asOf: DateTime, $limit: Int! = 1000) {
  impact(of: $of, asOf: $asOf, limit: $limit) {
    complete truncation { reason omittedAtLeast }
    counts { versions datasets applications deployments environments owners }
    versions { id number } datasets { id } applications { name } deployments { id status } environments { name }
    owners { name }
  }
}
"""
LISTS = ("versions", "datasets", "applications", "deployments", "environments", "owners")


def deployment(id: str, version: str, environment: str, begin: int, end: int | None = None) -> Node:
    placed: dict[str, Any] = {
        "versionId": version,
        "environmentId": environment,
        "status": "ACTIVE" if end is None else "STOPPED",
        "validFrom": day(begin),
    }
    return Node(id, "Deployment", placed if end is None else {**placed, "validTo": day(end)})


COMPANY = Drawing(
    nodes=(
        Node("raw", "DatasetVersion", {"datasetId": "raw-data"}),
        Node("clean", "DatasetVersion", {"datasetId": "clean-data"}),
        Node("clean-data", "Dataset"),
        Node("churn", "RegisteredModel"),
        Node("training", "Run"),
        Node("churn-1", "ModelVersion", {"modelId": "churn"}),
        Node("churn-2", "ModelVersion", {"modelId": "churn"}),
        Node("shop", "Application"),
        deployment("live", "churn-2", "production", begin=4),
        deployment("stopped", "churn-1", "staging", begin=2, end=6),
        Node("production", "Environment", {"position": 2}),
        Node("staging", "Environment", {"position": 1}),
        *(Node(name, "User") for name in ("ada", "bob", "cyd")),
    ),
    edges=(
        Edge("e1", "clean", "raw"),
        Edge("e2", "training", "clean", "USED", {"role": "train"}),
        Edge("e3", "churn-1", "training", "GENERATED_BY"),
        Edge("e4", "churn-2", "churn-1"),
        Edge("e5", "shop", "churn-2", "DEPENDS_ON"),
        Edge("e6", "live", "churn-2", "SERVES"),
        Edge("e7", "stopped", "churn-1", "SERVES"),
        Edge("o1", "ada", "churn", "OWNS"),
        Edge("o2", "bob", "shop", "OWNS", end=5),
        Edge("o3", "cyd", "shop", "OWNS", begin=5),
        Edge("o4", "ada", "clean-data", "OWNS"),
    ),
)


async def impact(client: Client, *of: str, **more: Any) -> dict[str, list[str]]:
    """The lists by name, each thing by its name or id."""
    answer = (await client.data(IMPACT, of=[{"id": id} for id in of], **more))["impact"]
    assert answer["complete"]
    lists = {name: [item.get("name") or item["id"] for item in answer[name]] for name in LISTS}
    assert answer["counts"] == {name: len(items) for name, items in lists.items()}
    return lists


async def test_the_impact_of_data_is_all_that_stands_on_it_now(client: Client, graph: AsyncDriver) -> None:
    await COMPANY.write(graph)
    assert await impact(client, "raw") == {
        "versions": ["churn-1", "churn-2"],
        "datasets": ["clean"],
        "applications": ["shop"],
        "deployments": ["live"],
        "environments": ["production"],
        "owners": ["ada", "cyd"],
    }


async def test_the_impact_as_of_an_instant_is_what_was_live_and_owned_then(client: Client, graph: AsyncDriver) -> None:
    await COMPANY.write(graph)
    found = await impact(client, "raw", asOf=day(4).isoformat())
    assert found["deployments"] == ["stopped", "live"]
    assert (found["environments"], found["owners"]) == (["staging", "production"], ["ada", "bob"])
    earlier = await impact(client, "raw", asOf=day(3).isoformat())
    assert (earlier["deployments"], earlier["environments"]) == (["stopped"], ["staging"])


async def test_the_impact_of_a_version_has_its_own_deployments(client: Client, graph: AsyncDriver) -> None:
    await COMPANY.write(graph)
    assert await impact(client, "churn-2") == {
        "versions": [],
        "datasets": [],
        "applications": ["shop"],
        "deployments": ["live"],
        "environments": ["production"],
        "owners": ["ada", "cyd"],
    }


async def test_the_impact_of_several_things_is_one_answer_in_two_statements(client: Client, graph: AsyncDriver) -> None:
    await COMPANY.write(graph)
    names: list[str] = []
    token = sent.set(names)
    found = await impact(client, "churn-1", "churn-2", "clean")
    sent.reset(token)
    assert found["versions"] == ["churn-2", "churn-1"]  # the one that is nearest to any of the three comes first
    assert names == ["references/resolve", "lineage/walk/impact"]


async def test_what_nothing_stands_on_has_no_impact(client: Client, graph: AsyncDriver) -> None:
    await COMPANY.write(graph)
    assert await impact(client, "shop") == {name: [] for name in LISTS}


async def test_an_impact_beyond_the_limit_says_so_and_counts_all_the_same(client: Client, graph: AsyncDriver) -> None:
    await drawn((f"child{i}", "parent") for i in range(30)).write(graph)
    answer = (await client.data(IMPACT, of=[{"id": "parent"}], limit=10))["impact"]
    assert (len(answer["versions"]), answer["counts"]["versions"], answer["complete"]) == (10, 30, False)
    assert answer["truncation"] == {"reason": "BUDGET", "omittedAtLeast": 20}


@pytest.mark.parametrize("of", [[], [{"id": f"x{i}"} for i in range(101)]])
async def test_an_impact_of_nothing_or_too_much_is_refused(client: Client, of: list[dict[str, str]]) -> None:
    error = await client.error(IMPACT, of=of)
    assert (error["code"], error["path"], error["at"]) == ("INVALID_INPUT", ["of"], ["impact"])
