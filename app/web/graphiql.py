"""GraphiQL, as `frontend/` bundles it: the page is small, the bundle's files are kept by the browser for good."""

from http import HTTPStatus
from pathlib import Path

import orjson
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount

from app.errors import NotFound
from app.web.headers import GRAPHIQL
from app.web.refusals import Refused
from app.web.routing import Files, PageRoute
from app.web.templates import page

BUNDLE = Path(__file__).parent / "bundle"
# A name bears the hash of the content: what has this name will never be anything else.
FOR_GOOD = "public, max-age=31536000, immutable"
OFF = "There is no GraphiQL here. GraphQL answers what is sent with POST."


def is_bundled(bundle: Path) -> bool:
    """Whether there is a bundle: `make setup` makes it, and a wheel brings it along."""
    return (bundle / "manifest.json").exists()


def routes(bundle: Path, *, shown: bool) -> list[BaseRoute]:
    """The route of the page, before the one of GraphQL itself, and that of its files."""
    if not shown:
        return [PageRoute("/graphql", off)]
    names = orjson.loads((bundle / "manifest.json").read_bytes())

    async def graphiql(request: Request) -> Response:
        return page("graphiql", policy=GRAPHIQL, **names)

    compressed = Middleware(GZipMiddleware, minimum_size=1_000, compresslevel=6)
    files = Files(bundle, kept=FOR_GOOD)
    return [PageRoute("/graphql", graphiql), Mount("/bundle", files, middleware=[compressed])]


async def off(request: Request) -> Response:
    raise Refused(HTTPStatus.NOT_FOUND, NotFound(OFF))
