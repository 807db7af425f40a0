"""Whatever is done to the log behind the registry's back is found, and the first event that it was done to is named."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from app.database.connection import Connection
from app.domain.audit.keys import key_of
from app.domain.audit.notes import Head, Signer, Verifier
from app.domain.audit.sealing import base64_of
from app.domain.audit.sequencer import Sequencer
from app.domain.audit.tiles import EMPTY
from app.domain.audit.tree import leaf_hash
from app.domain.audit.verification import NOTHING, Course, Known, verify
from app.domain.vocabulary import Tampering
from app.domain.writing import Writer
from app.errors import InvalidInput
from tests.domain.audit.sealed import checkpoint, describe, make, seal_all, sequencer, tamper
from tests.fixtures.snapshot import found

EVENT = "MATCH (e:AuditEvent {sequence: $at})"
SWAP = """MATCH (a:AuditEvent {sequence: $a}), (b:AuditEvent {sequence: $b})
SET a.sequence = null SET b.sequence = $a SET a.sequence = $b"""
# A new event in a place, those after it one place further. The constraint allows no place twice, not even on the way.
MOVE_ON = """MATCH (e:AuditEvent) WHERE e.sequence >= $at WITH e ORDER BY e.sequence DESC
WITH collect(e) AS later UNWIND later AS e SET e.sequence = e.sequence + 1"""
SLIP_IN = """MATCH (e:AuditEvent {sequence: 1})
CREATE (new:AuditEvent:Entity) SET new = e {.*, id: 'stranger', sequence: $at, body: coalesce($body, e.body)}"""
MOVE_UP = """MATCH (e:AuditEvent {sequence: $at}) DETACH DELETE e WITH count(*) AS gone
MATCH (e:AuditEvent) WHERE e.sequence > $at WITH e ORDER BY e.sequence
WITH collect(e) AS later UNWIND later AS e SET e.sequence = e.sequence - 1"""
EDIT = "SET e.body = $new, e.digest = $digest, e.action = 'registeredModel.invent'"
NEW_HEAD = """MATCH (log:AuditLog) SET log.size = $size, log.headDigest = $digest
CREATE (:AuditHead {size: $size, note: $note, at: datetime($at)})
WITH * MATCH (e:AuditEvent) SET e.sealedAt = datetime($at)"""
BODIES = "MATCH (e:AuditEvent) WITH e ORDER BY e.sequence RETURN collect(e.body) AS found"

Found = tuple[Tampering, int | None, int | None]


@pytest.fixture
async def by(writer: Writer, tmp_path: Path) -> Sequencer:
    """A log of nine events in three batches: 1 to 4, 5 to 7, 8 and 9. The fifth and the eighth have a text."""
    by = sequencer(writer.connection, tmp_path)
    await make(writer, "a", "b", "c")
    await seal_all(by)
    await describe(writer, "a", "in my own words")
    await make(writer, "d", "e")
    await seal_all(by)
    await describe(writer, "b", "and in these")
    await make(writer, "f")
    await seal_all(by)
    return by


async def finding(connection: Connection, known: Known = NOTHING) -> Found:
    """What is found."""
    verified = await verify(connection, known)
    assert verified.finding is not None
    assert not verified.is_complete
    return verified.finding.tampering, verified.finding.sequence, verified.finding.last


async def test_a_log_that_nobody_touched_is_as_it_was_sealed(by: Sequencer) -> None:
    verified = await verify(by.connection, Known(await checkpoint(by.connection)))
    assert (verified.size, verified.is_complete, verified.erased, verified.waiting) == (9, True, 0, 0)
    assert verified.finding is None


async def test_an_empty_log_is_as_it_was_sealed(connection: Connection) -> None:
    verified = await verify(connection)
    assert (verified.size, verified.is_complete, verified.finding) == (0, True, None)


async def test_what_waits_is_counted_and_not_yet_proved(by: Sequencer, writer: Writer) -> None:
    await make(writer, "g")
    verified = await verify(by.connection)
    assert (verified.size, verified.waiting, verified.finding) == (9, 1, None)


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        (f"{EVENT} SET e.body = replace(e.body, 'create', 'delete')", (Tampering.EDITED, 6, None)),
        (f"{EVENT} SET e.body = 'nothing'", (Tampering.EDITED, 6, None)),
        (f"{EVENT} DETACH DELETE e", (Tampering.DELETED, 6, None)),
        (MOVE_UP, (Tampering.DELETED, 6, None)),
        ("MATCH (e:AuditEvent) WHERE e.sequence >= $at DETACH DELETE e", (Tampering.TRUNCATED, 6, 9)),
        (f"{EVENT} REMOVE e.sequence", (Tampering.DELETED, 6, None)),
    ],
)
async def test_a_body_that_is_not_what_was_sealed_is_found(by: Sequencer, damage: str, expected: Found) -> None:
    await tamper(by.connection, damage, at=6)
    assert await finding(by.connection) == expected


@pytest.mark.parametrize(
    "damage",
    [
        "e.at = e.at + duration({seconds: 1})",
        "e.actorId = 'somebody else'",
        "e.action = 'something.else'",
        "e.subjectId = 'another'",
        "e.subjectType = 'Team'",
        "e.requestId = 'another'",
        "e.digest = 'sha256:0'",
        "e.outcome = 'DENIED'",
        "e.reason = 'because'",
        "e.pending = true",
        "e.sealedAt = e.sealedAt + duration({microseconds: 1})",
        "e.id = 'another'",
        'e.texts = [\'["salt","other words"]\']',
        "e.places = ['/reason']",
        "e.places = [], e.texts = []",
        "e.places = e.places + '/reason', e.texts = e.texts + '[\"salt\",\"why\"]'",
    ],
)
async def test_a_property_beside_an_intact_body_is_found(by: Sequencer, damage: str) -> None:
    await tamper(by.connection, f"{EVENT} SET {damage}", at=5)
    assert await finding(by.connection) == (Tampering.EDITED, 5, None)


@pytest.mark.parametrize(("a", "b"), [(2, 3), (3, 8), (1, 9)])
async def test_two_events_that_changed_places_are_found(by: Sequencer, a: int, b: int) -> None:
    await tamper(by.connection, SWAP, a=a, b=b)
    assert await finding(by.connection) == (Tampering.SWAPPED, a, b)


@pytest.mark.parametrize("at", [2, 5, 9])
async def test_an_event_that_was_slipped_in_between_others_is_found(by: Sequencer, at: int) -> None:
    await tamper(by.connection, MOVE_ON, at=at)
    await tamper(by.connection, SLIP_IN, at=at, body='{"made":"up"}')
    verified = await verify(by.connection)
    assert verified.finding is not None
    assert (verified.finding.tampering, verified.finding.sequence) == (Tampering.SLIPPED_IN, at)
    assert verified.finding.event_id == "stranger"


async def test_an_event_that_was_slipped_in_at_the_end_is_found(by: Sequencer) -> None:
    await tamper(by.connection, SLIP_IN, at=10, body=None)
    assert await finding(by.connection) == (Tampering.SLIPPED_IN, 10, None)


async def test_an_event_that_was_slipped_in_without_a_place_is_found(by: Sequencer) -> None:
    await tamper(by.connection, SLIP_IN, at=None, body=None)
    verified = await verify(by.connection)
    assert verified.finding is not None
    assert (verified.finding.tampering, verified.finding.sequence) == (Tampering.SLIPPED_IN, None)
    assert verified.finding.event_id == "stranger"


@pytest.mark.changes_schema
async def test_a_place_that_two_events_have_is_found(by: Sequencer) -> None:
    await tamper(by.connection, "DROP CONSTRAINT audit_event_sequence")
    try:
        await tamper(by.connection, SLIP_IN, at=4, body='{"made":"up"}')
        assert await finding(by.connection) == (Tampering.SLIPPED_IN, 4, None)
        await tamper(by.connection, "MATCH (e:AuditEvent {id: 'stranger'}) DELETE e")
    finally:
        create = "CREATE CONSTRAINT audit_event_sequence FOR (x:AuditEvent) REQUIRE (x.sequence) IS UNIQUE"
        await tamper(by.connection, create)


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        ("MATCH (h:AuditHead {size: 7}) DELETE h", (Tampering.REHASHED, 5, 9)),
        ("MATCH (h:AuditHead {size: 9}) DELETE h", (Tampering.SLIPPED_IN, 8, None)),
        ("MATCH (h:AuditHead {size: 7}) SET h.note = replace(h.note, 'at 2', 'at 3')", (Tampering.REHASHED, 5, 7)),
        ("MATCH (h:AuditHead {size: 7}) SET h.note = 'none'", (Tampering.REHASHED, 5, 7)),
        ("MATCH (t:AuditTile {level: 0}) SET t.hashes = left(t.hashes, 10)", (Tampering.REHASHED, 1, None)),
        ("MATCH (t:AuditTile {level: 0}) DELETE t", (Tampering.REHASHED, 1, None)),
        ("MATCH (k:SealKey) DELETE k", (Tampering.REHASHED, 1, 9)),
        ("MATCH (k:SealKey) SET k.verifier = 'none'", (Tampering.REHASHED, None, None)),
    ],
)
async def test_heads_hashes_and_keys_that_were_touched_are_found(by: Sequencer, damage: str, expected: Found) -> None:
    await tamper(by.connection, damage)
    assert await finding(by.connection) == expected


async def rehash(connection: Connection, key: Callable[[Verifier], Signer]) -> None:
    """Write the tree and all of its heads anew, for the events as they are now."""
    bodies = await found(connection, BODIES)
    edge, tiles = EMPTY.grown([leaf_hash(body.encode()) for body in bodies])
    await tamper(connection, "MATCH (x:AuditTile|AuditHead) DELETE x")
    for tile in tiles:
        values = {"level": tile.level, "index": tile.index, "hashes": base64_of(tile.hashes)}
        await tamper(connection, "CREATE (t:AuditTile) SET t = $values", values=values)
    verifier = Verifier.read(await found(connection, "MATCH (log:AuditLog) RETURN log.verifier AS found"))
    at = (await found(connection, "MATCH (e:AuditEvent) RETURN max(e.sealedAt) AS found")).isoformat()
    head = Head(verifier.name, edge.size, edge.root, at.replace("+00:00", "Z"))
    note = key(verifier).signed(head.text)
    digest = f"sha256:{sha256(note.encode()).hexdigest()}"
    await tamper(connection, NEW_HEAD, size=edge.size, note=note, at=at, digest=digest)


async def edit(connection: Connection, at: int) -> None:
    """Change the body of an event and all that says the same."""
    (body,) = await found(connection, f"{EVENT} RETURN collect(e.body) AS found", at=at)
    new = body.replace("registeredModel.create", "registeredModel.invent")
    digest = f"sha256:{sha256(new.encode()).hexdigest()}"
    await tamper(connection, f"{EVENT} {EDIT}", at=at, new=new, digest=digest)


async def test_who_writes_the_tree_anew_without_the_key_is_found(by: Sequencer, tmp_path: Path) -> None:
    other = key_of(tmp_path / "other.key")
    await edit(by.connection, 3)
    await rehash(by.connection, lambda verifier: Signer(verifier.name, other))
    assert await finding(by.connection) == (Tampering.REHASHED, 1, 9)


async def test_who_writes_the_tree_anew_with_the_key_is_found_by_a_checkpoint_that_was_kept(
    by: Sequencer, tmp_path: Path
) -> None:
    kept = await checkpoint(by.connection)
    await edit(by.connection, 3)
    await rehash(by.connection, lambda verifier: Signer(verifier.name, key_of(tmp_path / "seal.key")))
    assert (await verify(by.connection)).finding is None
    assert await finding(by.connection, Known(kept)) == (Tampering.REHASHED, 1, 9)


async def test_several_checkpoints_that_were_kept_say_where_it_begins(by: Sequencer, tmp_path: Path) -> None:
    heads = "MATCH (h:AuditHead) WITH h ORDER BY h.size RETURN collect(h.note) AS found"
    kept = "\n".join(await found(by.connection, heads))
    await edit(by.connection, 6)
    await rehash(by.connection, lambda verifier: Signer(verifier.name, key_of(tmp_path / "seal.key")))
    assert await finding(by.connection, Known(kept)) == (Tampering.REHASHED, 5, 7)


async def cut(connection: Connection) -> None:
    """Take the last batch away as if it had never been."""
    await tamper(connection, "MATCH (e:AuditEvent) WHERE e.sequence > 7 DETACH DELETE e")
    await tamper(connection, "MATCH (h:AuditHead {size: 9}) DELETE h")
    note = await found(connection, "MATCH (h:AuditHead {size: 7}) RETURN h.note AS found")
    digest = f"sha256:{sha256(note.encode()).hexdigest()}"
    await tamper(connection, "MATCH (log:AuditLog) SET log.size = 7, log.headDigest = $digest", digest=digest)


async def test_a_log_that_was_cut_off_cleanly_is_found_by_a_checkpoint_that_was_kept(by: Sequencer) -> None:
    kept = await checkpoint(by.connection)
    await cut(by.connection)
    assert (await verify(by.connection)).finding is None
    assert await finding(by.connection, Known(kept)) == (Tampering.TRUNCATED, 8, 9)


async def test_a_checkpoint_of_another_log_is_found(by: Sequencer, tmp_path: Path) -> None:
    stranger = Signer("pedigree/other", key_of(tmp_path / "seal.key"))
    kept = stranger.signed(Head("pedigree/other", 9, bytes(32)).text)
    assert await finding(by.connection, Known(kept)) == (Tampering.REHASHED, 1, None)


async def test_a_key_that_is_known_from_elsewhere_has_to_be_the_logs(by: Sequencer, tmp_path: Path) -> None:
    ours = await found(by.connection, "MATCH (k:SealKey) RETURN k.verifier AS found")
    assert (await verify(by.connection, Known(keys=[ours]))).finding is None
    other = str(Signer("pedigree/x", key_of(tmp_path / "other.key")).verifier)
    assert await finding(by.connection, Known(keys=[other])) == (Tampering.REHASHED, 1, 9)


@pytest.mark.parametrize("known", [Known("nothing of the kind"), Known(keys=["none"])])
async def test_what_cannot_be_read_is_refused(by: Sequencer, known: Known) -> None:
    with pytest.raises(InvalidInput):
        await verify(by.connection, known)


async def test_a_part_of_the_log_begins_after_a_head_and_ends_with_one(
    by: Sequencer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.domain.audit.log.FIRST_STEP", 1)
    monkeypatch.setattr("app.domain.audit.log.STRETCH_BYTES", 1)
    parts: list[tuple[int, bool]] = []
    after = 0
    while not parts or not parts[-1][1]:
        verified = await verify(by.connection, course=Course(after, least=1))
        assert verified.finding is None
        parts.append((verified.size, verified.is_complete))
        after = verified.size
    assert parts == [(4, False), (7, False), (9, True)]
    for after in (4, 7, 9):
        verified = await verify(by.connection, course=Course(after))
        assert (verified.size, verified.is_complete, verified.finding) == (9, True, None)
    with pytest.raises(InvalidInput):
        await verify(by.connection, course=Course(5))


async def test_a_part_is_gone_over_as_strictly(by: Sequencer) -> None:
    await edit(by.connection, 6)
    assert (await verify(by.connection, course=Course(7))).finding is None
    verified = await verify(by.connection, course=Course(4))
    assert verified.finding is not None
    assert (verified.finding.tampering, verified.finding.sequence) == (Tampering.EDITED, 6)
    await tamper(by.connection, "MATCH (t:AuditTile {level: 0}) SET t.hashes = 'AAAA' + substring(t.hashes, 4)")
    verified = await verify(by.connection, course=Course(7))
    assert verified.finding is not None
    assert verified.finding.tampering is Tampering.REHASHED


async def test_progress_is_told_event_by_event(by: Sequencer) -> None:
    told: list[int] = []
    await verify(by.connection, course=Course(advance=told.append))
    assert sum(told) == 9


async def test_long_logs_are_gone_over_in_stretches(
    by: Sequencer, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.domain.audit.log.STRETCH_BYTES", 2_000)
    monkeypatch.setattr("app.domain.audit.log.FIRST_STEP", 2)
    assert (await verify(by.connection)).size == 9
    await tamper(by.connection, SWAP, a=2, b=9)
    assert await finding(by.connection) == (Tampering.SWAPPED, 2, 9)
