"""Decisions on requests: approvals and rejections, each bound to the version and its whole ancestry as it was then."""

from dataclasses import replace
from typing import Any

from pydantic import Field

from app.database.queries import query
from app.domain.approval.delegations import check_may
from app.domain.approval.own import ended
from app.domain.command import Command, optional
from app.domain.given import given
from app.domain.governance.ancestry_reading import read_ancestry
from app.domain.governance.clearance import check_not_recalled, epochs
from app.domain.idempotency import Claim
from app.domain.identifiers import new_id
from app.domain.permission.asking import for_oneself, need_of
from app.domain.permission.needs import over
from app.domain.references import ActorRef, ApprovalRef, ApprovalRequestRef
from app.domain.resolution import mention
from app.domain.scalars import Instant, Reason, Text
from app.domain.vocabulary import ApprovalDecision
from app.domain.writing import Change, Writer, Written, commit, forbidden_first, once, refuse
from app.errors import Forbidden, InvalidInput

DECIDE = query("approval/decide")
REVOKE = query("approval/revoke")
SUBJECT = query("approval/subject")
ON_BEHALF = "In whose place you decide: of somebody who delegated that to you. Their teams and roles count."


class ApproveRequest(Command):
    """Approve that a version is admitted. The approval holds as long as the version and its ancestry are what they are
    now, nothing of that is recalled, and no evaluation that it stands on is put away. It takes the place of what the
    same person decided before."""

    action = "approval.approve"
    needs = over("request")

    request: ApprovalRequestRef = Field(description="The request.")
    comment: Text | None = optional("What you have to say about it.")
    conditions: Text | None = optional("What has to be kept to.")
    expires_at: Instant | None = optional("Until when it counts; without end, when nothing is said.")
    on_behalf_of: ActorRef | None = optional(ON_BEHALF)


class RejectRequest(Command):
    """Reject that a version is admitted: no promotion lets it in, until that is taken back. It takes the place of what
    the same person decided before."""

    action = "approval.reject"
    needs = over("request")

    request: ApprovalRequestRef = Field(description="The request.")
    reason: Reason = Field(description="Why.")
    on_behalf_of: ActorRef | None = optional(ON_BEHALF)


class RevokeApproval(Command):
    """Take a decision back: an approval or a rejection. Who made it may always; others take the permission
    approval.revoke over the environment. Nothing is done when that was done already."""

    action = "approval.revoke"
    needs = over("approval")

    approval: ApprovalRef = Field(description="The decision.")
    reason: Reason = Field(description="Why.")


async def approve_request(writer: Writer, command: ApproveRequest) -> Written:
    """Approve. Returns the id of the approval. Raises Blocked when a recall reaches the version."""
    said = {"comment": command.comment, "conditions": command.conditions, "expiresAt": command.expires_at}
    return await decided(writer, command, ApprovalDecision.APPROVED, said)


async def reject_request(writer: Writer, command: RejectRequest) -> Written:
    """Reject. Returns the id of the decision."""
    return await decided(writer, command, ApprovalDecision.REJECTED, {"comment": command.reason})


async def decided(
    writer: Writer, command: ApproveRequest | RejectRequest, decision: ApprovalDecision, said: dict[str, Any]
) -> Written:
    """Decide on a request. What it is bound to is read first; when a recall or lineage changes meanwhile, anew."""
    request = mention(command.request, "request")
    principal = [mention(command.on_behalf_of, "onBehalfOf")] if command.on_behalf_of else []

    async def attempt(claim: Claim | None) -> Written:
        resolution = await writer.resolve([request, *principal])
        known = resolution.require(request)
        behalf = resolution.require(principal[0]).id if principal else None
        own = need_of(command, [request], resolution)
        need = for_oneself(writer.caller.principal, command) if behalf else own
        async with forbidden_first(writer, command, need):
            at = await epochs(writer.connection)
            subject = await writer.connection.ask(SUBJECT, given({"id": known.id}))
            if decision is ApprovalDecision.APPROVED:
                await check_not_recalled(writer.connection, subject["versionId"], writer.caller.sight, request.path)
            ancestry = await read_ancestry(writer.connection, subject["versionId"])
        if behalf is not None:
            await check_may(writer, command.action, behalf, subject["environmentId"])
        approval = {
            "id": new_id(),
            "requestId": known.id,
            "decision": decision.value,
            "approverId": writer.caller.actor_id,
            "onBehalfOfId": behalf,
            "ancestryDigest": ancestry.digest,
            "evaluationIds": subject["evaluations"],
            **said,
        }
        change = Change(
            query=DECIDE,
            action=command.action,
            parameters={
                "approval": approval,
                "epochs": dict(at),
                "teamIds": [] if behalf else teams_of(writer),
                "openKey": "/".join(each for each in (known.id, writer.caller.actor_id, behalf) if each),
            },
            refusals={"withdrawn": withdrawn, "past": past, "not delegated": not_delegated},
            reason=said.get("comment"),
            need=need,
        )
        return Written((await commit(writer, replace(change, claim=claim)))["id"], created=True)

    return await once(writer, command, attempt)


def teams_of(writer: Writer) -> list[str]:
    """The teams to which the issuer of a credential says that who decides belongs, beside those of the graph."""
    principal = writer.caller.principal
    return list(principal.teams) if principal else []


async def revoke_approval(writer: Writer, command: RevokeApproval) -> Written:
    """Take a decision back. Returns its id."""
    return await ended(writer, command, mention(command.approval, "approval"), REVOKE)


withdrawn = refuse(InvalidInput, "This request was withdrawn: ask anew.", "request")
past = refuse(InvalidInput, "This is in the past.", "expiresAt")
not_delegated = refuse(Forbidden, "They have delegated nothing to you that holds now and there.", "onBehalfOf")
