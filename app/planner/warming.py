"""Plans ahead: the statements that are known at start are planned by Neo4j before the first person asks.

A cold server needs up to a second for a statement that it has never seen, and a few milliseconds afterwards.
"""

from collections.abc import Iterable, Iterator

from app.database.connection import Connection
from app.database.queries import all_queries
from app.domain import resolution
from app.domain.licensing import reading
from app.domain.lineage.statements import known
from app.domain.permission.asking import guarded
from app.errors import PedigreeError, Unavailable
from app.planner.kinds import Fetched, Kinds
from app.planner.pages import page
from app.planner.statements import fetch

UNASKED = ("credentials/", "identity/ensure_actor")  # who signs in is nobody yet


async def warm(connection: Connection, texts: Iterable[str]) -> int:
    """Have every text planned, one after the other, and return their number. Stops when the database goes away."""
    planned = 0
    for text in dict.fromkeys(texts):
        try:
            await connection.plan(text)
        except Unavailable:
            break
        except PedigreeError:
            continue
        planned += 1
    return planned


def statements(kinds: Kinds, *, is_guarded: bool) -> Iterator[str]:
    """Every relation, in its own order, on its first page; what else is read or noted; walks along lineage; changes.
    These are sent in another form where people sign in, for they ask first whether somebody may: all but those by which
    somebody signs in, or makes a token of their own."""
    for (_, name), kind in kinds.items():
        if not isinstance(kind, Fetched):
            continue
        for relation in kind.variants:
            first = page(name, relation.order(None), {}).form if relation.count == "page" else None
            yield fetch(relation, kind.aim, form=first)
    yield resolution.TEXT
    yield from (query.text for query in all_queries() if query.declared("read") or query.declared("note"))
    yield from known()
    yield reading.ancestry()
    for query in all_queries():
        if query.declared("write"):
            if not is_guarded or query.name.startswith(UNASKED):
                yield query.text
            if is_guarded:
                yield guarded(query).text
