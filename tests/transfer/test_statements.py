"""The statements of import and export start at an index, whatever the size of the registry."""

import pytest

from app.database.connection import Connection
from app.database.queries import Query, all_queries
from tests.cypher.plans import Statement, explain
from tests.domain.lineage.test_statements import scans

STATEMENTS = [each for each in all_queries() if each.name.startswith("transfer/")]


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda each: each.name)
async def test_no_statement_scans_the_graph(connection: Connection, statement: Query) -> None:
    (plan,) = await explain(connection.driver, [Statement(statement.name, statement.text)])
    assert plan.operators, plan.remarks
    assert scans([operator.name for operator in plan.operators]) == []
