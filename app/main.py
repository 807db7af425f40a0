"""The ASGI application: routes, and what lives as long as the server."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route, WebSocketRoute

from app.access.access import Access
from app.api.executor import Executor
from app.database.connection import Connection, connect
from app.database.schema import apply
from app.domain.audit.sequencer import sealing
from app.settings import Settings
from app.telemetry.log import configure
from app.telemetry.traces import tracing
from app.web import metrics, pages, signin
from app.web.admission import admission
from app.web.bookmarks import Bookmarks
from app.web.closed import Closed
from app.web.entrance import Entrance
from app.web.graphql import GraphQLEndpoint
from app.web.headers import SecurityHeaders
from app.web.health import Health
from app.web.hosts import Hosts, hosts
from app.web.observation import Observation
from app.web.refusals import HANDLERS
from app.web.request_ids import RequestIds
from app.web.sockets.endpoint import SocketEndpoint


def create_app(settings: Settings) -> Starlette:
    """The registry's web application, on the database that the settings name."""
    configure(settings)
    executor, places, health, traces = Executor(settings), admission(settings), Health(), tracing(settings)
    access = Access(settings)
    entrance = Entrance(access, settings)
    shown = executor.schema.as_str if settings.introspection else None

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
            takeover_lead=settings.takeover_lead,
        ) as connection:
            await apply(connection.driver, settings.neo4j_database)
            executor.connection = access.connection = health.connection = app.state.connection = connection
            async with (
                planned_ahead(executor, connection, settings),
                sealing(connection, settings),
            ):
                yield
            await access.close()
        await asyncio.to_thread(traces.close)

    app = Starlette(
        routes=[
            *(signin.routes(entrance, settings) if settings.auth else ()),
            *pages.routes(schema=shown, wants_graphiql=settings.graphiql, entrance=entrance),
            Route("/graphql", GraphQLEndpoint(executor, places, entrance, settings)),
            WebSocketRoute("/graphql", SocketEndpoint(executor, places, entrance, settings)),
            *health.routes(),
            metrics.route(settings.metrics_dir, entrance),
        ],
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(RequestIds),
            Middleware(Observation, traces.tracer),
            Middleware(Hosts, hosts(settings)),
            Middleware(Bookmarks),
            *([Middleware(Closed, entrance)] if settings.auth and not settings.public_pages else ()),
        ],
        exception_handlers=HANDLERS,
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False
    app.state.health = health
    return app


@asynccontextmanager
async def planned_ahead(executor: Executor, connection: Connection, settings: Settings) -> AsyncIterator[None]:
    """Warm the database up in the background, as long as the server runs."""
    warming = executor.planner.warm(connection, is_guarded=settings.auth) if settings.plan_ahead else None
    task = asyncio.create_task(warming) if warming else None
    try:
        yield
    finally:
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        await executor.planner.gearbox.stop()
