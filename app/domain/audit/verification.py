"""Recomputes the log, and says whether it is as it was sealed: else which event is the first that is not, and why."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from app.database.connection import Connection
from app.database.queries import query
from app.domain.audit.erasures import read_erasures
from app.domain.audit.findings import Finding, Tampered, rehashed, slipped_in
from app.domain.audit.inspection import Inspection, Mismatch
from app.domain.audit.log import Key, Log, read_head, read_log, read_tiles, stretches
from app.domain.audit.naming import named
from app.domain.audit.notes import Head, NotSigned, Verifier, notes_in
from app.domain.audit.rotation import introduction
from app.domain.audit.tiles import frontier_of, places
from app.domain.vocabulary import Tampering
from app.errors import InvalidInput

STRAYS = query("audit/strays")

Advance = Callable[[int], object]


@dataclass(frozen=True)
class Known:
    """What is known from elsewhere: checkpoints, as the text that they were kept as, and public keys."""

    checkpoints: str = ""
    keys: Sequence[str] = ()


@dataclass(frozen=True)
class Verified:
    """How far the log was gone over, whether that is all of it, and what was found. `erased` counts the texts that have
    been erased, `waiting` the events that are not sealed yet."""

    size: int
    is_complete: bool
    erased: int
    waiting: int
    finding: Finding | None = None


@dataclass(frozen=True)
class Course:
    """From where on, and for how many events at least; to the end when nothing is said."""

    after: int = 0
    least: int | None = None
    advance: Advance = field(default=lambda amount: None)


NOTHING, WHOLE = Known(), Course()


async def verify(connection: Connection, known: Known = NOTHING, course: Course = WHOLE) -> Verified:
    """Verify the log, or a part of it that begins after a head and ends with one."""
    try:
        log = await read_log(connection)
    except ValueError as error:
        return Verified(0, False, 0, 0, Finding(Tampering.REHASHED, f"A key of the log is none: {error}."))
    inspection = Inspection(log, await read_erasures(connection))
    try:
        check_keys(log, known)
        inspection.saved = saved(log, known)
        await resume(connection, inspection, course.after)
        is_complete = await go_over(connection, inspection, course)
        if is_complete:
            inspection.end()
            await check_strays(connection, log)
    except Tampered as tampered:
        return told(inspection, tampered.finding)
    except Mismatch as mismatch:
        return told(inspection, await named(connection, log, mismatch))
    return Verified(inspection.proven, is_complete, inspection.erased, log.waiting)


def told(inspection: Inspection, finding: Finding) -> Verified:
    return Verified(inspection.proven, False, inspection.erased, inspection.log.waiting, finding)


def check_keys(log: Log, known: Known) -> None:
    """Look at who introduced whom. Raises Tampered. A key that is known from elsewhere needs no introduction."""
    if log.end > 0 and not log.keys:
        raise rehashed(1, log.end, "The log has no key.")
    trusted = frozenset(str(verifier) for verifier in verifiers(known))
    ours = {str(key.verifier) for key in log.keys}
    for stranger in sorted(trusted - ours):
        raise rehashed(1, max(log.end, 1), f"The key {stranger} is none of the log's.")
    for former, key in zip((None, *log.keys), log.keys, strict=False):
        is_first = former is None and not trusted
        if not is_first and str(key.verifier) not in trusted and not is_introduced(key, former):
            raise rehashed(key.from_size + 1, max(log.end, key.from_size + 1), f"Nobody introduced key {key.number}.")


def is_introduced(key: Key, former: Key | None) -> bool:
    """Whether the key before it signed that it takes its place."""
    try:
        text = former.verifier.opened(key.introduction or "") if former else ""
    except NotSigned:
        return False
    return text == introduction(key)


def saved(log: Log, known: Known) -> dict[int, bytes]:
    """The roots of checkpoints that were kept elsewhere, by their sizes. Raises Tampered, or InvalidInput."""
    roots: dict[int, bytes] = {}
    for head in heads_in(log, known):
        if roots.setdefault(head.size, head.root) != head.root:
            raise rehashed(1, head.size, f"Two heads of {head.size} events were signed, for different ones.")
    return roots


def heads_in(log: Log, known: Known) -> list[Head]:
    signers = [*(key.verifier for key in log.keys), *verifiers(known)]
    try:
        notes = notes_in(known.checkpoints) if known.checkpoints.strip() else []
        return [Head.of(opened(note, signers)) for note in notes]
    except ValueError as error:
        raise InvalidInput(f"This cannot be read: {error}.", path=("checkpoint",)) from None


def verifiers(known: Known) -> list[Verifier]:
    """The keys that are known from elsewhere. Raises InvalidInput."""
    try:
        return [Verifier.read(key) for key in known.keys]
    except ValueError as error:
        raise InvalidInput(f"This cannot be read: {error}.", path=("keys",)) from None


def opened(note: str, verifiers: Iterable[Verifier]) -> str:
    """The text of a checkpoint that one of these keys has signed. Raises Tampered."""
    for verifier in verifiers:
        with suppress(NotSigned):
            return verifier.opened(note)
    first = note.splitlines()[0]
    raise rehashed(1, 1, f"A checkpoint of {first} that was kept elsewhere is signed by no key of this log.")


async def resume(connection: Connection, inspection: Inspection, after: int) -> None:
    """Begin after a head: what lies before it is taken for what it was signed for. Raises Tampered, or InvalidInput."""
    if after == 0:
        return
    found = await read_head(connection, after)
    if found is None or found[0] != after:
        raise InvalidInput(f"There is no head of {after} events.", path=("after",))
    tiles = await read_tiles(connection, places([(0, after)]))
    try:
        inspection.resume(found[1], frontier_of(after, tiles))
    except KeyError:
        raise rehashed(1, after, "Hashes of the tree are missing.") from None


async def go_over(connection: Connection, inspection: Inspection, course: Course) -> bool:
    """Go over the log, as far as is wanted. Returns whether that is all of it. Raises Tampered, or Mismatch."""
    async for stretch in stretches(connection, inspection.frontier.size, inspection.log.end):
        await asyncio.to_thread(inspection.go_over, stretch)
        course.advance(stretch.up_to - stretch.after)
        is_enough = course.least is not None and inspection.proven >= course.after + course.least
        if is_enough and stretch.up_to < inspection.log.end:
            return False
    return True


async def check_strays(connection: Connection, log: Log) -> None:
    """Look for events that neither wait nor have a place. Raises Tampered.

    There are none when the numbers add up. When they do not, events may just have come: it is looked at twice.
    """
    if log.events == log.end + log.waiting:
        return
    first, second = [(await connection.ask(STRAYS))["ids"] for _ in range(2)]
    if first and first == second:
        raise slipped_in(None, first[0], "It neither waits nor has a place in the log.")
