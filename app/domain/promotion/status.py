"""How requests for approval stand, and emergencies that passed over approvals: found anew from the policies that hold,
the decisions, and the ancestry."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from app.database.connection import Connection
from app.database.queries import query
from app.domain.approval.standing import Standing
from app.domain.given import given
from app.domain.governance.holding import policies_in
from app.domain.governance.snapshot import Snapshot
from app.domain.governance.snapshot_reading import read_snapshot
from app.domain.promotion.admission import Asked, asked_of
from app.domain.vocabulary import ApprovalDecision, ApprovalStatus, EmergencyStatus

REQUESTS = query("approval/requests")
EMERGENCIES = query("promotion/emergencies")
AT_ONCE = 8  # versions that are read side by side
Admitting = tuple[str, str]  # the ids of a version and of an environment


@dataclass(frozen=True)
class Stand:
    """How the approval of a version for an environment stands, and what came of approvals that policies ask for."""

    standing: Standing
    asked: Sequence[Asked]

    @property
    def is_rejected(self) -> bool:
        return any(each.decision is ApprovalDecision.REJECTED for each in self.standing.decisions)


async def read_statuses(
    connection: Connection, ids: Sequence[str], as_of: datetime | None = None
) -> dict[str, ApprovalStatus | None]:
    """How some requests stand, or stood at an instant, by their ids; nothing of one that was not made by then."""
    rows = (await connection.ask(REQUESTS, given({"ids": list(ids), "asOf": as_of})))["requests"]
    made = [each for each in rows if each["isMade"]]
    stands = await read_stands(connection, (admitting(each) for each in made if each["isOpen"]), as_of)
    withdrawn = ApprovalStatus.WITHDRAWN
    found = {each["id"]: status_of(stands[admitting(each)]) if each["isOpen"] else withdrawn for each in made}
    return {each["id"]: found.get(each["id"]) for each in rows}


async def read_emergencies(connection: Connection, ids: Sequence[str]) -> dict[str, EmergencyStatus]:
    """How the emergencies stand by which some deployments were let in, by their ids; nothing of others, nor of what
    is live no longer."""
    rows = (await connection.ask(EMERGENCIES, given({"ids": list(ids)})))["deployments"]
    stands = await read_stands(connection, map(admitting, rows))
    return {each["id"]: emergency_of(stands[admitting(each)], is_over=each["isOver"]) for each in rows}


async def read_stands(
    connection: Connection,
    wanted: Iterable[Admitting],
    as_of: datetime | None = None,
    known: Mapping[Admitting, Snapshot] = MappingProxyType({}),
) -> dict[Admitting, Stand]:
    """How the approval of versions for environments stands. `known` are snapshots that were read with the sight of the
    registry."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def stand(version: str, place: str) -> Stand:
        async with gate:
            snapshot = known.get((version, place)) or await read_snapshot(connection, version, place, as_of=as_of)
            demands = await policies_in(connection, place, as_of)
        return Stand(snapshot.standing, asked_of(demands, snapshot.standing, snapshot.at))

    pairs = list(dict.fromkeys(wanted))
    return dict(zip(pairs, await asyncio.gather(*(stand(*pair) for pair in pairs)), strict=True))


def admitting(row: Mapping[str, Any]) -> Admitting:
    return row["versionId"], row["environmentId"]


def status_of(stand: Stand) -> ApprovalStatus:
    """Rejected as long as one rejects; approved when nothing is missing. Where nobody asks for approvals, one is
    enough."""
    if stand.is_rejected:
        return ApprovalStatus.REJECTED
    decisions = stand.standing.decisions
    holds = any(each.decision is ApprovalDecision.APPROVED and not each.lapses for each in decisions)
    is_approved = all(each.counted.missing == 0 for each in stand.asked) if stand.asked else holds
    return ApprovalStatus.APPROVED if is_approved else ApprovalStatus.PENDING


def emergency_of(stand: Stand, *, is_over: bool) -> EmergencyStatus:
    """Settled once the approvals that were passed over are there, and nobody rejects."""
    if not stand.is_rejected and not any(each.denies for each in stand.asked):
        return EmergencyStatus.SETTLED
    return EmergencyStatus.OVERDUE if is_over else EmergencyStatus.WAITING
