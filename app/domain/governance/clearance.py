"""Whether versions may be placed: none that a recall reaches is, nor any where policies decide, but by a promotion.

What was decided holds at one epoch of governance and one of lineage. Who acts compares both under their locks, and
decides anew when one has passed.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from app.database.connection import Connection
from app.database.queries import query
from app.domain.given import given
from app.domain.governance.holding import policies_in
from app.domain.governance.standing import affected_of, statuses
from app.domain.lineage.scope import Scope
from app.domain.permission.sight import Sight
from app.domain.vocabulary import PolicyMode
from app.errors import Blocked, PathItem

EPOCHS = query("governance/epochs")
NAMED = ("id", "isStub")


async def epochs(connection: Connection) -> Mapping[str, int]:
    """How often what is decided by, and lineage, have changed. To be read before what they are compared for."""
    found: Mapping[str, int] = (await connection.ask(EPOCHS, given({})))["epochs"]
    return found


async def recalled(connection: Connection, versions: Sequence[str]) -> list[str]:
    """Those of some versions that a recall reaches: without the ways, which nobody asks for."""
    return sorted(await affected_of(connection, versions)) if versions else []


async def check_not_recalled(connection: Connection, version: str, sight: Sight, path: Sequence[PathItem]) -> None:
    """Raise Blocked for a version that a recall reaches, with the recalls and the ways as far as a sight goes."""
    status = (await statuses(connection, [version], Scope(properties=NAMED, sight=sight)))[version]
    if not status["isRecalled"]:
        return
    blockers = [blocker(each) for each in status["reaches"] if not each["isMitigated"]]
    if blockers:
        message = (
            f"The recall {blockers[0]['recallId']} reaches this. Mitigate it, or place a version that is not recalled."
        )
    else:
        message = (
            "A recall of something that you may not see reaches this. Place another version, or ask who may see it."
        )
    raise Blocked(message, path=tuple(path), blockers=blockers, andHidden=status["andHidden"])


async def check_nobody_decides(connection: Connection, environment_id: str, *path: PathItem) -> None:
    """Raise Blocked for an environment in which policies enforce what they demand: there versions are promoted."""
    deciding = [each for each in await policies_in(connection, environment_id) if each.mode is PolicyMode.ENFORCE]
    if deciding:
        names = ", ".join(f"{each.policy}/{each.number}" for each in deciding)
        message = f"Policies decide what goes here ({names}): promote the version with promoteModelVersion."
        told = [{"policy": each.policy, "number": each.number} for each in deciding]
        raise Blocked(message, path=path, policies=told)


def blocker(reach: Mapping[str, Any]) -> dict[str, Any]:
    """What stands in the way: the recall, what was recalled, and the way from there by the ids of its nodes."""
    nodes = [node["id"] for node in (reach["path"] or {"nodes": []})["nodes"]]
    return {"recallId": reach["recall"]["id"], "targetId": reach["target"]["id"], "path": nodes}
