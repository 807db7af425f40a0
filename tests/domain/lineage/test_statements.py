"""The statements that walk lineage, as Neo4j plans them."""

import re
from dataclasses import dataclass, field

import pytest
from neo4j import AsyncDriver

from app.database.queries import all_queries
from app.domain.lineage.statements import BOUNDS, DIRECTIONS, bound_for, known, reach, walk
from graph_schema.model import MODEL
from tests.cypher.plans import Statement, explain
from tests.fixtures.emptying import renewed

WALKS = [walk(direction, bound) for direction in DIRECTIONS for bound in BOUNDS]
REACHES = [
    reach(direction, BOUNDS[-1], ending)
    for direction in DIRECTIONS
    for ending in ("counts", "ancestries", "ways", "impact", "recalled", "ids")
]
TYPES = re.compile(r"USED(?:\|\w+)+")


@dataclass(frozen=True)
class Plans:
    """The plans of statements on an empty registry, each of which takes long to make: one for all who look at it."""

    driver: AsyncDriver
    made: dict[str, list[str]] = field(default_factory=dict)

    async def operators(self, text: str) -> list[str]:
        """The names of the operators that answer a statement."""
        if text not in self.made:
            (plan,) = await explain(self.driver, [Statement("walk", text)])
            assert plan.operators, plan.remarks
            self.made[text] = [operator.name for operator in plan.operators]
        return self.made[text]


@pytest.fixture(scope="module")
async def plans(session_driver: AsyncDriver) -> Plans:
    await renewed(session_driver)
    return Plans(session_driver)


@pytest.mark.parametrize("text", [*WALKS, *REACHES])
async def test_a_search_is_pruned_and_starts_at_an_index(plans: Plans, text: str) -> None:
    operators = await plans.operators(text)
    searches = [name for name in operators if name.startswith(("VarLengthExpand", "Repeat", "ShortestPath"))]
    assert searches == ["VarLengthExpand(Pruning,BFS,All)"]
    assert "NodeUniqueIndexSeek" in operators
    assert scans(operators) == []


@pytest.mark.parametrize("text", list(known()))
async def test_no_statement_scans_the_graph(plans: Plans, text: str) -> None:
    operators = await plans.operators(text)
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


def scans(operators: list[str]) -> list[str]:
    return [name for name in operators if name.endswith("Scan")]
