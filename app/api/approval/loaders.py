"""How requests stand, and why approvals lapsed: found anew each time it is asked."""

from collections.abc import Mapping
from typing import Any

from app.database.connection import Connection
from app.domain.approval.lapse import Lapse
from app.domain.approval.standing import read_lapses
from app.domain.lineage.paths import looked_up
from app.domain.lineage.records import NEEDED
from app.domain.lineage.scope import Scope
from app.domain.promotion.status import read_statuses
from app.domain.vocabulary import LapseReason
from app.planner.kinds import Asked, Loader

PLAIN = {LapseReason.ANCESTRY_CHANGED: "The ancestry changed."}


async def status(connection: Connection, asked: Asked) -> Mapping[str, Any]:
    return await read_statuses(connection, asked.keys, asked.arguments.get("asOf"))


async def lapses(connection: Connection, asked: Asked) -> Mapping[str, Any]:
    found = await read_lapses(connection, asked.keys)
    properties = sorted({*asked.properties, *NEEDED, "scope"})
    ids = {id for each in found.values() for lapse in each for id in lapse.nodes}
    nodes = (await looked_up(connection, ids, (), Scope(properties=properties, sight=asked.sight))).nodes if ids else {}
    seen = {id: node for id, node in nodes.items() if not asked.sight.hides(node["scope"])}
    told = seen if not asked.sight.is_partial else {}
    return {id: [shown(lapse, told, is_partial=asked.sight.is_partial) for lapse in each] for id, each in found.items()}


def shown(lapse: Lapse, nodes: Mapping[str, Any], *, is_partial: bool) -> dict[str, Any]:
    """Who may not see everything hears why, and not of how much."""
    return {
        "reason": lapse.reason.value,
        "message": PLAIN.get(lapse.reason, lapse.message) if is_partial else lapse.message,
        "nodes": [nodes[id] for id in lapse.nodes if id in nodes],
    }


LOADERS: Mapping[tuple[str, str], Loader] = {
    ("ApprovalRequest", "status"): status,
    ("Approval", "lapses"): lapses,
}
