"""Reads the whole ancestry of a version: one walk up its lineage."""

from datetime import datetime

from app.database.connection import Connection
from app.domain.governance.ancestry import Ancestry
from app.domain.lineage.scope import MAX_LIMIT, Scope
from app.domain.lineage.traversal import lineage
from app.domain.permission.sight import WHOLE, Sight

PROPERTIES = (
    *("id", "isStub", "createdAt", "name", "number", "version", "modelId", "status", "isCommitClean", "sha"),
    *("licenseSpdx", "licenseDeclared", "classifications", "digest", "snapshotSystem", "snapshotRevision", "erasedAt"),
    *("artifactDigest", "artifactIsVerified", "framework", "format"),
)


async def read_ancestry(
    connection: Connection, version_id: str, *, as_of: datetime | None = None, sight: Sight = WHOLE
) -> Ancestry:
    """All that a version came from and needs; not complete beyond 10,000 nodes, or when something must not be seen."""
    scope = Scope(as_of=as_of, limit=MAX_LIMIT, properties=PROPERTIES, untimed=True, sight=sight)
    walk = (await lineage(connection, [version_id], "UPSTREAM", scope))[version_id]
    nodes = [{**stop["node"], "depth": stop["depth"]} for stop in walk["nodes"]]
    return Ancestry(walk["start"], nodes, walk["edges"], walk["complete"], walk["truncation"])
