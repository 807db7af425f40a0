"""Pages that only those see who are signed in: everybody else is led to where that is done."""

from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from app.errors import Unauthenticated
from app.web.entrance import Entrance, refusal
from app.web.refusals import response
from app.web.request_ids import request_id_of
from app.web.routing import is_visit

PAGES = ("/docs/", "/graphql", "/schema.graphql")


class Closed:
    """Keeps strangers from the guides, the schema and GraphiQL. The landing page tells them nothing anyway."""

    def __init__(self, app: ASGIApp, entrance: Entrance) -> None:
        self.app = app
        self.entrance = entrance

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and is_page(scope) and await self.entrance.visitor(Request(scope)) is None:
            await led_away(Request(scope))(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def is_page(scope: Scope) -> bool:
    return scope["method"] in ("GET", "HEAD") and scope["path"].startswith(PAGES)


def led_away(request: Request) -> Response:
    """Where a browser is sent, and what a program is told."""
    if not is_visit(request):
        return response(refusal(Unauthenticated()), request_id_of(request.scope))
    up = "../" * (request.url.path.count("/") - 1)
    return RedirectResponse(f"{up}signin", HTTPStatus.SEE_OTHER, {"cache-control": "no-store"})
