"""Waivers: who grants them, what they do not grant, and how they end."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest

from app.domain.licensing.waivers import (
    RevokeLicenseWaiver,
    WaiveLicenseObligation,
    revoke_license_waiver,
    waive_license_obligation,
)
from app.domain.lineage.datasets import RegisterDatasetVersion, register_dataset_version
from app.domain.lineage.removal import DeleteDatasetVersion, delete_dataset_version
from app.domain.permission.looking import sight_of
from app.domain.visibility import SetVisibility, set_visibility
from app.domain.vocabulary import Visibility
from app.domain.writing import Writer
from app.errors import Forbidden, InvalidInput, NotFound
from tests.domain.permission.people import somebody
from tests.fixtures.registration import register
from tests.fixtures.snapshot import found, snapshot

REVIEWS = {"datasetVersion": {"version": {"dataset": "risk/reviews", "version": "1"}}}
FIRST = {"modelVersion": {"number": {"model": "churn", "number": 1}}}
HELD = "MATCH (w:LicenseWaiver) RETURN w {.*} AS found"
TOLD = """MATCH (e:AuditEvent) WHERE e.action STARTS WITH 'license' WITH e ORDER BY e.at, e.subjectType
RETURN collect([e.action, e.subjectType, e.scopes]) AS found"""
BODIES = "MATCH (e:AuditEvent {action: 'licenseObligation.waive'}) RETURN collect(e.body) AS found"


@pytest.fixture
async def registry(writer: Writer) -> Writer:
    """A dataset under a license that forbids commercial use, and two models."""
    record = {"dataset": "risk/reviews", "version": "1", "license": "CC BY-NC 4.0"}
    await register_dataset_version(writer, RegisterDatasetVersion.model_validate({"record": record}))
    await register(writer, "churn")
    await register(writer, "fraud")
    return writer


async def waive(by: Writer, **more: Any) -> str:
    command = {"asset": REVIEWS, "kinds": ["NON_COMMERCIAL"], "waivedFor": FIRST, "reason": "We bought it.", **more}
    return (await waive_license_obligation(by, WaiveLicenseObligation.model_validate(command))).id


async def revoke(by: Writer, id: str, **more: Any) -> str:
    command = RevokeLicenseWaiver.model_validate({"id": id, **more})
    return (await revoke_license_waiver(by, command)).id


async def test_a_waiver_keeps_who_granted_it_why_for_what_and_until_when(registry: Writer) -> None:
    end = datetime(2999, 1, 1, tzinfo=UTC)
    id = await waive(registry, kinds=["SHARE_ALIKE", "ATTRIBUTION"], url="https://example.org/deal", expiresAt=end)
    held = await found(registry.connection, HELD)
    assert held["id"] == id
    assert held["kinds"] == ["ATTRIBUTION", "SHARE_ALIKE"]
    assert (held["reason"], held["url"], held["expiresAt"]) == ("We bought it.", "https://example.org/deal", end)
    assert (held["createdById"], held["open"], held["revision"]) == (registry.caller.actor_id, True, 1)
    assert held["validFrom"] == held["createdAt"]
    assert len(held["scopes"]) == 2


async def test_a_waiver_is_told_of_both_sides_without_its_texts_in_what_is_sealed(registry: Writer) -> None:
    id = await waive(registry)
    await revoke(registry, id, reason="They changed their minds.")
    told = await found(registry.connection, TOLD)
    assert [each[:2] for each in told] == [
        ["licenseObligation.waive", "DatasetVersion"],
        ["licenseObligation.waive", "ModelVersion"],
        ["licenseWaiver.revoke", "DatasetVersion"],
        ["licenseWaiver.revoke", "ModelVersion"],
    ]
    assert {len(scopes) for *_, scopes in told} == {2}
    bodies = [orjson.loads(body) for body in await found(registry.connection, BODIES)]
    assert {body["changes"][0]["after"]["kinds"][0] for body in bodies} == {"NON_COMMERCIAL"}
    assert "We bought it." not in str(bodies)


async def test_what_an_asset_has_waived_for_itself_is_told_once(registry: Writer) -> None:
    await revoke(registry, await waive(registry, asset=FIRST))
    told = await found(registry.connection, TOLD)
    assert [each[:2] for each in told] == [
        ["licenseObligation.waive", "ModelVersion"],
        ["licenseWaiver.revoke", "ModelVersion"],
    ]


async def test_a_waiver_ends_when_it_is_revoked_and_that_stays_known(registry: Writer) -> None:
    id = await waive(registry)
    await revoke(registry, id, reason="They changed their minds.")
    held = await found(registry.connection, HELD)
    assert (held.get("open"), held["endReason"]) == (None, "They changed their minds.")
    assert held["validTo"] > held["validFrom"]
    assert held["revokedById"] == registry.caller.actor_id
    before = await snapshot(registry.connection)
    assert await revoke(registry, id) == id
    assert await snapshot(registry.connection) == before


async def test_a_waiver_expires_after_it_is_granted(registry: Writer) -> None:
    before = await snapshot(registry.connection)
    with pytest.raises(InvalidInput, match="expires after it is granted") as refused:
        await waive(registry, expiresAt=datetime.now(UTC) - timedelta(seconds=5))
    assert refused.value.path == ("expiresAt",)
    assert await snapshot(registry.connection) == before


@pytest.mark.parametrize(
    ("changed", "path"),
    [
        ({"asset": {"id": "00000000-0000-7000-8000-000000000000"}}, ("asset", "id")),
        ({"waivedFor": {"model": "nothing"}}, ("waivedFor", "model")),
    ],
)
async def test_what_is_not_there_gets_no_waiver(registry: Writer, changed: dict[str, Any], path: Any) -> None:
    before = await snapshot(registry.connection)
    with pytest.raises(NotFound) as refused:
        await waive(registry, **changed)
    assert refused.value.path == path
    assert await snapshot(registry.connection) == before


async def test_obligations_are_waived_for_what_can_have_them_alone(registry: Writer) -> None:
    with pytest.raises(InvalidInput, match="is expected here"):
        await waive(registry, waivedFor={"actor": "tester"})
    with pytest.raises(NotFound, match="no waiver"):
        await revoke(registry, "00000000-0000-7000-8000-000000000000")


async def test_an_approver_of_what_it_is_for_grants_and_revokes_it_and_nobody_else(registry: Writer) -> None:
    approver = await somebody(registry, "approver", role="APPROVER", on={"model": "churn"})
    other = await somebody(registry, "other", role="APPROVER", on={"model": "fraud"})
    maker = await somebody(registry, "maker", role="CONTRIBUTOR")
    id = await waive(approver)
    for by in (other, maker):
        with pytest.raises(Forbidden):
            await waive(by)
        with pytest.raises(Forbidden):
            await revoke(by, id)
    with pytest.raises(Forbidden):
        await waive(approver, waivedFor=None)
    assert await revoke(approver, id) == id


async def test_what_holds_for_everything_takes_the_right_over_the_whole_registry(registry: Writer) -> None:
    approver = await somebody(registry, "approver", role="APPROVER")
    id = await waive(approver, waivedFor=None)
    assert (await found(registry.connection, HELD)).get("waivedForId") is None
    assert await revoke(approver, id) == id


async def test_who_does_not_see_what_it_is_about_does_not_see_the_waiver(registry: Writer) -> None:
    outsider = await somebody(registry, "outsider", role="APPROVER", on={"model": "churn"})
    id = await waive(registry)
    command = {"entity": {"dataset": "risk/reviews"}, "visibility": Visibility.PRIVATE}
    await set_visibility(registry, SetVisibility.model_validate(command))
    sight = await sight_of(outsider.connection, outsider.caller.principal)
    looking = replace(outsider, caller=replace(outsider.caller, sight=sight))
    with pytest.raises(NotFound):
        await revoke(looking, id)
    with pytest.raises(NotFound):
        await waive(looking)


async def test_a_waiver_goes_with_what_it_is_about(registry: Writer) -> None:
    await waive(registry)
    command = {"version": REVIEWS["datasetVersion"]}
    await delete_dataset_version(registry, DeleteDatasetVersion.model_validate(command))
    assert await found(registry.connection, "MATCH (w:LicenseWaiver) RETURN count(w) AS found") == 0
