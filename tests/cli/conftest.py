"""What the tests of commands look at beside what a command says."""

from collections.abc import Iterator

import pytest
from neo4j import Driver, GraphDatabase

from app.database.local import LocalNeo4j
from tests.fixtures.emptying import empty


@pytest.fixture
def graph(neo4j: LocalNeo4j) -> Iterator[Driver]:
    """A driver of the worker's Neo4j, whose graph is empty. The schema and its ledger stay."""
    with GraphDatabase.driver(neo4j.uri, auth=(neo4j.username, neo4j.password)) as driver:
        empty(driver)
        yield driver
