"""Reports over HTTP: of a version, of an application with what it stands on, of what is active in an environment."""

from pathlib import Path
from typing import Any

import pytest

from app.database.connection import Connection
from app.domain.writing import Writer
from tests.api.conftest import Client
from tests.domain.audit.sealed import seal_all, sequencer

SETUP = """
mutation {
  createEnvironment(input: {name: "production", position: 1}) { environment { id } }
  createDataset(input: {name: "clicks", kind: "files"}) { dataset { id } }
  clicks: registerDatasetVersion(input: {record: {dataset: "clicks", version: "1", revision: "r1",
    license: "CC-BY-4.0", classifications: ["PII"]}}) { datasetVersion { id } }
  guard: registerModelVersion(input: {model: "guard", createModel: true, license: "MIT"}) { modelVersion { id } }
  churn: registerModelVersion(input: {model: "churn", createModel: true, license: "Apache-2.0",
    parameters: {depth: 6}, inputs: [
      {role: "train", dataset: {existing: {version: {dataset: "clicks", version: "1"}}}}], run: {new: {
      runtime: {lockDigest: "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, commit: {
      repository: "git@github.com:acme/churn.git", sha: "abcdef1", isClean: true}}},
    dependencies: [{kind: "guard model", target: {modelVersion: {number: {model: "guard", number: 1}}}}],
    evaluations: [{on: {version: {dataset: "clicks", version: "1"}}, metrics: [{name: "auc", value: 0.9}]}]
  }) { modelVersion { id } }
  createApplication(input: {name: "shop", purpose: "Sells <b>things</b>.", riskClass: "limited", dependencies: [
    {kind: "score", target: {modelVersion: {number: {model: "churn", number: 1}}}}]}) { application { id } }
  policy: draftPolicy(input: {name: "privacy", mode: WARN, rules: [{name: "no persons",
    subjects: "datasets.filter(d, 'PII' in d.classifications)", message: "It knows persons."}]}) {
    policyVersion { id } }
  publishPolicy(input: {policy: {name: "privacy"}}) { policyVersion { id } }
  attachPolicy(input: {policy: {name: "privacy"}, environment: {name: "production"}}) { policyAttachment { id } }
  placeDeployment(input: {version: {number: {model: "churn", number: 1}}, environment: {name: "production"},
    endpoint: "score"}) { deployment { id } }
  recordFinding(input: {kind: LIMITATION, severity: LOW, title: "Not for | children",
    about: [{modelVersion: {number: {model: "churn", number: 1}}}]}) { finding { id } }
}
"""
REPORT = """
query ($of: ReportRef!, $asOf: DateTime, $since: DateTime) {
  complianceReport(of: $of, asOf: $asOf, since: $since) {
    subject { __typename ... on Application { name } ... on Environment { name } ... on ModelVersion { label } }
    complete omitted at since disclaimer
    environments { name }
    others { label }
    licenseObligations { mostRestrictive }
    recallStatus { isRecalled }
    findings { title }
    versions {
      version { label model { name } }
      deployments { endpoint { name } status }
      lineage { ancestors complete byType { type count } data { label } stubs { label } }
      verdicts { environment { name } verdict { allowed
        rules { policy rule outcome message path { nodes { label } } } } }
      evaluations { metrics { name value } on { label } }
      evaluationCount
      licenseObligations { obligations { kind sources { node { label } } } }
      recallStatus { isRecalled reaches { recall { reason } target { label } } }
      findings { title about { label } }
      reproducibility { need state node { __typename label } detail }
    }
    changes { action sequence changes { field } actor { name } }
    changesOmitted
    proof { size checkpoint waiting }
    markdown
    html
  }
}
"""
CHURN = {"version": {"number": {"model": "churn", "number": 1}}}
SHOP = {"application": {"name": "shop"}}
PRODUCTION = {"environment": {"name": "production"}}


@pytest.fixture
async def shop(client: Client, writer: Writer) -> Client:
    """A shop that stands on a churn model, which needs a guard model and runs in production."""
    await client.data(SETUP)
    return client


async def report(client: Client, of: dict[str, Any], **given: Any) -> dict[str, Any]:
    found: dict[str, Any] = (await client.data(REPORT, of=of, **given))["complianceReport"]
    return found


async def test_a_version_is_reported_with_all_that_is_known_of_it(shop: Client) -> None:
    found = await report(shop, CHURN)
    assert found["subject"] == {"__typename": "ModelVersion", "label": "churn/1"}
    assert (found["complete"], found["omitted"], found["proof"]) == (True, 0, None)
    assert found["environments"] == [{"name": "production"}]
    (part,) = found["versions"]
    assert part["version"] == {"label": "churn/1", "model": {"name": "churn"}}
    assert part["deployments"] == [{"endpoint": {"name": "score"}, "status": "ACTIVE"}]
    assert part["lineage"]["data"] == [{"label": "clicks@1"}]
    assert {each["type"]: each["count"] for each in part["lineage"]["byType"]} == {
        "Commit": 1,
        "DatasetVersion": 1,
        "ModelVersion": 1,
        "Run": 1,
    }
    (placed,) = part["verdicts"]
    (rule,) = placed["verdict"]["rules"]
    assert (placed["environment"]["name"], placed["verdict"]["allowed"]) == ("production", True)
    assert (rule["policy"], rule["outcome"], rule["message"]) == ("privacy", "FAILED", "It knows persons.")
    assert [node["label"] for node in rule["path"]["nodes"]][::2] == ["churn/1", "clicks@1"]
    assert part["evaluations"] == [{"metrics": [{"name": "auc", "value": 0.9}], "on": {"label": "clicks@1"}}]
    assert part["evaluationCount"] == 1
    assert [each["kind"] for each in part["licenseObligations"]["obligations"]] == ["ATTRIBUTION"]
    assert part["findings"] == [{"title": "Not for | children", "about": [{"label": "churn/1"}]}]


async def test_what_it_takes_to_make_a_version_anew_is_present_or_missing(shop: Client) -> None:
    (part,) = (await report(shop, CHURN))["versions"]
    states = {each["need"]: each["state"] for each in part["reproducibility"]}
    assert states == {
        "COMMIT": "PRESENT",
        "CLEAN_WORK_TREE": "PRESENT",
        "PINNED_DATA": "PRESENT",
        "PARAMETERS": "PRESENT",
        "RUNTIME": "PRESENT",
        "SEED": "MISSING",
    }
    assert {each["need"]: each["node"]["__typename"] for each in part["reproducibility"]}["PINNED_DATA"] == (
        "DatasetVersion"
    )
    (guard,) = (await report(shop, {"version": {"number": {"model": "guard", "number": 1}}}))["versions"]
    assert {each["state"] for each in guard["reproducibility"]} == {"MISSING"}
    assert {each["detail"] for each in guard["reproducibility"]} == {"The run that made it was not recorded."}


async def test_an_application_is_reported_with_all_versions_that_it_stands_on(shop: Client) -> None:
    found = await report(shop, SHOP)
    assert found["subject"] == {"__typename": "Application", "name": "shop"}
    assert [part["version"]["label"] for part in found["versions"]] == ["churn/1", "guard/1"]
    assert found["licenseObligations"] == {"mostRestrictive": "ATTRIBUTION"}
    assert found["recallStatus"] == {"isRecalled": False}
    assert [part["deployments"] for part in found["versions"]][1] == []


async def test_an_environment_is_reported_with_what_is_active_in_it(shop: Client) -> None:
    found = await report(shop, PRODUCTION)
    assert found["subject"] == {"__typename": "Environment", "name": "production"}
    assert [part["version"]["label"] for part in found["versions"]] == ["churn/1"]
    assert (found["licenseObligations"], found["recallStatus"]) == (None, None)


async def test_a_report_of_before_shows_what_was_so_then(shop: Client) -> None:
    before = (await report(shop, CHURN))["at"]
    await shop.data(
        """mutation {
        openRecall(input: {targets: [{datasetVersion: {version: {dataset: "clicks", version: "1"}}}],
          reason: "Consent was withdrawn.", severity: HIGH}) { recall { id } }
        detachPolicy(input: {policy: {name: "privacy"}, environment: {name: "production"}}) { policyAttachment { id } }
        second: registerModelVersion(input: {model: "churn"}) { modelVersion { id } } }"""
    )
    now, then = await report(shop, CHURN), await report(shop, CHURN, asOf=before)
    assert [part["recallStatus"]["isRecalled"] for part in (now["versions"][0], then["versions"][0])] == [True, False]
    assert [len(each["versions"][0]["verdicts"][0]["verdict"]["rules"]) for each in (now, then)] == [0, 1]
    assert then["at"] == before
    assert "Consent was withdrawn." in now["markdown"]
    assert "Consent was withdrawn." not in then["markdown"]


async def test_changes_are_listed_since_an_instant_with_their_proof(
    shop: Client, connection: Connection, tmp_path: Path
) -> None:
    first = await report(shop, CHURN)
    assert {"modelVersion.register", "deployment.place"} <= {each["action"] for each in first["changes"]}
    assert {each["sequence"] for each in first["changes"]} == {None}
    await seal_all(sequencer(connection, tmp_path))
    await shop.data(
        """mutation { updateModelVersion(input: {version: {number: {model: "churn", number: 1}},
        description: "New words."}) { modelVersion { id } } }"""
    )
    found = await report(shop, CHURN, since=first["at"])
    assert [each["action"] for each in found["changes"]] == ["modelVersion.update"]
    assert [change["field"] for change in found["changes"][0]["changes"]] == ["description"]
    assert found["proof"]["waiting"] == 1
    assert str(found["proof"]["size"]) in found["proof"]["checkpoint"].split("\n")
    error = await shop.error(REPORT, of=CHURN, asOf=first["at"], since=found["at"])
    assert (error["code"], error["path"]) == ("INVALID_INPUT", ["since"])


async def test_documents_say_the_same_and_nothing_in_them_is_taken_for_markup(shop: Client) -> None:
    found = await report(shop, SHOP)
    assert found["html"].startswith("<!doctype html>")
    assert "<script" not in found["html"]
    assert "Sells &lt;b&gt;things&lt;/b&gt;." in found["html"]
    assert r"Sells \<b\>things\</b\>." in found["markdown"]
    assert r"Not for \| children" in found["markdown"]
    for word in ("churn/1", "guard/1", "clicks@1", "It knows persons.", "PRESENT", "MISSING"):
        assert word in found["html"]


async def test_what_there_is_not_is_not_found(shop: Client) -> None:
    for of, path in (
        ({"version": {"number": {"model": "churn", "number": 9}}}, ["of", "version", "number"]),
        ({"application": {"name": "nothing"}}, ["of", "application", "name"]),
        ({"environment": {"name": "nowhere"}}, ["of", "environment", "name"]),
    ):
        error = await shop.error(REPORT, of=of)
        assert (error["code"], error["path"]) == ("NOT_FOUND", path)
