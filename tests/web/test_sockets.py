"""A WebSocket that behaves, and the bounds that the table of bad requests cannot wait for."""

import json
from collections.abc import AsyncIterator

import pytest
from starlette.applications import Starlette

from app.database.connection import Connection
from app.main import create_app
from app.settings import Settings
from tests.api.conftest import GENEROUS
from tests.web.test_time import begun
from tests.web.wire import SOCKET, Wire

MODELS = "query ($n: Int) { registeredModels(first: $n) { totalCount } }"
CREATE = 'mutation { createRegisteredModel(input: {name: "churn"}) { registeredModel { name } } }'
AS_OF = '{ deployments(asOf: "2999-01-01T00:00:00Z") { totalCount } }'


@pytest.fixture
async def strict(settings: Settings, connection: Connection) -> AsyncIterator[Starlette]:
    """A server that has room for one socket, and closes it as soon as nothing is said."""
    changes = {**GENEROUS, "max_sockets": 1, "socket_idle_timeout": 0.01}
    app = create_app(settings.model_copy(update=changes))
    async with app.router.lifespan_context(app):
        yield app


def subscribe(id: str, query: str, **variables: object) -> dict[str, object]:
    return {"type": "subscribe", "id": id, "payload": {"query": query, "variables": variables}}


async def test_queries_and_changes_are_answered_under_their_ids(app: Starlette) -> None:
    async with Wire(app, SOCKET) as wire:
        await begun(wire)
        wire.tell(subscribe("a", CREATE))
        answer = await wire.hear()
        assert (answer["id"], answer["type"]) == ("a", "next")
        assert answer["payload"]["data"] == {"createRegisteredModel": {"registeredModel": {"name": "churn"}}}
        assert await wire.hear() == {"id": "a", "type": "complete"}
        wire.tell(subscribe("a", MODELS, n=3))
        answer = await wire.hear()
        assert answer["payload"]["data"] == {"registeredModels": {"totalCount": 1}}
        assert answer["payload"]["extensions"]["cost"]["requested"] == 13
        assert await wire.hear() == {"id": "a", "type": "complete"}
        wire.tell({"type": "ping", "payload": {"a": 1}})
        assert await wire.hear() == {"type": "pong"}


async def test_operations_of_one_socket_share_nothing(app: Starlette) -> None:
    async with Wire(app, SOCKET) as wire:
        await begun(wire)
        for query in (AS_OF, MODELS):
            wire.tell(subscribe("1", query))
            extensions = (await wire.hear())["payload"]["extensions"]
            assert ("asOfSettled" in extensions) is (query == AS_OF)
            await wire.hear()


async def test_each_operation_has_a_request_id_of_its_own(app: Starlette) -> None:
    ids = set()
    async with Wire(app, SOCKET) as wire:
        await begun(wire)
        for _ in range(2):
            wire.tell(subscribe("1", "{ nope }"))
            message = await wire.hear()
            assert (message["type"], message["id"]) == ("error", "1")
            ids.add(message["payload"][0]["extensions"]["requestId"])
    assert len(ids) == 2


async def test_a_socket_on_which_nothing_is_said_is_closed(strict: Starlette) -> None:
    async with Wire(strict, SOCKET) as wire:
        await begun(wire)
        closed = await wire.heard.get()
    assert (closed["type"], closed["code"]) == ("websocket.close", 1001)


async def test_there_are_only_so_many_sockets(strict: Starlette) -> None:
    async with Wire(strict, SOCKET) as first:
        first.said.put_nowait({"type": "websocket.connect"})
        await first.heard.get()
        async with Wire(strict, SOCKET) as second:
            start, body = await second.heard.get(), await second.heard.get()
    assert (start["type"], start["status"]) == ("websocket.http.response.start", 503)
    assert (b"retry-after", b"1") in start["headers"]
    assert json.loads(body["body"])["errors"][0]["extensions"]["code"] == "RATE_LIMITED"
    async with Wire(strict, SOCKET) as third:
        third.said.put_nowait({"type": "websocket.connect"})
        assert (await third.heard.get())["type"] == "websocket.accept"
