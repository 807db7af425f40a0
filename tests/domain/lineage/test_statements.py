"""The statements that walk lineage, as Neo4j plans them."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from app.database.connection import Connection
from app.database.queries import all_queries
from app.domain.lineage.statements import BOUNDS, DIRECTIONS, bound_for, known, reach, walk
from graph_schema.model import MODEL
from tests.cypher.plans import explaining

WALKS = [walk(direction, bound) for direction in DIRECTIONS for bound in BOUNDS]
REACHES = [
    reach(direction, BOUNDS[-1], ending)
    for direction in DIRECTIONS
    for ending in ("counts", "ancestries", "ways", "impact", "recalled", "ids")
]
TYPES = re.compile(r"USED(?:\|\w+)+")


@pytest.mark.parametrize("text", [*WALKS, *REACHES])
async def test_a_search_is_pruned_and_starts_at_an_index(connection: Connection, text: str) -> None:
    operators = list(plan(await explained(connection, text)))
    searches = [name for name in operators if name.startswith(("VarLengthExpand", "Repeat", "ShortestPath"))]
    assert searches == ["VarLengthExpand(Pruning,BFS,All)"]
    assert "NodeUniqueIndexSeek" in operators
    assert scans(operators) == []


@pytest.mark.parametrize("text", list(known()))
async def test_no_statement_scans_the_graph(connection: Connection, text: str) -> None:
    operators = list(plan(await explained(connection, text)))
    assert scans(operators) == []
    assert "CartesianProduct" not in operators or "ShortestPath" in operators


def test_walks_follow_the_lineage_relationships_of_the_model_and_no_others() -> None:
    walks = [query for query in all_queries() if query.name.startswith("lineage/walk/")]
    followed = {found for query in walks for found in TYPES.findall(query.body)}
    assert followed == {"|".join(MODEL.lineage_types)}


@pytest.mark.parametrize(
    ("max_depth", "bound"), [(1, 4), (3, 4), (4, 8), (63, 64), (64, BOUNDS[-1]), (None, BOUNDS[-1])]
)
def test_a_bound_sees_one_level_more_than_was_asked_for(max_depth: int | None, bound: int) -> None:
    assert bound_for(max_depth) == bound


async def explained(connection: Connection, text: str) -> dict[str, Any]:
    async with connection.driver.session() as session:
        summary = await (await session.run(explaining(text))).consume()
    assert summary.plan is not None
    return summary.plan


def plan(operator: dict[str, Any]) -> Iterator[str]:
    yield operator["operatorType"].partition("@")[0]
    for child in operator.get("children", ()):
        yield from plan(child)


def scans(operators: list[str]) -> list[str]:
    return [name for name in operators if name.endswith("Scan")]
