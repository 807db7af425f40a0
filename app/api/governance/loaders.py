"""How the fields about recalls are answered: the domain is asked."""

import asyncio
from collections.abc import Iterable, Mapping
from typing import Any

from app.database.connection import Connection
from app.domain.governance.edges import stopped_edges
from app.domain.governance.reach import recalled_by, stops_of
from app.domain.governance.standing import statuses
from app.domain.lineage.impact import impact
from app.domain.lineage.records import NEEDED
from app.domain.lineage.scope import DEFAULT_LIMIT, Scope
from app.planner.kinds import Asked, Loader

Answers = Mapping[str, Any]


async def recall_status(connection: Connection, asked: Asked) -> Answers:
    return await statuses(connection, asked.keys, scope(asked))


async def recall_impact(connection: Connection, asked: Asked) -> Answers:
    recalls = await recalled_by(connection, asked.keys, asked.arguments.get("asOf"))
    impacts = await asyncio.gather(
        *(impact(connection, each["targets"], scope(asked, each["mitigations"])) for each in recalls)
    )
    return {each["id"]: found for each, found in zip(recalls, impacts, strict=True)}


async def reach_of_opened(connection: Connection, asked: Asked) -> Answers:
    """Of a payload, whose key has the ids of what was to be recalled; of a replayed one, that of the recall."""
    answers = {}
    for key in asked.keys:
        recalls = await recalled_by(connection, key.split(), None)
        targets = sorted({target for each in recalls for target in each["targets"]})
        stops = [mitigation for each in recalls for mitigation in each["mitigations"]]
        answers[key] = await impact(connection, targets, scope(asked, stops))
    return answers


async def mitigated_edge(connection: Connection, asked: Asked) -> Answers:
    return await stopped_edges(connection, asked.keys, asked.sight)


def scope(asked: Asked, mitigations: Iterable[Mapping[str, Any]] = ()) -> Scope:
    limit = asked.arguments.get("limit")
    return Scope(
        as_of=asked.arguments.get("asOf"),
        limit=DEFAULT_LIMIT if limit is None else limit,
        properties=sorted({*asked.properties, *NEEDED}),
        sight=asked.sight,
        stops=stops_of(mitigations),
    )


LOADERS: Mapping[tuple[str, str], Loader] = {
    ("LineageNode", "recallStatus"): recall_status,
    ("Recall", "impact"): recall_impact,
    ("OpenRecallPayload", "impact"): reach_of_opened,
    ("Mitigation", "edge"): mitigated_edge,
}
