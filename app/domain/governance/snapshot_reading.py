"""Reads what a policy sees: the version with its surroundings, the walk up its lineage, what is said of ancestors, the
recalls that reach it, what it is obliged to, and how its approval stands.

Six statements, whatever the size, as long as the ancestry is at most four edges deep, nothing of it was recalled and
nobody asked for approval: a walk takes one more for each time that it has to look twice as far, and one when something
must not be seen.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from app.database.connection import Connection, Row
from app.database.queries import query
from app.domain.approval.lapse import Ground
from app.domain.approval.standing import read_standing
from app.domain.given import given
from app.domain.governance.ancestry import type_of
from app.domain.governance.ancestry_reading import read_ancestry
from app.domain.governance.snapshot import Reading, Snapshot, composed
from app.domain.governance.standing import statuses
from app.domain.licensing.reading import obligations_of
from app.domain.lineage.scope import Scope
from app.domain.permission.sight import WHOLE, Sight

SUBJECT = query("governance/subject")
ANCESTORS = query("governance/ancestors")
OF_RECALLS = ("id", "isStub", "severity")


async def read_snapshot(
    connection: Connection,
    version_id: str,
    environment_id: str,
    *,
    as_of: datetime | None = None,
    sight: Sight = WHOLE,
) -> Snapshot:
    """What a policy sees now, or saw at an instant. What decides reads with the sight of the registry itself.

    The epochs of the locks are read before all else: while they stand, so does what was read.
    """
    asked = {"versionId": version_id, "environmentId": environment_id, "asOf": as_of}
    subject = await connection.ask(SUBJECT, given(asked))
    ancestry = await read_ancestry(connection, version_id, as_of=as_of, sight=sight)
    ids = list(ancestry.by_id)
    versions = [id for id, node in ancestry.by_id.items() if type_of(node) == "ModelVersion"]
    about = {"ids": ids, "versions": versions, "versionId": version_id, "asOf": as_of}
    told = await connection.ask(ANCESTORS, given(about))
    scope = Scope(as_of=as_of, properties=OF_RECALLS, sight=sight)
    recalls = (await statuses(connection, [version_id], scope))[version_id]
    obligations = (await obligations_of(connection, [version_id], scope))[version_id]
    recalled = [each["target"]["id"] for each in recalls["reaches"] if not each["isMitigated"]]
    ground = Ground(subject["at"], ancestry, recalled)
    standing = await read_standing(connection, ground, environment_id, as_of)
    read = reading(subject, told, recalls, sight)
    return composed(ancestry, replace(read, obligations=obligations, standing=standing))


def reading(subject: Row, told: Row, recalls: Mapping[str, Any], sight: Sight) -> Reading:
    return Reading(
        subject,
        labels={id: label or id for id, label, _ in told["told"]},
        homes={id: home for id, _, home in told["told"] if home is not None},
        states=dict(told["lives"]),
        places=by_id(told["places"]),
        admissions=by_id(told["admissions"]),
        findings=told["findings"],
        recalls=recalls,
        sight=sight,
    )


def by_id(found: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """What was found of each node, by its id."""
    gathered: dict[str, list[str]] = {}
    for id, name in found:
        gathered.setdefault(id, []).append(name)
    return gathered
