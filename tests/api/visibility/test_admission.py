"""Who admits what one may see is shown; what of that comes from what one may not see is told in a few plain words."""

from typing import Any

import pytest

from app.domain.writing import Writer
from tests.api.visibility.conftest import World
from tests.domain.approval.people import approve, ask, demand, person, promote

SHOWN = """{
  approvalRequests { totalCount nodes {
    status version { label } decisions { nodes { lapses { message nodes { id } } } }
  } }
  promotionDecisions { totalCount nodes {
    isAllowed version { label }
    review { allowed complete ancestors andHidden
      approvals { missing disregarded { reason message nodes { id } } }
      blockers { kind message recall { id } path { nodes { id } } subjects { id } } }
  } }
  complianceReport(of: {version: {number: {model: "open", number: 1}}}) { versions {
    approvals { environment { name } request { id }
      decisions { approval { decision } lapses { reason message nodes { id } } }
      required { missing disregarded { message nodes { id } } } }
    promotions { isAllowed } promotionCount
  } markdown }
}"""
CHANGE = """mutation {
  registerDatasetVersion(input: {record: {dataset: "more", version: "1", revision: "r1"}}) { datasetVersion { id } }
  recordLineage(input: {kind: DERIVED_FROM, derivation: MERGE,
    source: {modelVersion: {number: {model: "risk/secret", number: 1}}},
    target: {datasetVersion: {version: {dataset: "more", version: "1"}}}}) { edge { id } }
}"""
OPENING = """mutation { openRecall(input: {reason: "consent", severity: HIGH, targets: [
  {datasetVersion: {version: {dataset: "risk/clicks", version: "1"}}}]}) { recall { id } } }"""


@pytest.fixture
async def admitted(world: World, writer: Writer) -> World:
    """What came from something private was approved and promoted, and so was something private itself."""
    await demand(writer, {"name": "one", "count": 1})
    rosa = await person(writer, "rosa")
    for model in ("open", "risk/secret"):
        version = await version_of(world, model)
        await approve(rosa, await ask(writer, version))
        await promote(writer, version, f"of-{model[-6:]}")
    return world


async def test_what_admits_something_private_is_shown_to_who_may_see_that(admitted: World) -> None:
    whole, part = await admitted.both(SHOWN)
    for field in ("approvalRequests", "promotionDecisions"):
        assert (whole[field]["totalCount"], part[field]["totalCount"]) == (2, 1)
        assert [each["version"]["label"] for each in part[field]["nodes"]] == ["open/1"]
    assert [each["status"] for each in part["approvalRequests"]["nodes"]] == ["APPROVED"]
    (decision,) = part["promotionDecisions"]["nodes"]
    assert decision["isAllowed"] is True
    assert decision["review"]["ancestors"] is None
    (version,) = part["complianceReport"]["versions"]
    assert version["promotions"] == [{"isAllowed": True}]
    assert [each["lapses"] for stood in version["approvals"] for each in stood["decisions"]] == [[]]


async def test_that_an_approval_lapsed_is_told_to_all_and_what_came_of_it_is_not(
    admitted: World, writer: Writer
) -> None:
    await admitted.insider.data(CHANGE)
    recall = (await admitted.insider.data(OPENING))["openRecall"]["recall"]["id"]
    await promote(writer, await version_of(admitted, "open"), "again")
    whole, part = await admitted.both(SHOWN)
    told = [lapse["message"] for lapse in lapses(part)]
    assert told == ["A recall reaches the version.", "The ancestry changed."] * 2
    assert "The ancestry changed: 1 edge came (DERIVED_FROM)." in [lapse["message"] for lapse in lapses(whole)]
    assert [lapse["nodes"] for lapse in lapses(part)] == [[]] * 4
    assert all(lapse["nodes"] for lapse in lapses(whole))
    blocked = part["promotionDecisions"]["nodes"][0]["review"]
    assert [(each["kind"], each["recall"], each["path"], each["subjects"]) for each in blocked["blockers"]] == [
        ("RECALL", None, None, []),
        ("APPROVAL", None, None, []),
    ]
    assert blocked["andHidden"] is True
    assert blocked["approvals"][0]["disregarded"] == [{"reason": "LAPSED", "message": "It has lapsed.", "nodes": []}]
    assert all(id not in str(part) for id in (*admitted.ids, recall))
    assert "risk/" not in str(part)


async def version_of(world: World, model: str) -> str:
    query = f'{{ modelVersion(by: {{number: {{model: "{model}", number: 1}}}}) {{ id }} }}'
    return str((await world.insider.data(query))["modelVersion"]["id"])


def lapses(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """Why approvals of what both see lapsed, as the request tells it and as the report does."""
    requests = [each for each in answer["approvalRequests"]["nodes"] if each["version"]["label"] == "open/1"]
    asked = [lapse for each in requests for made in each["decisions"]["nodes"] for lapse in made["lapses"]]
    (version,) = answer["complianceReport"]["versions"]
    return [
        *asked,
        *(lapse for stood in version["approvals"] for made in stood["decisions"] for lapse in made["lapses"]),
    ]
