"""The managed local Neo4j: fetched once, started with the server, ended with it."""

from app.database.local.download import Advance
from app.database.local.errors import LocalNeo4jFailure
from app.database.local.jars import Report, fetch_jars
from app.database.local.lock import Lock
from app.database.local.server import LocalNeo4j, local_neo4j

__all__ = ["LocalNeo4j", "local_neo4j", "LocalNeo4jFailure", "Lock", "fetch_jars", "Report", "Advance"]
