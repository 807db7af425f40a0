"""Whether versions may be placed: none that a recall reaches is.

What was decided holds at one epoch of governance. Who acts compares it under the lock, and decides anew when it has
passed.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from app.database.connection import Connection
from app.database.queries import query
from app.domain.given import given
from app.domain.governance.standing import statuses
from app.domain.lineage.scope import Scope
from app.domain.permission.sight import WHOLE, Sight
from app.errors import Blocked, PathItem

EPOCH = query("governance/epoch")
NAMED = ("id", "isStub")


async def epoch(connection: Connection) -> int:
    """How often what is decided by has changed. To be read before what it is compared for."""
    return int((await connection.ask(EPOCH, given({})))["epoch"])


async def recalled(connection: Connection, versions: Sequence[str]) -> list[str]:
    """Those of some versions that a recall reaches."""
    found = await statuses(connection, versions, Scope(properties=NAMED, sight=WHOLE)) if versions else {}
    return sorted(id for id, status in found.items() if status["isRecalled"])


async def check_not_recalled(connection: Connection, version: str, sight: Sight, path: Sequence[PathItem]) -> None:
    """Raise Blocked for a version that a recall reaches, with the recalls and the ways as far as a sight goes."""
    status = (await statuses(connection, [version], Scope(properties=NAMED, sight=sight)))[version]
    if not status["isRecalled"]:
        return
    blockers = [blocker(each) for each in status["reaches"] if not each["isMitigated"]]
    named = f"the recall {blockers[0]['recallId']}" if blockers else "a recall of something that you may not see"
    message = f"This came from what must not be used: {named}. Mitigate it, or place a version that it does not reach."
    raise Blocked(message, path=tuple(path), blockers=blockers, andHidden=status["andHidden"])


def blocker(reach: Mapping[str, Any]) -> dict[str, Any]:
    """What stands in the way: the recall, what was recalled, and the way from there by the ids of its nodes."""
    nodes = [node["id"] for node in (reach["path"] or {"nodes": []})["nodes"]]
    return {"recallId": reach["recall"]["id"], "targetId": reach["target"]["id"], "path": nodes}
