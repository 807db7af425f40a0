"""The header X-Pedigree-Bookmark: an answer to a change carries it, and whoever sends it back sees that change."""

import re
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.database.bookmarks import Seen, seen
from app.errors import InvalidBookmark
from app.web.refusals import Refused, response
from app.web.request_ids import request_id_of

HEADER = "x-pedigree-bookmark"
ACCEPTED = re.compile(r"FB:[A-Za-z0-9+/]{1,253}={0,2}")  # what Neo4j says of one database has 31 characters


class Bookmarks:
    """Takes a client's bookmark, and hands out that of its last write."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        sent = Headers(scope=scope).get(HEADER)
        if sent is not None and not ACCEPTED.fullmatch(sent):
            refused = Refused(HTTPStatus.BAD_REQUEST, InvalidBookmark())
            await response(refused, request_id_of(scope))(scope, receive, send)
            return
        known = Seen(sent)

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                if known.written:
                    MutableHeaders(scope=message)[HEADER] = known.written
                if known.refused:
                    message["status"] = HTTPStatus.BAD_REQUEST
            await send(message)

        token = seen.set(known)
        try:
            await self.app(scope, receive, marked)
        finally:
            seen.reset(token)
