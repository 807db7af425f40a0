"""A thin HTTP client: keep-alive connections, one request at a time on each, the parsing done in C (httptools).

What it costs itself is measured, too: see `floor.py`.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any, cast
from urllib.parse import urlsplit

import httptools
import orjson


class Failed(Exception):
    """A request was not answered as it should be."""


class Exchange(asyncio.Protocol):
    """One connection, made anew when the server has closed it. `ask` sends a request and returns the answer's body."""

    def __init__(self, host: str, port: int) -> None:
        self.address = (host, port)
        self.parser = httptools.HttpResponseParser(self)
        self.parts: list[bytes] = []
        self.waiting: asyncio.Future[bytes] | None = None
        self.transport: asyncio.Transport | None = None

    async def ask(self, request: bytes) -> bytes:
        """The body of the answer. Raises Failed when its status is not 2xx, or the connection was lost."""
        transport = await self.connected()
        self.parts = []
        self.waiting = asyncio.get_running_loop().create_future()
        transport.write(request)
        body = await self.waiting
        if not 200 <= self.parser.get_status_code() < 300:
            raise Failed(f"{self.parser.get_status_code()}: {body[:2000]!r}")
        return body

    async def connected(self) -> asyncio.Transport:
        """The connection, which is made when there is none."""
        if self.transport is None or self.transport.is_closing():
            self.parser = httptools.HttpResponseParser(self)
            await asyncio.get_running_loop().create_connection(lambda: self, *self.address)
        assert self.transport is not None
        return self.transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)  # uvloop's is none by its class

    def data_received(self, data: bytes) -> None:
        self.parser.feed_data(data)

    def on_body(self, body: bytes) -> None:
        self.parts.append(body)

    def on_message_complete(self) -> None:
        if self.waiting is not None and not self.waiting.done():
            self.waiting.set_result(self.parts[0] if len(self.parts) == 1 else b"".join(self.parts))

    def connection_lost(self, error: Exception | None) -> None:
        if self.waiting is not None and not self.waiting.done():
            self.waiting.set_exception(Failed(f"the connection was lost: {error}"))


@asynccontextmanager
async def exchanges(url: str, count: int) -> AsyncIterator[list[Exchange]]:
    """So many connections to the server of the URL."""
    place = urlsplit(url)
    opened = [Exchange(place.hostname or "", place.port or 80) for _ in range(count)]
    try:
        for exchange in opened:
            await exchange.connected()
        yield opened
    finally:
        for exchange in opened:
            if exchange.transport is not None:
                exchange.transport.close()


def request(method: str, url: str, body: Mapping[str, Any] | None = None, *, token: str | None = None) -> bytes:
    """The bytes of a request whose body is JSON."""
    place = urlsplit(url)
    path = f"{place.path}?{place.query}" if place.query else place.path or "/"
    content = b"" if body is None else orjson.dumps(body)
    bearer = f"Authorization: Bearer {token}\r\n" if token else ""
    head = (
        f"{method} {path} HTTP/1.1\r\nHost: {place.netloc}\r\nAccept: application/json\r\n{bearer}"
        f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content


def graphql(url: str, document: str, variables: Mapping[str, Any], *, token: str | None = None) -> bytes:
    """The bytes of a GraphQL request."""
    return request("POST", url, {"query": document, "variables": variables}, token=token)


def data_of(body: bytes) -> Any:
    """The data of a GraphQL answer. Raises Failed when it tells of errors."""
    answer = orjson.loads(body)
    if answer.get("errors"):
        raise Failed(f"the answer has errors: {answer['errors'][0]}")
    return answer["data"]
