"""A key takes the place of another, and the chain leads from the first to the last."""

from pathlib import Path

import pytest

from app.domain.audit import rotation
from app.domain.audit.keys import key_of, next_of, write
from app.domain.audit.log import read_log
from app.domain.audit.notes import Head, Signer
from app.domain.audit.rotation import KeyLost, rotate
from app.domain.audit.sealing import LogBroken
from app.domain.audit.sequencer import Sequencer
from app.domain.audit.verification import Known, verify
from app.domain.vocabulary import Tampering
from app.domain.writing import Writer
from app.errors import Conflict, NotFound
from tests.domain.audit.sealed import make, seal_all, sequencer, sequences, tamper
from tests.fixtures.snapshot import found, snapshot

KEYS = """MATCH (k:SealKey) WITH k ORDER BY k.number
RETURN collect([k.number, k.fromSize, k.validTo IS NULL, k.introduction IS NOT NULL]) AS found"""


class Killed(Exception):
    """The process ended here."""


@pytest.fixture
async def by(writer: Writer, tmp_path: Path) -> Sequencer:
    """A log of three events."""
    by = sequencer(writer.connection, tmp_path)
    await make(writer, "a", "b")
    await seal_all(by)
    return by


async def test_heads_are_signed_with_the_new_key_from_then_on(writer: Writer, by: Sequencer, tmp_path: Path) -> None:
    former = key_of(tmp_path / "seal.key").private_bytes_raw()
    key = await rotate(writer, tmp_path / "seal.key")
    assert key_of(tmp_path / "seal.key").private_bytes_raw() != former
    assert (tmp_path / "seal.key").stat().st_mode & 0o777 == 0o600
    assert not next_of(tmp_path / "seal.key").exists()
    assert await found(writer.connection, KEYS) == [[1, 0, False, False], [2, 3, True, True]]

    await seal_all(by)
    notes = await found(writer.connection, "MATCH (h:AuditHead) WITH h ORDER BY h.size RETURN collect(h.note) AS found")
    assert Head.of(key.verifier.opened(notes[-1])).size == 4
    verified = await verify(writer.connection, Known("\n".join(notes)))
    assert (verified.finding, verified.size) == (None, 4)


async def test_a_rotation_is_an_event(writer: Writer, by: Sequencer, tmp_path: Path) -> None:
    key = await rotate(writer, tmp_path / "seal.key")
    event = await found(
        writer.connection, "MATCH (e:AuditEvent {action: 'sealKey.rotate'}) RETURN properties(e) AS found"
    )
    assert (event["subjectType"], event["subjectId"]) == ("SealKey", key.verifier.name)
    assert str(key.verifier) in event["body"]


async def test_keys_follow_each_other_many_times(writer: Writer, by: Sequencer, tmp_path: Path) -> None:
    for name in "cde":
        await rotate(writer, tmp_path / "seal.key")
        await make(writer, name)
        await seal_all(by)
    await rotate(writer, tmp_path / "seal.key")
    await rotate(writer, tmp_path / "seal.key")
    await seal_all(by)
    assert await sequences(writer.connection) == list(range(1, 12))
    first = str((await read_log(writer.connection)).keys[0].verifier)
    assert (await verify(writer.connection, Known(keys=[first]))).finding is None


@pytest.mark.parametrize("is_known", [False, True])
async def test_a_rotation_that_was_cut_off_is_brought_to_its_end(
    writer: Writer, by: Sequencer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_known: bool
) -> None:
    """Killed before the registry knew the new key, or after: either way a key is there that fits."""
    file = tmp_path / "seal.key"

    async def killed(*given: object) -> object:
        if is_known:
            await attempt(*given)  # type: ignore[arg-type]  # as it was called
        raise Killed

    attempt = rotation.attempt
    monkeypatch.setattr(rotation, "attempt", killed)
    with pytest.raises(Killed):
        await rotate(writer, file)
    monkeypatch.setattr(rotation, "attempt", attempt)
    assert next_of(file).exists()
    await make(writer, "c")
    await seal_all(by)
    assert next_of(file).exists() is not is_known
    await rotate(writer, file)
    await seal_all(by)
    assert (await verify(writer.connection)).finding is None


async def test_two_rotations_at_once_exclude_each_other(writer: Writer, by: Sequencer, tmp_path: Path) -> None:
    before = await snapshot(writer.connection)
    with rotation.alone(tmp_path / "seal.key"), pytest.raises(Conflict):
        await rotate(writer, tmp_path / "seal.key")
    assert await snapshot(writer.connection) == before


async def test_who_lacks_the_key_cannot_rotate_it_but_may_begin_anew(
    writer: Writer, by: Sequencer, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere.key"
    before = await snapshot(writer.connection)
    with pytest.raises(KeyLost):
        await rotate(writer, elsewhere)
    assert await snapshot(writer.connection) == before

    key = await rotate(writer, elsewhere, is_lost=True)
    elsewhere.replace(tmp_path / "seal.key")
    await seal_all(by)
    verified = await verify(writer.connection)
    assert verified.finding is not None
    assert (verified.finding.tampering, verified.finding.sequence) == (Tampering.REHASHED, 4)
    first = str((await read_log(writer.connection)).keys[0].verifier)
    assert (await verify(writer.connection, Known(keys=[first, str(key.verifier)]))).finding is None


async def test_a_key_that_slipped_in_is_found(writer: Writer, by: Sequencer, tmp_path: Path) -> None:
    (tmp_path / "thief").mkdir()
    thief = Signer("pedigree/x", key_of(tmp_path / "thief" / "seal.key"))
    origin = await found(writer.connection, "MATCH (log:AuditLog) RETURN log.origin AS found")
    verifier = str(Signer(origin, thief.key).verifier)
    text = f"{origin}\nseal key 2 from size 3\n{verifier}\n"
    introduced = "CREATE (:SealKey {number: 2, verifier: $verifier, fromSize: 3, introduction: $note})"
    await tamper(writer.connection, introduced, verifier=verifier, note=Signer(origin, thief.key).signed(text))
    verified = await verify(writer.connection)
    assert verified.finding is not None
    assert (verified.finding.tampering, verified.finding.sequence) == (Tampering.REHASHED, 4)


async def test_a_former_key_signs_nothing_any_longer(writer: Writer, by: Sequencer, tmp_path: Path) -> None:
    former = key_of(tmp_path / "seal.key")
    await rotate(writer, tmp_path / "seal.key")
    await seal_all(by)
    note = await found(writer.connection, "MATCH (h:AuditHead {size: 4}) RETURN h.note AS found")
    log = await read_log(writer.connection)
    forged = Signer(log.keys[0].verifier.name, former).signed(log.keys[1].verifier.opened(note))
    await tamper(writer.connection, "MATCH (h:AuditHead {size: 4}) SET h.note = $note", note=forged)
    verified = await verify(writer.connection)
    assert verified.finding is not None
    assert (verified.finding.tampering, verified.finding.sequence) == (Tampering.REHASHED, 4)


async def test_no_key_follows_a_head_that_was_touched(writer: Writer, by: Sequencer, tmp_path: Path) -> None:
    await tamper(writer.connection, "MATCH (h:AuditHead) SET h.note = replace(h.note, 'at 2', 'at 3')")
    with pytest.raises(LogBroken):
        await rotate(writer, tmp_path / "seal.key")
    assert await found(writer.connection, KEYS) == [[1, 0, True, False]]


async def test_there_is_nothing_to_rotate_before_the_first_event(writer: Writer, tmp_path: Path) -> None:
    write(tmp_path / "seal.key", key_of(tmp_path / "other.key"))
    with pytest.raises(NotFound):
        await rotate(writer, tmp_path / "seal.key")
