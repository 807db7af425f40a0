"""The policies that hold where versions are placed, held against these versions."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.database.connection import Connection
from app.domain.governance.ancestry import Ancestry
from app.domain.governance.ancestry_reading import read_ancestry
from app.domain.governance.holding import policies_in
from app.domain.governance.judgement import Verdict, judge
from app.domain.governance.snapshot import Snapshot
from app.domain.governance.snapshot_reading import read_snapshot
from app.domain.permission.sight import Sight
from app.domain.promotion.status import AT_ONCE, Admitting


@dataclass(frozen=True)
class Judged:
    """The ancestries of versions, by their ids, and the verdicts on them, by those of the environments, too."""

    ancestries: Mapping[str, Ancestry]
    verdicts: Mapping[Admitting, Verdict]


async def judged(
    connection: Connection, places: Mapping[str, Sequence[str]], as_of: datetime | None, sight: Sight
) -> Judged:
    """Judge each version for each of its places. One that is placed nowhere has an ancestry, and no verdict."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def snapshot(version: str, place: str) -> Snapshot:
        async with gate:
            return await read_snapshot(connection, version, place, as_of=as_of, sight=sight)

    async def ancestry(version: str) -> Ancestry:
        async with gate:
            return await read_ancestry(connection, version, as_of=as_of, sight=sight)

    pairs = [(version, place) for version, own in places.items() for place in own]
    idle = [version for version, own in places.items() if not own]
    snapshots = dict(zip(pairs, await asyncio.gather(*(snapshot(*pair) for pair in pairs)), strict=True))
    alone = dict(zip(idle, await asyncio.gather(*map(ancestry, idle)), strict=True))
    known = {version: each.ancestry for (version, _), each in snapshots.items()}
    return Judged({**known, **alone}, await verdicts_on(connection, snapshots, as_of))


async def verdicts_on(
    connection: Connection, snapshots: Mapping[Admitting, Snapshot], as_of: datetime | None
) -> dict[Admitting, Verdict]:
    """The verdicts on snapshots. Those of environments in which the same policies hold are judged at once, as each time
    takes a process."""
    places = dict.fromkeys(place for _, place in snapshots)
    demands = {place: await policies_in(connection, place, as_of) for place in places}
    alike: dict[tuple[str | None, ...], list[Admitting]] = {}
    for version, place in snapshots:
        alike.setdefault(tuple(each.id for each in demands[place]), []).append((version, place))
    found: dict[tuple[str, str], Verdict] = {}
    for pairs in alike.values():
        _, place = pairs[0]
        found |= zip(pairs, await judge(demands[place], [snapshots[pair] for pair in pairs]), strict=True)
    return found
