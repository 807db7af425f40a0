"""How the approval of versions stands where they are placed or were asked to be let in, and what was decided when they
were to be promoted.

It is found with the sight of the registry, as a promotion would; what of it somebody may see is another question.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from app.database.connection import Connection
from app.database.queries import query
from app.domain.approval.counting import Decided
from app.domain.compliance.report import Approving, Promoted
from app.domain.given import given
from app.domain.governance.snapshot import Snapshot
from app.domain.promotion.status import Admitting, Stand, read_stands

ADMISSIONS = query("compliance/admissions")
MOST_PROMOTIONS = 20


@dataclass(frozen=True)
class Admitted:
    """How the approval of versions stands by their ids, what was decided of them, and how often."""

    approvals: Mapping[str, Sequence[Approving]]
    promotions: Mapping[str, Sequence[Promoted]]
    counts: Mapping[str, int]

    def named(self) -> Iterator[str]:
        """The ids of all decisions of promotions, of who made them, and of where versions were asked to be let in."""
        yield from (id for found in self.promotions.values() for each in found for id in (each.id, each.by) if id)
        yield from (each.environment_id for found in self.approvals.values() for each in found)

    def told(self) -> Iterator[str]:
        """The ids of what is told of approvals, which may be about what must not be seen."""
        for approving in (each for found in self.approvals.values() for each in found):
            yield from (approving.request_id,) if approving.request_id else ()
            yield from (id for each in approving.decisions for id in named_by(each))
            yield from (id for asked in approving.asked for each in asked.counted.disregarded for id in each.nodes)


def named_by(decided: Decided) -> Iterator[str]:
    yield decided.id
    yield from decided.people
    yield from (id for lapse in decided.lapses for id in lapse.nodes)


async def admitted(
    connection: Connection,
    places: Mapping[str, Sequence[str]],
    known: Mapping[Admitting, Snapshot],
    as_of: datetime | None,
) -> Admitted:
    """What is known of the admission of versions, whose places are given by their ids. `known` are snapshots that were
    read with the sight of the registry."""
    asked = {"versions": list(places), "asOf": as_of, "most": MOST_PROMOTIONS}
    row = await connection.ask(ADMISSIONS, given(asked))
    pairs = dict.fromkeys([*((id, place) for id, own in places.items() for place in own), *map(tuple, row["requests"])])
    stood = await read_stands(connection, pairs, as_of, known)
    made = {each["versionId"]: each for each in row["promotions"]}
    return Admitted(
        {id: [approving(pair[1], stood[pair]) for pair in pairs if pair[0] == id] for id in places},
        {id: [promoted(each) for each in made[id]["latest"]] for id in places},
        {id: made[id]["count"] for id in places},
    )


def approving(place: str, stand: Stand) -> Approving:
    """How an approval stands, what was decided last first."""
    standing = stand.standing
    request = standing.request["id"] if standing.request else None
    latest_first = sorted(standing.decisions, key=lambda each: (each.at, each.id), reverse=True)
    return Approving(place, request, latest_first, stand.asked)


def promoted(decision: Mapping[str, Any]) -> Promoted:
    """What a decision was made by, from what was kept of it."""
    kept = orjson.loads(decision["record"])
    policies = [f"{each['policy']} {each['number']}" for each in kept["policies"]]
    blockers = list(dict.fromkeys(each["message"] for each in kept["blockers"]))
    return Promoted(decision["id"], decision.get("createdById"), policies, blockers)
