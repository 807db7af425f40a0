"""Whether the server lives, and whether it may be sent requests."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2
import pytest
from starlette.applications import Starlette

from app.database.connection import Connection, connect
from app.web.health import Health

AWAY = {"status": "unavailable", "reason": "DATABASE", "message": "The database does not answer."}


@asynccontextmanager
async def asking(health: Health) -> AsyncIterator[httpx2.AsyncClient]:
    transport = httpx2.ASGITransport(Starlette(routes=health.routes()))
    async with httpx2.AsyncClient(transport=transport, base_url="http://localhost") as http:
        yield http


async def test_a_process_that_answers_lives_without_asking_the_database() -> None:
    async with asking(Health()) as http:
        response = await http.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "alive"})
    assert response.headers["cache-control"] == "no-store"


async def test_a_database_with_this_versions_schema_makes_it_ready(connection: Connection) -> None:
    async with asking(Health(connection)) as http:
        response = await http.get("/readyz")
    assert (response.status_code, response.json()) == (200, {"status": "ready"})
    assert response.headers["cache-control"] == "no-store"


async def test_who_drains_is_not_ready_and_lives(connection: Connection) -> None:
    async with asking(Health(connection, draining=True)) as http:
        response = await http.get("/readyz")
        assert (response.status_code, response.json()["reason"]) == (503, "DRAINING")
        assert (await http.get("/healthz")).status_code == 200


async def test_a_schema_that_lacks_a_migration_is_named(connection: Connection) -> None:
    await connection.driver.execute_query("MATCH (m:Migration) DELETE m")
    async with asking(Health(connection)) as http:
        response = await http.get("/readyz")
    assert response.status_code == 503
    assert response.json()["reason"] == "SCHEMA"
    assert response.json()["message"].startswith("migration 0001 initial is not applied")


async def test_a_schema_of_a_newer_version_does_not_matter(connection: Connection) -> None:
    await connection.driver.execute_query("CREATE (:Migration {number: 9999, name: 'later', digest: 'sha256:x'})")
    async with asking(Health(connection)) as http:
        assert (await http.get("/readyz")).status_code == 200


@pytest.mark.parametrize("listens", [False, True])
async def test_a_database_that_is_away_or_silent_is_told_in_time(listens: bool) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        if listens:
            silent.listen()
        async with (
            connect(f"bolt://127.0.0.1:{silent.getsockname()[1]}", None) as connection,
            asking(Health(connection, seconds=0.3)) as http,
        ):
            async with asyncio.timeout(5):
                response = await http.get("/readyz")
    assert (response.status_code, response.json()) == (503, AWAY)
