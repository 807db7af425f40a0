"""What was recorded of it: how it was made, what happened since, and what proves that."""

from collections.abc import Iterator

from app.domain.audit.history import changes_of, text_of
from app.domain.compliance.blocks import Block, Paragraph, Verbatim
from app.domain.compliance.chapters.writing import instant, listed, tabled
from app.domain.compliance.report import Part, Report


def reproducibility(report: Report) -> Iterator[Block]:
    columns = ("Version", "Need", "State", "Of", "What")
    rows = (row for part in report.parts for row in needed(report, part))
    yield from tabled(columns, rows, "No version, so nothing to make anew.")


def needed(report: Report, part: Part) -> Iterator[tuple[str, ...]]:
    for each in part.reproducibility:
        yield report.label(part.id), each.need, each.state, report.label(each.node_id), each.detail or ""


def changes(report: Report) -> Iterator[Block]:
    columns = ("At", "Who", "What", "Of", "Fields", "Why", "Place in the log")
    yield from tabled(columns, happened(report), "Nothing has changed.")
    if report.changes.omitted:
        yield Paragraph(f"{report.changes.omitted} earlier changes are not listed.")


def happened(report: Report) -> Iterator[tuple[str, ...]]:
    for event in report.changes.events:
        fields = listed(change["field"] for change in changes_of(event))
        outcome = "" if event.get("outcome") is None else f" ({event['outcome'].lower()})"
        of = report.label(event["subjectId"]) or event["subjectType"]
        who, why = report.label(event["actorId"]), text_of(event, "reason") or ""
        place = str(event.get("sequence") or "waits")
        yield instant(event["at"]), who, f"{event['action']}{outcome}", of, fields, why, place


def proof(report: Report) -> Iterator[Block]:
    if report.proof is None:
        yield Paragraph("Nothing was sealed yet, or you may not see all that was: nothing here proves these changes.")
        return
    found = report.proof
    when = f", signed at {instant(found.at)}" if found.at else ""
    yield Paragraph(
        f"The last signed head of the audit log stands for {found.size} events{when}. {waiting(found.waiting)}"
    )
    yield Verbatim(found.note)


def waiting(count: int) -> str:
    if not count:
        return "All changes listed here are among them."
    return f"Of the changes listed here {count} are not among them yet."
