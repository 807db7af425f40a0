"""Instants are Python's, in UTC, to the microsecond."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from app.database.connection import Connection

INSTANTS = (
    datetime(2026, 1, 2, 3, 4, 5, 678_901, tzinfo=UTC),
    datetime(1969, 12, 31, 23, 59, 59, 1, tzinfo=UTC),
    datetime(1, 1, 1, tzinfo=UTC),
    datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
    datetime(2026, 7, 1, 12, tzinfo=timezone(timedelta(hours=5, minutes=30))),
)


@pytest.mark.parametrize("instant", INSTANTS)
async def test_an_instant_comes_back_as_it_was_sent(connection: Connection, instant: datetime) -> None:
    row = await connection.read("instant", "RETURN $instant AS instant", {"instant": instant})
    assert type(row["instant"]) is datetime
    assert row["instant"] == instant
    assert row["instant"].utcoffset() == timedelta(0)


async def test_an_instant_of_a_named_zone_is_told_in_utc(connection: Connection) -> None:
    row = await connection.read("instant", "RETURN datetime('2026-07-01T12:00:00[Europe/Berlin]') AS instant")
    assert row["instant"] == datetime(2026, 7, 1, 10, tzinfo=UTC)
