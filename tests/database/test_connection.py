"""What becomes of statements that fail on the way: in time, in memory, between the commit and its answer."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import pytest
from neo4j import AsyncGraphDatabase

from app.database.connection import Connection, Transaction
from app.database.queries import parse
from app.errors import TimedOut, TooComplex, Unavailable
from app.settings import Settings
from tests.fixtures.snapshot import found

LARGE = "UNWIND range(1, 20000000) AS x WITH collect({a: x, b: toString(x)}) AS xs RETURN size(xs) AS found"
CREATE = parse("test/create", "// Creates a node.\nCREATE (n:Tag {key: 'x'}) RETURN n.key AS key")
TOUCH = parse("test/touch", "// Locks a node.\nMATCH (n:Tag {key: 'x'}) SET n.value = 'y' RETURN n.key AS key")
COUNT = "MATCH (n:Tag {key: 'x'}) RETURN count(n) AS found"
COMMIT = b"\x00\x02\xb0\x12\x00\x00"  # the message of the Bolt protocol


async def create(transaction: Transaction) -> None:
    await transaction.run(CREATE, {})


async def touch(transaction: Transaction) -> None:
    await transaction.run(TOUCH, {})


async def test_what_needs_too_much_memory_is_refused_and_nothing_else_suffers(connection: Connection) -> None:
    patient = Connection(connection.driver, read_timeout=60)
    with pytest.raises(TooComplex):
        await patient.read("large", LARGE)
    assert await found(connection, "RETURN 1 AS found") == 1


async def test_a_write_that_runs_out_of_time_was_not_committed(connection: Connection) -> None:
    await connection.write(create)
    hasty = Connection(connection.driver, write_timeout=0.5)
    async with connection.driver.session() as session:
        blocking = await session.begin_transaction()
        await (await blocking.run("MATCH (n:Tag {key: 'x'}) SET n.value = 'z'")).consume()
        with pytest.raises(TimedOut) as raised:
            await hasty.write(touch)
        await blocking.rollback()
    assert raised.value.details == {"committed": False}
    assert await found(connection, "MATCH (n:Tag {key: 'x'}) RETURN n.value AS found") is None


@pytest.mark.parametrize("passes_on", [True, False])
async def test_when_the_answer_to_a_commit_is_lost_nobody_claims_to_know(
    settings: Settings, connection: Connection, passes_on: bool
) -> None:
    assert settings.neo4j_uri is not None
    assert settings.neo4j_password is not None
    auth = (settings.neo4j_username, settings.neo4j_password.get_secret_value())
    async with (
        cut_at_commit(settings.neo4j_uri, passes_on=passes_on) as uri,
        AsyncGraphDatabase.driver(uri, auth=auth) as driver,
    ):
        with pytest.raises(Unavailable) as raised:
            await Connection(driver).write(create)
    assert raised.value.details == {"committed": "unknown"}
    assert await found(connection, COUNT) == int(passes_on)


@asynccontextmanager
async def cut_at_commit(uri: str, *, passes_on: bool) -> AsyncIterator[str]:
    """The address of a way to Neo4j that ends when somebody commits: after the message is passed on, or before."""
    target = urlsplit(uri)
    carrying: list[asyncio.Task[None]] = []

    async def carried(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        neo4j, to_neo4j = await asyncio.open_connection(target.hostname, target.port)
        back = asyncio.create_task(copy(neo4j, writer))
        commit = await copy(reader, to_neo4j, until=COMMIT)
        back.cancel()
        await asyncio.gather(back, return_exceptions=True)
        if commit and passes_on:
            to_neo4j.write(commit)
            await neo4j.read(1)  # it has answered
        for each in (writer, to_neo4j):
            each.close()
            await each.wait_closed()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        carrying.append(asyncio.create_task(carried(reader, writer)))

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    async with server:
        yield f"bolt://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        await asyncio.gather(*carrying)


async def copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, until: bytes | None = None) -> bytes:
    """Pass on what comes, up to what holds `until`: that is returned."""
    while data := await reader.read(65536):
        if until and until in data:
            return data
        writer.write(data)
        await writer.drain()
    return b""
