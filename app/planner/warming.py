"""Plans ahead: the statements that are known at start are planned by Neo4j before the first person asks.

A cold server needs up to a second for a statement that it has never seen, and a few milliseconds afterwards.
"""

from collections.abc import Iterator

from app.database.connection import Connection
from app.database.queries import all_queries
from app.domain import resolution
from app.domain.licensing import reading
from app.domain.lineage.statements import known
from app.errors import PedigreeError
from app.planner.kinds import Fetched, Kinds
from app.planner.pages import page
from app.planner.statements import fetch

PLANNED_WORDS = frozenset({"read", "write"})


async def warm(connection: Connection, kinds: Kinds) -> int:
    """Have every statement planned, one after the other, and return their number. Stops when the database goes away."""
    planned = 0
    for text in dict.fromkeys(statements(kinds)):
        try:
            await connection.plan(text)
        except PedigreeError:
            break
        planned += 1
    return planned


def statements(kinds: Kinds) -> Iterator[str]:
    """Writes and the reads they need, walks along lineage, and every relation, in its own order, on its first page."""
    yield resolution.TEXT
    for query in all_queries():
        if PLANNED_WORDS & {word for word, _ in query.declarations}:
            yield query.text
    yield from known()
    yield reading.ancestry()
    for (_, name), kind in kinds.items():
        if not isinstance(kind, Fetched):
            continue
        for relation in kind.variants:
            first = page(name, relation.order(None), {}).form if relation.count == "page" else None
            yield fetch(relation, kind.aim, form=first)
