"""The connection to Neo4j: reads that are tried again, writes that are whole or not at all."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar

from neo4j import (
    READ_ACCESS,
    AsyncDriver,
    AsyncGraphDatabase,
    AsyncManagedTransaction,
    AsyncResult,
    NotificationMinimumSeverity,
    unit_of_work,
)
from neo4j import Query as Statement
from neo4j.api import AsyncBookmarkManager
from neo4j.exceptions import DriverError, Neo4jError, ServiceUnavailable, SessionExpired, TransientError

from app.database.errors import is_timeout, is_too_large, translate, translate_write
from app.database.queries import Query

Row = Mapping[str, Any]
Parameters = Mapping[str, Any]
Result = TypeVar("Result")

READ_TRIES = 3

# The names of the statements sent, when somebody listens: tests count them.
sent: ContextVar[list[str] | None] = ContextVar("sent", default=None)


@dataclass(frozen=True)
class Connection:
    """A database of a Neo4j server or cluster. All statements of Pedigree pass here. Times are in seconds."""

    driver: AsyncDriver
    database: str | None = None
    read_timeout: float = 10.0
    write_timeout: float = 10.0
    bookmarks: AsyncBookmarkManager = field(default_factory=AsyncGraphDatabase.bookmark_manager)
    writing: set[asyncio.Task[Any]] = field(default_factory=set, compare=False)

    async def read(self, name: str, text: str, parameters: Parameters | None = None) -> Row:
        """Run a statement that reads and return its single row. A passing fault is tried again, a time-out is not."""
        for attempt in range(1, READ_TRIES + 1):
            try:
                return await self._read_once(name, text, parameters or {})
            except (TransientError, SessionExpired, ServiceUnavailable) as error:
                if attempt == READ_TRIES or is_timeout(error) or is_too_large(error):
                    raise translate(error) from error
                await asyncio.sleep(random.uniform(0, 0.05 * attempt))
            except (Neo4jError, DriverError) as error:
                raise translate(error) from error
        raise AssertionError("the last try returns or raises")

    async def plan(self, text: str) -> None:
        """Let Neo4j plan a statement without running it; the plan is kept for when it runs."""
        try:
            async with self.driver.session(database=self.database, default_access_mode=READ_ACCESS) as session:
                await (await session.run(f"EXPLAIN {text}")).consume()
        except (Neo4jError, DriverError) as error:
            raise translate(error) from error

    async def ask(self, query: Query, parameters: Parameters | None = None) -> Row:
        """Run a query of `cypher/` that reads and return its single row."""
        return await self.read(query.name, query.text, parameters)

    async def write(self, work: Callable[["Transaction"], Awaitable[Result]]) -> Result:
        """Run `work` in one transaction, which an exception rolls back. The driver tries it again after a deadlock.

        Whoever waits for it may be cancelled, the transaction is not: cut off in its commit, it would leave nobody to
        say whether the change was made.
        """
        task = asyncio.create_task(self._write(work))
        self.writing.add(task)
        task.add_done_callback(self.writing.discard)
        return await asyncio.shield(task)

    async def settled(self) -> None:
        """Return when every write has ended."""
        await asyncio.gather(*self.writing, return_exceptions=True)

    async def _write(self, work: Callable[["Transaction"], Awaitable[Result]]) -> Result:
        @unit_of_work(timeout=self.write_timeout)
        async def once(transaction: AsyncManagedTransaction) -> Result:
            return await work(Transaction(transaction))

        try:
            async with self.driver.session(database=self.database, bookmark_manager=self.bookmarks) as session:
                return await session.execute_write(once)
        except (Neo4jError, DriverError) as error:
            raise translate_write(error) from error

    async def _read_once(self, name: str, text: str, parameters: Parameters) -> Row:
        note(name)
        async with self.driver.session(
            database=self.database, bookmark_manager=self.bookmarks, default_access_mode=READ_ACCESS
        ) as session:
            statement = Statement(text, timeout=self.read_timeout)
            return await single(await session.run(statement, dict(parameters)))


@dataclass(frozen=True)
class Transaction:
    """A transaction that writes. What it has run is kept or lost as a whole."""

    inner: AsyncManagedTransaction

    async def run(self, query: Query, parameters: Parameters) -> Row:
        """Run one query and return its single row: a write that returns none, or two, is a fault of ours."""
        note(query.name)
        return await single(await self.inner.run(query.text, dict(parameters)))


async def single(result: AsyncResult) -> Row:
    record = await result.single(strict=True)
    return dict(record)


def note(name: str) -> None:
    names = sent.get()
    if names is not None:
        names.append(name)


@asynccontextmanager
async def connect(
    uri: str,
    auth: tuple[str, str] | None,
    *,
    database: str | None = None,
    pool_size: int = 100,
    read_timeout: float = 10.0,
    write_timeout: float = 10.0,
) -> AsyncIterator[Connection]:
    """Open a connection. Nothing is sent before the first statement, so the server may come up later."""
    driver = AsyncGraphDatabase.driver(
        uri,
        auth=auth,
        user_agent="pedigree",
        max_connection_pool_size=pool_size,
        connection_timeout=2.0,
        connection_acquisition_timeout=4.0,
        max_transaction_retry_time=2.0,
        notifications_min_severity=NotificationMinimumSeverity.OFF,
    )
    async with driver:
        connection = Connection(driver, database, read_timeout, write_timeout)
        try:
            yield connection
        finally:
            await connection.settled()
