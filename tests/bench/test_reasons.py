"""Why targets are missed is told for those that are, once, and what nobody has explained is named."""

import re
from pathlib import Path

from bench.book import Target
from bench.reasons import REASONS, reasons

RESULTS = Path("bench/RESULTS.md")
ROW = re.compile(
    r"^\| (?P<what>[^|]+) \| at (?:most|least) [^|]+ \| [^|]+ \| (?P<verdict>holds|\*\*missed\*\*) \|$", re.M
)


def target(what: str, *, holds: bool) -> Target:
    return Target(what, "at most 1x", "2.00x", holds)


def test_a_reason_is_told_once_for_those_that_are_missed() -> None:
    found = [
        target("32 writers on one model, bare versions", holds=False),
        target("32 writers on one model, whole registrations", holds=False),
        target("look-up by alias: p50 in that of raw", holds=True),
    ]
    (told,) = reasons(found)
    assert told.startswith("**32 writers on one model.**")


def test_what_nobody_has_explained_is_named() -> None:
    assert list(reasons([target("time to tea", holds=False)])) == ["**Not explained yet:** time to tea."]


def test_every_missed_target_of_the_results_is_explained() -> None:
    rows = [found.groupdict() for found in ROW.finditer(RESULTS.read_text(encoding="utf-8"))]
    assert len(rows) > 20
    known = tuple(beginning for beginnings, _ in REASONS for beginning in beginnings)
    assert [row["what"] for row in rows if row["verdict"] != "holds" and not row["what"].startswith(known)] == []
