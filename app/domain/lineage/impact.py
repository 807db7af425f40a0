"""What stands on something: the versions made from it, where they run, and who answers for them."""

import asyncio
from collections.abc import Sequence
from typing import Any

from app.database.connection import Connection
from app.domain.lineage.records import answered_node, completeness
from app.domain.lineage.scope import ENDLESS, Scope
from app.domain.lineage.statements import given, reach, withheld

LISTS = ("versions", "datasets", "applications", "deployments", "environments", "owners")


async def impact(connection: Connection, starts: Sequence[str], scope: Scope) -> dict[str, Any]:
    """All of it, each list the nearest first. `counts` are of the whole, whatever the limit kept from the lists."""
    parameters = given(connection, scope, starts=sorted(set(starts)))
    text = reach("DOWNSTREAM", ENDLESS, "impact", is_partial=scope.sight.is_partial, is_stopped=bool(scope.stops))
    row, hiding = await asyncio.gather(
        connection.read("lineage/walk/impact", text, parameters), withheld(connection, "DOWNSTREAM", starts, scope)
    )
    lists = {name: [answered_node(node, scope.properties) for node in row[name]] for name in LISTS}
    omitted = sum(row["counts"][name] - len(lists[name]) for name in LISTS)
    return {**lists, "counts": row["counts"], **completeness(omitted, bool(hiding), row["asOfSettled"])}
