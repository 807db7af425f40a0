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
from app.domain.principal import Principal
from app.errors import PedigreeError
from app.web.entrance import Entrance
from app.web.routing import PageRoute
from app.web.templates import filled, form_page, page

COUNTS = query("registry/counts")
COUNTED = ("models", "versions", "datasets", "runs", "deployments", "applications")
UNKNOWN = "&ndash;"
TEXT = "Pedigree: a model registry in which lineage is the data model.\nGraphQL is at /graphql\n"
# A page is shown without its numbers rather than late.
PATIENCE_SECONDS = 2.0


def routes(*, has_graphiql: bool, has_schema: bool, entrance: Entrance | None = None) -> list[BaseRoute]:
    """The routes of `/`."""
    graphiql = filled("landing-graphiql") if has_graphiql else ""
    schema = filled("landing-schema") if has_schema else ""
    ways = {"graphiql": graphiql, "schema": schema}

    async def landing(request: Request) -> Response:
        address = escape(str(request.base_url))
        if entrance is None or entrance.access.is_open:
            shown = await numbers(request.app.state.connection)
            return page("landing", **ways, **shown, who="", bearer="", address=address)
        visitor = await entrance.visitor(request)
        shown = await numbers(request.app.state.connection) if visitor else unknown("landing-stranger")
        bearer = filled("landing-bearer")
        return form_page("landing", **ways, **shown, who=who(visitor), bearer=bearer, address=address)

    return [PageRoute("/", landing), Route("/", text)]


def who(visitor: Principal | None) -> str:
    """Who is signed in, and the way in or out."""
    return filled("landing-visitor", name=escape(visitor.name)) if visitor else filled("landing-signin")


async def numbers(connection: Connection) -> dict[str, str]:
    """How much there is, as the page shows it."""
    found = await counts(connection)
    if found is None:
        return unknown("landing-outage")
    return {"notice": "", **{name: f"{found[name]:,}" for name in COUNTED}}


def unknown(why: str) -> dict[str, str]:
    """No numbers, and why."""
    return {"notice": filled(why), **dict.fromkeys(COUNTED, UNKNOWN)}


async def counts(connection: Connection) -> Mapping[str, Any] | None:
    """How much there is; None when the database cannot say."""
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await connection.ask(COUNTS)
    except (PedigreeError, TimeoutError):
        return None


async def text(request: Request) -> PlainTextResponse:
    return PlainTextResponse(TEXT, headers={"vary": "accept"})
