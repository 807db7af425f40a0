"""The ASGI application: routes, and what lives as long as the server."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import Route

from app.api.http import GraphQLView
from app.database.connection import Connection, connect
from app.database.schema import apply
from app.settings import Settings
from app.telemetry.log import configure
from app.web import pages
from app.web.failures import refused
from app.web.headers import SecurityHeaders


def create_app(settings: Settings) -> Starlette:
    """The registry's web application, on the database that the settings name."""
    configure(settings)
    graphql = GraphQLView(actor=settings.actor)

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
            graphql.connection = app.state.connection = connection
            async with planned_ahead(graphql, connection, wanted=settings.plan_ahead):
                yield

    return Starlette(
        routes=[
            *pages.routes(schema=graphql.schema.as_str, wants_graphiql=settings.graphiql),
            Route("/graphql", graphql),
        ],
        middleware=[Middleware(SecurityHeaders)],
        exception_handlers={HTTPException: refused},
        lifespan=lifespan,
    )


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
