"""A client sees its own writes, whichever process of the server its next request reaches."""

import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import httpx2
import pytest

from app.database.bookmarks import Seen, seen
from app.database.connection import Connection
from app.errors import TimedOut
from app.main import create_app
from app.settings import Settings

BOOKMARK = "X-Pedigree-Bookmark"
CREATE = 'mutation { createRegisteredModel(input: {name: "mine"}) { registeredModel { name } } }'
READ = '{ registeredModel(name: "mine") { name } }'


@asynccontextmanager
async def server(settings: Settings, seconds: float = 30) -> AsyncIterator[httpx2.AsyncClient]:
    """A client of a server of its own, which knows nothing of what another server has written."""
    app = create_app(settings.model_copy(update={"read_timeout": seconds, "write_timeout": 30.0}))
    transport = httpx2.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=transport, base_url="http://localhost") as http,
    ):
        yield http


@pytest.fixture
async def two(settings: Settings, connection: Connection) -> AsyncIterator[tuple[httpx2.AsyncClient, ...]]:
    """Clients of two servers on one database."""
    async with server(settings) as one, server(settings) as other:
        yield one, other


async def asked(http: httpx2.AsyncClient, query: str, bookmark: str | None = None) -> httpx2.Response:
    headers = {} if bookmark is None else {BOOKMARK: bookmark}
    return await http.post("/graphql", json={"query": query}, headers=headers)


def later(bookmark: str) -> str:
    """The bookmark of a write that this database has not seen yet.

    A bookmark is packed as MessagePack would: a list of databases, each an id of 16 bytes and the number of a write.
    """
    head = base64.b64decode(bookmark.removeprefix("FB:"))[:19]
    return f"FB:{base64.b64encode(head + bytes.fromhex('ca7fffffff') + bytes.fromhex('90')).decode()}"


async def test_a_change_comes_with_a_bookmark_that_another_server_understands(
    two: tuple[httpx2.AsyncClient, ...],
) -> None:
    one, other = two
    written = await asked(one, CREATE)
    read = await asked(other, READ, written.headers[BOOKMARK])
    assert (read.status_code, read.json()["data"]) == (200, {"registeredModel": {"name": "mine"}})
    assert BOOKMARK not in read.headers


async def test_a_server_waits_until_the_database_has_got_there(
    settings: Settings, two: tuple[httpx2.AsyncClient, ...]
) -> None:
    bookmark = (await asked(two[0], CREATE)).headers[BOOKMARK]
    async with server(settings, seconds=1) as hasty:
        response = await asked(hasty, READ, later(bookmark))
    [error] = response.json()["errors"]
    assert (response.status_code, error["extensions"]["code"], error["path"]) == (200, "TIMEOUT", ["registeredModel"])
    assert error["extensions"]["retryable"] is True


async def test_what_a_client_sends_is_not_kept_for_others(connection: Connection) -> None:
    hasty = replace(connection, read_timeout=1)
    await hasty.read("test/one", "RETURN 1 AS found")
    kept = await hasty.bookmarks.get_bookmarks()
    (bookmark,) = kept
    token = seen.set(Seen(sent=later(bookmark)))
    with pytest.raises(TimedOut):
        await hasty.read("test/one", "RETURN 1 AS found")
    seen.reset(token)
    assert await hasty.bookmarks.get_bookmarks() == kept


@pytest.mark.parametrize("sent", ["", "mine", "FB:", "FB:kcwQ!", f"FB:{'A' * 300}", "FB:kcwQ, FB:kcwQ"])
async def test_what_is_no_bookmark_is_a_bad_request(two: tuple[httpx2.AsyncClient, ...], sent: str) -> None:
    response = await asked(two[0], CREATE, sent)
    [error] = response.json()["errors"]
    assert (response.status_code, error["extensions"]["code"]) == (400, "INVALID_BOOKMARK")
    assert error["extensions"]["requestId"] == response.headers["x-request-id"]
    assert (await asked(two[0], READ)).json()["data"] == {"registeredModel": None}


@pytest.mark.parametrize("sent", ["FB:AAAA", "FB:kcwQYJPTqKRiSZiYMOybArGT"])
async def test_a_bookmark_that_neo4j_refuses_is_a_bad_request(two: tuple[httpx2.AsyncClient, ...], sent: str) -> None:
    response = await asked(two[0], READ, sent)
    [error] = response.json()["errors"]
    assert (response.status_code, error["extensions"]["code"]) == (400, "INVALID_BOOKMARK")


async def test_a_bookmark_of_another_database_does_no_harm(two: tuple[httpx2.AsyncClient, ...]) -> None:
    foreign = f"FB:{base64.b64encode(bytes.fromhex('91cc10') + b'another database' + bytes.fromhex('0590')).decode()}"
    assert (await asked(two[0], READ, foreign)).status_code == 200
    assert foreign[:20] not in (await asked(two[0], CREATE)).headers[BOOKMARK]
