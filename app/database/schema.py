"""The schema in the database: migrations are applied under a lock, and what the database holds is checked."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from neo4j import AsyncDriver, AsyncManagedTransaction, AsyncSession
from neo4j.exceptions import DatabaseError, DriverError, Neo4jError

from app.database.connection import Connection
from app.database.errors import translate
from app.database.queries import Query, query
from app.errors import PedigreeError
from graph_schema.definitions import DEFINITIONS, Definition
from graph_schema.inspection import (
    definition_problems,
    node_problems,
    property_problems,
    relationship_problems,
    required_properties,
)
from graph_schema.migrations import MIGRATIONS, LedgerBroken, Migration, contradictions, pending
from graph_schema.model import MODEL

LOCK = query("schema/lock")
LEDGER = query("schema/ledger")
RECORD_MIGRATION = query("schema/record_migration")
AWAIT_INDEXES = query("schema/await_indexes")
MAKE_KNOWN = query("schema/make_known")
CONSTRAINTS = query("schema/constraints")
INDEXES = query("schema/indexes")
NODES = query("schema/nodes")
NODE_PROPERTIES = query("schema/node_properties")
RELATIONSHIPS = query("schema/relationships")
RELATIONSHIP_PROPERTIES = query("schema/relationship_properties")

INDEX_SECONDS = 3600
TRIES = 6
GAVE_UP = "frequent schema changes"
LOCK_DEFINITION = next(d for d in DEFINITIONS if (d.owner, d.properties) == ("Lock", ("name",)))

Rows = Sequence[Mapping[str, Any]]
Result = TypeVar("Result")


class SchemaFailed(PedigreeError):
    """The schema cannot be applied or read."""


async def apply(
    driver: AsyncDriver, database: str | None = None, *, migrations: Sequence[Migration] = MIGRATIONS
) -> list[Migration]:
    """Apply the pending migrations, make all names known, wait until all indexes are online; return what was applied.

    Processes that start at the same time wait for each other; the first one does the work. Raises SchemaFailed when
    a migration was changed after it had been applied, or when the data contradicts a constraint.
    """
    async with opened(driver, database) as session, locked(driver, database):
        waiting = pending(migrations, dict(await ledger(session)))
        for migration in waiting:
            await apply_one(session, migration)
        await run(session, MAKE_KNOWN.text, **MODEL.names)
        await run(session, AWAIT_INDEXES.text, seconds=INDEX_SECONDS)
    return list(waiting)


async def apply_one(session: AsyncSession, migration: Migration) -> None:
    async def work(runner: AsyncManagedTransaction | AsyncSession) -> None:
        for statement in migration.statements:
            await (await runner.run(f"CYPHER 5\n{statement}")).consume()

    await (work(session) if migration.is_batched else insist(session, work))
    entry = {"number": migration.number, "name": migration.name, "digest": migration.digest}
    await run(session, RECORD_MIGRATION.text, **entry)


async def check(driver: AsyncDriver, database: str | None = None) -> list[str]:
    """Everything in the database that is not as the model says, a line each. Reads the whole graph."""
    async with opened(driver, database) as session:
        return [
            *await check_ledger(session),
            *definition_problems(await definitions(session), DEFINITIONS),
            *[
                f"index {row['name']} is {row['state']}"
                for row in await rows(session, INDEXES)
                if row["state"] != "ONLINE"
            ],
            *node_problems(MODEL, await rows(session, NODES)),
            *relationship_problems(MODEL, await rows(session, RELATIONSHIPS)),
            *property_problems(MODEL, await rows(session, NODE_PROPERTIES, required=required_properties(MODEL))),
            *property_problems(
                MODEL, await rows(session, RELATIONSHIP_PROPERTIES, required=required_properties(MODEL))
            ),
        ]


async def lacking(connection: Connection) -> list[str]:
    """What of this version's schema the database lacks, a line each. Quick: reads the ledger alone."""
    row = await connection.ask(LEDGER)
    applied = {entry["number"]: entry["digest"] for entry in row["rows"]}
    return [*contradictions(MIGRATIONS, applied), *unapplied(applied)]


async def held(driver: AsyncDriver, database: str | None = None) -> list[Definition]:
    """The constraints and indexes that the database holds."""
    async with opened(driver, database) as session:
        return await definitions(session)


async def check_ledger(session: AsyncSession) -> list[str]:
    applied = dict(await ledger(session))
    known = {migration.number for migration in MIGRATIONS}
    return [
        *contradictions(MIGRATIONS, applied),
        *unapplied(applied),
        *[f"migration {number:04} was applied by a newer version" for number in sorted(applied.keys() - known)],
    ]


def unapplied(applied: Mapping[int, str]) -> list[str]:
    return [f"migration {m} is not applied" for m in MIGRATIONS if m.number > max(applied, default=0)]


async def ledger(session: AsyncSession) -> list[tuple[int, str]]:
    return [(row["number"], row["digest"]) for row in await rows(session, LEDGER)]


async def definitions(session: AsyncSession) -> list[Definition]:
    constraints = [(row, "constraint") for row in await rows(session, CONSTRAINTS)]
    indexes = [(row, "index") for row in await rows(session, INDEXES)]
    return [
        Definition(
            kind=f"{row['type'].removeprefix('RELATIONSHIP_').lower()} {noun}",
            owner=row["owner"],
            properties=tuple(row["properties"]),
            name=row["name"],
            on_relationship=row["entityType"] == "RELATIONSHIP",
        )
        for row, noun in constraints + indexes
    ]


@asynccontextmanager
async def opened(driver: AsyncDriver, database: str | None) -> AsyncIterator[AsyncSession]:
    """A session whose errors are in our own words."""
    try:
        async with driver.session(database=database) as session:
            yield session
    except LedgerBroken as error:
        raise SchemaFailed(str(error)) from error
    except (Neo4jError, DriverError) as error:
        known = translate(error)
        raise known if isinstance(known, PedigreeError) else SchemaFailed(words(error)) from error


def words(error: Neo4jError | DriverError) -> str:
    return (error.message if isinstance(error, Neo4jError) else None) or str(error)


@asynccontextmanager
async def locked(driver: AsyncDriver, database: str | None) -> AsyncIterator[None]:
    """Hold the lock of the schema: a transaction that stays open beside those that do the work, for Neo4j does not let
    statements of schema and of data share one. The server ends it when this process dies."""
    async with driver.session(database=database) as session:
        await run(session, f"CYPHER 5\n{LOCK_DEFINITION.creation}")
        async with await session.begin_transaction() as transaction:
            await (await transaction.run(LOCK.text)).consume()
            yield
            await transaction.commit()


async def rows(session: AsyncSession, asked: Query, **parameters: Any) -> Rows:
    """The rows of a query that returns them all in one."""
    [answer] = await run(session, asked.text, **parameters)
    return list(answer["rows"])


async def run(session: AsyncSession, text: str, **parameters: Any) -> list[dict[str, Any]]:
    """Run one statement in a transaction of its own."""

    async def work(transaction: AsyncManagedTransaction) -> list[dict[str, Any]]:
        return await (await transaction.run(text, parameters)).data()

    return await insist(session, work)


async def insist(session: AsyncSession, work: Callable[[AsyncManagedTransaction], Awaitable[Result]]) -> Result:
    """Do the work in a transaction, again after a deadlock, and again when Neo4j gave up planning for it: it does when
    others who start at the same time keep changing the schema."""
    for attempt in range(1, TRIES + 1):
        try:
            return await session.execute_write(work)
        except DatabaseError as error:
            if attempt == TRIES or GAVE_UP not in str(error):
                raise
            await asyncio.sleep(random.uniform(0, 0.2 * attempt))
    raise AssertionError("the last try returns or raises")
