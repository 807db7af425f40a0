"""Policies over HTTP: they are saved with the errors in their place, listed where they hold, and tried out."""

from typing import Any

import pytest

from app.domain.delivery.environments import UpdateEnvironment, update_environment
from app.domain.writing import Writer
from tests.api.conftest import Client
from tests.domain.governance.story import data, place, trained, use
from tests.domain.registered import environment
from tests.domain.test_lineage import record

DRAFT = """mutation ($input: DraftPolicyInput!) {
  draftPolicy(input: $input) { policyVersion { number state mode digest rules { name expression subjects message fix }
    policy { name draft { number } published { number } } } } }"""
PUBLISH = """mutation { publishPolicy(input: {policy: {name: "gate"}}) {
  policyVersion { state publishedAt publishedBy { name } policy { draft { number } published { number } } } } }"""
ATTACH = """mutation ($environment: String!, $beyond: Boolean!) {
  attachPolicy(input: {policy: {name: "gate"}, environment: {name: $environment}, holdsBeyond: $beyond}) {
    policyAttachment { holdsBeyond environment { name } policyVersion { number } attachedBy { name } } } }"""
HOLDING = """query ($asOf: DateTime) { environments { nodes { name
  policies(asOf: $asOf) { environment { name } policyVersion { policy { name } } } } } }"""
TRY = """
query ($environment: String!, $version: ModelVersionRef, $policy: String, $number: Int, $rules: [PolicyRuleInput!]) {
  policyDryRun(environment: $environment, version: $version, policy: $policy, number: $number, rules: $rules) {
    omitted
    policies { policy number mode digest }
    verdicts {
      version { label model { name } } allowed complete ancestors snapshotDigest ancestryDigest
      rules {
        policy number mode rule outcome denies reason message fix subjectCount
        subjects { __typename label } path { length nodes { label } edges { kind role source { id } } }
      }
    }
  }
}"""
PII = {
    "name": "no personal data",
    "subjects": "datasets.filter(d, 'PII' in d.classifications)",
    "message": "It came from data of persons.",
    "fix": "Train it without that data.",
}


async def draft(client: Client, *rules: dict[str, Any]) -> dict[str, Any]:
    answer = await client.data(DRAFT, input={"name": "gate", "rules": list(rules or (PII,))})
    shown: dict[str, Any] = answer["draftPolicy"]["policyVersion"]
    return shown


async def test_a_policy_is_drafted_published_and_attached(client: Client, writer: Writer) -> None:
    await environment(writer)
    staging = await environment(writer, "staging", 2)
    chain = {"environment": {"id": staging}, "promotesTo": [{"name": "production"}]}
    await update_environment(writer, UpdateEnvironment.model_validate(chain))
    drafted = await draft(client)
    assert (drafted["number"], drafted["state"], drafted["mode"]) == (1, "DRAFT", "ENFORCE")
    assert drafted["rules"] == [{**PII, "expression": None}]
    assert drafted["policy"] == {"name": "gate", "draft": {"number": 1}, "published": None}
    published = (await client.data(PUBLISH))["publishPolicy"]["policyVersion"]
    assert (published["state"], published["publishedBy"]["name"]) == ("PUBLISHED", "local")
    assert published["policy"] == {"draft": None, "published": {"number": 1}}
    attached = (await client.data(ATTACH, environment="staging", beyond=True))["attachPolicy"]["policyAttachment"]
    assert attached["environment"] == {"name": "staging"}
    assert (attached["holdsBeyond"], attached["attachedBy"]["name"]) == (True, "local")
    gate = {"environment": {"name": "staging"}, "policyVersion": {"policy": {"name": "gate"}}}
    assert (await client.data(HOLDING))["environments"]["nodes"] == [
        {"name": "staging", "policies": [gate]},
        {"name": "production", "policies": [gate]},
    ]
    before = await client.data(HOLDING, asOf="2026-01-01T00:00:00Z")
    assert [each["policies"] for each in before["environments"]["nodes"]] == [[], []]


async def test_a_wrong_expression_is_refused_with_its_place(client: Client) -> None:
    wrong = {**PII, "name": "other", "expression": "metrics.exists(m,\n  m.valeu > 0.9)"}
    error = await client.error(DRAFT, input={"name": "gate", "rules": [PII, wrong]})
    assert (error["code"], error["path"]) == ("INVALID_INPUT", ["rules", 1, "expression"])
    assert (error["line"], error["column"]) == (2, 4)
    assert error["message"] == "Line 2, column 4: Undefined field 'valeu' not found in struct 'Metric'."
    tried = await client.error(TRY, environment="production", rules=[PII, wrong])
    assert tried["code"] == "NOT_FOUND"


async def test_a_dry_run_shows_what_is_in_the_way_and_changes_nothing(client: Client, writer: Writer) -> None:
    await environment(writer)
    for dataset in ("customers", "scores"):
        await data(writer, dataset)
    await data(writer, "churn-ref", "2026-10")
    calls = await data(writer, "calls", classifications=["PII"])
    good = await trained(writer)
    tainted = await trained(writer, "tainted", inputs=(use("scores"),))
    scores = next(
        each["id"]
        for each in (await client.data('{ dataset(name: "scores") { versions { nodes { id } } } }'))["dataset"][
            "versions"
        ]["nodes"]
    )
    await record(writer, scores, calls, derivation="FILTER")
    await draft(client)

    tried = (await client.data(TRY, environment="production", version={"id": tainted}, policy="gate"))["policyDryRun"]

    (verdict,) = tried["verdicts"]
    assert (verdict["version"]["label"], verdict["allowed"], verdict["complete"]) == ("tainted/1", False, True)
    (rule,) = verdict["rules"]
    assert (rule["policy"], rule["number"], rule["mode"], rule["denies"]) == ("gate", 1, "ENFORCE", True)
    assert [rule[name] for name in ("rule", "message", "fix")] == [PII[name] for name in ("name", "message", "fix")]
    assert (rule["outcome"], rule["reason"], rule["subjectCount"]) == ("FAILED", None, 1)
    assert rule["subjects"] == [{"__typename": "DatasetVersion", "label": "calls@1"}]
    assert [edge["kind"] for edge in rule["path"]["edges"]] == ["GENERATED_BY", "USED", "DERIVED_FROM"]
    labels = [node["label"] for node in rule["path"]["nodes"]]
    assert (labels[0], labels[2:]) == ("tainted/1", ["scores@1", "calls@1"])
    assert verdict["ancestryDigest"] != verdict["snapshotDigest"]

    for id, endpoint in ((good, "a"), (tainted, "b"), (good, "c")):
        await place(writer, id, endpoint)
    live = (await client.data(TRY, environment="production", rules=[PII]))["policyDryRun"]
    assert live["omitted"] == 0
    assert {each["version"]["label"]: each["allowed"] for each in live["verdicts"]} == {
        "churn/1": True,
        "tainted/1": False,
    }
    assert [each["policy"] for each in live["policies"]] == [None]
    holding = (await client.data(TRY, environment="production", version={"id": good}))["policyDryRun"]
    assert (holding["policies"], holding["verdicts"][0]["allowed"]) == ([], True)
    await client.data(PUBLISH)
    await client.data(ATTACH, environment="production", beyond=False)
    holding = (await client.data(TRY, environment="production", version={"id": tainted}))["policyDryRun"]
    assert [each["policy"] for each in holding["policies"]] == ["gate"]
    assert [each["denies"] for each in holding["verdicts"][0]["rules"]] == [True]


async def test_what_is_asked_of_a_dry_run_makes_sense(client: Client, writer: Writer) -> None:
    await environment(writer)
    for given, code, path in (
        ({"environment": "nowhere"}, "NOT_FOUND", ["environment"]),
        ({"version": {"id": "nothing"}}, "NOT_FOUND", ["version", "id"]),
        ({"policy": "nothing"}, "NOT_FOUND", ["policy"]),
        ({"policy": "gate", "rules": [PII]}, "INVALID_INPUT", ["rules"]),
        ({"number": 1}, "INVALID_INPUT", ["number"]),
        ({"rules": [{**PII, "subjects": "nothing"}]}, "INVALID_INPUT", ["rules", 0, "subjects"]),
    ):
        error = await client.error(TRY, **{"environment": "production", **given})
        assert (error["code"], error["path"]) == (code, path), given


@pytest.mark.parametrize("name", ["nowhere", "", "\u008b", "x" * 300])
async def test_an_environment_that_there_is_not_is_not_found(client: Client, name: str) -> None:
    query = "query ($name: String!) { policyDryRun(environment: $name) { omitted } }"
    error = await client.error(query, name=name)
    assert (error["code"], error["path"]) == ("NOT_FOUND", ["environment"])
