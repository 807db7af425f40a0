"""What becomes of a request is seen: its log lines carry its id, and an operation is counted, timed and logged."""

import asyncio
from http import HTTPStatus

from opentelemetry.trace import Tracer
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import bound_contextvars

from app.errors import Unavailable
from app.telemetry.codes import OK
from app.telemetry.operations import Operation, observed
from app.telemetry.traces import SERVER, end, ids, span, traced_by
from app.web.refusals import Refused, response
from app.web.request_ids import request_id_of

GRAPHQL = "/graphql"


class Stopped(Unavailable):
    """The server was stopped before it had an answer. If this was a change, look before you send it again."""


class Observation:
    """Observes every request. Stands behind what gives it its id."""

    def __init__(self, app: ASGIApp, tracer: Tracer | None = None) -> None:
        self.app = app
        self.tracer = tracer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        with bound_contextvars(request_id=request_id_of(scope)), traced_by(self.tracer):
            if scope["type"] == "http" and scope["path"] == GRAPHQL:
                await self.operate(scope, receive, send)
            else:
                await self.app(scope, receive, send)

    async def operate(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a GraphQL request on, and see how it ends."""
        name, told = f"{scope['method']} {GRAPHQL}", {"http.request.method": scope["method"], "url.path": GRAPHQL}
        with span(name, SERVER, told, parent=Headers(scope=scope)) as traced, bound_contextvars(**ids(traced)):
            operation = Operation()
            try:
                with observed(operation):
                    await self.answered(operation, scope, receive, send)
            finally:
                if operation.status is not None:
                    traced.set_attribute("http.response.status_code", operation.status)
                end(traced, operation.code)

    async def answered(self, operation: Operation, scope: Scope, receive: Receive, send: Send) -> None:
        """Have the request answered. One that is given up is answered, too."""

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                operation.status = message["status"]
                if operation.status >= 400 and operation.code == OK:
                    operation.code = f"HTTP_{operation.status}"
            await send(message)

        try:
            await self.app(scope, receive, answer)
        except asyncio.CancelledError:  # the time to finish is up: see `pedigree serve`
            if operation.status is not None:
                raise
            operation.code = Stopped.code
            stopped = Refused(HTTPStatus.SERVICE_UNAVAILABLE, Stopped(committed="unknown"), {"Retry-After": "1"})
            await response(stopped, request_id_of(scope))(scope, receive, answer)
