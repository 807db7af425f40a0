"""The table of bad requests, sent to a real server: each is refused as it should, tells nothing of our insides, changes
nothing, and leaves a server that answers within a second."""

import re
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from neo4j import AsyncDriver

from app.database.connection import Connection
from app.domain.identity import ensure_actor
from app.domain.writing import Caller, Writer
from app.settings import Settings
from tests.fixtures.emptying import renewed
from tests.fixtures.pedigree_process import served
from tests.fixtures.registration import register
from tests.fixtures.snapshot import snapshot
from tests.web.bad_requests import documents, over_http, over_sockets, values
from tests.web.bad_requests.rows import Graph, Row
from tests.web.sending import Told, send

ROWS = (*over_http.ROWS, *documents.ROWS, *values.ROWS, *over_sockets.ROWS)
NORMAL = Graph("{ registeredModels { nodes { name latestVersion { number } } } }")
ANSWER = '{"data":{"registeredModels":{"nodes":[{"name":"churn","latestVersion":{"number":2}}]}}'
SECOND = 1.0
SNAPSHOT = {"role": "train", "dataset": {"record": {"dataset": "clicks", "version": "1"}}}
PARENT = {"kind": "FINE_TUNE", "source": {"modelVersion": {"number": {"model": "churn", "number": 1}}}}
# What would tell of our insides: languages, libraries, files, classes.
INSIDES = re.compile(
    r"Traceback|\.py\b|Neo\.\w|neo4j|bolt:|CYPHER|strawberry|graphql[-_.]core|pydantic|orjson|starlette|uvicorn|asyncio"
    r"|site-packages|/app/|object at 0x|<class|\b(?:Value|Key|Type|Attribute|Recursion|Unicode\w+|JSONDecode)Error\b"
    r"|\bsys\.",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Server:
    """A real server with a small registry, and what the graph is like."""

    url: str
    connection: Connection
    graph: str


@pytest.fixture(scope="module")
async def server(settings: Settings, session_driver: AsyncDriver) -> AsyncIterator[Server]:
    await renewed(session_driver)
    connection = Connection(session_driver, read_timeout=30, write_timeout=30)
    writer = Writer(connection, Caller(await ensure_actor(connection, settings.actor), "test"))
    await register(writer, "churn", inputs=[SNAPSHOT], aliases=["first"])
    await register(writer, "churn", parents=[PARENT])
    # Nobody reads what the server says, and it would wait for that once the pipe is full.
    changes = {"port": 0, "request_timeout": 1.0, "log_level": "warning"}
    with served(settings.model_copy(update=changes)) as process:
        await send(process.url, NORMAL)  # Neo4j plans it
        yield Server(process.url, connection, await snapshot(connection))


def test_the_table_is_long_and_each_row_has_its_name() -> None:
    names = [row.name for row in ROWS]
    assert len(names) >= 100
    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
async def test_a_bad_request_is_refused_and_harms_nothing(server: Server, row: Row) -> None:
    told = await send(server.url, row.request)
    assert (told.status, code(told), path(told, row)) == (row.status, row.code, row.path), told.text
    assert INSIDES.findall(told.text) == []
    check_errors(told, row)

    begin = time.perf_counter()
    normal = await send(server.url, NORMAL)
    assert time.perf_counter() - begin < SECOND
    assert normal.text.startswith(ANSWER)
    assert await snapshot(server.connection) == server.graph


def code(told: Told) -> str | None:
    return str(told.errors[0]["extensions"]["code"]) if told.errors else None


def path(told: Told, row: Row) -> list[str | int] | None:
    """The path of the error, if the row says one."""
    return told.errors[0]["extensions"].get("path", []) if row.path is not None else None


def check_errors(told: Told, row: Row) -> None:
    """Every error says what to do, has a code, and names its request; every response that is one does, too."""
    for error in told.errors:
        extensions = error["extensions"]
        assert re.fullmatch(r"[A-Z_]+", extensions["code"])
        assert isinstance(extensions["retryable"], bool)
        assert re.fullmatch(r"[0-9a-f]{32}", extensions["requestId"])
        assert 0 < len(error["message"]) <= 1_003
        assert told.headers.get("x-request-id", extensions["requestId"]) == extensions["requestId"]
    if told.errors:
        assert told.errors[0]["message"].startswith(row.message)
    else:
        assert row.code is None
