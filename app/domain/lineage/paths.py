"""The ways from a thing up to one that it came from, the shortest first."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from app.database.connection import Connection
from app.domain.lineage.records import answered_edge, answered_node
from app.domain.lineage.scope import ENDLESS, MAX_LIMIT, Scope
from app.domain.lineage.search import Search, Step
from app.domain.lineage.statements import alone, given, reach, withheld
from app.errors import InvalidInput

MAX_PATHS = 100

Path = tuple[Step, ...]


class Found(NamedTuple):
    """Nodes and edges as they are answered, by their ids."""

    nodes: Mapping[str, dict[str, Any]]
    edges: Mapping[str, dict[str, Any]]


async def lineage_paths(connection: Connection, start: str, goal: str, first: int, scope: Scope) -> dict[str, Any]:
    """At most `first` simple paths. Not complete when there are more, or when there is too much to search through."""
    if not 1 <= first <= MAX_PATHS:
        raise InvalidInput(f"`first` must be between 1 and {MAX_PATHS}.", path=("first",))
    if start == goal:
        raise InvalidInput("`from` and `to` are the same.", path=("to",))
    (paths, complete), hiding = await asyncio.gather(
        _search(connection, start, goal, first, scope), withheld(connection, "UPSTREAM", [start], scope)
    )
    told = await described(connection, [(start, path) for path in paths], scope)
    return {"paths": told, "complete": complete and not hiding, "withheld": bool(hiding)}


async def _search(
    connection: Connection, start: str, goal: str, first: int, scope: Scope
) -> tuple[Sequence[Path], bool]:
    parameters = given(connection, scope, starts=[start], budget=MAX_LIMIT)
    text = reach("UPSTREAM", ENDLESS, "ways", is_partial=scope.sight.is_partial)
    row = await connection.read("lineage/walk/ways", text, parameters)
    (ways,) = row["ways"]
    if not ways["isWithin"]:
        return await _shortest(connection, start, goal, scope), False
    search = Search([Step(*step) for step in ways["edges"]], start, goal)
    found = list(islice(search, first + 1))
    return found[:first], len(found) <= first and not search.gave_up


async def _shortest(connection: Connection, start: str, goal: str, scope: Scope) -> Sequence[Path]:
    """One path, of the least length, in a graph of any size."""
    parameters = given(connection, scope, start=start, goal=goal)
    text = alone("shortest", is_partial=scope.sight.is_partial)
    row = await connection.read("lineage/walk/shortest", text, parameters)
    return [tuple(Step(*step) for step in row["edges"])] if row["edges"] is not None else []


async def described(connection: Connection, paths: Sequence[tuple[str, Path]], scope: Scope) -> list[dict[str, Any]]:
    """Paths as they are answered, each from where it starts."""
    if not paths:
        return []
    starts, steps = {start for start, _ in paths}, {step for _, path in paths for step in path}
    found = await looked_up(connection, starts, steps, scope)
    return [answered_path(start, path, found) for start, path in paths]


async def looked_up(connection: Connection, nodes: Iterable[str], steps: Iterable[Step], scope: Scope) -> Found:
    """Nodes by their ids, and steps with their ends, all in one statement."""
    wanted = sorted(set(steps))
    ids = {*nodes, *(end for step in wanted for end in (step.source, step.target))}
    edges = [{"id": step.edge, "source": step.source} for step in wanted]
    parameters = {"given": {"nodes": sorted(ids), "edges": edges, "properties": scope.properties}}
    row = await connection.read("lineage/walk/found", alone("found"), parameters)
    told = (answered_node(item, scope.properties) for item in row["nodes"])
    passed = (answered_edge(values, is_partial=scope.sight.is_partial) for values in row["edges"])
    return Found({node["id"]: node for node in told}, {edge["id"]: edge for edge in passed})


def answered_path(start: str, path: Path, found: Found) -> dict[str, Any]:
    """A path as it is answered."""
    return {
        "length": len(path),
        "nodes": [found.nodes[start], *(found.nodes[step.target] for step in path)],
        "edges": [found.edges[step.edge] for step in path],
    }
