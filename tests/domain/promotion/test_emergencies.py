"""How emergencies stand: the approvals that were passed over are missing, overdue, or there."""

from datetime import UTC, datetime, timedelta
from typing import Any

from app.domain.delivery.ending import StopDeployment, stop_deployment
from app.domain.promotion.status import read_emergencies
from app.domain.writing import Writer
from tests.domain.approval.people import approve, demand, person, promote, reject, revoke
from tests.domain.governance.story import data, trained
from tests.domain.registered import environment
from tests.fixtures.snapshot import done, found

REQUEST = "MATCH (r:ApprovalRequest {open: true}) RETURN r.id AS found"
LIVE = "MATCH (d:Deployment {open: true}) RETURN collect(d.id) AS found"
PASS_BY = """MATCH (d:Deployment) WHERE d.emergencyUntil IS NOT NULL
SET d.emergencyUntil = datetime('2020-01-01T00:00:00Z') RETURN count(*) AS found"""
EMERGENCY: dict[str, Any] = {"reason": "Fraud is running.", "expiresAt": datetime.now(UTC) + timedelta(days=1)}


async def statuses(writer: Writer) -> list[str]:
    ids: list[str] = await found(writer.connection, "MATCH (d:Deployment) RETURN collect(d.id) AS found")
    return [status.value for status in (await read_emergencies(writer.connection, ids)).values()]


async def test_an_emergency_waits_until_the_approvals_are_there_and_is_overdue_without_them(writer: Writer) -> None:
    await data(writer, "customers")
    await data(writer, "churn-ref", "2026-10")
    await environment(writer)
    churn = await trained(writer)
    await promote(writer, churn, "before")
    assert await statuses(writer) == []
    await demand(writer, {"name": "one"})
    await promote(writer, churn, emergency=EMERGENCY)
    assert await statuses(writer) == ["WAITING"]
    ada, bob = await person(writer, "ada"), await person(writer, "bob")
    request = await found(writer.connection, REQUEST)
    approval = await approve(ada, request)
    assert await statuses(writer) == ["SETTLED"]
    rejection = await reject(bob, request)
    assert await statuses(writer) == ["WAITING"]
    await revoke(bob, rejection)
    await revoke(ada, approval)
    await done(writer.connection, PASS_BY)
    assert await statuses(writer) == ["OVERDUE"]
    for id in await found(writer.connection, LIVE):
        await stop_deployment(writer, StopDeployment.model_validate({"deployment": {"id": id}}))
    assert await statuses(writer) == []
