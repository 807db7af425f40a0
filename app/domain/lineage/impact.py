"""What stands on something: the versions made from it, where they run, and who answers for them."""

from collections.abc import Sequence
from typing import Any

from app.database.connection import Connection
from app.domain.lineage.records import answered_node
from app.domain.lineage.scope import ENDLESS, Scope
from app.domain.lineage.statements import given, reach

LISTS = ("versions", "datasets", "applications", "deployments", "environments", "owners")


async def impact(connection: Connection, starts: Sequence[str], scope: Scope) -> dict[str, Any]:
    """All of it, each list the nearest first. `counts` are of the whole, whatever the limit kept from the lists."""
    parameters = given(connection, scope, starts=sorted(set(starts)))
    row = await connection.read("lineage/walk/impact", reach("DOWNSTREAM", ENDLESS, "impact"), parameters)
    lists = {name: [answered_node(node, scope.properties) for node in row[name]] for name in LISTS}
    omitted = sum(row["counts"][name] - len(lists[name]) for name in LISTS)
    truncation = {"reason": "BUDGET", "omittedAtLeast": omitted} if omitted else None
    return {
        **lists,
        "counts": row["counts"],
        "complete": truncation is None,
        "truncation": truncation,
        "asOfSettled": row["asOfSettled"],
    }
