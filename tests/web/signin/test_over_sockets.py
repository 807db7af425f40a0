"""Who gets in over a WebSocket, and what happens to who is in when its credential ends."""

from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.types import Message, Scope

from app.database.connection import Connection
from app.domain.credentials.recognition import holder_of_token
from app.domain.credentials.secret import read_secret
from app.domain.credentials.sessions import begin_session
from app.domain.credentials.tokens import RevokeApiToken, revoke_api_token
from app.domain.writing import Caller, Writer
from tests.fixtures.issuer import Issuer
from tests.web.signin.conftest import Token, token_of
from tests.web.test_sockets import subscribe
from tests.web.wire import SOCKET, Wire

NAME = "{ viewer { actor { name } } }"
FORBIDDEN = 4403


def opened_with(**headers: str) -> Scope:
    """A request that opens a socket, with these headers beside its own."""
    return {**SOCKET, "headers": [*SOCKET["headers"], *((k.encode(), v.encode()) for k, v in headers.items())]}


async def said_hello(wire: Wire, payload: dict[str, Any] | None = None) -> Message:
    """What the server says to the first message."""
    wire.said.put_nowait({"type": "websocket.connect"})
    assert (await wire.heard.get())["type"] == "websocket.accept"
    wire.tell({"type": "connection_init", **({} if payload is None else {"payload": payload})})
    return await wire.heard.get()


def is_greeted(message: Message) -> bool:
    return message == {"type": "websocket.send", "text": '{"type":"connection_ack"}'}


async def name_of(wire: Wire, id: str = "1") -> str:
    """Who the server takes the other end for."""
    wire.tell(subscribe(id, NAME))
    answer = await wire.hear()
    await wire.hear()
    name: str = answer["payload"]["data"]["viewer"]["actor"]["name"]
    return name


async def session_of(connection: Connection, token: Token) -> str:
    secret = read_secret(token.text)
    assert secret is not None
    return (await begin_session(connection, await holder_of_token(connection, secret), 3600)).text


@pytest.mark.parametrize("word", ["Authorization", "authorization"])
async def test_the_first_message_says_who_it_is(app: Starlette, ada: Token, word: str) -> None:
    async with Wire(app, SOCKET) as wire:
        assert is_greeted(await said_hello(wire, {word: f"Bearer {ada.text}"}))
        assert await name_of(wire) == "ada"


async def test_a_header_says_who_it_is_and_the_message_counts_more(
    app: Starlette, connection: Connection, ada: Token
) -> None:
    bob = await token_of(connection, "bob")
    scope = opened_with(authorization=f"Bearer {ada.text}")
    async with Wire(app, scope) as wire:
        assert is_greeted(await said_hello(wire))
        assert await name_of(wire) == "ada"
    async with Wire(app, scope) as wire:
        assert is_greeted(await said_hello(wire, {"Authorization": f"Bearer {bob.text}"}))
        assert await name_of(wire) == "bob"


async def test_a_cookie_counts_for_a_page_of_our_own(app: Starlette, connection: Connection, ada: Token) -> None:
    cookie = f"pedigree={await session_of(connection, ada)}"
    async with Wire(app, opened_with(cookie=cookie, origin="http://localhost")) as wire:
        assert is_greeted(await said_hello(wire))
        assert await name_of(wire) == "ada"


@pytest.mark.parametrize("origin", [{}, {"origin": "null"}, {"origin": "https://evil.example"}])
async def test_a_cookie_opens_no_socket_for_another_page(
    app: Starlette, connection: Connection, ada: Token, origin: dict[str, str]
) -> None:
    cookie = f"pedigree={await session_of(connection, ada)}"
    async with Wire(app, opened_with(cookie=cookie, **origin)) as wire:
        start = await wire.heard.get()
    assert (start["type"], start["status"]) == ("websocket.http.response.start", 403)


@pytest.mark.parametrize(
    "payload", [None, {}, {"Authorization": "Bearer nothing"}, {"Authorization": ""}, {"token": "pdg"}]
)
async def test_who_says_nothing_that_counts_is_not_greeted(app: Starlette, payload: dict[str, Any] | None) -> None:
    async with Wire(app, SOCKET) as wire:
        closed = await said_hello(wire, payload)
    assert (closed["type"], closed["code"], closed["reason"]) == ("websocket.close", FORBIDDEN, "Forbidden")


@pytest.mark.parametrize("payload", [{"Authorization": 7}, {"Authorization": "x", "authorization": "y"}])
async def test_what_cannot_be_a_header_is_a_bad_message(app: Starlette, payload: dict[str, Any]) -> None:
    async with Wire(app, SOCKET) as wire:
        assert (await said_hello(wire, payload))["code"] == 4400


async def test_a_header_that_is_wrong_opens_no_socket(app: Starlette) -> None:
    async with Wire(app, opened_with(authorization="Basic x")) as wire:
        start = await wire.heard.get()
    assert (start["type"], start["status"]) == ("websocket.http.response.start", 401)


async def test_who_cannot_be_told_now_comes_back_later(app: Starlette, issuer: Issuer) -> None:
    token = issuer.token(preferred_username="grace")
    issuer.is_away = True
    async with Wire(app, SOCKET) as wire:
        closed = await said_hello(wire, {"Authorization": f"Bearer {token}"})
    assert (closed["code"], closed["reason"]) == (1013, "Try again later")


async def test_a_token_that_is_revoked_ends_what_its_socket_may_ask(
    app: Starlette, connection: Connection, ada: Token
) -> None:
    async with Wire(app, SOCKET) as wire:
        await said_hello(wire, {"Authorization": f"Bearer {ada.text}"})
        assert await name_of(wire) == "ada"
        await revoke_api_token(Writer(connection, Caller("somebody")), RevokeApiToken.model_validate({"id": ada.id}))
        wire.tell(subscribe("2", NAME))
        refused = await wire.hear()
    assert (refused["type"], refused["id"]) == ("error", "2")
    (error,) = refused["payload"]
    assert error["extensions"].items() >= {"code": "UNAUTHENTICATED", "reason": "UNKNOWN"}.items()
