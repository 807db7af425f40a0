"""Proofs from the graph are verified as RFC 9162 says, with nothing but themselves and a signed head."""

from pathlib import Path

import pytest

from app.database.connection import sent
from app.domain.audit.log import read_log
from app.domain.audit.notes import Head
from app.domain.audit.proofs import TreeIncomplete, consistency, inclusion
from app.domain.audit.sequencer import Sequencer
from app.domain.audit.tree import leaf_hash
from app.domain.writing import Writer
from app.errors import InvalidInput, NotFound
from tests.domain.audit import rfc9162
from tests.domain.audit.sealed import make, seal_all, sequencer, tamper
from tests.fixtures.snapshot import found

SIZES = [2, 5, 6, 14, 40]
IDS = "MATCH (e:AuditEvent) WITH e ORDER BY e.sequence RETURN collect(e.id) AS found"


@pytest.fixture
async def by(writer: Writer, tmp_path: Path) -> Sequencer:
    """A log with heads of these sizes."""
    by = sequencer(writer.connection, tmp_path)
    size = 1
    for wanted in SIZES:
        await make(writer, *(f"m{number}" for number in range(size, wanted)))
        await seal_all(by)
        size = wanted
    return by


async def test_every_event_is_proved_against_every_head(by: Sequencer) -> None:
    (key,) = (await read_log(by.connection)).keys
    ids = await found(by.connection, IDS)
    for size in SIZES:
        for place, id in enumerate(ids[:size:3]):
            proof = await inclusion(by.connection, id, size)
            head = Head.of(key.verifier.opened(proof.checkpoint))
            assert (head.size, proof.index, head.root) == (size, 3 * place, proof.root)
            assert rfc9162.includes(leaf_hash(proof.body.encode()), proof.index, size, proof.path, head.root)
    assert (await inclusion(by.connection, ids[0])).size == SIZES[-1]


async def test_every_head_is_proved_to_follow_every_former_one(by: Sequencer) -> None:
    (key,) = (await read_log(by.connection)).keys
    for former in SIZES:
        for size in (each for each in SIZES if each >= former):
            proof = await consistency(by.connection, former, size)
            heads = [Head.of(key.verifier.opened(note)) for note in (proof.former, proof.checkpoint)]
            assert [head.size for head in heads] == [former, size]
            assert rfc9162.is_consistent(former, size, heads[0].root, heads[1].root, proof.path)
    assert Head.of(key.verifier.opened((await consistency(by.connection, 2)).checkpoint)).size == SIZES[-1]


async def test_a_proof_takes_few_statements(by: Sequencer) -> None:
    (id, *_) = await found(by.connection, IDS)
    names: list[str] = []
    listening = sent.set(names)
    try:
        await inclusion(by.connection, id, 40)
    finally:
        sent.reset(listening)
    assert names == ["audit/event", "audit/head", "audit/tiles"]


async def test_what_cannot_be_proved_is_refused(by: Sequencer, writer: Writer) -> None:
    *_, last = await found(by.connection, IDS)
    (waiting,) = await make(writer, "waiting")
    for event, size, error in (
        ("none", None, NotFound),
        (waiting, None, NotFound),
        (last, 7, NotFound),
        (last, 14, InvalidInput),
    ):
        with pytest.raises(error):
            await inclusion(by.connection, event, size)
    for former, later, error in ((3, 5, NotFound), (2, 41, NotFound), (14, 5, InvalidInput)):
        with pytest.raises(error):
            await consistency(by.connection, former, later)


async def test_a_tree_that_is_not_whole_proves_nothing(by: Sequencer) -> None:
    (id, *_) = await found(by.connection, IDS)
    await tamper(by.connection, "MATCH (t:AuditTile) DELETE t")
    with pytest.raises(TreeIncomplete):
        await inclusion(by.connection, id)
