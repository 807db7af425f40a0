"""Instants come from the database as Python's own, in UTC.

The driver makes each into a type of its own, by way of a time zone library, for some 50 microseconds. A page of
versions brings two thousand of them, and most of what it took was spent there. All instants in the graph are in UTC and
have microseconds, which Python's type holds, so the driver is given another function for them. It takes none by its
public interface; should it look for it elsewhere one day, `tests/database/test_instants.py` says so.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from neo4j._codec.hydration.bolt.v2 import temporal

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

drivers_own: Callable[..., Any] = temporal.hydrate_datetime


def hydrate_instant(seconds: int, nanoseconds: int, zone: int | str | None = None) -> Any:
    """The instant so many seconds after 1970 began in UTC. What has no zone is no instant, and stays the driver's."""
    if zone is None:
        return drivers_own(seconds, nanoseconds)
    return EPOCH + timedelta(seconds=seconds, microseconds=nanoseconds // 1_000)


temporal.hydrate_datetime = hydrate_instant
