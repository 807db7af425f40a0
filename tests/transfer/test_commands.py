"""`pedigree import` and `pedigree export`, as a user runs them."""

import subprocess
from pathlib import Path

import orjson
import pytest

from app.database.connection import Connection
from app.settings import Settings
from tests.fixtures.pedigree_process import PEDIGREE, environment, spawn
from tests.transfer.transferred import derived, model, text, version

LINES = b"\n".join(text(model(), version(1), version(2), derived(2, 1)))


def ran(settings: Settings, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """A command that has ended."""
    return subprocess.run(
        [PEDIGREE, *arguments], env=environment(settings), input=given, capture_output=True, check=False
    )


def test_what_comes_in_goes_out_again(settings: Settings, connection: Connection, tmp_path: Path) -> None:
    done = ran(settings, "import", "-", given=LINES)
    assert (done.returncode, done.stdout) == (0, b"Imported 3 entities, and 1 edges; 0 were there already.\n")
    target = tmp_path / "registry.jsonl"
    assert ran(settings, "export", str(target)).returncode == 0
    assert ran(settings, "export").stdout == target.read_bytes()
    assert list(tmp_path.iterdir()) == [target]
    types = [orjson.loads(line)["type"] for line in target.read_bytes().splitlines()]
    assert sorted(types) == ["DERIVED_FROM", "ModelVersion", "ModelVersion", "RegisteredModel", "User"]


def test_a_bad_line_is_told_and_the_exit_code_says_so(settings: Settings, connection: Connection) -> None:
    done = ran(settings, "import", "-", given=LINES + b"\n{}")
    assert done.returncode == 1
    assert done.stdout == b"Imported 3 entities, and 1 edges; 0 were there already.\n"
    told = done.stderr.decode().splitlines()
    assert told[-2].startswith("line 5: type is one of ")
    assert told[-1] == "Bad lines: 1; the rest was imported."


def test_a_strict_import_with_a_bad_line_imports_nothing(settings: Settings, connection: Connection) -> None:
    done = ran(settings, "import", "--strict", "-", given=LINES + b"\n{}")
    assert done.returncode == 1
    assert done.stdout == b"Imported 0 entities, and 0 edges; 0 were there already.\n"
    assert done.stderr.decode().splitlines()[-1] == "Bad lines: 1; so nothing was imported."


@pytest.mark.parametrize(
    ("file", "reason"), [("nowhere/registry.jsonl", "No such file or directory"), ("", "Is a directory")]
)
def test_where_nothing_can_be_written_is_told_in_one_line(
    settings: Settings, tmp_path: Path, file: str, reason: str
) -> None:
    done = ran(settings, "export", str(tmp_path / file))
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode() == f"Cannot write {tmp_path / file}: {reason}.\n"
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_not_there_is_told(settings: Settings) -> None:
    with spawn(settings, "import", "nowhere.jsonl") as process:
        output, _ = process.communicate()
    assert process.returncode == 2
    assert "nowhere.jsonl" in output
