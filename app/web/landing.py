"""What is here, in a few lines and numbers: HTML for people, two lines of text for all others."""

import asyncio
from collections.abc import Mapping
from html import escape
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from app.database.connection import Connection
from app.database.queries import query
from app.errors import PedigreeError
from app.web.routing import PageRoute
from app.web.templates import filled, page

COUNTS = query("registry/counts")
COUNTED = ("models", "versions", "datasets", "runs", "deployments", "applications")
UNKNOWN = "&ndash;"
TEXT = "Pedigree: a model registry in which lineage is the data model.\nGraphQL is at /graphql\n"
# A page is shown without its numbers rather than late.
PATIENCE_SECONDS = 2.0


def routes(*, has_graphiql: bool, has_schema: bool) -> list[BaseRoute]:
    """The routes of `/`."""
    graphiql = filled("landing-graphiql") if has_graphiql else ""
    schema = filled("landing-schema") if has_schema else ""

    async def landing(request: Request) -> Response:
        found = await counts(request.app.state.connection)
        return page(
            "landing",
            outage="" if found else filled("landing-outage"),
            graphiql=graphiql,
            schema=schema,
            address=escape(str(request.base_url)),
            **{name: f"{found[name]:,}" if found else UNKNOWN for name in COUNTED},
        )

    return [PageRoute("/", landing), Route("/", text)]


async def counts(connection: Connection) -> Mapping[str, Any] | None:
    """How much there is; None when the database cannot say."""
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await connection.ask(COUNTS)
    except (PedigreeError, TimeoutError):
        return None


async def text(request: Request) -> PlainTextResponse:
    return PlainTextResponse(TEXT, headers={"vary": "accept"})
