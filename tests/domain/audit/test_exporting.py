"""The log as lines, and the program in the guides that verifies them on its own."""

import subprocess
import sys
from pathlib import Path

import orjson
import pytest

from app.database.connection import Connection
from app.domain.audit.erasure import RedactText, redact_text
from app.domain.audit.exporting import export_log
from app.domain.audit.log import read_log
from app.domain.audit.rotation import rotate
from app.domain.audit.sequencer import Sequencer
from app.domain.writing import Writer
from tests.domain.audit.sealed import describe, make, seal_all, sequencer
from tests.fixtures.snapshot import found

SCRIPT = Path(__file__).parents[3] / "docs" / "verify_audit.py"


@pytest.fixture
async def by(writer: Writer, tmp_path: Path) -> Sequencer:
    """A log with several heads, two keys, and an erased text."""
    by = sequencer(writer.connection, tmp_path)
    await make(writer, "a", "b", description="words")
    await seal_all(by)
    await describe(writer, "a", "other words")
    await rotate(writer, tmp_path / "seal.key")
    await seal_all(by)
    event = await found(writer.connection, "MATCH (e:AuditEvent {sequence: 2}) RETURN e.id AS found")
    await redact_text(writer, RedactText.model_validate({"event": event, "fields": ["description"], "reason": "asked"}))
    await make(writer, "c")
    await seal_all(by)
    return by


async def lines(connection: Connection, *, with_texts: bool = True) -> list[bytes]:
    return [line async for page in export_log(connection, with_texts=with_texts) for line in page]


def judged(folder: Path, exported: list[bytes], *key: str) -> tuple[int, str]:
    """What the program says."""
    file = folder / "log.jsonl"
    file.write_bytes(b"".join(exported))
    done = subprocess.run([sys.executable, SCRIPT, file, *key], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


async def test_a_log_is_exported_in_its_order(by: Sequencer) -> None:
    keys, *told = map(orjson.loads, await lines(by.connection))
    assert [key["number"] for key in keys["keys"]] == [1, 2]
    assert [line.get("sequence", "head") for line in told] == [1, 2, 3, "head", 4, 5, "head", 6, 7, "head"]
    first = told[1]
    assert set(first) == {"sequence", "sealedAt", "body", "texts"}
    assert all(place.startswith("/") for place in first["texts"])
    assert await lines(by.connection) == await lines(by.connection)


async def test_the_program_in_the_guides_finds_it_as_it_was_sealed(by: Sequencer, tmp_path: Path) -> None:
    first = str((await read_log(by.connection)).keys[0].verifier)
    for with_texts, gone in ((True, 1), (False, 6)):
        code, said = judged(tmp_path, await lines(by.connection, with_texts=with_texts), first)
        assert (code, said.split(" Keys:")[0]) == (
            0,
            f"7 events are as they were sealed; {gone} of their texts are gone.",
        )
    assert judged(tmp_path, await lines(by.connection), "another")[0] == 1


async def test_an_empty_log_is_nothing_to_complain_about(connection: Connection, tmp_path: Path) -> None:
    assert judged(tmp_path, await lines(connection))[0] == 0


@pytest.mark.parametrize("damage", ["edit", "delete", "swap", "text", "head", "cut", "introduction"])
async def test_the_program_in_the_guides_finds_what_was_done(by: Sequencer, tmp_path: Path, damage: str) -> None:
    told = [orjson.loads(line) for line in await lines(by.connection)]
    match damage:
        case "edit":
            told[2]["body"] = told[2]["body"].replace("create", "delete")
        case "delete":
            del told[2]
        case "swap":
            told[2]["body"], told[3]["body"] = told[3]["body"], told[2]["body"]
        case "text":
            place = next(iter(told[3]["texts"]))
            told[3]["texts"][place] = '["salt","other words"]'
        case "head":
            told[4]["checkpoint"] = told[4]["checkpoint"].replace("at 2", "at 3")
        case "cut":
            del told[-1]
        case "introduction":
            told[0]["keys"][1]["introduction"] = told[4]["checkpoint"]
    code, _ = judged(tmp_path, [orjson.dumps(line) + b"\n" for line in told])
    assert code == 1
