"""What Prometheus reads: every operation and statement once, under names that stay few."""

import re
from contextlib import nullcontext

import pytest
from prometheus_client import REGISTRY
from prometheus_client.parser import text_string_to_metric_families

from app.database.connection import Connection, Transaction
from app.database.errors import ConstraintViolated
from app.database.queries import parse
from app.errors import TimedOut
from app.telemetry.metrics import Names
from app.telemetry.operations import Operation, observed
from tests.api.conftest import Client

LOCK = parse("test/lock", "// Creates what there may be once.\nCREATE (lock:Lock {name: 'x'}) RETURN lock.name AS name")


def value(name: str, **labels: str) -> float:
    """What a series has counted up to now."""
    return REGISTRY.get_sample_value(name, labels) or 0


async def test_operations_are_counted_by_name_and_code(client: Client) -> None:
    async def counted(name: str, code: str, query: str) -> float:
        before = value("pedigree_graphql_requests_total", operation=name, code=code)
        timed = value("pedigree_graphql_request_duration_seconds_count", operation=name)
        await client.send(query)
        assert value("pedigree_graphql_request_duration_seconds_count", operation=name) == timed + 1
        return value("pedigree_graphql_requests_total", operation=name, code=code) - before

    assert await counted("Page", "OK", "query Page { registeredModels { totalCount } }") == 1
    assert await counted("anonymous", "OK", "{ registeredModels { totalCount } }") == 1
    assert await counted("Page", "INVALID_INPUT", "query Page { registeredModels(first: 101) { totalCount } }") == 1
    assert await counted("anonymous", "INVALID_QUERY", "{ nope }") == 1
    assert await counted("anonymous", "INVALID_QUERY", "{") == 1
    assert value("pedigree_graphql_requests_in_flight") == 0


async def test_a_request_that_is_no_operation_is_counted_by_its_code(client: Client) -> None:
    before = value("pedigree_graphql_requests_total", operation="anonymous", code="INVALID_REQUEST")
    await client.http.post("/graphql", content=b"{", headers={"Content-Type": "application/json"})
    assert value("pedigree_graphql_requests_total", operation="anonymous", code="INVALID_REQUEST") == before + 1


async def test_statements_are_counted_by_query(client: Client) -> None:
    name = "registry/Query.registeredModel"
    before = value("pedigree_statements_total", query=name, code="OK")
    await client.data('{ a: registeredModel(name: "x") { id } b: registeredModel(name: "y") { id } }')
    assert value("pedigree_statements_total", query=name, code="OK") == before + 2
    assert value("pedigree_statement_duration_seconds_count", query=name) >= 2
    assert value("pedigree_pool_in_use") == 0
    assert value("pedigree_pool_size") == 100


@pytest.mark.parametrize("twice", [False, True])
async def test_writes_are_counted_by_how_they_ended(connection: Connection, twice: bool) -> None:
    async def create(transaction: Transaction) -> None:
        for _ in range(2 if twice else 1):
            await transaction.run(LOCK, {})

    code = "CONFLICT" if twice else "OK"
    before = value("pedigree_transaction_duration_seconds_count", code=code)
    with pytest.raises(ConstraintViolated) if twice else nullcontext():
        await connection.write(create)
    assert value("pedigree_transaction_duration_seconds_count", code=code) == before + 1
    assert value("pedigree_statements_total", query="test/lock", code=code) >= 1


async def test_a_statement_that_runs_out_of_time_is_counted_as_such(connection: Connection) -> None:
    hasty = Connection(connection.driver, read_timeout=0.1)
    before = value("pedigree_statements_total", query="test/slow", code="TIMEOUT")
    with pytest.raises(TimedOut):
        await hasty.read("test/slow", "UNWIND range(1, 1000000000) AS x RETURN sum(x) AS found")
    assert value("pedigree_statements_total", query="test/slow", code="TIMEOUT") == before + 1


def test_what_an_operation_costs_is_measured() -> None:
    before = value("pedigree_query_cost_sum")
    with observed(Operation()) as operation:
        operation.cost = 250
    assert value("pedigree_query_cost_sum") == before + 250


def test_names_that_clients_choose_stay_few() -> None:
    names = Names(2)
    assert [names.label(name) for name in ("a", "b", "c", "a", "d")] == ["a", "b", "other", "a", "other"]


async def test_the_page_follows_the_conventions(client: Client) -> None:
    response = await client.http.get("/metrics")
    assert response.headers["content-type"].startswith("text/plain; version=0.0.4")
    families = {family.name: family for family in text_string_to_metric_families(response.text)}
    assert "process_resident_memory_bytes" in families
    ours = {name: family for name, family in families.items() if not re.match("process_|python_", name)}
    assert [name for name in ours if not name.startswith("pedigree_")] == []
    assert [name for name, family in ours.items() if not family.documentation.endswith(".")] == []
    assert [name for name in ours if "duration" in name and not name.endswith("_seconds")] == []
