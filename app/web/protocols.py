"""HTTP below the application: how long a request's head may be and take, and how many connections there are."""

import asyncio
from http import HTTPStatus
from typing import Any, ClassVar

import orjson
from uvicorn._types import ASGISendEvent
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from app.api.errors import of_refusal
from app.errors import InvalidRequest, PedigreeError, RateLimited, TimedOut
from app.settings import Settings
from app.web.request_ids import HEADER, new_request_id

MOST_HEAD_BYTES = 32 * 1024
BROKEN = InvalidRequest("This is not HTTP.")
LONG = InvalidRequest(f"The head of a request may have {MOST_HEAD_BYTES} bytes at most.")
SLOW = TimedOut("The head of the request took too long to come. Send it again.")
FULL = RateLimited("The server has as many connections as it takes. Try again in a moment.")


class TooLong(Exception):
    """The head of a request is too long."""


class HttpProtocol(HttpToolsProtocol):
    """Uvicorn's HTTP, which waits neither for ever nor for anything of any length. Times are in seconds."""

    head_seconds: ClassVar[float]
    most_connections: ClassVar[int]

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.deadline: asyncio.TimerHandle | None = None
        self.head_bytes = 0  # of what was understood
        self.pending_bytes = 0  # of what is not complete yet, and therefore kept by the parser
        self.is_whole = True

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if len(self.connections) > self.most_connections:
            self.refuse(HTTPStatus.SERVICE_UNAVAILABLE, FULL)
        else:
            self.wait_for_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self.stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self.pending_bytes += len(data)
        super().data_received(data)
        if self.pending_bytes > MOST_HEAD_BYTES and not self.transport.is_closing():
            self.refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, LONG)

    def on_message_begin(self) -> None:
        self.is_whole, self.head_bytes = False, 0
        self.wait_for_head()
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        self.count(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        self.count(len(name) + len(value))
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self.pending_bytes = 0
        self.stop_waiting()
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self.pending_bytes = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        self.is_whole, self.pending_bytes = True, 0
        super().on_message_complete()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if not self.is_whole:  # the rest of a body that nobody reads
            self.transport.close()

    def send_400_response(self, msg: str) -> None:
        if self.head_bytes > MOST_HEAD_BYTES:
            self.refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, LONG)
        else:
            self.refuse(HTTPStatus.BAD_REQUEST, BROKEN)

    def count(self, length: int) -> None:
        self.head_bytes += length
        if self.head_bytes > MOST_HEAD_BYTES:
            raise TooLong

    def wait_for_head(self) -> None:
        if self.deadline is None:
            self.deadline = self.loop.call_later(self.head_seconds, self.refuse, HTTPStatus.REQUEST_TIMEOUT, SLOW)

    def stop_waiting(self) -> None:
        if self.deadline is not None:
            self.deadline.cancel()
            self.deadline = None

    def refuse(self, status: HTTPStatus, error: PedigreeError) -> None:
        """Say so, and close the connection."""
        self.stop_waiting()
        request_id = new_request_id()
        body = orjson.dumps({"errors": [of_refusal(error, request_id)]})
        retry = "retry-after: 1\r\n" if status == HTTPStatus.SERVICE_UNAVAILABLE else ""
        head = (
            f"content-type: application/json\r\ncontent-length: {len(body)}\r\n"
            f"{HEADER}: {request_id}\r\n{retry}connection: close\r\n\r\n"
        )
        self.transport.write(STATUS_LINE[status] + head.encode() + body)
        self.transport.close()


def http_protocol(settings: Settings) -> type[HttpProtocol]:
    """The protocol with the limits of the settings: uvicorn makes one for each connection."""

    class Protocol(HttpProtocol):
        head_seconds = settings.request_timeout
        most_connections = settings.max_connections

    return Protocol


class SocketProtocol(WebSocketsSansIOProtocol):
    """Uvicorn's WebSockets, for which a refused handshake is no error."""

    async def send(self, message: ASGISendEvent) -> None:
        await super().send(message)
        self.handshake_complete = self.handshake_complete or self.close_sent
