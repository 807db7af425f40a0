"""Whether something is recalled: what recalled things it came from, by which way, and what stops that.

It is decided with the sight of the registry. What is told of it is what who asks may see; of the rest only that there
is some.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from app.database.connection import Connection
from app.domain.governance.reach import stops_of
from app.domain.lineage.paths import Path, answered_path, looked_up
from app.domain.lineage.scope import ENDLESS, Scope
from app.domain.lineage.search import Step
from app.domain.lineage.statements import alone, given, reach
from app.domain.permission.sight import WHOLE, Sight


@dataclass(frozen=True)
class Reach:
    """That a recall reaches a start from one of its targets. `is_mitigated`: every way is stopped."""

    start: str
    recall: str
    target: str
    depth: int
    mitigations: tuple[str, ...]
    is_mitigated: bool
    path: Path | None

    @property
    def key(self) -> tuple[str, str, str]:
        return self.start, self.recall, self.target


async def statuses(connection: Connection, starts: Sequence[str], scope: Scope) -> dict[str, dict[str, Any]]:
    """For each start whether it is recalled, and what reaches it, the worst first: what is not mitigated, the nearest.

    Three statements, one more for each recall that stops somewhere, and the same again for somebody from whom something
    is hidden.
    """
    told, settled = await reaches(connection, starts, scope, scope.sight)
    whole = (await reaches(connection, starts, scope, WHOLE))[0] if scope.sight.is_partial else told
    seen = {each.key: each for each in told}
    hidden = {each.start for each in whole if each.key not in seen or each.is_mitigated < seen[each.key].is_mitigated}
    told = [replace(seen[each.key], is_mitigated=each.is_mitigated) for each in whole if each.key in seen]
    nodes, paths = await answered(connection, told, scope)
    answers: dict[str, dict[str, Any]] = {}
    for start in starts:
        own = sorted((each for each in told if each.start == start), key=lambda each: (each.is_mitigated, each.depth))
        answers[start] = {
            "isRecalled": any(not each.is_mitigated for each in whole if each.start == start),
            "reaches": [
                {
                    "recall": nodes[each.recall],
                    "target": nodes[each.target],
                    "isMitigated": each.is_mitigated,
                    "mitigations": [nodes[id] for id in each.mitigations],
                    "path": paths.get(each.key),
                }
                for each in own
            ],
            "andHidden": start in hidden,
            "asOfSettled": settled,
        }
    return answers


async def affected_of(connection: Connection, starts: Sequence[str]) -> set[str]:
    """Those of some starts that a recall reaches that nothing stops: one statement, and one more for each recall that
    stops somewhere."""
    found, passing, _ = await recalls_of(connection, starts, Scope())
    return {each["start"] for each in found if not each["mitigations"] or key_of(each) in passing}


async def reaches(
    connection: Connection, starts: Sequence[str], scope: Scope, sight: Sight
) -> tuple[list[Reach], bool | None]:
    """What reaches the starts, as far as a sight goes."""
    within = Scope(as_of=scope.as_of, sight=sight)
    found, passing, settled = await recalls_of(connection, starts, within)
    shown = await ways(connection, [each for each in found if key_of(each) not in passing], within)
    made = [
        Reach(
            *key_of(each),
            depth=each["depth"],
            mitigations=tuple(m["id"] for m in each["mitigations"] if not sight.hides(*m["scopes"])),
            is_mitigated=bool(each["mitigations"]) and key_of(each) not in passing,
            path=passing.get(key_of(each), shown.get((each["start"], each["target"]))),
        )
        for each in found
    ]
    return made, settled


async def recalls_of(
    connection: Connection, starts: Sequence[str], within: Scope
) -> tuple[list[Mapping[str, Any]], dict[tuple[str, str, str], Path], bool | None]:
    """The recalls of what some starts came from, as far as a sight goes, and the ways of those that stop somewhere and
    pass nevertheless."""
    text = reach("UPSTREAM", ENDLESS, "recalled", is_partial=within.sight.is_partial)
    row = await connection.read("lineage/walk/recalled", text, given(connection, within, starts=sorted(set(starts))))
    found = sorted(row["found"], key=lambda each: (each["recall"], each["start"], each["target"]))
    stopped = [list(group) for _, group in groupby((e for e in found if e["mitigations"]), lambda e: e["recall"])]
    open_ways = await asyncio.gather(
        *(ways(connection, group, replace(within, stops=stops_of(group[0]["mitigations"]))) for group in stopped)
    )
    passing: dict[tuple[str, str, str], Path] = {}
    for group, open_way in zip(stopped, open_ways, strict=True):
        recall = group[0]["recall"]
        passing |= {(start, recall, target): path for (start, target), path in open_way.items()}
    return found, passing, row["asOfSettled"]


def key_of(each: Mapping[str, Any]) -> tuple[str, str, str]:
    return each["start"], each["recall"], each["target"]


async def ways(connection: Connection, found: Sequence[Mapping[str, Any]], scope: Scope) -> dict[tuple[str, str], Path]:
    """One of the shortest ways from each start to its target; nothing of those that have none. A thing is near itself,
    and no stop is between."""
    ends = sorted({(each["start"], each["target"]) for each in found})
    own = {end: () for end in ends if end[0] == end[1]}
    pairs = [{"start": start, "target": target} for start, target in ends if start != target]
    if not pairs:
        return dict(own)
    text = alone("shortest_each", is_partial=scope.sight.is_partial, is_stopped=bool(scope.stops))
    row = await connection.read("lineage/walk/shortest_each", text, given(connection, scope, pairs=pairs))
    known = {
        (way["start"], way["target"]): tuple(Step(*step) for step in way["edges"])
        for way in row["ways"]
        if way["edges"] is not None
    }
    return {**own, **known}


async def answered(
    connection: Connection, told: Sequence[Reach], scope: Scope
) -> tuple[Mapping[str, Any], Mapping[tuple[str, str, str], Any]]:
    """The nodes that the answers show, by id, and the paths, in one statement."""
    if not told:
        return {}, {}
    ids = {id for each in told for id in (each.start, each.recall, each.target, *each.mitigations)}
    passed = {each.key: each.path for each in told if each.path is not None}
    found = await looked_up(connection, ids, (step for way in passed.values() for step in way), scope)
    return found.nodes, {key: answered_path(key[0], way, found) for key, way in passed.items()}
