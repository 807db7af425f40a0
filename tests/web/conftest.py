"""The whole application over HTTP, in process, on the worker's Neo4j: as programs and as browsers find it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2
import pytest
from starlette.applications import Starlette

from app.main import create_app
from app.settings import Settings
from tests.api.conftest import GENEROUS
from tests.api.conftest import app as app
from tests.api.conftest import client as client


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
async def http(settings: Settings) -> AsyncIterator[httpx2.AsyncClient]:
    """A client of the whole application, on whatever the worker's Neo4j holds."""
    async with visiting(create_app(settings.model_copy(update=GENEROUS))) as http:
        yield http
