"""What a browser sees: the landing page, GraphiQL, the schema and the guides, all of it from this server."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import BaseRoute, Mount, Route

from app.web import graphiql, guides, landing
from app.web.entrance import Entrance
from app.web.routing import Files

STATIC = Path(__file__).parent / "static"
ASKED_AGAIN = "no-cache"


def routes(
    *,
    schema: Callable[[], str] | None,
    wants_graphiql: bool,
    entrance: Entrance | None = None,
    bundle: Path = graphiql.BUNDLE,
) -> list[BaseRoute]:
    """The routes of all pages. They stand before GraphQL's, which answers at `/graphql` whoever wants no page. Without
    an entrance nobody signs in."""
    shown = wants_graphiql and graphiql.is_bundled(bundle)
    return [
        *landing.routes(has_graphiql=shown, has_schema=schema is not None, entrance=entrance),
        *graphiql.routes(bundle, shown=shown),
        *guides.routes(),
        *([schema_route(schema)] if schema else []),
        Mount("/static", Files(STATIC, kept=ASKED_AGAIN)),
    ]


def schema_route(schema: Callable[[], str]) -> Route:
    """The schema as one text, which is printed once, when somebody first asks for it."""
    printed = cache(schema)

    async def schema_file(request: Request) -> PlainTextResponse:
        return PlainTextResponse(printed(), headers={"cache-control": ASKED_AGAIN})

    return Route("/schema.graphql", schema_file)
