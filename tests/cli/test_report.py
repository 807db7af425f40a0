"""`pedigree report`: a document of a version, an application or an environment, printed or written to a file."""

from pathlib import Path

import orjson
import pytest
from neo4j import Driver

from app.settings import Settings
from tests.fixtures.command import command

LINES = (
    {"type": "RegisteredModel", "name": "team/churn"},
    {"type": "ModelVersion", "model": "team/churn", "number": 1, "createdAt": "2026-02-01T10:00:00Z"},
    {"type": "Environment", "name": "production", "position": 1},
)


def test_a_report_is_printed_or_written(settings: Settings, graph: Driver, tmp_path: Path) -> None:
    lines = tmp_path / "lines.jsonl"
    lines.write_bytes(b"\n".join(map(orjson.dumps, LINES)))
    assert command(settings, "import", lines).exit_code == 0
    printed = command(settings, "report", "--version", "team/churn/1")
    assert (printed.exit_code, printed.stdout.splitlines()[0]) == (0, "# Compliance report: team/churn/1")
    target = tmp_path / "report.html"
    options = ("--format", "html", "--output", target, "--as-of", "2026-03-01T00:00:00Z")
    written = command(settings, "report", "--environment", "production", *options)
    assert (written.exit_code, written.stdout) == (0, "")
    assert "<h1>Compliance report: production</h1>" in target.read_text(encoding="utf-8")
    assert "2026-03-01 00:00:00 UTC" in target.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ((), "Name one of --version, --application and --environment."),
        (("--version", "churn/1", "--application", "shop"), "Name one of"),
        (("--version", "churn"), "churn is no version: name it as MODEL/NUMBER."),
        (("--application", "shop", "--as-of", "2026-03-01"), "--as-of: 2026-03-01 is no instant with an offset"),
    ],
)
def test_what_makes_no_sense_is_told_in_one_line(settings: Settings, options: tuple[str, ...], message: str) -> None:
    refused = command(settings, "report", *options)
    assert refused.exit_code == 1
    assert message in refused.output
    assert len(refused.output.splitlines()) == 1
