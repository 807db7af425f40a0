"""Promotion: it is decided whether a version is let into an environment, and if so it is placed there, in one
transaction with the decision. What was not let in leaves a decision, too."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

import orjson
from pydantic import Field

from app.database.queries import query
from app.domain.approval.requests import opened
from app.domain.bundle import as_json
from app.domain.canonical import digest_of
from app.domain.command import Input, optional
from app.domain.delivery.placement import PlaceDeployment, Placing, change_of, check_command, looked_up
from app.domain.given import given
from app.domain.idempotency import Claim
from app.domain.identifiers import new_id
from app.domain.permission.needs import over
from app.domain.permission.roles import PROMOTE_IN_EMERGENCY
from app.domain.permission.sight import Sight
from app.domain.promotion.admission import Admission, read_admission
from app.domain.promotion.record import recorded
from app.domain.scalars import Instant, Reason
from app.domain.writing import Change, Writer, Written, commit, forbidden_first, once
from app.errors import AlreadyExists, Blocked

RECORD_DECISION = query("promotion/record_decision")
OUTCOME = query("promotion/outcome")
TOLD = ("kind", "message", "fix", "policy", "number", "rule")


class EmergencyInput(Input):
    """That approvals cannot be waited for. Recalls, rejections and the rules of policies hold nevertheless."""

    reason: Reason = Field(description="Why.")
    expires_at: Instant = Field(description="By when the approvals have to be there.")


class PromoteModelVersion(PlaceDeployment):
    """Promote a version to an environment: policies decide, and if nothing is in the way it is placed, all in one
    transaction. The decision is kept either way, with all that it was made by."""

    action = "modelVersion.promote"
    needs = over("environment")

    emergency: EmergencyInput | None = optional(
        "Pass over approvals that are missing, which takes the permission modelVersion.promoteInEmergency. It shows at "
        "the deployment, and a request for approval stays open."
    )
    fail_when_blocked: bool = Field(
        default=False,
        description="Answer with the error BLOCKED when the version is not let in, so that a script fails. The "
        "decision is kept all the same.",
    )

    def takes(self) -> tuple[str, ...]:
        return (self.action, PROMOTE_IN_EMERGENCY) if self.emergency else (self.action,)


async def promote_model_version(writer: Writer, command: PromoteModelVersion) -> Written:
    """Promote a version. Returns the id of the decision.

    What it is decided by is read first; when policies, approvals, recalls or lineage change meanwhile, it is decided
    anew.
    """
    check_command(command)

    async def attempt(claim: Claim | None) -> Written:
        placing = await looked_up(writer, command)
        async with forbidden_first(writer, command, placing.need):
            admission = await read_admission(
                writer.connection,
                placing.version.id,
                placing.environment.id,
                is_emergency=command.emergency is not None,
            )
        if command.emergency and admission.allowed and admission.lacks_approval and not admission.standing.request:
            with suppress(AlreadyExists):  # somebody else did so a moment ago
                await opened(writer, command, placing.version.id, placing.environment.id, command.emergency.reason)
        change = change_for(writer, command, placing, admission)
        row = await commit(writer, replace(change, claim=claim, need=placing.need))
        return Written(row["id"], created=True)

    written = await once(writer, command, attempt)
    if command.fail_when_blocked:
        await check_allowed(writer, written.id)
    return written


def change_for(writer: Writer, command: PromoteModelVersion, placing: Placing, admission: Admission) -> Change:
    """The placement, or only the decision that it is not made."""
    decision = decision_of(command, placing, admission)
    if admission.allowed:
        return change_of(writer, command, placing, admission.snapshot.epochs, decision)
    return Change(RECORD_DECISION, command.action, {"decision": decision}, reason=command.reason)


def decision_of(command: PromoteModelVersion, placing: Placing, admission: Admission) -> dict[str, Any]:
    emergency, record = command.emergency, as_json(recorded(admission))
    return {
        "id": new_id(),
        "versionId": placing.version.id,
        "environmentId": placing.environment.id,
        "isAllowed": admission.allowed,
        "isEmergency": emergency is not None and admission.lacks_approval,
        "emergencyReason": emergency.reason if emergency else None,
        "emergencyExpiresAt": emergency.expires_at if emergency and admission.lacks_approval else None,
        "snapshotDigest": admission.snapshot.digest,
        "ancestryDigest": admission.snapshot.ancestry.digest,
        "recordDigest": digest_of(record.encode()),
        "record": record,
    }


async def check_allowed(writer: Writer, decision_id: str) -> None:
    """Raise Blocked when a decision did not let a version in, with what was in the way."""
    row = await writer.connection.ask(OUTCOME, given({"id": decision_id}))
    if row["isAllowed"]:
        return
    blockers = [told(each, writer.caller.sight) for each in orjson.loads(row["record"])["blockers"]]
    message = " ".join(each["message"] for each in blockers)
    raise Blocked(message, path=("version",), committed=True, decisionId=decision_id, blockers=blockers)


def told(blocker: Mapping[str, Any], sight: Sight) -> dict[str, Any]:
    """What is in the way, with the way there by the ids of its nodes; without it for who may not see everything."""
    said = {name: blocker[name] for name in TOLD if blocker.get(name) is not None}
    way = [] if sight.is_partial else blocker.get("way") or []
    return {**said, "path": [way[0][1], *(target for _, _, target in way)] if way else []}
