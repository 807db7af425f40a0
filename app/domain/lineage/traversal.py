"""Walks along lineage, up to what something came from or down to what came from it.

A walk is spent by whole levels: it stops at the last level that fits the limit, and says what it left out. It is one
statement when it ends within the first bound of BOUNDS, one more for each further bound, and at most six; and another
one when something must not be seen.
"""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from app.database.connection import Connection
from app.domain.lineage.records import answered_edge, answered_node
from app.domain.lineage.scope import Direction, Scope
from app.domain.lineage.statements import BOUNDS, bound_for, given, reach, walk, withheld
from graph_schema.model import MODEL

Answer = dict[str, Any]


async def lineage(
    connection: Connection, starts: Sequence[str], direction: Direction, scope: Scope
) -> dict[str, Answer]:
    """The walk from each start, by its id. Starts that do not exist have none."""
    answers, hiding = await asyncio.gather(
        finished(connection, starts, direction, scope), withheld(connection, direction, starts, scope)
    )
    for start in answers.keys() & hiding:
        answers[start].update(complete=False, withheld=True)
    return answers


async def finished(
    connection: Connection, starts: Sequence[str], direction: Direction, scope: Scope
) -> dict[str, Answer]:
    """The same, as far as it may be seen."""
    answers: dict[str, Answer] = {}
    waiting = sorted(set(starts))
    for bound in BOUNDS:
        parameters = given(connection, scope, starts=waiting, bound=bound)
        text = walk(direction, bound, is_partial=scope.sight.is_partial)
        row = await connection.read(f"lineage/walk/{direction.lower()}", text, parameters)
        for each in row["walks"]:
            if each["isFinished"]:
                answers[each["start"]] = answer(each, scope, row["asOfSettled"])
        waiting = [each["start"] for each in row["walks"] if not each["isFinished"]]
        if not waiting:
            break
    return answers


def answer(found: Mapping[str, Any], scope: Scope, settled: bool | None) -> Answer:
    """What one walk says. Nodes are ordered by depth and id, edges and the frontier by id."""
    wanted = scope.properties
    stops = [{"depth": stop["depth"], "node": answered_node(stop["node"], wanted)} for stop in found["nodes"]]
    stops.sort(key=lambda stop: (stop["depth"], stop["node"]["id"]))
    truncation = None
    if found["isCut"]:
        reason = "DEPTH" if found["depth"] == scope.max_depth else "BUDGET"
        truncation = {"reason": reason, "omittedAtLeast": found["omitted"]}
    return {
        "start": answered_node(found["origin"], wanted),
        "nodes": stops,
        "edges": by_id(answered_edge(edge, is_partial=scope.sight.is_partial) for edge in found["edges"]),
        "complete": truncation is None,
        "withheld": False,
        "truncation": truncation,
        "frontier": by_id(answered_node(node, wanted) for node in found["frontier"]),
        "stubs": [stop["node"] for stop in stops if stop["node"].get("isStub")],
        "asOfSettled": settled,
    }


async def lineage_counts(connection: Connection, start: str, direction: Direction, scope: Scope) -> Answer:
    """How many nodes a walk without a limit reports, by kind and by depth."""
    text = reach(direction, bound_for(scope.max_depth), "counts", is_partial=scope.sight.is_partial)
    row, hiding = await asyncio.gather(
        connection.read("lineage/walk/counts", text, given(connection, scope, starts=[start])),
        withheld(connection, direction, [start], scope),
    )
    within = [each for each in row["counts"] if each["depth"] <= (scope.max_depth or each["depth"])]
    by_type: dict[str, int] = {}
    by_depth: dict[int, int] = {}
    for each in within:
        kind = MODEL.label_of(each["labels"])
        if each["count"]:
            by_type[kind] = by_type.get(kind, 0) + each["count"]
            by_depth[each["depth"]] = by_depth.get(each["depth"], 0) + each["count"]
    return {
        "total": sum(by_type.values()),
        "byType": [{"type": kind, "count": count} for kind, count in sorted(by_type.items())],
        "byDepth": [{"depth": depth, "count": count} for depth, count in sorted(by_depth.items())],
        "complete": len(within) == len(row["counts"]) and not hiding,
        "withheld": bool(hiding),
        "asOfSettled": row["asOfSettled"],
    }


def by_id(items: Any) -> list[dict[str, Any]]:
    return sorted(items, key=lambda item: item["id"])
