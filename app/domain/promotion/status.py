"""How requests for approval stand: found anew from the policies that hold, the decisions, and the ancestry."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from app.database.connection import Connection
from app.database.queries import query
from app.domain.approval.standing import Standing
from app.domain.given import given
from app.domain.governance.holding import policies_in
from app.domain.governance.snapshot_reading import read_snapshot
from app.domain.promotion.admission import Asked, asked_of
from app.domain.vocabulary import ApprovalDecision, ApprovalStatus

REQUESTS = query("approval/requests")


async def read_statuses(
    connection: Connection, ids: Sequence[str], as_of: datetime | None = None
) -> dict[str, ApprovalStatus | None]:
    """How some requests stand, or stood at an instant, by their ids; nothing of one that was not made by then."""
    rows = (await connection.ask(REQUESTS, given({"ids": list(ids), "asOf": as_of})))["requests"]
    return {each["id"]: await read_status(connection, each, as_of) for each in rows}


async def read_status(
    connection: Connection, request: Mapping[str, Any], as_of: datetime | None
) -> ApprovalStatus | None:
    if not request["isMade"]:
        return None
    if not request["isOpen"]:
        return ApprovalStatus.WITHDRAWN
    place = request["environmentId"]
    snapshot = await read_snapshot(connection, request["versionId"], place, as_of=as_of)
    demands = await policies_in(connection, place, as_of)
    return status_of(snapshot.standing, asked_of(demands, snapshot.standing, snapshot.at))


def status_of(standing: Standing, asked: Sequence[Asked]) -> ApprovalStatus:
    """Rejected as long as one rejects; approved when nothing is missing. Where nobody asks for approvals, one is
    enough."""
    if any(each.decision is ApprovalDecision.REJECTED for each in standing.decisions):
        return ApprovalStatus.REJECTED
    holds = any(each.decision is ApprovalDecision.APPROVED and not each.lapses for each in standing.decisions)
    is_approved = all(each.counted.missing == 0 for each in asked) if asked else holds
    return ApprovalStatus.APPROVED if is_approved else ApprovalStatus.PENDING
