"""What was measured wrongly is retracted: it stays, and counts nowhere."""

from typing import Any

import pytest

from tests.api.conftest import Client

SETUP = """mutation {
  createEnvironment(input: {name: "production", position: 1}) { environment { id } }
  registerDatasetVersion(input: {record: {dataset: "reference", version: "1"}}) { datasetVersion { id } }
  registerModelVersion(input: {model: "churn", createModel: true}) { modelVersion { id } }
  first: recordEvaluation(input: {version: {number: {model: "churn", number: 1}},
    on: {version: {dataset: "reference", version: "1"}}, metrics: [{name: "auc", value: 0.7}]}) { evaluation { id } }
  second: recordEvaluation(input: {version: {number: {model: "churn", number: 1}},
    on: {version: {dataset: "reference", version: "1"}}, metrics: [{name: "auc", value: 0.9}]}) { evaluation { id } }
  draftPolicy(input: {name: "good", rules: [{name: "auc",
    expression: "metrics.exists(m, m.name == 'auc' && m.value >= 0.8)", message: "It is not good."}]}) {
    policyVersion { id } }
  publishPolicy(input: {policy: {name: "good"}}) { policyVersion { id } }
  attachPolicy(input: {policy: {name: "good"}, environment: {name: "production"}}) { policyAttachment { id } }
}"""
RETRACT = """mutation ($id: ID!) {
  retractEvaluation(input: {evaluation: {id: $id}, reason: "The labels were wrong."}) {
    evaluation { retractionReason archivedAt metrics { value } revision history { nodes { action reason } } }
  }
}"""
COUNTED = """query ($asOf: DateTime) {
  modelVersion(by: {number: {model: "churn", number: 1}}) {
    metric(name: "auc") { value }
    evaluations { totalCount nodes { archivedAt } }
    missingEvidence
  }
  good: modelVersions(where: {metric: {name: "auc", gte: 0.8}}) { totalCount }
  measured: modelVersions(orderBy: {by: METRIC, metric: {name: "auc"}}) { totalCount nodes { number } }
  promotionReadiness(version: {number: {model: "churn", number: 1}}, environment: {name: "production"}, asOf: $asOf) {
    at allowed
  }
}"""


@pytest.fixture
async def measured(client: Client) -> tuple[Client, list[str]]:
    """A version that was measured twice, and the ids of both evaluations."""
    made = await client.data(SETUP)
    return client, [made[name]["evaluation"]["id"] for name in ("first", "second")]


def counted(answer: dict[str, Any]) -> tuple[Any, ...]:
    version = answer["modelVersion"]
    figure = version["metric"] and version["metric"]["value"]
    lists = answer["good"]["totalCount"], answer["measured"]["totalCount"]
    return figure, *lists, "evaluation" in version["missingEvidence"], answer["promotionReadiness"]["allowed"]


async def test_what_was_measured_wrongly_counts_no_longer(measured: tuple[Client, list[str]]) -> None:
    client, (first, second) = measured
    before = await client.data(COUNTED)
    assert counted(before) == (0.9, 1, 1, False, True)
    retracted = (await client.data(RETRACT, id=second))["retractEvaluation"]["evaluation"]
    assert retracted["retractionReason"] == "The labels were wrong."
    assert retracted["metrics"] == [{"value": 0.9}]
    assert retracted["history"]["nodes"][0] == {"action": "evaluation.retract", "reason": "The labels were wrong."}
    assert counted(await client.data(COUNTED)) == (0.7, 0, 1, False, False)
    await client.data(RETRACT, id=first)
    after = await client.data(COUNTED)
    assert counted(after) == (None, 0, 0, True, False)
    assert [each["archivedAt"] is None for each in after["modelVersion"]["evaluations"]["nodes"]] == [False, False]
    then = await client.data(COUNTED, asOf=before["promotionReadiness"]["at"])
    assert then["promotionReadiness"]["allowed"] is True


async def test_it_is_retracted_once(measured: tuple[Client, list[str]]) -> None:
    client, (first, _) = measured
    once = (await client.data(RETRACT, id=first))["retractEvaluation"]["evaluation"]
    again = (await client.data(RETRACT, id=first))["retractEvaluation"]["evaluation"]
    assert (again["archivedAt"], again["revision"]) == (once["archivedAt"], once["revision"])
    stale = RETRACT.replace('reason: "', 'expectedRevision: 1, reason: "')
    assert (await client.error(stale, id=first))["code"] == "STALE_REVISION"
