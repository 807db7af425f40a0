"""A server that holds the real graph, for the tests of a module."""

from collections.abc import AsyncIterator

import httpx2
import orjson
import pytest
from neo4j import AsyncDriver

from app.database.connection import Connection
from app.main import create_app
from app.settings import Settings
from app.transfer.exporting import export_lines
from app.transfer.importing import Options, import_lines
from tests.api.conftest import GENEROUS, Client
from tests.ecosystem.answers import Questions
from tests.ecosystem.conversion import Ecosystem, load
from tests.fixtures.emptying import renewed


@pytest.fixture(scope="module")
def ecosystem() -> Ecosystem:
    return Ecosystem(load("ecosystem_graph.json"))


@pytest.fixture(scope="module")
async def questions(settings: Settings, session_driver: AsyncDriver, ecosystem: Ecosystem) -> AsyncIterator[Questions]:
    """Somebody who asks a server that holds the real graph."""
    await renewed(session_driver)
    connection = Connection(session_driver, read_timeout=30, write_timeout=30)
    imported = await import_lines(connection, ecosystem.text(), Options("importer", strict=True))
    assert imported.problems == ()
    lines = [orjson.loads(line) async for page in export_lines(connection) for line in page]
    app = create_app(settings.model_copy(update=GENEROUS))
    transport = httpx2.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=transport, base_url="http://localhost") as http,
    ):
        yield Questions(Client(http), ecosystem, lines)
