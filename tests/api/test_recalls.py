"""Recalls over HTTP: what they reach, where they stop, who is told, and what they keep from being placed."""

from datetime import UTC, datetime, timedelta
from typing import Any

from app.database.connection import sent
from app.domain.writing import Writer
from tests.api.conftest import Client

SETUP = """
mutation {
  createEnvironment(input: {name: "production", position: 1}) { environment { id } }
  createTeam(input: {name: "growth"}) { team { id } }
  createDataset(input: {name: "clicks", kind: "files"}) { dataset { id } }
  one: registerDatasetVersion(input: {record: {dataset: "clicks", version: "1"}}) { datasetVersion { id } }
  two: registerDatasetVersion(input: {record: {dataset: "clicks", version: "2"}, parents: [
    {kind: FILTER, source: {datasetVersion: {version: {dataset: "clicks", version: "1"}}}}]}) { datasetVersion { id } }
  base: registerModelVersion(input: {model: "base", createModel: true, inputs: [
    {role: "train", dataset: {existing: {version: {dataset: "clicks", version: "2"}}}}], run: {new: {commit: {
    repository: "git@github.com:acme/base.git", sha: "abcdef1"}}}}) { modelVersion { id } }
  churn: registerModelVersion(input: {model: "churn", createModel: true, parents: [
    {kind: FINE_TUNE, source: {modelVersion: {number: {model: "base", number: 1}}}}]}) { modelVersion { id } }
  other: registerModelVersion(input: {model: "other", createModel: true}) { modelVersion { id } }
  setOwner(input: {entity: {model: "churn"}, owner: {name: "growth"}}) { entity { id } }
}
"""
CLICKS = {"datasetVersion": {"version": {"dataset": "clicks", "version": "1"}}}
LONG_AGO = "2020-01-01T00:00:00Z"
OPEN = """
mutation ($input: OpenRecallInput!) {
  openRecall(input: $input) {
    recall { id reason severity validFrom validTo targets { label } }
    impact { complete versions { uri } deployments { endpoint { name } } owners { name } counts { versions } }
  }
}
"""
STATUS = """
query ($model: String!, $asOf: DateTime) {
  modelVersion(by: {number: {model: $model, number: 1}}) {
    recallStatus(asOf: $asOf) {
      isRecalled andHidden asOfSettled
      reaches {
        recall { id } target { label } isMitigated mitigations { id reason }
        path { length nodes { label } edges { kind } }
      }
    }
  }
}
"""
LISTED = """
query ($recalled: Boolean!) {
  modelVersions(where: {recalled: $recalled}) { nodes { uri } }
  datasets { nodes { versions(where: {recalled: $recalled}) { nodes { version } } } }
  deployments(where: {recalled: $recalled}) { nodes { endpoint { name } } }
}
"""
LIFT = "mutation ($input: LiftRecallInput!) { liftRecall(input: $input) { recall { validTo endReason } } }"
MITIGATE = """
mutation ($input: MitigateRecallInput!) {
  mitigateRecall(input: $input) {
    mitigation { id expiresAt recall { id } on { label } edge { kind source { label } } }
  }
}
"""
END = "mutation ($input: EndMitigationInput!) { endMitigation(input: $input) { mitigation { validTo endReason } } }"
PLACE = "mutation ($input: PlaceDeploymentInput!) { placeDeployment(input: $input) { deployment { id } } }"
BACK = """mutation ($input: RollBackDeploymentInput!) {
  rollBackDeployment(input: $input) { deployment { version { model { name } } } } }"""


def version(model: str) -> dict[str, Any]:
    return {"number": {"model": model, "number": 1}}


async def opened(client: Client, **more: Any) -> Any:
    given = {"targets": [CLICKS], "reason": "the consent was withdrawn", "severity": "HIGH", **more}
    return (await client.data(OPEN, input=given))["openRecall"]


async def status(client: Client, model: str = "churn", as_of: str | None = None) -> Any:
    return (await client.data(STATUS, model=model, asOf=as_of))["modelVersion"]["recallStatus"]


async def place(client: Client, model: str, **more: Any) -> Any:
    given = {"version": version(model), "environment": {"name": "production"}, "endpoint": "api", **more}
    return await client.send(PLACE, input=given)


async def test_a_recall_reaches_all_that_came_from_it_by_a_way_that_is_told(client: Client) -> None:
    await client.data(SETUP)
    await place(client, "churn")

    shown = await opened(client)

    recall = shown["recall"]
    assert {each["label"] for each in recall["targets"]} == {"clicks@1"}
    assert (recall["reason"], recall["severity"], recall["validTo"]) == ("the consent was withdrawn", "HIGH", None)
    assert {each["uri"] for each in shown["impact"]["versions"]} == {"models:/base/1", "models:/churn/1"}
    assert [each["endpoint"]["name"] for each in shown["impact"]["deployments"]] == ["api"]
    assert [each["name"] for each in shown["impact"]["owners"]] == ["growth"]
    found = await status(client)
    (reach,) = found["reaches"]
    assert (found["isRecalled"], found["andHidden"], found["asOfSettled"]) == (True, False, None)
    assert (reach["recall"], reach["target"]["label"], reach["isMitigated"]) == (
        {"id": recall["id"]},
        "clicks@1",
        False,
    )
    labels = [node["label"] for node in reach["path"]["nodes"]]
    assert (labels[0], labels[1], *labels[3:]) == ("churn/1", "base/1", "clicks@2", "clicks@1")
    assert [edge["kind"] for edge in reach["path"]["edges"]] == ["DERIVED_FROM", "GENERATED_BY", "USED", "DERIVED_FROM"]
    assert not (await status(client, "other"))["isRecalled"]
    assert await client.data(LISTED, recalled=True) == {
        "modelVersions": {"nodes": [{"uri": "models:/churn/1"}, {"uri": "models:/base/1"}]},
        "datasets": {"nodes": [{"versions": {"nodes": [{"version": "1"}, {"version": "2"}]}}]},
        "deployments": {"nodes": [{"endpoint": {"name": "api"}}]},
    }
    assert await client.data(LISTED, recalled=False) == {
        "modelVersions": {"nodes": [{"uri": "models:/other/1"}]},
        "datasets": {"nodes": [{"versions": {"nodes": []}}]},
        "deployments": {"nodes": []},
    }


async def test_a_dry_run_shows_the_reach_and_changes_nothing(client: Client) -> None:
    await client.data(SETUP)

    shown = await opened(client, dryRun=True)

    assert shown["recall"] is None
    assert shown["impact"]["counts"] == {"versions": 2}
    assert not (await status(client))["isRecalled"]
    assert await client.data("{ recalls { totalCount } }") == {"recalls": {"totalCount": 0}}


async def test_a_repeated_request_opens_one_recall_and_shows_the_same(client: Client) -> None:
    await client.data(SETUP)
    first = await opened(client, idempotencyKey="k")
    assert await opened(client, idempotencyKey="k") == first


async def test_owners_find_it_in_their_history(client: Client) -> None:
    await client.data(SETUP)
    recall = (await opened(client))["recall"]["id"]
    history = """{ actor(name: "growth") { history { nodes { action changes { field after } } } }
      datasetVersion(by: {version: {dataset: "clicks", version: "1"}}) { history { nodes { action } } } }"""
    found = await client.data(history)
    assert found["actor"]["history"]["nodes"][0] == {
        "action": "recall.open",
        "changes": [{"field": "recallId", "after": recall}],
    }
    assert found["datasetVersion"]["history"]["nodes"][0] == {"action": "recall.open"}


async def test_what_is_recalled_is_not_placed_and_the_refusal_says_why(client: Client) -> None:
    await client.data(SETUP)
    recall = (await opened(client))["recall"]["id"]

    (error,) = (await place(client, "churn"))["errors"]

    told = error["extensions"]
    assert (told["code"], told["path"], told["andHidden"]) == ("BLOCKED", ["version", "number"], False)
    assert recall in error["message"]
    assert [(each["recallId"], len(each["path"])) for each in told["blockers"]] == [(recall, 5)]
    assert "errors" not in await place(client, "other")
    await client.data(LIFT, input={"recall": {"id": recall}, "reason": "the consent was found"})
    assert "errors" not in await place(client, "churn")


async def test_a_roll_back_passes_over_what_is_recalled(client: Client) -> None:
    await client.data(SETUP)
    await client.data('mutation { registerModelVersion(input: {model: "third", createModel: true}) { replayed } }')
    for model in ("other", "churn", "third"):
        await place(client, model)
    await opened(client)
    place_ = {"endpoint": {"endpoint": {"environment": "production", "name": "api"}}, "reason": "it answers 500"}
    back = await client.data(BACK, input=place_)
    assert back["rollBackDeployment"]["deployment"]["version"]["model"] == {"name": "other"}


async def test_a_mitigation_stops_it_at_a_node_until_it_is_ended(client: Client) -> None:
    await client.data(SETUP)
    recall = {"id": (await opened(client))["recall"]["id"]}
    stop = {"recall": recall, "on": {"modelVersion": version("base")}, "reason": "retrained without the rows"}

    made = (await client.data(MITIGATE, input=stop))["mitigateRecall"]["mitigation"]

    assert (made["on"], made["edge"], made["recall"]) == ({"label": "base/1"}, None, recall)
    found = await status(client)
    (reach,) = found["reaches"]
    assert (found["isRecalled"], reach["isMitigated"]) == (False, True)
    assert reach["mitigations"] == [{"id": made["id"], "reason": "retrained without the rows"}]
    assert reach["path"]["length"] == 4
    assert not (await status(client, "base"))["isRecalled"]
    assert (await client.data(LISTED, recalled=True))["modelVersions"]["nodes"] == []
    assert "errors" not in await place(client, "churn")
    shown = f'{{ node(id: "{recall["id"]}") {{ ... on Recall {{ impact {{ counts {{ versions datasets }} }} }} }} }}'
    assert await client.data(shown) == {"node": {"impact": {"counts": {"versions": 0, "datasets": 1}}}}

    await client.data(END, input={"mitigation": {"id": made["id"]}, "reason": "the rows were there"})
    assert (await status(client))["isRecalled"]


async def test_a_mitigation_stops_it_at_an_edge_and_not_by_another_way(client: Client) -> None:
    await client.data(SETUP)
    recall = {"id": (await opened(client))["recall"]["id"]}
    edges = """{ modelVersion(by: {number: {model: "churn", number: 1}}) { parents { edgeId } } }"""
    edge = (await client.data(edges))["modelVersion"]["parents"][0]["edgeId"]
    stop = {"recall": recall, "edgeId": edge, "reason": "only the tokenizer was taken over"}
    made = (await client.data(MITIGATE, input=stop))["mitigateRecall"]["mitigation"]
    assert made["edge"] == {"kind": "DERIVED_FROM", "source": {"label": "churn/1"}}
    assert not (await status(client))["isRecalled"]
    assert (await status(client, "base"))["isRecalled"]
    await client.data(
        """mutation ($input: RecordLineageInput!) { recordLineage(input: $input) { edge { id } } }""",
        input={
            "kind": "DERIVED_FROM",
            "derivation": "DISTILLATION",
            "source": {"modelVersion": version("churn")},
            "target": CLICKS,
        },
    )
    (reach,) = (await status(client))["reaches"]
    assert (reach["isMitigated"], reach["path"]["length"]) == (False, 1)


async def test_a_mitigation_ends_by_itself_when_it_expires(client: Client, writer: Writer) -> None:
    await client.data(SETUP)
    recall = {"id": (await opened(client))["recall"]["id"]}
    soon = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    stop = {"recall": recall, "on": {"modelVersion": version("churn")}, "reason": "for a while", "expiresAt": soon}
    await client.data(MITIGATE, input=stop)
    assert not (await status(client))["isRecalled"]
    past = "MATCH (m:Mitigation) SET m.expiresAt = datetime.realtime()"
    await writer.connection.driver.execute_query(past)
    assert (await status(client))["isRecalled"]
    assert {"uri": "models:/churn/1"} in (await client.data(LISTED, recalled=True))["modelVersions"]["nodes"]


async def test_as_of_an_instant_what_stood_then_counts(client: Client) -> None:
    await client.data(SETUP)
    before = datetime.now(UTC).isoformat()
    recall = {"id": (await opened(client))["recall"]["id"]}
    during = datetime.now(UTC).isoformat()
    await client.data(LIFT, input={"recall": recall, "reason": "it was a mistake"})
    assert [(await status(client, as_of=at))["isRecalled"] for at in (before, during, None)] == [False, True, False]


async def test_a_recall_may_hold_from_long_ago_or_from_later_on(client: Client) -> None:
    await client.data(SETUP)
    later = (await opened(client, validFrom=(datetime.now(UTC) + timedelta(days=1)).isoformat()))["recall"]["id"]
    assert not (await status(client))["isRecalled"]
    assert "errors" not in await place(client, "churn")
    await client.data(LIFT, input={"recall": {"id": later}, "reason": "it was a mistake"})
    never = await client.data(
        f'{{ node(id: "{later}") {{ ... on Recall {{ validFrom validTo history {{ nodes {{ at }} }} }} }} }}'
    )
    assert never["node"]["validFrom"] == never["node"]["validTo"] == never["node"]["history"]["nodes"][0]["at"]
    long_ago = datetime.now(UTC) - timedelta(hours=1)
    await opened(client, validFrom=long_ago.isoformat())
    assert (await status(client))["isRecalled"]


async def test_a_commit_and_a_run_are_recalled_as_well(client: Client) -> None:
    await client.data(SETUP)
    commit = {"commit": {"repository": "https://github.com/acme/base", "sha": "abcdef1"}}
    shown = await opened(client, targets=[commit])
    assert [each["label"] for each in shown["recall"]["targets"]] == ["https://github.com/acme/base@abcdef1"]
    assert (await status(client))["isRecalled"]


async def test_what_makes_no_sense_is_refused(client: Client) -> None:
    await client.data(SETUP)
    recall = {"id": (await opened(client))["recall"]["id"]}
    target = {"modelVersion": version("churn")}
    both = [CLICKS, target]
    why = {"reason": "why"}
    for query, given, path in (
        (OPEN, {"targets": both, "severity": "LOW", **why}, ["targets"]),
        (OPEN, {"targets": [], "severity": "LOW", **why}, ["targets"]),
        (MITIGATE, {"recall": recall, **why}, ["on"]),
        (MITIGATE, {"recall": recall, "on": CLICKS, **why}, ["on"]),
        (MITIGATE, {"recall": recall, "edgeId": "none", **why}, ["edgeId"]),
        (
            MITIGATE,
            {"recall": recall, "on": target, "expiresAt": LONG_AGO, **why},
            ["expiresAt"],
        ),
        (LIFT, {"recall": {"id": "none"}, **why}, ["recall", "id"]),
    ):
        error = await client.error(query, input=given)
        assert error["path"] == path, error
    await client.data(LIFT, input={"recall": recall, "reason": "why"})
    error = await client.error(MITIGATE, input={"recall": recall, "on": target, **why})
    assert (error["code"], error["path"]) == ("INVALID_INPUT", ["recall"])


async def test_a_page_takes_three_statements_and_one_more_for_each_recall_that_stops_somewhere(client: Client) -> None:
    await client.data(SETUP)
    recall = {"id": (await opened(client))["recall"]["id"]}
    every = "{ modelVersions { nodes { recallStatus { reaches { recall { id } path { nodes { id } } } } } } }"
    walks = ["lineage/walk/found", "lineage/walk/recalled", "lineage/walk/shortest_each"]
    assert await asked(client, every) == walks
    stop = {"recall": recall, "on": {"modelVersion": version("base")}, "reason": "retrained"}
    await client.data(MITIGATE, input=stop)
    assert await asked(client, every) == [*walks, "lineage/walk/shortest_each"]
    listed = "{ modelVersions(where: {recalled: true}) { nodes { id } } }"
    assert await asked(client, listed) == ["governance/standing_recalls", "lineage/walk/ids"]


async def asked(client: Client, query: str) -> list[str]:
    """The statements about recalls that an answer takes."""
    names: list[str] = []
    token = sent.set(names)
    await client.data(query)
    sent.reset(token)
    return sorted(name for name in names if name.startswith(("lineage/walk", "governance")))
