"""Lineage that is asserted and corrected over GraphQL: nothing is erased, any instant is answered."""

from typing import Any

from tests.api.conftest import Client
from tests.api.test_registry import register

RECORD = """
mutation ($input: RecordLineageInput!) {
  recordLineage(input: $input) {
    created replayed stubs { __typename ... on LineageNode { label } }
    edge { id kind derivation source { label } target { label } validFrom validTo assertedBy { name } }
  }
}
"""
RETRACT = """
mutation ($input: RetractLineageInput!) {
  retractLineage(input: $input) {
    replayed
    edge { id validFrom validTo retractionReason replacedById }
    replacement { id validFrom target { label } retractionReason }
  }
}
"""
UPSTREAM = """
query ($of: LineageRef!, $asOf: DateTime) {
  lineage(of: $of, direction: UPSTREAM, asOf: $asOf) {
    complete nodes { node { label } } edges { id validTo retractionReason }
  }
}
"""


def number(number: int) -> dict[str, Any]:
    return {"modelVersion": {"number": {"model": "churn", "number": number}}}


def snapshot(version: str) -> dict[str, Any]:
    return {"datasetVersion": {"version": {"dataset": "clicks", "version": version}}}


async def record(client: Client, **input: Any) -> dict[str, Any]:
    answer: dict[str, Any] = (await client.data(RECORD, input=input))["recordLineage"]
    return answer


async def upstream(client: Client, as_of: str | None = None) -> list[str]:
    answer = (await client.data(UPSTREAM, of=number(1), asOf=as_of))["lineage"]
    assert answer["complete"]
    return [stop["node"]["label"] for stop in answer["nodes"]]


async def test_an_edge_is_asserted_and_read_back(client: Client) -> None:
    await register(client)
    await register(client)
    answer = await record(client, kind="DERIVED_FROM", derivation="RETRAIN", source=number(2), target=number(1))
    assert (answer["created"], answer["replayed"], answer["stubs"]) == (True, False, [])
    edge = answer["edge"]
    assert edge["source"] == {"label": "churn/2"}
    assert edge["target"] == {"label": "churn/1"}
    assert (edge["kind"], edge["derivation"], edge["validTo"]) == ("DERIVED_FROM", "RETRAIN", None)
    assert edge["assertedBy"] == {"name": "local"}
    again = await record(client, kind="DERIVED_FROM", derivation="RETRAIN", source=number(2), target=number(1))
    assert (again["created"], again["edge"]) == (False, edge)


async def test_an_unknown_origin_is_refused_or_becomes_a_stub(client: Client) -> None:
    await register(client)
    edge = {"kind": "DERIVED_FROM", "derivation": "SYNTHETIC", "source": number(1), "target": snapshot("1")}
    error = await client.error(RECORD, input=edge)
    assert (error["code"], error["path"]) == ("NOT_FOUND", ["target", "datasetVersion", "version"])
    answer = await record(client, **edge, allowStubs=True)
    assert answer["stubs"] == [
        {"__typename": "DatasetVersion", "label": "clicks@1"},
        {"__typename": "Dataset"},
    ] or answer["stubs"] == [{"__typename": "Dataset"}, {"__typename": "DatasetVersion", "label": "clicks@1"}]
    assert answer["edge"]["target"] == {"label": "clicks@1"}
    assert await upstream(client) == ["clicks@1"]


async def test_what_was_asserted_wrongly_is_corrected_and_its_past_stays_visible(client: Client) -> None:
    await register(client)
    edge = {"kind": "DERIVED_FROM", "derivation": "SYNTHETIC", "source": number(1), "allowStubs": True}
    long_ago = "2025-01-01T00:00:00Z"
    wrong = await record(client, **edge, target=snapshot("wrong"), validFrom=long_ago)
    await client.data(
        """mutation { registerDatasetVersion(input: {record: {dataset: "clicks", version: "right"}}) {
          datasetVersion { id } } }"""
    )
    input = {"edgeId": wrong["edge"]["id"], "reason": "wrong shard list", "replaceWith": snapshot("right")}
    answer = (await client.data(RETRACT, input={**input, "idempotencyKey": "fix-1"}))["retractLineage"]
    old, new = answer["edge"], answer["replacement"]
    assert (old["id"], old["retractionReason"]) == (wrong["edge"]["id"], "wrong shard list")
    assert (old["replacedById"], old["validTo"]) == (new["id"], new["validFrom"])
    assert new["target"] == {"label": "clicks@right"}
    assert new["retractionReason"] is None
    again = (await client.data(RETRACT, input={**input, "idempotencyKey": "fix-1"}))["retractLineage"]
    assert again == {**answer, "replayed": True}
    assert await upstream(client) == ["clicks@right"]
    # Between its beginning and its end the wrong edge is what was held to be true; before it there was nothing.
    assert await upstream(client, "2025-06-01T00:00:00Z") == ["clicks@wrong"]
    assert await upstream(client, old["validTo"]) == ["clicks@right"]
    assert await upstream(client, "2024-12-31T23:59:59Z") == []
    error = await client.error(RETRACT, input=input)
    assert (error["code"], error["path"]) == ("INVALID_INPUT", ["edgeId"])


ONE_STEP = """
query ($before: DateTime!, $between: DateTime!) {
  modelVersion(by: {number: {model: "churn", number: 2}}) {
    before: parents(asOf: $before) { ...Source }
    between: parents(asOf: $between) { ...Source }
    now: parents { ...Source }
    run { id }
    ran: run(asOf: $between) { id }
    notYet: run(asOf: $before) { id }
    trainingData(asOf: $between) { role }
    commits(asOf: $between) { id }
  }
  first: modelVersion(by: {number: {model: "churn", number: 1}}) { ...Children }
  application(name: "desk") {
    uses { label }
    between: uses(asOf: $between) { label }
    dependencies(asOf: $between) { kind target { label } }
  }
  runs {
    nodes {
      outputs { label }
      made: outputs(asOf: $between) { label }
      inputs(asOf: $between) { role }
      commit(asOf: $between) { id }
    }
  }
}
fragment Source on Derivation { kind source { label } }
fragment Children on ModelVersion {
  children { nodes { label } totalCount }
  between: children(asOf: $between) { nodes { label } totalCount }
}
"""


async def test_each_field_that_leads_one_step_along_lineage_is_answered_as_of_an_instant(client: Client) -> None:
    await register(client)
    await register(client)
    await client.data('mutation { createApplication(input: {name: "desk"}) { created } }')
    await client.data("mutation { startRun(input: {}) { created } }")
    (run,) = (await client.data("{ runs { nodes { id } } }"))["runs"]["nodes"]
    since = {"validFrom": "2025-01-01T00:00:00Z"}
    edges = [
        {"kind": "DERIVED_FROM", "derivation": "RETRAIN", "source": number(2), "target": number(1)},
        {"kind": "GENERATED_BY", "source": number(2), "target": {"id": run["id"]}},
        {"kind": "DEPENDS_ON", "dependency": "scores", "source": {"application": "desk"}, "target": number(1)},
    ]
    for edge in edges:
        asserted = await record(client, **edge, **since)
        await client.data(RETRACT, input={"edgeId": asserted["edge"]["id"], "reason": "wrong"})
    data = await client.data(ONE_STEP, before="2024-12-31T23:59:59Z", between="2025-06-01T00:00:00Z")
    parent = {"kind": "RETRAIN", "source": {"label": "churn/1"}}
    assert data["modelVersion"] == {
        "before": [],
        "between": [parent],
        "now": [],
        "run": None,
        "ran": run,
        "notYet": None,
        "trainingData": [],
        "commits": [],
    }
    assert data["first"] == {
        "children": {"nodes": [], "totalCount": 0},
        "between": {"nodes": [{"label": "churn/2"}], "totalCount": 1},
    }
    assert data["application"] == {
        "uses": [],
        "between": [{"label": "churn/1"}],
        "dependencies": [{"kind": "scores", "target": {"label": "churn/1"}}],
    }
    assert data["runs"]["nodes"] == [{"outputs": [], "made": [{"label": "churn/2"}], "inputs": [], "commit": None}]


async def test_a_retraction_without_a_replacement_has_none(client: Client) -> None:
    await register(client)
    wrong = await record(
        client,
        kind="DEPENDS_ON",
        dependency="tokenizer",
        source=number(1),
        target=snapshot("1"),
        allowStubs=True,
    )
    answer = await client.data(RETRACT, input={"edgeId": wrong["edge"]["id"], "reason": "not needed"})
    assert answer["retractLineage"]["replacement"] is None
    assert answer["retractLineage"]["edge"]["replacedById"] is None
    assert await upstream(client) == []


async def test_an_edge_that_closes_a_cycle_is_refused_with_its_path(client: Client) -> None:
    await register(client)
    await register(client, parents=[{"kind": "RETRAIN", "source": number(1)}])
    error = await client.error(
        RECORD, input={"kind": "DEPENDS_ON", "dependency": "teacher", "source": number(1), "target": number(2)}
    )
    assert error["code"] == "CYCLE"
    assert error["labels"] == ["churn/1", "churn/2", "churn/1"]
    assert "churn/1 -> churn/2 -> churn/1" in error["message"]
