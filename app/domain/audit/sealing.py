"""One batch of the log: events that wait get the next places, the tree grows by them, and its new head is signed.

Neither engine can hash. So the first of two statements locks the log and tells what stands, the hashes are made here,
and the second puts the new tree in the place of the one that was read, if the lease still holds.
"""

from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.database.connection import Connection, Row, Transaction
from app.database.queries import query
from app.domain.audit.notes import Head, NotSigned, Signer, text_of
from app.domain.audit.tiles import LEVELS, WIDTH, Edge, Hashes, Place, Tile, edge_of
from app.domain.audit.tree import leaf_hash
from app.domain.canonical import digest_of, rfc3339
from app.domain.given import given
from app.errors import Conflict, PedigreeError

BEGIN = query("audit/begin_batch")
SEAL = query("audit/seal_batch")
MOST = 1_000  # events of a batch
MOST_BYTES = 8_000_000  # of their bodies, but for the last one
LEASE = 3_000  # milliseconds
SPANS = [WIDTH ** (level + 1) for level in range(LEVELS)]
HASH_BYTES = 32


class Fenced(Exception):
    """Another process seals by now, or with another key."""


class LogBroken(PedigreeError):
    """The audit log is not the one whose head was signed. Nothing is sealed; `pedigree audit verify` tells more."""


@dataclass(frozen=True)
class Batch:
    """What a batch makes of the log: its events by their ids, the tiles that change, and the new head; and whether more
    wait that it had no room for."""

    former: Edge
    ids: Sequence[str]
    tiles: Sequence[Tile]
    head: Head
    note: str
    is_more: bool

    @property
    def events(self) -> list[dict[str, Any]]:
        """The events with their places."""
        return [{"id": id, "sequence": self.former.size + number} for number, id in enumerate(self.ids, 1)]


async def seal(connection: Connection, signer: Signer, fence: int) -> Batch | None:
    """Seal the events that have waited longest, None when none wait. Raises Fenced, or LogBroken."""

    async def work(transaction: Transaction) -> Batch | None:
        row = await transaction.run(BEGIN, given({"spans": SPANS, "limit": MOST, "bytes": MOST_BYTES}))
        if (row["fence"], row["verifier"]) != (fence, str(signer.verifier)):
            raise Fenced
        if not row["events"]:
            return None
        batch = batch_of(row, signer)
        check(batch, await transaction.run(SEAL, given(parameters(batch, row, fence))))
        return batch

    return await connection.write(work)


def batch_of(row: Row, signer: Signer) -> Batch:
    """The batch that the waiting events make."""
    former = standing(row, signer)
    leaves = [leaf_hash(body.encode()) for _, body in row["events"]]
    edge, tiles = former.grown(leaves)
    head = Head(row["origin"], edge.size, edge.root, rfc3339(row["at"]), row["headDigest"] or None)
    return Batch(former, [id for id, _ in row["events"]], tiles, head, signer.signed(head.text), row["isMore"])


def standing(row: Row, signer: Signer) -> Edge:
    """The edge of the tree as it stands. Raises LogBroken when it is not what the last head says, or that is not ours.

    The first head of a new key follows one of the former key, whose signature the rotation has looked at.
    """
    note: str = row["note"] or ""
    try:
        edge = edge_of(row["size"], tiles_of(row["tiles"]))
        if edge.size == 0:
            return edge
        text = signer.verifier.opened(note) if edge.size > row["fromSize"] else text_of(note)
        head = Head.of(text)
    except (KeyError, ValueError, NotSigned) as error:
        raise LogBroken from error
    if (head.size, head.root, digest_of(note.encode())) != (edge.size, edge.root, row["headDigest"]):
        raise LogBroken
    return edge


def parameters(batch: Batch, row: Row, fence: int) -> dict[str, Any]:
    return {
        "fence": fence,
        "previous": row["headDigest"],
        "size": batch.head.size,
        "at": row["at"],
        "note": batch.note,
        "headDigest": digest_of(batch.note.encode()),
        "milliseconds": LEASE,
        "events": batch.events,
        "tiles": [{"level": each.level, "index": each.index, "hashes": base64_of(each.hashes)} for each in batch.tiles],
    }


def check(batch: Batch, written: Row) -> None:
    """Raise what the outcome means: somebody else was faster, or an event went away."""
    if written["outcome"] != "done":
        raise Fenced
    if (written["events"], written["tiles"]) != (len(batch.ids), len(batch.tiles)):
        raise Conflict


def tiles_of(rows: Iterable[Mapping[str, Any]]) -> dict[Place, Hashes]:
    """Tiles as the graph has them, by their places."""
    return {(row["level"], row["index"]): hashes_of(row["hashes"]) for row in rows}


def hashes_of(text: str) -> list[bytes]:
    """The hashes of a tile, or ValueError."""
    data = b64decode(text, validate=True)
    return [data[start : start + HASH_BYTES] for start in range(0, len(data), HASH_BYTES)]


def base64_of(hashes: Hashes) -> str:
    """The same as text."""
    return b64encode(b"".join(hashes)).decode()
