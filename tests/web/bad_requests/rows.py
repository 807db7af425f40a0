"""What a row of the table of bad requests is: how it is sent, and what has to come back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

GONE = 0  # the status of a connection that is closed without an answer


@dataclass(frozen=True)
class Http:
    """A request, written out as it is. Host and Content-Length are added unless they are given or None."""

    body: bytes = b""
    method: str = "POST"
    target: str = "/graphql"
    headers: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Raw:
    """Bytes. `{host}` in them stands for the server's address. `leaves` closes the connection after them."""

    sent: bytes
    leaves: bool = False


@dataclass(frozen=True)
class Graph:
    """A well-formed request of GraphQL, whose answer has the status that fits."""

    query: str
    variables: Mapping[str, Any] | None = None
    operation: str | None = None


@dataclass(frozen=True)
class Talk:
    """Messages over a WebSocket, after the handshake: objects are sent as JSON."""

    messages: tuple[Mapping[str, Any] | str | bytes, ...] = ()
    protocols: tuple[str, ...] = ("graphql-transport-ws",)
    headers: Mapping[str, str] = field(default_factory=dict)
    target: str = "/graphql"


@dataclass(frozen=True)
class Row:
    """A bad request. `status` is that of HTTP, or the code that a WebSocket is closed with; `code` the error's."""

    name: str
    request: Http | Raw | Graph | Talk
    status: int
    code: str | None = None
    path: list[str | int] | None = None
    message: str = ""  # what the error's message begins with
