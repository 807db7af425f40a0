"""The ASGI application: routes, and what lives as long as the server."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from app.api.http import GraphQLView
from app.database.connection import Connection, connect
from app.database.schema import apply
from app.settings import Settings
from app.telemetry.log import configure
from app.telemetry.traces import tracing
from app.web import metrics
from app.web.bookmarks import Bookmarks
from app.web.health import Health
from app.web.observation import Observation
from app.web.request_ids import RequestIds


def create_app(settings: Settings) -> Starlette:
    """The registry's web application, on the database that the settings name."""
    configure(settings)
    graphql = GraphQLView(actor=settings.actor)
    health, traces = Health(), tracing(settings)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        assert settings.neo4j_uri is not None, "serve starts a Neo4j, or was given one"
        password = settings.neo4j_password
        async with connect(
            settings.neo4j_uri,
            (settings.neo4j_username, password.get_secret_value()) if password else None,
            database=settings.neo4j_database,
            pool_size=settings.pool_size,
            read_timeout=settings.read_timeout,
            write_timeout=settings.write_timeout,
        ) as connection:
            await apply(connection.driver, settings.neo4j_database)
            graphql.connection = health.connection = connection
            async with planned_ahead(graphql, connection, wanted=settings.plan_ahead):
                yield
        await asyncio.to_thread(traces.close)

    routes = [Route("/", home), Route("/graphql", graphql), *health.routes(), metrics.route(settings.metrics_dir)]
    app = Starlette(
        routes=routes,
        middleware=[Middleware(RequestIds), Middleware(Observation, traces.tracer), Middleware(Bookmarks)],
        lifespan=lifespan,
    )
    app.state.health = health
    return app


@asynccontextmanager
async def planned_ahead(graphql: GraphQLView, connection: Connection, *, wanted: bool) -> AsyncIterator[None]:
    """Warm the database up in the background, as long as the server runs."""
    task = asyncio.create_task(graphql.planner.warm(connection)) if wanted else None
    try:
        yield
    finally:
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def home(request: Request) -> PlainTextResponse:
    return PlainTextResponse("Pedigree: a model registry in which lineage is the data model.\nGraphQL is at /graphql\n")
