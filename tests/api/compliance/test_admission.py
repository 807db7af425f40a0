"""What reports say of who admitted versions: approvals as they stood, what is missing, and what was decided."""

from typing import Any

import pytest

from app.domain.identity import CreateTeam, create_team
from app.domain.lineage.recording import RecordLineage, record_lineage
from app.domain.writing import Writer
from tests.api.conftest import Client
from tests.domain.approval.people import approve, ask, demand, person, promote, reject
from tests.fixtures.registration import register

REPORT = """
query ($number: Int!, $asOf: DateTime) {
  complianceReport(of: {version: {number: {model: "churn", number: $number}}}, asOf: $asOf) {
    at
    versions {
      approvals {
        environment { name }
        request { note }
        decisions { approval { decision conditions approver { name } } lapses { reason } }
        required { policy name missing approvals { id } disregarded { reason } }
      }
      promotions { isAllowed }
      promotionCount
    }
    markdown
  }
}
"""
TWO = {"name": "two of risk", "count": 2, "teams": ["risk"]}


async def report(client: Client, number: int, **given: Any) -> dict[str, Any]:
    found: dict[str, Any] = (await client.data(REPORT, number=number, **given))["complianceReport"]
    return {**found, "version": found["versions"][0]}


@pytest.fixture
async def versions(client: Client, writer: Writer) -> list[str]:
    """Two versions, and a policy that asks for two of risk."""
    await create_team(writer, CreateTeam(name="risk"))
    await client.data('mutation { createEnvironment(input: {name: "production", position: 1}) { environment { id } } }')
    await demand(writer, TWO)
    return [(await register(writer, "churn")).id for _ in range(2)]


async def test_who_approved_is_reported_as_it_stood(client: Client, writer: Writer, versions: list[str]) -> None:
    first = versions[0]
    rosa, tom = [await person(writer, name, "risk") for name in ("rosa", "tom")]
    eve = await person(writer, "eve")
    request = await ask(writer, first, note="For the winter.")
    await approve(rosa, request, conditions="Not for children.")
    await approve(eve, request)
    await promote(writer, first)
    half = await report(client, 1)
    (stood,) = half["version"]["approvals"]
    assert (stood["environment"]["name"], stood["request"]["note"]) == ("production", "For the winter.")
    assert [each["approval"]["approver"]["name"] for each in stood["decisions"]] == ["eve", "rosa"]
    (asked,) = stood["required"]
    assert (asked["missing"], asked["disregarded"]) == (1, [{"reason": "OTHER_TEAM"}])
    assert (half["version"]["promotions"], half["version"]["promotionCount"]) == ([{"isAllowed": False}], 1)
    for words in ("Not for children.", "counts for nothing: It is nobody's of risk.", "2 approvals of risk", "blocked"):
        assert words in half["markdown"]

    await approve(tom, request)
    await promote(writer, first)
    whole = await report(client, 1)
    assert whole["version"]["approvals"][0]["required"][0]["missing"] == 0
    assert whole["version"]["promotions"] == [{"isAllowed": True}, {"isAllowed": False}]
    assert "let in" in whole["markdown"]

    edge = {"kind": "DERIVED_FROM", "derivation": "MERGE", "source": {"modelVersion": {"id": first}}}
    command = {**edge, "target": {"modelVersion": {"id": (await register(writer, "base")).id}}}
    await record_lineage(writer, RecordLineage.model_validate(command))
    lapsed = await report(client, 1)
    assert lapsed["version"]["approvals"][0]["required"][0]["missing"] == 2
    assert r"no: The ancestry changed: 1 edge came \(DERIVED\_FROM\)." in lapsed["markdown"]
    then = await report(client, 1, asOf=half["at"])
    assert then["version"] == half["version"]
    assert then["markdown"] == half["markdown"]


async def test_where_it_was_asked_to_be_let_in_is_reported_before_it_is_placed(
    client: Client, writer: Writer, versions: list[str]
) -> None:
    _, second = versions
    assert (await report(client, 2))["version"]["approvals"] == []
    await reject(await person(writer, "rosa", "risk"), await ask(writer, second))
    found = await report(client, 2)
    (stood,) = found["version"]["approvals"]
    assert [each["approval"]["decision"] for each in stood["decisions"]] == ["REJECTED"]
    assert stood["required"][0]["missing"] == 2
    assert "No promotion was decided." in found["markdown"]


async def test_an_emergency_is_told_apart(client: Client, writer: Writer, versions: list[str]) -> None:
    first, _ = versions
    await promote(writer, first, emergency={"reason": "It burns.", "expiresAt": "2999-01-01T00:00:00Z"})
    found = await report(client, 1)
    assert "let in without approvals, which have to be there by 2999-01-01 00:00:00 UTC" in found["markdown"]
    assert found["version"]["approvals"][0]["decisions"] == []
