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
    AsyncSession,
    Bookmarks,
    NotificationMinimumSeverity,
    unit_of_work,
)
from neo4j import Query as Statement
from neo4j.api import AsyncBookmarkManager
from neo4j.exceptions import DriverError, Neo4jError, ServiceUnavailable, SessionExpired, TransientError

import app.database.instants  # noqa: F401  # instants are Python's
from app.database import observation
from app.database.bookmarks import seen
from app.database.errors import is_timeout, is_too_large, translate, translate_write
from app.database.plans import Planned, Plans
from app.database.queries import Query
from app.errors import InvalidBookmark, TimedOut
from app.telemetry.metrics import POOL_IN_USE, POOL_SIZE

Row = Mapping[str, Any]
Parameters = Mapping[str, Any]
Result = TypeVar("Result")

READ_TRIES = 3

# The names of the statements sent, when somebody listens: tests count them.
sent: ContextVar[list[str] | None] = ContextVar("sent", default=None)


@dataclass(frozen=True)
class Connection:
    """A database of a Neo4j server or cluster. All statements of Pedigree pass here. Times are in seconds.

    `takeover_lead` is how long after its commit, at most, what takes over from another does so.
    """

    driver: AsyncDriver
    database: str | None = None
    read_timeout: float = 10.0
    write_timeout: float = 10.0
    bookmarks: AsyncBookmarkManager = field(default_factory=AsyncGraphDatabase.bookmark_manager)
    writing: set[asyncio.Task[Any]] = field(default_factory=set, compare=False)
    plans: Plans = field(default_factory=Plans, compare=False)
    takeover_lead: float = 0.0

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
                raise refusing(translate(error)) from error
        raise AssertionError("the last try returns or raises")

    async def plan(self, text: str) -> None:
        """Let Neo4j plan a statement of the one parameter `given`, and keep the plan for when the statement runs. It is
        given a map: of what lacks a parameter no plan is kept."""
        try:
            async with self.plans.made_once(text), self._session(default_access_mode=READ_ACCESS) as session:
                await (await session.run(f"EXPLAIN {text}", given={})).consume()
        except (Neo4jError, DriverError) as error:
            raise translate(error) from error

    async def ask(self, query: Query, parameters: Parameters | None = None) -> Row:
        """Run a query of `cypher/` that reads and return its single row."""
        return await self.read(query.name, query.text, parameters)

    async def write(self, work: Callable[["Transaction"], Awaitable[Result]], text: str | None = None) -> Result:
        """Run `work` in one transaction, which an exception rolls back. The driver tries it again after a deadlock.
        `text` is what it sends first, if many may send that at once.

        Whoever waits for it may be cancelled, the transaction is not: cut off in its commit, it would leave nobody to
        say whether the change was made.
        """
        task = asyncio.create_task(self._write(work, text))
        self.writing.add(task)
        task.add_done_callback(self.writing.discard)
        return await asyncio.shield(task)

    async def settled(self) -> None:
        """Return when every write has ended."""
        await asyncio.gather(*self.writing, return_exceptions=True)

    async def _write(self, work: Callable[["Transaction"], Awaitable[Result]], text: str | None) -> Result:
        try:
            with observation.transaction():
                async with (
                    self.plans.made_once(text) as planned,
                    self._session(bookmark_manager=self.bookmarks) as session,
                ):

                    @unit_of_work(timeout=self.write_timeout)
                    async def once(transaction: AsyncManagedTransaction) -> Result:
                        try:
                            return await work(Transaction(transaction, planned))
                        except (SessionExpired, ServiceUnavailable):
                            self.plans.is_lost = True
                            raise

                    result = await session.execute_write(once)
                    await remember(session)
                    return result
        except (Neo4jError, DriverError) as error:
            raise translate_write(error) from error

    async def _read_once(self, name: str, text: str, parameters: Parameters) -> Row:
        note(name)
        with observation.statement(name):
            known = seen.get()
            if known is None or known.sent is None:
                return await self._run(text, parameters, bookmark_manager=self.bookmarks)
            # What a client sends never gets among the bookmarks of all, and Neo4j would wait for it for half a minute.
            bookmarks = Bookmarks.from_raw_values({*await self.bookmarks.get_bookmarks(), known.sent})
            try:
                async with asyncio.timeout(self.read_timeout):
                    return await self._run(text, parameters, bookmarks=bookmarks)
            except TimeoutError as error:
                raise TimedOut from error

    async def _run(self, text: str, parameters: Parameters, **options: Any) -> Row:
        async with (
            self.plans.made_once(text) as planned,
            self._session(default_access_mode=READ_ACCESS, **options) as session,
        ):
            result = await session.run(Statement(text, timeout=self.read_timeout), dict(parameters))
            planned()
            return await single(result)

    @asynccontextmanager
    async def _session(self, **options: Any) -> AsyncIterator[AsyncSession]:
        """A session, which has a connection or waits for one until it ends. How many wait, the driver does not tell."""
        with POOL_IN_USE.track_inprogress():
            async with self.driver.session(database=self.database, **options) as session:
                yield session


def nothing() -> None:
    """What is called when a statement was planned that nobody waits for."""


@dataclass(frozen=True)
class Transaction:
    """A transaction that writes. What it has run is kept or lost as a whole. When its first statement was planned, it
    says so."""

    inner: AsyncManagedTransaction
    planned: Planned = nothing

    async def run(self, query: Query, parameters: Parameters) -> Row:
        """Run one query and return its single row: a write that returns none, or two, is a fault of ours."""
        note(query.name)
        with observation.statement(query.name):
            result = await self.inner.run(query.text, dict(parameters))
            self.planned()
            return await single(result)


async def remember(session: AsyncSession) -> None:
    """Keep the bookmark of a write for the client that asked for it."""
    if known := seen.get():
        known.written = next(iter((await session.last_bookmarks()).raw_values), None)


def refusing(failure: Exception) -> Exception:
    """The failure; when it is the client's bookmark, that is noted."""
    if isinstance(failure, InvalidBookmark) and (known := seen.get()):
        known.refused = True
    return failure


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
    takeover_lead: float = 0.0,
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
    POOL_SIZE.set(pool_size)
    async with driver:
        connection = Connection(driver, database, read_timeout, write_timeout, takeover_lead=takeover_lead)
        try:
            yield connection
        finally:
            await connection.settled()
