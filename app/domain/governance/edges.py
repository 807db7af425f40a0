"""The edges of lineage at which recalls stop."""

from collections.abc import Sequence
from typing import Any

from app.database.connection import Connection
from app.database.queries import query
from app.domain.given import given
from app.domain.lineage.edges import asserted
from app.domain.permission.sight import Sight

EDGES = query("governance/edges")


async def stopped_edges(connection: Connection, mitigations: Sequence[str], sight: Sight) -> dict[str, dict[str, Any]]:
    """The edge of each mitigation that is on one, by its id."""
    edges = dict((await connection.ask(EDGES, given({"ids": mitigations})))["edges"])
    found = await asserted(connection, sorted(set(edges.values())), sight) if edges else {}
    return {id: found[edge] for id, edge in edges.items() if edge in found}
