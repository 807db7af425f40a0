"""An operation ends in its time, and its statement with it, in Neo4j. A write that is under way does not."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import httpx2
import pytest
from neo4j import AsyncDriver
from starlette.applications import Starlette

from app.api.executor import Executor
from app.database.connection import Connection
from app.domain.registry.models import CreateRegisteredModel, create_registered_model
from app.domain.writing import Writer
from app.main import create_app
from app.planner.kinds import Asked, Loaded
from app.planner.outlines import Outlines
from app.settings import Settings
from tests.api.conftest import GENEROUS, Client
from tests.web.wire import HTTP, SOCKET, Wire, endpoint

SLOW = """CYPHER 5 UNWIND range(1, 100000) AS x UNWIND range(1, 100000) AS y
WITH x * y AS z WHERE z % 7 = 3 RETURN count(z) AS found"""
BLOCKED = "SHOW TRANSACTIONS YIELD status WHERE status STARTS WITH 'Blocked' RETURN count(*) AS n"
RUNNING = "SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery STARTS WITH 'CYPHER 5 UNWIND' RETURN count(*) AS n"
QUERY = '{ lineageCounts(of: {id: "a"}, direction: UPSTREAM) { total } }'
UPDATE = """mutation {
  updateRegisteredModel(input: {model: {name: "churn"}, description: "late"}) { registeredModel { description } } }"""


async def slow(connection: Connection, asked: Asked) -> Mapping[str, Any]:
    """A loader whose statement takes hours."""
    return await connection.read("slow", SLOW)


@pytest.fixture
async def hasty(settings: Settings, connection: Connection) -> AsyncIterator[Starlette]:
    """A server that gives an operation half a second, and one of whose fields takes hours."""
    app = create_app(settings.model_copy(update={**GENEROUS, "execution_timeout": 0.5}))
    async with app.router.lifespan_context(app):
        planner = executor(app).planner
        kinds = {**planner.kinds, ("Query", "lineageCounts"): Loaded(slow)}
        planner.outlines = Outlines(kinds, planner.outlines.own)
        yield app


@pytest.fixture
async def patient(hasty: Starlette) -> Starlette:
    """The same, which gives an operation all the time it wants."""
    executor(hasty).timeout = 600
    return hasty


@pytest.fixture
async def hasty_client(hasty: Starlette) -> AsyncIterator[Client]:
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(hasty), base_url="http://localhost") as http:
        yield Client(http)


def executor(app: Starlette) -> Executor:
    return endpoint(app).executor


async def running(graph: AsyncDriver, number: int) -> None:
    """Return once so many slow statements run."""
    await counted(graph, RUNNING, number)


async def counted(graph: AsyncDriver, transactions: str, number: int) -> None:
    """Return once there are so many of these transactions."""
    async with asyncio.timeout(30):
        while (await graph.execute_query(transactions)).records[0]["n"] != number:
            pass


async def test_an_operation_that_takes_too_long_is_ended_with_its_statement(
    hasty_client: Client, graph: AsyncDriver
) -> None:
    error = await hasty_client.error(QUERY)
    assert (error["code"], error["retryable"], "committed" in error) == ("TIMEOUT", True, False)
    assert error["message"] == "It took longer than 0.5 seconds. Ask for less, or try again later."
    await running(graph, 0)


async def test_the_statement_of_a_client_that_leaves_is_ended(patient: Starlette, graph: AsyncDriver) -> None:
    async with Wire(patient, HTTP) as wire:
        wire.send(QUERY)
        await running(graph, 1)
        wire.said.put_nowait({"type": "http.disconnect"})
        await wire.task
        assert wire.heard.empty()
    await running(graph, 0)


async def test_the_statement_of_a_client_that_closes_its_socket_is_ended(
    patient: Starlette, graph: AsyncDriver
) -> None:
    async with Wire(patient, SOCKET) as wire:
        await begun(wire)
        wire.tell({"type": "subscribe", "id": "1", "payload": {"query": QUERY}})
        await running(graph, 1)
        wire.said.put_nowait({"type": "websocket.disconnect", "code": 1000})
        await wire.task
    await running(graph, 0)


async def test_an_operation_that_is_completed_by_its_client_is_ended_and_its_id_is_free(
    patient: Starlette, graph: AsyncDriver
) -> None:
    async with Wire(patient, SOCKET) as wire:
        await begun(wire)
        wire.tell({"type": "subscribe", "id": "1", "payload": {"query": QUERY}})
        await running(graph, 1)
        wire.tell({"type": "complete", "id": "1"})
        await running(graph, 0)
        wire.tell({"type": "subscribe", "id": "1", "payload": {"query": "{ registeredModels { totalCount } }"}})
        assert (await wire.hear())["payload"]["data"] == {"registeredModels": {"totalCount": 0}}
        assert await wire.hear() == {"type": "complete", "id": "1"}


async def test_an_operation_over_a_socket_has_its_time_too(hasty: Starlette, graph: AsyncDriver) -> None:
    async with Wire(hasty, SOCKET) as wire:
        await begun(wire)
        wire.tell({"type": "subscribe", "id": "1", "payload": {"query": QUERY}})
        answer = await wire.hear()
        assert answer["payload"]["errors"][0]["extensions"]["code"] == "TIMEOUT"
        assert await wire.hear() == {"type": "complete", "id": "1"}
    await running(graph, 0)


async def test_a_change_that_takes_too_long_may_have_been_made(
    hasty_client: Client, writer: Writer, graph: AsyncDriver
) -> None:
    async with locked_model(writer, graph):
        error = await hasty_client.error(UPDATE)
    assert (error["code"], error["committed"]) == ("TIMEOUT", "unknown")


async def test_a_write_that_is_under_way_is_finished_although_nobody_waits_for_it(
    patient: Starlette, writer: Writer, graph: AsyncDriver
) -> None:
    async with locked_model(writer, graph):
        async with Wire(patient, HTTP) as wire:
            wire.send(UPDATE)
            await counted(graph, BLOCKED, 1)
            wire.said.put_nowait({"type": "http.disconnect"})
            await wire.task
        assert await description(graph) is None
    await executor(patient).connection.settled()
    assert await description(graph) == "late"


@asynccontextmanager
async def locked_model(writer: Writer, graph: AsyncDriver) -> AsyncIterator[None]:
    """A model that nobody else can change as long as the context lasts."""
    await create_registered_model(writer, CreateRegisteredModel(name="churn"))
    async with graph.session() as session, await session.begin_transaction() as lock:
        await (await lock.run("MATCH (m:RegisteredModel {name: 'churn'}) SET m._lock = 0")).consume()
        yield
        await lock.rollback()


async def description(graph: AsyncDriver) -> object:
    found = await graph.execute_query("MATCH (m:RegisteredModel {name: 'churn'}) RETURN m.description AS description")
    return found.records[0]["description"]


async def begun(wire: Wire) -> None:
    """Open a socket, as far as the first operation."""
    wire.said.put_nowait({"type": "websocket.connect"})
    assert (await wire.heard.get())["type"] == "websocket.accept"
    wire.tell({"type": "connection_init"})
    assert await wire.hear() == {"type": "connection_ack"}
