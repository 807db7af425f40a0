"""Reads what a policy sees: the version with its surroundings, the walk up its lineage, what is said of ancestors, and
the recalls that reach it.

Four statements, whatever the size, as long as the ancestry is at most four edges deep and nothing of it was recalled: a
walk takes one more for each time that it has to look twice as far, and one when something must not be seen.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.database.connection import Connection, Row
from app.database.queries import query
from app.domain.given import given
from app.domain.governance.ancestry import Ancestry, type_of
from app.domain.governance.snapshot import Reading, Snapshot, composed
from app.domain.governance.standing import statuses
from app.domain.lineage.scope import MAX_LIMIT, Scope
from app.domain.lineage.traversal import lineage
from app.domain.permission.sight import WHOLE, Sight

SUBJECT = query("governance/subject")
ANCESTORS = query("governance/ancestors")
OF_RECALLS = ("id", "isStub", "severity")
PROPERTIES = (
    *("id", "isStub", "createdAt", "name", "number", "version", "modelId", "status", "isCommitClean", "sha"),
    *("licenseSpdx", "licenseDeclared", "classifications", "digest", "snapshotSystem", "snapshotRevision", "erasedAt"),
    *("artifactDigest", "artifactIsVerified", "framework", "format"),
)


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
    return composed(ancestry, reading(subject, told, recalls, sight))


async def read_ancestry(
    connection: Connection, version_id: str, *, as_of: datetime | None = None, sight: Sight = WHOLE
) -> Ancestry:
    """All that a version came from and needs; not complete beyond 10,000 nodes, or when something must not be seen."""
    scope = Scope(as_of=as_of, limit=MAX_LIMIT, properties=PROPERTIES, untimed=True, sight=sight)
    walk = (await lineage(connection, [version_id], "UPSTREAM", scope))[version_id]
    nodes = [{**stop["node"], "depth": stop["depth"]} for stop in walk["nodes"]]
    return Ancestry(walk["start"], nodes, walk["edges"], walk["complete"], walk["truncation"])


def reading(subject: Row, told: Row, recalls: Mapping[str, Any], sight: Sight) -> Reading:
    places: dict[str, list[str]] = {}
    for id, name in told["places"]:
        places.setdefault(id, []).append(name)
    return Reading(
        subject,
        labels={id: label or id for id, label, _ in told["told"]},
        homes={id: home for id, _, home in told["told"] if home is not None},
        states=dict(told["lives"]),
        places=places,
        findings=told["findings"],
        recalls=recalls,
        sight=sight,
    )
