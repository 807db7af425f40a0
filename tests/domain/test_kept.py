from typing import Any

from app.domain.writing import Writer
from tests.domain.actions import prepare
from tests.fixtures.kept import kept
from tests.fixtures.registration import WHOLE, register
from tests.fixtures.snapshot import found

GRAPH = """MATCH (n) OPTIONAL MATCH (n)-[r]->(m)
RETURN collect([labels(n), properties(n), type(r), properties(r), m.id]) AS found"""


async def test_a_registry_that_is_put_back_is_as_it_was(writer: Writer) -> None:
    await register(writer, **WHOLE)
    await register(writer, **{**WHOLE, "references": []})
    await prepare(writer)
    before = await told(writer)
    graph = await kept(writer)
    await register(writer, "another")
    assert await told(writer) != before
    assert await graph.put_back() == writer
    assert await told(writer) == before


async def told(writer: Writer) -> list[str]:
    """Everything in the graph, as text: there NaN equals NaN. Properties have no order."""
    rows: list[list[Any]] = await found(writer.connection, GRAPH)
    return sorted(repr([sorted(each.items()) if isinstance(each, dict) else each for each in row]) for row in rows)
