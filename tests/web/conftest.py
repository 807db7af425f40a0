"""The whole application over HTTP, in process, on the worker's Neo4j: as programs and as browsers find it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2
import pytest
from starlette.applications import Starlette

from tests.api.conftest import app as app
from tests.api.conftest import client as client
from tests.api.conftest import generous as generous


@asynccontextmanager
async def visiting(app: Starlette) -> AsyncIterator[httpx2.AsyncClient]:
    """A client of an application that has started."""
    transport = httpx2.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=transport, base_url="http://localhost") as http,
    ):
        yield http


@pytest.fixture(scope="session")
async def http(generous: Starlette) -> AsyncIterator[httpx2.AsyncClient]:
    """A client of the whole application, on whatever the worker's Neo4j holds."""
    transport = httpx2.ASGITransport(generous)
    async with httpx2.AsyncClient(transport=transport, base_url="http://localhost") as http:
        yield http
