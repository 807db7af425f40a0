"""How far recalls reach: down the lineage from what was recalled, as far as nothing stops them."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from app.database.connection import Connection
from app.database.queries import query
from app.domain.given import given as as_given
from app.domain.lineage.impact import impact
from app.domain.lineage.records import NEEDED
from app.domain.lineage.scope import ENDLESS, Scope, Stops
from app.domain.lineage.statements import given, reach
from graph_schema.model import MODEL

STANDING = query("governance/standing_recalls")
TARGETS = query("governance/targets")
OWNERS = query("governance/owners")


async def affected(connection: Connection) -> frozenset[str]:
    """The ids of all that recalls reach now, the recalled things among them: one walk for the recalls that nothing
    stops, and one for each other. It is decided with the sight of the registry."""
    recalls = (await connection.ask(STANDING, as_given({})))["recalls"]
    free = sorted({target for recall in recalls if not recall["mitigations"] for target in recall["targets"]})
    stopped = [(each["targets"], stops_of(each["mitigations"])) for each in recalls if each["mitigations"]]
    walks = [(free, Stops()), *stopped]
    found = await asyncio.gather(*(reached(connection, starts, stops) for starts, stops in walks if starts))
    return frozenset().union(*found)


async def reached(connection: Connection, starts: Sequence[str], stops: Stops) -> Sequence[str]:
    """The ids of some nodes and of all that came from them."""
    text = reach("DOWNSTREAM", ENDLESS, "ids", is_stopped=bool(stops))
    row = await connection.read("lineage/walk/ids", text, given(connection, Scope(stops=stops), starts=starts))
    ids: Sequence[str] = row["ids"]
    return ids


async def recalled_by(
    connection: Connection, ids: Iterable[str], as_of: datetime | None
) -> Sequence[Mapping[str, Any]]:
    """What recalls recall, by their ids, and where each stops; anything else stands for itself."""
    row = await connection.ask(TARGETS, as_given({"ids": sorted(set(ids)), "asOf": as_of}))
    recalls: Sequence[Mapping[str, Any]] = row["recalls"]
    return recalls


async def owners_of(connection: Connection, targets: Sequence[str]) -> list[dict[str, str]]:
    """Those who answer for some things, or for what came from them: their ids and labels."""
    below, own = await asyncio.gather(
        impact(connection, targets, Scope(limit=1, properties=NEEDED)),
        connection.ask(OWNERS, as_given({"ids": list(targets)})),
    )
    labels = {owner["id"]: MODEL.label_of(owner["labels"]) for owner in (*below["owners"], *own["owners"])}
    return [{"id": id, "label": label} for id, label in sorted(labels.items())]


def stops_of(mitigations: Iterable[Mapping[str, Any]]) -> Stops:
    """Where some mitigations let a recall stop."""
    found = list(mitigations)
    edges = {edge for each in found for edge in each["edges"] or ()}
    return Stops(tuple(sorted(each["on"] for each in found if each["on"])), tuple(sorted(edges)))
