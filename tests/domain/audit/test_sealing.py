"""Events get gap-free places, whoever seals, however often, and whenever they are committed."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from neo4j import AsyncDriver

from app.domain.audit import sealing
from app.domain.audit.keys import KeyUnusable, key_of
from app.domain.audit.log import read_head, read_log
from app.domain.audit.notes import Head, Signer
from app.domain.audit.sealing import Fenced, LogBroken, seal
from app.domain.audit.sequencer import WAITING, Sequencer, take
from app.domain.audit.verification import verify
from app.domain.canonical import digest_of
from app.domain.writing import Writer
from tests.domain.audit.sealed import checkpoint, make, seal_all, sequencer, sequences, tamper
from tests.fixtures.snapshot import found, snapshot

LATE = """MATCH (e:AuditEvent) WITH e LIMIT 1
CREATE (late:AuditEvent:Entity)
SET late = e {.*, id: 'late', body: '{"late":true}', at: datetime('2020-01-01T00:00:00Z'), pending: true}"""
EXPIRE = "MATCH (log:AuditLog) SET log.leaseUntil = datetime('2020-01-01T00:00:00Z')"
LEFT = "MATCH (e:AuditEvent {pending: true}) RETURN count(e) AS found"
HEADS = "MATCH (h:AuditHead) WITH h ORDER BY h.size RETURN collect(h.note) AS found"


async def signer(by: Sequencer) -> Signer:
    verifier = (await by.connection.ask(WAITING))["verifier"]
    found = await by.signer_for(verifier)
    assert found is not None
    return found


async def test_waiting_events_are_numbered_in_their_order(writer: Writer, tmp_path: Path) -> None:
    by = sequencer(writer.connection, tmp_path)
    await make(writer, "a", "b", "c")
    await seal_all(by)
    order = "MATCH (e:AuditEvent) WITH e ORDER BY e.at, e.id RETURN collect([e.sequence, e.pending]) AS found"
    assert await found(writer.connection, order) == [[number, None] for number in (1, 2, 3, 4)]
    assert await found(writer.connection, "MATCH (e:AuditEvent) RETURN min(e.sealedAt) > max(e.at) AS found")


async def test_each_head_is_signed_for_all_before_it_and_chained(writer: Writer, tmp_path: Path) -> None:
    by = sequencer(writer.connection, tmp_path)
    for name in "abc":
        await make(writer, name)
        await seal_all(by)
    notes = await found(writer.connection, HEADS)
    heads = [Head.of((await signer(by)).verifier.opened(note)) for note in notes]
    assert [head.size for head in heads] == [2, 3, 4]
    assert [head.previous for head in heads] == [None, *(digest_of(note.encode()) for note in notes[:-1])]
    assert len({head.at for head in heads}) == len({head.root for head in heads}) == 3
    assert (await verify(writer.connection)).finding is None


async def test_large_heaps_are_sealed_batch_by_batch(
    writer: Writer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.domain.audit.sealing.MOST", 7)
    by = sequencer(writer.connection, tmp_path)
    await make(writer, *map(str, range(30)))
    await seal_all(by)
    assert await sequences(writer.connection) == list(range(1, 32))
    heads = "MATCH (h:AuditHead) WITH h ORDER BY h.size RETURN collect(h.size) AS found"
    assert await found(writer.connection, heads) == [7, 14, 21, 28, 31]
    assert (await verify(writer.connection)).size == 31


async def test_a_batch_holds_no_more_than_it_should_but_one_event_at_least(
    writer: Writer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = sequencer(writer.connection, tmp_path)
    await make(writer, "a", "b", "c")
    await by.turn()
    monkeypatch.setattr("app.domain.audit.sealing.MOST_BYTES", 1)
    assert [await by.turn() for _ in range(5)] == [True, True, True, False, False]
    assert await sequences(writer.connection) == [1, 2, 3, 4]


async def test_what_commits_late_comes_in_the_next_batch(
    writer: Writer, tmp_path: Path, session_driver: AsyncDriver
) -> None:
    by = sequencer(writer.connection, tmp_path)
    async with session_driver.session() as session, await session.begin_transaction() as late:
        await (await late.run(LATE)).consume()
        await make(writer, "a", "b")
        await seal_all(by)
        assert await sequences(writer.connection) == [1, 2, 3]
        await late.commit()
    await seal_all(by)
    assert await sequences(writer.connection) == [1, 2, 3, 4]
    last = "MATCH (e:AuditEvent {sequence: 4}) RETURN e.id AS found"
    assert await found(writer.connection, last) == "late"


async def test_nothing_is_written_while_nothing_happens(writer: Writer, tmp_path: Path) -> None:
    by, other = (sequencer(writer.connection, tmp_path) for _ in range(2))
    await seal_all(by)
    before = await snapshot(writer.connection)
    assert [await each.turn() for each in (by, other, by)] == [False] * 3
    assert await snapshot(writer.connection) == before


async def test_who_holds_the_lease_seals_alone_until_it_has_run_out(writer: Writer, tmp_path: Path) -> None:
    first, second = (sequencer(writer.connection, tmp_path) for _ in range(2))
    await seal_all(first)
    await make(writer, "a")
    assert await second.turn() is False
    assert await found(writer.connection, LEFT) == 1
    await tamper(writer.connection, EXPIRE)
    await second.turn()
    assert await sequences(writer.connection) == [1, 2]
    await make(writer, "b")
    await first.turn()
    assert await found(writer.connection, LEFT) == 1
    fences = "MATCH (log:AuditLog) RETURN [log.fence, log.holder] AS found"
    assert await found(writer.connection, fences) == [2, second.holder]


async def test_a_holder_that_wakes_up_late_changes_nothing(writer: Writer, tmp_path: Path) -> None:
    first, second = (sequencer(writer.connection, tmp_path) for _ in range(2))
    await seal_all(first)
    key = await signer(first)
    await tamper(writer.connection, EXPIRE)
    await take(writer.connection, second.holder)
    await make(writer, "a")
    before = await snapshot(writer.connection)
    with pytest.raises(Fenced):
        await seal(writer.connection, key, 1)
    assert await snapshot(writer.connection) == before
    await seal(writer.connection, key, 2)
    assert await sequences(writer.connection) == [1, 2]


async def test_a_batch_between_whose_statements_another_took_over_is_undone(
    writer: Writer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lock keeps others out; were it not there, the second statement would still compare the fence."""
    by = sequencer(writer.connection, tmp_path)
    await seal_all(by)
    await make(writer, "a")
    monkeypatch.setattr("app.domain.audit.sealing.parameters", stale(sealing.parameters))
    with pytest.raises(Fenced):
        await seal(writer.connection, await signer(by), 1)
    assert await found(writer.connection, LEFT) == 1


def stale(parameters: Callable[..., dict[str, object]]) -> Callable[..., dict[str, object]]:
    return lambda *given: {**parameters(*given), "fence": 0}


async def test_many_that_seal_at_once_give_no_number_twice_and_leave_none_out(writer: Writer, tmp_path: Path) -> None:
    many = [sequencer(writer.connection, tmp_path) for _ in range(6)]
    work = [f"m{number}" for number in range(60)]

    async def push(by: Sequencer) -> None:
        while work:
            await by.turn()
            if by is many[0]:  # it does not wait for anybody's lease to run out
                await tamper(by.connection, EXPIRE)

    async def write() -> None:
        while work:
            await make(writer, work.pop())

    await asyncio.gather(*(push(each) for each in many), write(), write())
    await tamper(writer.connection, EXPIRE)
    await seal_all(many[1])
    assert await sequences(writer.connection) == list(range(1, 62))
    assert (await verify(writer.connection)).finding is None


async def test_processes_that_begin_at_once_have_one_key_and_one_log(writer: Writer, tmp_path: Path) -> None:
    many = [sequencer(writer.connection, tmp_path) for _ in range(8)]
    await asyncio.gather(*(each.turn() for each in many))
    logs = "MATCH (log:AuditLog) MATCH (key:SealKey) RETURN collect([log.verifier = key.verifier, key.number]) AS found"
    assert await found(writer.connection, logs) == [[True, 1]]
    assert modes(tmp_path) == {"seal.key": 0o600}


def modes(folder: Path) -> dict[str, int]:
    return {file.name: file.stat().st_mode & 0o777 for file in folder.iterdir()}


async def test_who_has_another_key_does_not_seal(writer: Writer, tmp_path: Path) -> None:
    by = sequencer(writer.connection, tmp_path)
    await seal_all(by)
    await make(writer, "a")
    await tamper(writer.connection, EXPIRE)
    stranger = sequencer(writer.connection, tmp_path / "elsewhere")
    before = await snapshot(writer.connection)
    assert await stranger.turn() is False
    assert await snapshot(writer.connection) == before
    assert stranger.signer is None


@pytest.mark.parametrize(
    "damage",
    [
        "MATCH (t:AuditTile {level: 0}) SET t.hashes = left(t.hashes, 43) + '='",
        "MATCH (t:AuditTile {level: 0}) SET t.hashes = '!'",
        "MATCH (t:AuditTile {level: 0}) DELETE t",
        "MATCH (h:AuditHead) SET h.note = replace(h.note, 'at 2', 'at 3')",
        "MATCH (h:AuditHead) DELETE h",
        "MATCH (log:AuditLog) SET log.headDigest = 'sha256:0'",
        "MATCH (log:AuditLog) SET log.size = log.size - 1",
    ],
)
async def test_nothing_is_sealed_on_top_of_a_tree_that_was_touched(writer: Writer, tmp_path: Path, damage: str) -> None:
    by = sequencer(writer.connection, tmp_path)
    await make(writer, "a", "b")
    await seal_all(by)
    await make(writer, "c")
    await tamper(writer.connection, damage)
    before = await snapshot(writer.connection)
    with pytest.raises(LogBroken):
        await by.turn()
    assert await snapshot(writer.connection) == before


async def test_heads_go_to_a_file(writer: Writer, tmp_path: Path) -> None:
    file = tmp_path / "checkpoints.txt"
    by = sequencer(writer.connection, tmp_path, file)
    await seal_all(by)
    await make(writer, "a")
    await seal_all(by)
    notes = await found(writer.connection, HEADS)
    assert file.read_text() == "".join(f"{note}\n" for note in notes)
    assert await checkpoint(writer.connection) == notes[-1]
    log = await read_log(writer.connection)
    assert await read_head(writer.connection, log.size) == (2, notes[-1])


def test_a_file_that_holds_no_key_is_refused(tmp_path: Path) -> None:
    (tmp_path / "seal.key").write_text("not a key")
    with pytest.raises(KeyUnusable, match="cannot be used"):
        key_of(tmp_path / "seal.key")
    with pytest.raises(KeyUnusable):
        key_of(tmp_path / "seal.key" / "below")


def test_no_representation_tells_a_private_key(tmp_path: Path) -> None:
    key = key_of(tmp_path / "seal.key")
    secret = (tmp_path / "seal.key").read_text().splitlines()[1]
    assert secret not in repr(Signer("x", key))
    assert key.private_bytes_raw().hex() not in repr(Signer("x", key))
