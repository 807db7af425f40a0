"""Every statement is explained by the real database, as it is sent: found by an index, and nothing in it unknown.

All violations of a test are reported at once.
"""

from collections.abc import Callable, Iterable, Iterator

import pytest
from neo4j import AsyncDriver

from app.database.queries import all_queries
from app.domain import resolution
from app.domain.licensing.reading import ancestry
from app.domain.lineage.statements import known
from tests.cypher.plans import Statement, explain
from tests.cypher.sample import fill
from tests.cypher.sending import counts, filters, pages, relations
from tests.fixtures.emptying import renewed

pytestmark = pytest.mark.planning


@pytest.fixture(scope="module")
async def filled(session_driver: AsyncDriver) -> AsyncDriver:
    """A database that knows every name of the model."""
    await renewed(session_driver)
    await fill(session_driver)
    return session_driver


def queries() -> Iterator[Statement]:
    """What domain functions send: the files that say so, and the references, which are looked up together."""
    yield Statement("references", resolution.TEXT)
    for query in all_queries():
        if query.declared("read") or query.declared("write") or query.declared("note"):
            yield Statement(query.name, query.text)


def walks() -> Iterator[Statement]:
    """What questions about lineage and licenses send."""
    yield from (Statement(f"walk {number}", text) for number, text in enumerate(known()))
    yield Statement("licenses", ancestry())


@pytest.mark.parametrize("statements", [relations, pages, filters, counts, queries])
async def test_every_statement_is_found_by_an_index(
    filled: AsyncDriver, statements: Callable[[], Iterable[Statement]]
) -> None:
    plans = await explain(filled, statements())
    assert [problem for plan in plans for problem in plan.problems] == []


async def test_walks_are_found_by_an_index_and_pruned(filled: AsyncDriver) -> None:
    plans = await explain(filled, walks())
    assert [problem for plan in plans for problem in plan.problems] == []
    far = [plan for plan in plans if "*0.." in plan.statement.text]
    assert far != []
    assert [plan.statement.name for plan in far if not plan.has("VarLengthExpand(Pruning")] == []
