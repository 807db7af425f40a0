"""What is noted of credentials beside the requests."""

from typing import Any

from app.access.notes import HOUR, MINUTE, Notes
from app.database.connection import Connection
from app.domain.credentials.tokens import CreateApiToken, create_api_token
from app.domain.writing import Writer
from tests.access.test_admitted import Clock
from tests.fixtures.snapshot import found

LAST_USED = "MATCH (t:ApiToken) RETURN t.lastUsedAt AS found"


async def test_a_use_is_noted_once_a_minute_by_each_process_and_all_together(writer: Writer) -> None:
    token = (await create_api_token(writer, CreateApiToken(name="ci"))).id
    assert await found(writer.connection, LAST_USED) is None
    clock = Clock()
    ours, theirs = Notes(clock), Notes(clock)
    first = await noted(writer.connection, ours, token)
    assert first is not None
    assert await noted(writer.connection, ours, token) == first
    assert len(ours.writing) == 0
    clock.now = MINUTE
    assert await noted(writer.connection, ours, token) == first
    assert await noted(writer.connection, theirs, token) == first
    await writer.connection.driver.execute_query(
        "MATCH (t:ApiToken) SET t.lastUsedAt = t.lastUsedAt - duration({minutes: 1})"
    )
    clock.now = 2 * MINUTE
    assert await noted(writer.connection, theirs, token) > first


async def noted(connection: Connection, notes: Notes, token: str) -> Any:
    notes.use(connection, token)
    await notes.settled()
    return await found(connection, LAST_USED)


async def test_what_expired_is_looked_for_once_an_hour(connection: Connection) -> None:
    clock = Clock()
    notes = Notes(clock)
    for now, begins in ((0.0, 1), (HOUR - 1, 0), (HOUR, 1)):
        clock.now = now
        notes.tidy(connection)
        assert len(notes.writing) == begins
        await notes.settled()


async def test_a_database_that_is_away_is_in_nobodys_way(connection: Connection) -> None:
    notes = Notes(Clock())
    notes.use(connection, "unknown")  # of which Neo4j finds none
    await notes.settled()
