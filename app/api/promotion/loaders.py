"""How decisions of promotions are answered, and what would be decided."""

from collections.abc import Mapping
from typing import Any

import orjson

from app.api.arguments import read
from app.api.promotion.showing import shelf_of, shown_review
from app.database.connection import Connection
from app.database.queries import query
from app.domain.given import given
from app.domain.promotion.admission import read_admission
from app.domain.promotion.record import recorded
from app.domain.promotion.status import read_emergencies
from app.domain.references import EnvironmentRef, ModelVersionRef
from app.domain.resolution import in_use, mention, resolve
from app.planner.kinds import Asked, Loader

ROOT = ""  # the key of Query, which has no id
RECORDS = query("promotion/records")


async def readiness(connection: Connection, asked: Asked) -> Mapping[str, Any]:
    version = mention(read(ModelVersionRef, asked.arguments["version"], "version"), "version")
    environment = mention(read(EnvironmentRef, asked.arguments["environment"], "environment"), "environment")
    resolution = await resolve(connection, [version, environment], asked.sight)
    as_of = asked.arguments.get("asOf")
    known = resolution.require(environment) if as_of else in_use(resolution, environment)
    subject, place = resolution.require(version).id, known.id
    admission = await read_admission(connection, subject, place, as_of=as_of)
    record, snapshot = recorded(admission), admission.snapshot
    shelf = await shelf_of(connection, [record], asked, subject, place)
    return {
        ROOT: {
            **shown_review(record, shelf),
            "version": shelf.nodes[subject],
            "environment": shelf.nodes[place],
            "at": snapshot.at,
            "snapshotDigest": snapshot.digest,
            "ancestryDigest": snapshot.ancestry.digest,
        }
    }


async def review(connection: Connection, asked: Asked) -> Mapping[str, Any]:
    row = await connection.ask(RECORDS, given({"ids": list(asked.keys)}))
    records = {id: orjson.loads(text) for id, text in row["records"]}
    shelf = await shelf_of(connection, list(records.values()), asked)
    return {id: shown_review(record, shelf) for id, record in records.items()}


async def emergency_status(connection: Connection, asked: Asked) -> Mapping[str, Any]:
    return await read_emergencies(connection, asked.keys)


LOADERS: Mapping[tuple[str, str], Loader] = {
    ("Query", "promotionReadiness"): readiness,
    ("PromotionDecision", "review"): review,
    ("Deployment", "emergencyStatus"): emergency_status,
}
