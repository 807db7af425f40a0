"""The log as it is kept in the graph: its keys, its heads, its tiles, and its events stretch by stretch."""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from app.database.connection import Connection
from app.database.queries import query
from app.domain.audit.notes import Verifier
from app.domain.audit.sealing import tiles_of
from app.domain.audit.tiles import WIDTH, Hashes, Place
from app.domain.audit.tree import leaf_hash
from app.domain.given import given

LOG = query("audit/log")
STRETCH = query("audit/stretch")
TILES = query("audit/tiles")
HEAD = query("audit/head")

STRETCH_BYTES = 2_000_000  # of bodies
FIRST_STEP, MOST_STEP = 250, 2_000

Event = Mapping[str, Any]


@dataclass(frozen=True)
class Key:
    """A public key that signs heads of more than `from_size` events, and what the key before it signed about it."""

    number: int
    verifier: Verifier
    from_size: int
    introduction: str | None = None


@dataclass(frozen=True)
class Log:
    """How far the log has come, by its own account, by its events and by its heads; how many events there are at all,
    and how many of them wait."""

    size: int
    keys: Sequence[Key]
    last_sequence: int
    last_head: int
    events: int
    waiting: int

    @property
    def end(self) -> int:
        return max(self.size, self.last_sequence, self.last_head)

    def key(self, size: int) -> Key | None:
        """The key that signs heads of this size."""
        return next((key for key in reversed(self.keys) if key.from_size < size), None)


@dataclass(frozen=True)
class Stretch:
    """The events after some place, up to another, with the heads and the hashes of leaves that lie there."""

    after: int
    up_to: int
    events: Sequence[Event]
    heads: Mapping[int, str]
    tiles: Mapping[Place, Hashes]

    @cached_property
    def by_sequence(self) -> Mapping[int, list[Event]]:
        found: dict[int, list[Event]] = {}
        for event in self.events:
            found.setdefault(event["sequence"], []).append(event)
        return found

    def leaf(self, sequence: int) -> bytes | None:
        """The hash that the tree has for the event at a place, as it was when that was sealed."""
        tile, place = divmod(sequence - 1, WIDTH)
        hashes = self.tiles.get((0, tile), ())
        return hashes[place] if place < len(hashes) else None


def leaf_of(event: Event) -> bytes:
    """The hash of an event as it is now."""
    return leaf_hash(event["body"].encode())


async def read_log(connection: Connection) -> Log:
    """The log as it stands."""
    row = await connection.ask(LOG)
    keys = [
        Key(key["number"], Verifier.read(key["verifier"]), key["fromSize"], key["introduction"]) for key in row["keys"]
    ]
    return Log(row["size"], keys, row["lastSequence"], row["lastHead"], row["events"], row["waiting"])


async def read_stretch(connection: Connection, after: int, up_to: int) -> Stretch:
    """A stretch of the log."""
    bounds = {"after": after, "upTo": up_to, "firstTile": after // WIDTH, "lastTile": (up_to - 1) // WIDTH}
    row = await connection.ask(STRETCH, given(bounds))
    return Stretch(after, up_to, row["events"], dict(row["heads"]), readable(row["tiles"]))


async def stretches(connection: Connection, after: int, end: int) -> AsyncIterator[Stretch]:
    """The log after some place, stretch by stretch, each of about as many bytes."""
    step = FIRST_STEP
    while after < end:
        stretch = await read_stretch(connection, after, min(after + step, end))
        yield stretch
        after = stretch.up_to
        size = sum(len(event["body"]) for event in stretch.events)
        step = min(max(step * STRETCH_BYTES // max(size, 1), 1), MOST_STEP)


async def read_tiles(connection: Connection, places: Iterable[Place]) -> dict[Place, Hashes]:
    """Tiles by their places; those that there are not are absent."""
    row = await connection.ask(TILES, given({"places": [list(place) for place in places]}))
    return readable(row["tiles"])


def readable(rows: Iterable[Mapping[str, Any]]) -> dict[Place, Hashes]:
    """Tiles by their places. One that holds no hashes is as good as none."""
    tiles: dict[Place, Hashes] = {}
    for row in rows:
        with suppress(ValueError):
            tiles |= tiles_of([row])
    return tiles


async def read_head(connection: Connection, size: int) -> tuple[int, str] | None:
    """The size and the note of the head of this size, or else of the last that is smaller; None when there is none."""
    row = await connection.ask(HEAD, given({"size": size}))
    return (row["size"], row["note"]) if row["note"] else None
