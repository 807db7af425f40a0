"""Says what was done where an event is not the one that was sealed: the tree remembers the hash of each."""

from app.database.connection import Connection
from app.domain.audit.findings import Finding
from app.domain.audit.inspection import Mismatch
from app.domain.audit.log import Event, Log, leaf_of, read_stretch, read_tiles
from app.domain.audit.tiles import WIDTH
from app.domain.vocabulary import Tampering

AT_A_TIME = 100  # tiles


async def named(connection: Connection, log: Log, mismatch: Mismatch) -> Finding:
    """What was done."""
    sequence, events, leaf = mismatch.sequence, mismatch.events, mismatch.leaf
    if not events:
        return missing(log, sequence)
    if sequence > log.last_head:
        message = "No signed head stands for it."
        return Finding(Tampering.SLIPPED_IN, message, sequence, event_id=events[0]["id"])
    if leaf is None:
        return Finding(Tampering.REHASHED, "The tree has no hash for it.", sequence, event_id=events[0]["id"])
    stranger = next(event for event in events if leaf_of(event) != leaf)
    if len(events) > 1:
        message = "Another event has this place already."
        return Finding(Tampering.SLIPPED_IN, message, sequence, event_id=stranger["id"])
    return await displaced(connection, log, mismatch, stranger)


def missing(log: Log, sequence: int) -> Finding:
    """What was done where there is no event."""
    if sequence < log.last_sequence:
        return Finding(Tampering.DELETED, "There is no event at this place.", sequence)
    message = "The log was signed for more events than there are."
    return Finding(Tampering.TRUNCATED, message, sequence, log.end if log.end > sequence else None)


async def displaced(connection: Connection, log: Log, mismatch: Mismatch, event: Event) -> Finding:
    """What was done where there is another event than the one that was sealed."""
    sequence, id = mismatch.sequence, event["id"]
    home = await place_of(connection, leaf_of(event), log)
    if home is None:
        if await leaf_at(connection, sequence + 1) == mismatch.leaf:
            message = "It was never sealed, and those after it moved on by one place."
            return Finding(Tampering.SLIPPED_IN, message, sequence, event_id=id)
        return Finding(Tampering.EDITED, "Its body is not what was sealed.", sequence, event_id=id)
    if await leaf_at(connection, home) == mismatch.leaf:
        message = f"It was sealed at place {home}, and what is there now was sealed here."
        return Finding(Tampering.SWAPPED, message, sequence, home, id)
    if home > sequence:
        message = f"What is here was sealed at place {home}; what was sealed here is gone."
        return Finding(Tampering.DELETED, message, sequence)
    return Finding(Tampering.SLIPPED_IN, f"It was sealed at place {home}.", sequence, event_id=id)


async def leaf_at(connection: Connection, sequence: int) -> bytes | None:
    """The hash of the event that stands at a place now, if there is exactly one."""
    events = (await read_stretch(connection, sequence - 1, sequence)).events
    return leaf_of(events[0]) if len(events) == 1 else None


async def place_of(connection: Connection, leaf: bytes, log: Log) -> int | None:
    """Where an event with this hash was sealed, None when it was nowhere."""
    for first in range(0, log.end // WIDTH + 1, AT_A_TIME):
        tiles = await read_tiles(connection, [(0, index) for index in range(first, first + AT_A_TIME)])
        for (_, index), hashes in sorted(tiles.items()):
            if leaf in hashes:
                return index * WIDTH + list(hashes).index(leaf) + 1
    return None
