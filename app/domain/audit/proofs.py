"""Proofs after RFC 9162: that an event is in the log that a head was signed for, and that one head follows another."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from app.database.connection import Connection
from app.database.queries import query
from app.domain.audit.log import read_head, read_log, read_tiles
from app.domain.audit.notes import Head, text_of
from app.domain.audit.tiles import places, root_over
from app.domain.audit.tree import Span, consistency_path, inclusion_path
from app.domain.given import given
from app.errors import InvalidInput, NotFound, PedigreeError

EVENT = query("audit/event")


class TreeIncomplete(PedigreeError):
    """Hashes of the audit log's tree are missing: `pedigree audit verify` tells more."""


@dataclass(frozen=True)
class Inclusion:
    """That an event is the leaf at `index`, counted from 0, of the tree of a head."""

    event_id: str
    body: str
    index: int
    checkpoint: str
    size: int
    leaf_hash: bytes
    root: bytes
    path: Sequence[bytes]


@dataclass(frozen=True)
class Consistency:
    """That the tree of one head begins with the whole tree of another."""

    former: str
    checkpoint: str
    path: Sequence[bytes]


async def inclusion(connection: Connection, event_id: str, size: int | None = None) -> Inclusion:
    """The proof that an event is in the log, as of the head of a size or else of the last one."""
    event = (await connection.ask(EVENT, given({"id": event_id})))["event"]
    if event is None or event.get("sequence") is None:
        raise NotFound("There is no such event, or it is not sealed yet.", path=("event",))
    head, note = await head_of(connection, size, "size")
    index = int(event["sequence"]) - 1
    if index >= head.size:
        raise InvalidInput(f"The event is not among the first {head.size}.", path=("size",))
    leaf, root, *path = await roots(connection, [(index, index + 1), (0, head.size), *inclusion_path(index, head.size)])
    return Inclusion(event_id, event["body"], index, note, head.size, leaf, root, path)


async def consistency(connection: Connection, former: int, size: int | None = None) -> Consistency:
    """The proof that the head of a size, or else the last one, follows the head of a former size."""
    earlier, former_note = await head_of(connection, former, "from")
    later, note = await head_of(connection, size, "to")
    if earlier.size > later.size:
        raise InvalidInput("The former size is the larger one.", path=("from",))
    return Consistency(former_note, note, await roots(connection, consistency_path(earlier.size, later.size)))


async def head_of(connection: Connection, size: int | None, argument: str) -> tuple[Head, str]:
    """The head of a size, or else the last one, and its note. Raises NotFound."""
    wanted = (await read_log(connection)).last_head if size is None else size
    found = await read_head(connection, wanted)
    if found is None or found[0] != wanted:
        message = f"No head of {size} events was signed." if size is not None else "Nothing is sealed yet."
        raise NotFound(message, path=(argument,))
    return Head.of(text_of(found[1])), found[1]


async def roots(connection: Connection, spans: Sequence[Span]) -> list[bytes]:
    """The roots over some spans. Raises TreeIncomplete."""
    tiles = await read_tiles(connection, places(spans))
    try:
        return [root_over(span, tiles) for span in spans]
    except KeyError:
        raise TreeIncomplete from None


def text(hash: bytes) -> str:
    """A hash as proofs show it."""
    return b64encode(hash).decode()
