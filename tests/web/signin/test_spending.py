"""What somebody spends, and what is told to who has spent it all."""

from collections.abc import AsyncIterator

import httpx2
import pytest
from starlette.applications import Starlette

from app.database.connection import Connection
from app.main import create_app
from app.settings import Settings
from app.web.media import GRAPHQL
from tests.fixtures.snapshot import snapshot
from tests.web.signin.conftest import HOST, Token, settled, token_of
from tests.web.signin.test_over_sockets import said_hello
from tests.web.signin.test_who_gets_in import CREATE, ask
from tests.web.test_sockets import subscribe
from tests.web.wire import SOCKET, Wire, endpoint

PAGE = "{ registeredModels(first: 10) { nodes { id } } }"


@pytest.fixture
async def app(strict: Settings, connection: Connection) -> AsyncIterator[Starlette]:
    """A server on which everybody has 25 points, and gets one back each second of a clock that stands."""
    app = create_app(strict.model_copy(update={"rate": 1, "rate_burst": 25}))
    endpoint(app).executor.rates.clock = lambda: 0.0
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture
async def http(app: Starlette) -> AsyncIterator[httpx2.AsyncClient]:
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url=HOST) as http:
        yield http


async def test_an_answer_tells_what_is_left(http: httpx2.AsyncClient, ada: Token) -> None:
    answer = await ask(http, PAGE, ada.header)
    assert answer.headers["ratelimit-policy"] == '"points";q=25;w=25'
    assert answer.headers["ratelimit"] == '"points";r=15;t=10'
    cost = answer.json()["extensions"]["cost"]
    assert cost == {"requested": 10, "limit": 1_000_000, "remaining": 15, "restoredPerSecond": 1}


@pytest.mark.parametrize("accept", ["application/json", GRAPHQL])
async def test_who_has_spent_all_comes_back_later_and_others_need_not(
    http: httpx2.AsyncClient, app: Starlette, connection: Connection, ada: Token, accept: str
) -> None:
    bob = await token_of(connection, "bob")
    for _ in range(2):
        assert (await ask(http, PAGE, ada.header)).status_code == 200
    await settled(app)
    before = await snapshot(connection)
    refused = await ask(http, CREATE, {**ada.header, "Accept": accept})
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "8")
    assert refused.headers["ratelimit"] == '"points";r=5;t=20'
    answer = refused.json()
    (error,) = answer["errors"]
    assert error["extensions"].items() >= {"code": "RATE_LIMITED", "retryable": True, "retryAfter": 8}.items()
    assert answer["extensions"]["cost"]["remaining"] == 5
    assert "data" not in answer
    assert await snapshot(connection) == before
    assert (await ask(http, PAGE, bob.header)).status_code == 200


async def test_tokens_of_one_actor_spend_together(http: httpx2.AsyncClient, connection: Connection, ada: Token) -> None:
    other = await token_of(connection, "ada")
    await ask(http, PAGE, ada.header)
    assert (await ask(http, PAGE, other.header)).headers["ratelimit"] == '"points";r=5;t=20'


async def test_over_a_socket_it_is_an_error_of_the_operation(app: Starlette, ada: Token) -> None:
    async with Wire(app, SOCKET) as wire:
        await said_hello(wire, {"Authorization": f"Bearer {ada.text}"})
        for number in ("1", "2"):
            wire.tell(subscribe(number, PAGE))
            assert (await wire.hear())["type"] == "next"
            await wire.hear()
        wire.tell(subscribe("3", PAGE))
        refused = await wire.hear()
    assert (refused["type"], refused["id"]) == ("error", "3")
    assert refused["payload"][0]["extensions"].items() >= {"code": "RATE_LIMITED", "retryAfter": 5}.items()


async def test_where_nobody_signs_in_nobody_counts(strict: Settings, connection: Connection) -> None:
    app = create_app(strict.model_copy(update={"auth": False, "rate": 1, "rate_burst": 1}))
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url=HOST) as http,
    ):
        answer = await ask(http, PAGE)
    assert answer.json()["extensions"] == {"cost": {"requested": 10, "limit": 1_000_000}}
    assert "ratelimit" not in answer.headers
