"""How the approval of a version for an environment stands: read from the graph, and found anew each time.

Decided with the sight of the registry, whoever asks.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from app.database.connection import Connection
from app.database.queries import query
from app.domain.approval.counting import Decided, Involved
from app.domain.approval.lapse import Ground, Lapse, lapses
from app.domain.given import given
from app.domain.governance.ancestry import Ancestry, type_of
from app.domain.governance.ancestry_reading import read_ancestry
from app.domain.governance.standing import statuses
from app.domain.lineage.records import NEEDED
from app.domain.lineage.scope import Scope
from app.domain.vocabulary import ApprovalDecision, Involvement

STANDING = query("approval/standing")
INVOLVED = query("approval/involved")
DECIDED = query("approval/decided")

Approval = Mapping[str, Any]


@dataclass(frozen=True)
class Standing:
    """The request that is open, if one is, what was decided on it, and who has had to do with the version."""

    request: Mapping[str, Any] | None
    decisions: Sequence[Decided]
    involved: Sequence[Involved]


NOBODY = Standing(None, (), ())  # has asked


async def read_standing(
    connection: Connection, ground: Ground, environment_id: str, as_of: datetime | None = None
) -> Standing:
    """How the approval of a version stands: one statement when nobody asked for it, two when somebody did, and a walk
    for each approval whose ancestry is another by now."""
    version_id = ground.ancestry.start["id"]
    asked = {"versionId": version_id, "environmentId": environment_id, "asOf": as_of}
    row = await connection.ask(STANDING, given(asked))
    if row["request"] is None:
        return NOBODY
    whole = await remembering(connection, ground, row["approvals"])
    decisions = [decided(each, whole) for each in row["approvals"]]
    involved = await read_involved(connection, ground.ancestry, row["request"]["id"], as_of)
    return Standing(row["request"], decisions, involved)


async def remembering(connection: Connection, ground: Ground, approvals: Iterable[Approval]) -> Ground:
    """With the ancestries as they were when approvals were given, of those that stand on another."""
    ancestry = ground.ancestry
    others = {each["validFrom"] for each in approvals if each["ancestryDigest"] != ancestry.digest}
    earlier = {at: await read_ancestry(connection, ancestry.start["id"], as_of=at) for at in sorted(others)}
    return replace(ground, earlier=earlier)


async def read_lapses(connection: Connection, ids: Sequence[str]) -> dict[str, list[Lapse]]:
    """Why some approvals hold no longer, by their ids; nothing of those that were taken back."""
    rows = (await connection.ask(DECIDED, given({"ids": list(ids)})))["approvals"]
    of_version = groupby(sorted(rows, key=lambda row: str(row["versionId"])), lambda row: row["versionId"])
    found: dict[str, list[Lapse]] = {id: [] for id in ids}
    for version_id, group in of_version:
        standing = [each for each in group if each.get("open")]
        if not standing:
            continue
        ancestry = await read_ancestry(connection, version_id)
        reaches = (await statuses(connection, [version_id], Scope(properties=NEEDED)))[version_id]["reaches"]
        recalled = [each["target"]["id"] for each in reaches if not each["isMitigated"]]
        ground = await remembering(connection, Ground(datetime.now(UTC), ancestry, recalled), standing)
        found |= {each["id"]: decided(each, ground).lapses for each in standing}
    return found


async def read_involved(
    connection: Connection, ancestry: Ancestry, request_id: str | None, as_of: datetime | None = None
) -> list[Involved]:
    """Who has had to do with a version."""
    start = ancestry.start["id"]
    runs = [edge["targetId"] for edge in ancestry.leaving.get(start, ()) if edge["kind"] == "GENERATED_BY"]
    used = (edge["targetId"] for run in runs for edge in ancestry.leaving.get(run, ()))
    asked = {
        "versionId": start,
        "runs": sorted(runs),
        "commits": sorted({id for id in used if type_of(ancestry.by_id[id]) == "Commit"}),
        "data": sorted(id for id in ancestry.learned_from if type_of(ancestry.by_id[id]) == "DatasetVersion"),
        "requests": [request_id] if request_id else [],
        "asOf": as_of,
    }
    row = await connection.ask(INVOLVED, given(asked))
    return [Involved(actor, Involvement(part), node) for actor, part, node in row["involved"]]


def decided(row: Mapping[str, Any], ground: Ground) -> Decided:
    people = (row["approverId"], row.get("onBehalfOfId"))
    return Decided(
        id=row["id"],
        decision=ApprovalDecision(row["decision"]),
        people=tuple(each for each in people if each),
        at=row["validFrom"],
        who=row.get("who") or "",
        on_behalf=row.get("onBehalf"),
        conditions=row.get("conditions"),
        teams=frozenset(row.get("teams") or ()),
        roles=frozenset(row.get("roles") or ()),
        lapses=lapses({"expiresAt": None, **row}, ground),
    )
