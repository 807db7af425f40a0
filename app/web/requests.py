"""What holds for every request: it has an id, and what becomes of an operation is seen."""

import asyncio
import re
import uuid

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import bound_contextvars

from app.errors import Unavailable
from app.telemetry.operations import OK, observed
from app.web.refusals import refusal

GRAPHQL = "/graphql"
REQUEST_ID = "x-request-id"
ACCEPTED_ID = re.compile(r"[\w.:+/=-]{1,128}", re.ASCII)


class Stopped(Unavailable):
    """The server was stopped before it had an answer. If this was a change, look before you send it again."""


class Requests:
    """Gives every request its id, in `state`, log and answer. A client may choose it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        request_id = id_of(Headers(scope=scope))
        scope.setdefault("state", {})["request_id"] = request_id
        with bound_contextvars(request_id=request_id):
            if scope["type"] == "http" and scope["path"] == GRAPHQL:
                await self.operate(scope, receive, identified(send, request_id))
            else:
                await self.app(scope, receive, identified(send, request_id))

    async def operate(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a GraphQL request on, and observe how it ends."""
        with observed() as operation:

            async def answer(message: Message) -> None:
                if message["type"] == "http.response.start":
                    operation.status = message["status"]
                    if operation.status >= 400 and operation.code == OK:
                        operation.code = f"HTTP_{operation.status}"
                await send(message)

            try:
                await self.app(scope, receive, answer)
            except asyncio.CancelledError:
                if operation.status is not None:
                    raise
                operation.code = Stopped.code
                stopped = Stopped(committed="unknown")
                response = refusal(stopped, status=503, request_id=scope["state"]["request_id"])
                await response(scope, receive, answer)


def id_of(headers: Headers) -> str:
    """The id that the client chose, if it may stand in a log; else a new one."""
    chosen = headers.get(REQUEST_ID, "")
    return chosen if ACCEPTED_ID.fullmatch(chosen) else uuid.uuid4().hex


def identified(send: Send, request_id: str) -> Send:
    async def answer(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message)[REQUEST_ID] = request_id
        await send(message)

    return answer
