"""Sends a bad request as it is to a real server, and hears what comes back."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.web.bad_requests.rows import GONE, Graph, Http, Raw, Talk

PATIENCE = 20.0  # seconds
GRAPHQL = {"Content-Type": "application/json", "Accept": "application/graphql-response+json"}
SWITCHED = 101


@dataclass(frozen=True)
class Told:
    """What came back: the status, or the code of a closed WebSocket; the headers; the errors; the whole text."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    errors: list[dict[str, Any]] = field(default_factory=list)
    text: str = ""


async def send(url: str, request: Http | Raw | Graph | Talk) -> Told:
    """Send a request, and wait for what comes back."""
    async with asyncio.timeout(PATIENCE):
        match request:
            case Graph(query, variables, operation):
                body = {"query": query, "variables": variables, "operationName": operation}
                return await exchange(url, written(url, Http(json.dumps(body).encode(), headers=GRAPHQL)))
            case Http():
                return await exchange(url, written(url, request))
            case Raw(sent, leaves):
                return await exchange(url, sent.replace(b"{host}", host(url)), leaves=leaves)
            case Talk():
                return await talk(url, request)


def host(url: str) -> bytes:
    return urlsplit(url).netloc.encode()


def written(url: str, request: Http) -> bytes:
    """The request as it goes over the wire."""
    headers: dict[str, str | None] = {
        "Host": host(url).decode(),
        "Content-Length": str(len(request.body)) if request.body or request.method == "POST" else None,
        **request.headers,
    }
    lines = [f"{request.method} {request.target} HTTP/1.1", *(f"{k}: {v}" for k, v in headers.items() if v is not None)]
    return "\r\n".join([*lines, "", ""]).encode() + request.body


async def exchange(url: str, sent: bytes, *, leaves: bool = False) -> Told:
    """Send bytes, and read one response."""
    place = urlsplit(url)
    reader, writer = await asyncio.open_connection(place.hostname, place.port)
    try:
        writer.write(sent)
        if leaves:
            return Told(GONE)
        return await response(reader, is_head=sent.startswith(b"HEAD "))
    finally:
        writer.close()


async def response(reader: asyncio.StreamReader, *, is_head: bool = False) -> Told:
    """The next response, which has no body when only its head was asked for."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    status, *lines = head.strip().split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    length = 0 if is_head else int(headers.get("content-length", "0"))
    text = (await reader.readexactly(length)).decode()
    return Told(int(status.split()[1]), headers, errors_of(headers, text), text)


def errors_of(headers: dict[str, str], text: str) -> list[dict[str, Any]]:
    if not text or "json" not in headers.get("content-type", ""):
        return []
    found: list[dict[str, Any]] = json.loads(text).get("errors", [])
    return found


async def talk(url: str, request: Talk) -> Told:
    """Say everything, and listen until the socket is closed or an operation fails."""
    place = url.replace("http", "ws", 1) + request.target
    try:
        async with connect(
            place,
            subprotocols=list(request.protocols) or None,  # type: ignore[arg-type]
            additional_headers=dict(request.headers),
            compression=None,
            max_size=None,
        ) as socket:
            for message in request.messages:
                await socket.send(message if isinstance(message, str | bytes) else json.dumps(message))
            return await heard(socket)
    except InvalidStatus as refused:
        headers = {name.lower(): value for name, value in refused.response.headers.raw_items()}
        text = bytes(refused.response.body or b"").decode()
        return Told(refused.response.status_code, headers, errors_of(headers, text), text)
    except ConnectionClosed as closed:
        return Told(closed.rcvd.code if closed.rcvd else GONE, text=closed.rcvd.reason if closed.rcvd else "")


async def heard(socket: ClientConnection) -> Told:
    """The first errors of an operation. Raises ConnectionClosed."""
    while True:
        text = await socket.recv(decode=True)
        message = json.loads(text)
        errors = message["payload"] if message["type"] == "error" else (message.get("payload") or {}).get("errors")
        if errors:
            return Told(SWITCHED, errors=errors, text=text)
