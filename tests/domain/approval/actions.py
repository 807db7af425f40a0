"""Actions for the write files of approvals and promotions, and what they need."""

from collections.abc import Awaitable, Callable
from typing import Any

from app.domain.approval.decisions import RevokeApproval, revoke_approval
from app.domain.approval.delegations import DelegateApproval, EndDelegation, delegate_approval, end_delegation
from app.domain.approval.requests import (
    RequestApproval,
    WithdrawApprovalRequest,
    request_approval,
    withdraw_approval_request,
)
from app.domain.promotion.promotion import PromoteModelVersion, promote_model_version
from app.domain.writing import Writer, Written
from tests.domain.approval.people import approve, reject
from tests.fixtures.snapshot import found

REQUEST = "MATCH (v:ModelVersion {number: 1})<-[:FOR]-(r:ApprovalRequest) RETURN r.id AS found"
APPROVAL = "MATCH (a:Approval {decision: 'APPROVED'}) RETURN a.id AS found"
DELEGATION = "MATCH (d:Delegation) RETURN d.id AS found"
WHY = {"reason": "to see what it does"}


def version(number: int) -> dict[str, Any]:
    return {"version": {"number": {"model": "team/churn", "number": number}}, "environment": {"name": "production"}}


async def prepare(writer: Writer) -> None:
    """A request that was approved, another that was rejected, and a delegation."""
    await approve(writer, (await ask(writer, 1)).id)
    await reject(writer, (await ask(writer, 2)).id)
    await delegate(writer)


async def ask(writer: Writer, number: int, **said: Any) -> Written:
    return await request_approval(writer, RequestApproval.model_validate({**version(number), **said}))


async def ask_for_staging(writer: Writer) -> Written:
    evidence = [{"kind": "report", "url": "https://example.org/report"}]
    said = {"environment": {"name": "staging"}, "addressees": [{"name": "ada"}], "evidence": evidence}
    return await ask(writer, 1, **said)


async def decide(writer: Writer) -> str:
    return await approve(writer, await found(writer.connection, REQUEST))


async def withdraw(writer: Writer) -> Written:
    of = {"id": await found(writer.connection, REQUEST)}
    return await withdraw_approval_request(writer, WithdrawApprovalRequest.model_validate({"request": of, **WHY}))


async def revoke(writer: Writer) -> Written:
    of = {"id": await found(writer.connection, APPROVAL)}
    return await revoke_approval(writer, RevokeApproval.model_validate({"approval": of, **WHY}))


async def delegate(writer: Writer) -> Written:
    said = {"to": {"name": "ada"}, "endsAt": "2999-01-01T00:00:00Z"}
    return await delegate_approval(writer, DelegateApproval.model_validate(said))


async def end(writer: Writer) -> Written:
    of = {"id": await found(writer.connection, DELEGATION)}
    return await end_delegation(writer, EndDelegation.model_validate({"delegation": of, **WHY}))


async def promote_what_was_rejected(writer: Writer) -> Written:
    return await promote_model_version(writer, PromoteModelVersion.model_validate({**version(2), "endpoint": "e"}))


APPROVAL_ACTIONS: dict[str, Callable[[Writer], Awaitable[object]]] = {
    "approval/request_approval": ask_for_staging,
    "approval/end_request": withdraw,
    "approval/decide": decide,
    "approval/revoke": revoke,
    "approval/delegate": delegate,
    "approval/end_delegation": end,
    "promotion/record_decision": promote_what_was_rejected,
}
