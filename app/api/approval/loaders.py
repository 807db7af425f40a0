"""How requests stand, and why approvals lapsed: found anew each time it is asked."""

from collections.abc import Mapping
from typing import Any

from app.api.approval.showing import shown_lapse
from app.api.policies.showing import Shelf
from app.database.connection import Connection
from app.domain.approval.standing import read_lapses
from app.domain.lineage.paths import looked_up
from app.domain.lineage.records import NEEDED
from app.domain.lineage.scope import Scope
from app.domain.promotion.status import read_statuses
from app.planner.kinds import Asked, Loader


async def status(connection: Connection, asked: Asked) -> Mapping[str, Any]:
    return await read_statuses(connection, asked.keys, asked.arguments.get("asOf"))


async def lapses(connection: Connection, asked: Asked) -> Mapping[str, Any]:
    found = await read_lapses(connection, asked.keys)
    properties = sorted({*asked.properties, *NEEDED, "scope"})
    ids = {id for each in found.values() for lapse in each for id in lapse.nodes}
    nodes = (await looked_up(connection, ids, (), Scope(properties=properties, sight=asked.sight))).nodes if ids else {}
    shelf = Shelf(nodes, {}, is_partial=asked.sight.is_partial)
    return {id: [shown_lapse(lapse, shelf) for lapse in each] for id, each in found.items()}


LOADERS: Mapping[tuple[str, str], Loader] = {
    ("ApprovalRequest", "status"): status,
    ("Approval", "lapses"): lapses,
}
