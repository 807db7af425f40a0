"""What an application hears and says, message by message, as a server passes it on."""

import asyncio
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Scope

from app.web.graphql import GraphQLEndpoint

HEADERS = [(b"host", b"localhost"), (b"content-type", b"application/json")]
HTTP: Scope = {"type": "http", "method": "POST", "path": "/graphql", "query_string": b"", "headers": HEADERS}
SOCKET: Scope = {
    "type": "websocket",
    "path": "/graphql",
    "query_string": b"",
    "headers": HEADERS[:1],
    "subprotocols": ["graphql-transport-ws"],
    "extensions": {"websocket.http.response": {}},
}


@dataclass
class Wire:
    """A connection to an application that runs in the test's own loop."""

    app: ASGIApp
    scope: Scope
    said: asyncio.Queue[Message] = field(default_factory=asyncio.Queue)
    heard: asyncio.Queue[Message] = field(default_factory=asyncio.Queue)

    async def __aenter__(self) -> "Wire":
        self.task = asyncio.create_task(self.run())
        return self

    async def __aexit__(self, *_: object) -> None:
        self.task.cancel()
        with suppress(asyncio.CancelledError):
            await self.task

    async def run(self) -> None:
        await self.app(dict(self.scope), self.said.get, self.heard.put)

    def send(self, query: str) -> None:
        """A request over HTTP."""
        self.said.put_nowait({"type": "http.request", "body": json.dumps({"query": query}).encode()})

    def tell(self, message: Mapping[str, Any]) -> None:
        """A message over a WebSocket."""
        self.said.put_nowait({"type": "websocket.receive", "text": json.dumps(message)})

    async def hear(self) -> Any:
        """The next message that comes over a WebSocket."""
        return json.loads((await self.heard.get())["text"])


def endpoint(app: Starlette) -> GraphQLEndpoint:
    """What answers GraphQL over HTTP in an application."""
    (found,) = (r.app for r in app.routes if isinstance(r, Route) and isinstance(r.app, GraphQLEndpoint))
    return found
