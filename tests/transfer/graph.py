"""The whole graph as it is compared after a round trip: everything but the instants that are always the registry's."""

from typing import Any

from app.database.connection import Connection
from tests.fixtures.snapshot import found

# What stays behind: what was seen to run, what happened to the registry itself, and who may do what.
BEHIND = """n:AuditEvent OR n:Observation OR n:Migration OR n:Lock OR n:IdempotencyKey OR n:Grant OR n:AuditLog"""
OURS = ("recordedAt", "changesAt")
NODES = f"""MATCH (n) WHERE NOT ({BEHIND})
RETURN collect([labels(n), properties(n)]) AS found"""
RELATIONSHIPS = f"""MATCH (n)-[r]->(m) WHERE NOT ({BEHIND})
RETURN collect([n.id, type(r), properties(r), m.id]) AS found"""


async def graph(connection: Connection) -> tuple[list[str], list[str]]:
    """Every node and every relationship, each as text, in an order of their own."""
    nodes = [str([sorted(labels), plain(own)]) for labels, own in await found(connection, NODES)]
    edges = [
        str([source, type, plain(own), target]) for source, type, own, target in await found(connection, RELATIONSHIPS)
    ]
    return sorted(nodes), sorted(edges)


def plain(own: dict[str, Any]) -> list[tuple[str, Any]]:
    return sorted((name, value) for name, value in own.items() if name not in OURS)
