"""A client of the whole application over HTTP, in process, on the worker's Neo4j."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx2
import pytest
from neo4j import AsyncDriver
from starlette.applications import Starlette

from app.database.connection import Connection
from app.main import create_app
from app.settings import Settings
from tests.fixtures.emptying import renewed
from tests.web.wire import endpoint

PATIENCE = 30.0
GENEROUS = {
    "read_timeout": PATIENCE,
    "write_timeout": PATIENCE,
    "execution_timeout": PATIENCE,
    "max_cost": 1_000_000,
    "compose_after": 0,
}


@dataclass(frozen=True)
class Client:
    """Sends GraphQL and reads the answer."""

    http: httpx2.AsyncClient

    async def send(self, query: str, **variables: Any) -> dict[str, Any]:
        """The whole answer."""
        response = await self.http.post("/graphql", json={"query": query, "variables": variables})
        assert response.status_code == 200, response.text
        answer: dict[str, Any] = response.json()
        return answer

    async def data(self, query: str, **variables: Any) -> dict[str, Any]:
        """The data of an answer without errors."""
        answer = await self.send(query, **variables)
        assert "errors" not in answer, answer["errors"]
        data: dict[str, Any] = answer["data"]
        return data

    async def error(self, query: str, **variables: Any) -> dict[str, Any]:
        """The only error of an answer: its extensions, with its message."""
        (error,) = (await self.send(query, **variables))["errors"]
        return {**error["extensions"], "message": error["message"], "at": error.get("path")}


@pytest.fixture(scope="session")
async def generous(settings: Settings, session_driver: AsyncDriver) -> AsyncIterator[Starlette]:
    """A patient and generous server."""
    await renewed(session_driver)
    app = create_app(settings.model_copy(update=GENEROUS))
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture
async def app(generous: Starlette, connection: Connection) -> Starlette:
    """The server, whose registry is empty: it does not know yet who writes where nobody signs in."""
    endpoint(generous).executor.actor_id = None
    return generous


@pytest.fixture
async def client(app: Starlette) -> AsyncIterator[Client]:
    """A client of the server."""
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://localhost") as http:
        yield Client(http)
