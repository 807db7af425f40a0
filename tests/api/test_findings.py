"""Findings over HTTP: what somebody has to know, who sees to it, and how it becomes a recall."""

from typing import Any

from tests.api.conftest import Client
from tests.api.test_recalls import SETUP, opened, place, status, version

RECORD = """
mutation ($input: RecordFindingInput!) {
  recordFinding(input: $input) {
    finding { id kind severity title dueOn owner { name } about { label } validTo }
  }
}
"""
UPDATE = """mutation ($input: UpdateFindingInput!) {
  updateFinding(input: $input) { finding { severity title dueOn owner { name } revision } } }"""
CLOSE = "mutation ($input: CloseFindingInput!) { closeFinding(input: $input) { finding { resolution validTo } } }"
OF = """
query ($where: FindingFilter) {
  modelVersion(by: {number: {model: "churn", number: 1}}) { findings(where: $where) { totalCount nodes { title } } }
  findings(where: $where) { totalCount }
}
"""


async def recorded(client: Client, **more: Any) -> Any:
    given = {
        "kind": "INCIDENT",
        "severity": "HIGH",
        "title": "It names customers",
        "about": [{"modelVersion": version("churn")}],
        "owner": {"name": "growth"},
        "dueOn": "2026-12-01",
        **more,
    }
    return (await client.data(RECORD, input=given))["recordFinding"]["finding"]


async def test_a_finding_is_shown_at_what_it_is_about_until_it_is_closed(client: Client) -> None:
    await client.data(SETUP)
    made = await recorded(client)
    id = made.pop("id")
    assert made == {
        "kind": "INCIDENT",
        "severity": "HIGH",
        "title": "It names customers",
        "dueOn": "2026-12-01",
        "owner": {"name": "growth"},
        "about": [{"label": "churn/1"}],
        "validTo": None,
    }
    for where, count in (
        ({"open": True, "kind": ["INCIDENT"], "severity": ["HIGH", "CRITICAL"]}, 1),
        ({"dueBefore": "2026-12-02"}, 1),
        ({"dueBefore": "2026-12-01"}, 0),
        ({"owner": {"eq": "growth"}}, 1),
    ):
        found = await client.data(OF, where=where)
        assert (found["modelVersion"]["findings"]["totalCount"], found["findings"]["totalCount"]) == (count, count)

    closed = await client.data(CLOSE, input={"finding": {"id": id}, "resolution": "It asks before it answers"})

    assert closed["closeFinding"]["finding"]["resolution"] == "It asks before it answers"
    assert closed["closeFinding"]["finding"]["validTo"] is not None
    assert (await client.data(OF, where={"open": True}))["findings"] == {"totalCount": 0}
    assert (await client.data(OF, where={"open": False}))["findings"] == {"totalCount": 1}


async def test_what_is_said_of_a_finding_can_be_changed(client: Client) -> None:
    await client.data(SETUP)
    id = (await recorded(client))["id"]
    change = {"finding": {"id": id}, "severity": "LOW", "dueOn": None, "owner": None}
    shown = (await client.data(UPDATE, input=change))["updateFinding"]["finding"]
    assert shown == {"severity": "LOW", "title": "It names customers", "dueOn": None, "owner": None, "revision": 2}


async def test_an_incident_becomes_a_recall_in_one_call(client: Client) -> None:
    await client.data(SETUP)
    id = (await recorded(client))["id"]
    recall = (await opened(client, targets=[], finding={"id": id}))["recall"]
    assert [each["label"] for each in recall["targets"]] == ["churn/1"]
    assert (await status(client))["isRecalled"]
    assert not (await status(client, "base"))["isRecalled"]
    led = await client.data("{ findings { nodes { recalls { id finding { title } } } } }")
    assert led["findings"]["nodes"] == [{"recalls": [{"id": recall["id"], "finding": {"title": "It names customers"}}]}]


async def test_of_a_deployment_its_version_is_recalled(client: Client) -> None:
    await client.data(SETUP)
    deployment = (await place(client, "churn"))["data"]["placeDeployment"]["deployment"]["id"]
    id = (await recorded(client, about=[{"id": deployment}]))["id"]
    recall = (await opened(client, targets=[], finding={"id": id}))["recall"]
    assert [each["label"] for each in recall["targets"]] == ["churn/1"]


async def test_what_makes_no_sense_is_refused(client: Client) -> None:
    await client.data(SETUP)
    both = [{"modelVersion": version("churn")}, {"modelVersion": version("other")}]
    said = {"kind": "LIMITATION", "severity": "LOW", "title": "no", "about": both}
    assert (await client.error(RECORD, input=said))["path"] == ["about"]
    nobody = {"resolution": "why", "finding": {"id": "none"}}
    assert (await client.error(CLOSE, input=nobody))["path"] == ["finding", "id"]
