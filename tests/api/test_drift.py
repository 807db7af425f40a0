"""Where what runs is not what should, over HTTP."""

from typing import Any

from app.domain.writing import Writer
from tests.api.conftest import Client

SHOWN = """
query ($drifted: Boolean!) {
  deployments(where: {live: true, drifted: $drifted}) {
    nodes { endpoint { name } drift observed { isHealthy version { number } digest reporter { name } } }
  }
  environment(name: "production") { strays { role version { number } deployment { id } endpoint { name } } }
}
"""
REGISTER = (
    'mutation { registerModelVersion(input: {model: "churn", createModel: true}) { modelVersion { id number } } }'
)
CREATE = """mutation { createEnvironment(input: {name: "production", position: 1, reportsWithin: 60}) {
  environment { reportsWithin } } }"""
PLACE = """mutation ($input: PlaceDeploymentInput!) { placeDeployment(input: $input) { deployment { id } } }"""
REPORT = """mutation ($input: ReportDeploymentInput!) {
  reportDeployment(input: $input) { observation { id role isRunning deployment { drift } } } }"""
LONG_AGO = """MATCH (n:Deployment|Observation)
SET n.activeFrom = n.activeFrom - duration('PT1H'), n.reportedAt = n.reportedAt - duration('PT1H')"""


def version(number: int) -> dict[str, Any]:
    return {"number": {"model": "churn", "number": number}}


def at(name: str) -> dict[str, Any]:
    return {"endpoint": {"environment": "production", "name": name}}


async def test_what_differs_is_listed_with_how(client: Client, writer: Writer) -> None:
    await client.data(CREATE)
    for _ in range(2):
        await client.data(REGISTER)
    for name in ("other", "nothing", "silent", "well"):
        place = {"version": version(1), "environment": {"name": "production"}, "endpoint": name}
        await client.data(PLACE, input=place)
    await client.data(REPORT, input={"endpoint": at("well"), "version": version(1), "isHealthy": True})
    assert (await client.data(SHOWN, drifted=True))["deployments"]["nodes"] == []
    await writer.connection.driver.execute_query(LONG_AGO)
    for name, seen in (("other", {"version": version(2)}), ("nothing", {}), ("well", {"version": version(1)})):
        await client.data(REPORT, input={"endpoint": at(name), **seen})
    await client.data(REPORT, input={"endpoint": at("well"), "role": "SHADOW", "version": version(2)})

    shown = await client.data(SHOWN, drifted=True)

    found = {each["endpoint"]["name"]: each for each in shown["deployments"]["nodes"]}
    assert {name: each["drift"] for name, each in found.items()} == {
        "other": "OTHER_VERSION",
        "nothing": "NOTHING_RUNS",
        "silent": "NOT_REPORTED",
    }
    assert found["other"]["observed"] == {
        "isHealthy": None,
        "version": {"number": 2},
        "digest": None,
        "reporter": {"name": "local"},
    }
    assert found["silent"]["observed"] is None
    assert shown["environment"]["strays"] == [
        {"role": "SHADOW", "version": {"number": 2}, "deployment": None, "endpoint": {"name": "well"}}
    ]
    (well,) = (await client.data(SHOWN, drifted=False))["deployments"]["nodes"]
    assert (well["endpoint"]["name"], well["drift"]) == ("well", None)
