"""A registry in which it was asked, decided, rejected, taken back and delegated, over the API."""

from datetime import UTC, datetime, timedelta
from typing import Any

from app.domain.approval.delegations import DelegateApproval, EndDelegation, delegate_approval, end_delegation
from app.domain.approval.requests import WithdrawApprovalRequest, withdraw_approval_request
from app.domain.delivery.rollback import RollBackDeployment, roll_back_deployment
from app.domain.governance.attachments import AttachPolicy, DetachPolicy, attach_policy, detach_policy
from app.domain.governance.policies import DraftPolicy, RetirePolicy, draft_policy, retire_policy
from app.domain.identity import CreateTeam, create_team
from app.domain.writing import Writer
from tests.domain.approval.people import PRODUCTION, approve, ask, demand, person, promote, reject, revoke
from tests.domain.governance.story import data, trained
from tests.domain.registered import environment
from tests.fixtures.snapshot import found

SOON = datetime.now(UTC) + timedelta(days=30)
RULE = {"name": "no recall", "expression": "!isRecalled", "message": "It was recalled.", "fix": "Wait."}
TWO = {"name": "two of risk", "count": 2, "teams": ["risk"], "separateFrom": ["TRAINED"], "maxAgeDays": 90}
EVIDENCE = [{"kind": "report", "url": "https://example.org/report", "title": "Validation"}]


async def policies(writer: Writer) -> None:
    """One that holds with two versions behind it, and a third in the making; one that was retired."""
    for name in ("production", "staging"):
        await environment(writer, name)
    await create_team(writer, CreateTeam(name="risk"))
    await demand(writer, TWO, rules=[RULE], description="Four eyes see more.", mode="WARN")
    await demand(writer, TWO, {"name": "any"})
    await draft_policy(writer, DraftPolicy.model_validate({"name": "four-eyes", "rules": [RULE], "mode": "AUDIT"}))
    await demand(writer, name="old", rules=[RULE])
    old: dict[str, Any] = {"policy": {"name": "old"}}
    beyond = {**old, "environment": {"name": "staging"}, "holdsBeyond": True, "reason": "To see."}
    await attach_policy(writer, AttachPolicy.model_validate(beyond))
    for place in ("production", "staging"):
        await detach_policy(writer, DetachPolicy.model_validate({**old, "environment": {"name": place}}))
    await retire_policy(writer, RetirePolicy.model_validate({**old, "number": 1}))


async def delegate(writer: Writer, to: str, **said: Any) -> str:
    command = DelegateApproval.model_validate({"to": {"name": to}, "endsAt": SOON, **said})
    return (await delegate_approval(writer, command)).id


async def admitted(writer: Writer) -> tuple[str, str]:
    """Two versions: one that is approved, another that was rejected and is asked for anew."""
    await policies(writer)
    await data(writer, "customers")
    await data(writer, "churn-ref", "2026-10")
    first, second = await trained(writer), await trained(writer)
    ada, bob, eve = (
        await person(writer, "ada", "risk"),
        await person(writer, "bob", "risk"),
        await person(writer, "eve"),
    )
    ended = await delegate(bob, "ada", reason="Skiing.", environment=PRODUCTION)
    await end_delegation(bob, EndDelegation.model_validate({"delegation": {"id": ended}, "reason": "No snow."}))
    await delegate(eve, "bob", startsAt=SOON - timedelta(days=1))
    await delegate(ada, "eve", environment=PRODUCTION)
    request = await ask(
        writer, first, note="As before.", evidence=EVIDENCE, addressees=[{"name": "risk"}, {"name": "eve"}]
    )
    await approve(bob, request)
    await approve(bob, request, comment="Well measured.", conditions="Compare it after a week.", expiresAt=SOON)
    await approve(eve, request, onBehalfOf={"name": "ada"})
    await revoke(eve, await approve(eve, request))
    other = await ask(writer, second)
    await revoke(ada, await reject(ada, other))
    withdrawn = {"request": {"id": other}, "reason": "Too early."}
    await withdraw_approval_request(writer, WithdrawApprovalRequest.model_validate(withdrawn))
    await reject(ada, await ask(writer, second, note="Once more."))
    return first, second


async def promoted(writer: Writer) -> None:
    """One is blocked, another let in by an emergency; a third takes its place, and is gone back from."""
    first, second = await admitted(writer)
    emergency: dict[str, Any] = {"emergency": {"reason": "Fraud is running.", "expiresAt": SOON}}
    third = await trained(writer)
    await promote(writer, second, **emergency)
    await promote(writer, third, **emergency)
    await promote(writer, first)
    await roll_back(writer, "Worse.")
    open_ = await found(writer.connection, "MATCH (d:Deployment {open: true}) RETURN d.versionId AS found")
    assert open_ == third


async def roll_back(writer: Writer, reason: str) -> None:
    endpoint = {"endpoint": {"environment": "production", "name": "api"}}
    command = RollBackDeployment.model_validate({"endpoint": endpoint, "reason": reason})
    await roll_back_deployment(writer, command)
