"""What several things have in common in their origins, and what they do not."""

import asyncio
from collections.abc import Sequence
from typing import Any

from app.database.connection import Connection, Row
from app.domain.lineage.records import answered_node, completeness
from app.domain.lineage.scope import ENDLESS, Scope
from app.domain.lineage.statements import given, reach, withheld
from app.errors import InvalidInput

FEWEST, MOST = 2, 10


async def common_ancestors(connection: Connection, starts: Sequence[str], scope: Scope) -> dict[str, Any]:
    """The nodes that all starts came from, the nearest to all first.

    A start is among them when all the others came from it.
    """
    if not FEWEST <= len(set(starts)) <= MOST:
        raise InvalidInput(f"Name between {FEWEST} and {MOST} different things.", path=("of",))
    row, said = await _ancestries(connection, starts, scope, common=True)
    nodes = [{"node": answered_node(each["node"], scope.properties), "depths": each["depths"]} for each in row["found"]]
    for each in nodes:
        each["depths"].sort(key=lambda depth: starts.index(depth["ofId"]))
    return {"nodes": nodes, **said}


async def lineage_diff(connection: Connection, a: str, b: str, scope: Scope) -> dict[str, Any]:
    """The nodes that only `a` came from, that only `b` came from, and that both came from, the nearest first."""
    row, said = await _ancestries(connection, [a, b], scope, common=False)
    parts: dict[str, list[dict[str, Any]]] = {"onlyA": [], "onlyB": [], "both": []}
    for each in row["found"]:
        depths = {depth["ofId"]: depth["depth"] for depth in each["depths"]}
        name = "both" if {a, b} <= depths.keys() else "onlyA" if a in depths else "onlyB"
        node = answered_node(each["node"], scope.properties)
        parts[name].append({"node": node, "depth": min(depths.values())})
    return {**parts, **said}


async def _ancestries(
    connection: Connection, starts: Sequence[str], scope: Scope, *, common: bool
) -> tuple[Row, dict[str, Any]]:
    """What was found, and how complete that is."""
    parameters = given(connection, scope, starts=sorted(set(starts)), common=common)
    text = reach("UPSTREAM", ENDLESS, "ancestries", is_partial=scope.sight.is_partial)
    row, hiding = await asyncio.gather(
        connection.read("lineage/walk/ancestries", text, parameters),
        withheld(connection, "UPSTREAM", starts, scope),
    )
    return row, completeness(row["total"] - len(row["found"]), bool(hiding), row["asOfSettled"])
