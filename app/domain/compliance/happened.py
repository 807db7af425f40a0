"""What happened to what a report is about, and what proves it: events of the audit log, and its last signed head."""

from collections.abc import Iterable
from datetime import datetime

from app.database.connection import Connection
from app.database.queries import query
from app.domain.audit.log import read_head
from app.domain.audit.notes import Head, text_of
from app.domain.compliance.report import Changes, Proof, Question
from app.domain.given import given
from app.domain.permission.sight import Sight

CHANGES = query("compliance/changes")
MOST_CHANGES = 200
LAST = 2**62  # no log is that long: its last head is meant


async def changes(connection: Connection, ids: Iterable[str], question: Question, sight: Sight) -> Changes:
    """What happened to some things between the instants of a question, the latest first."""
    between = {"since": question.since, "asOf": question.as_of}
    asked = {"ids": sorted(set(ids)), "most": MOST_CHANGES, "hidden": sight.parameter, **between}
    row = await connection.ask(CHANGES, given(asked))
    events = [{**event, "labels": ["AuditEvent"]} for event in row["events"]]
    return Changes(events, row["count"] - len(events))


async def proof(connection: Connection, shown: Changes) -> Proof | None:
    """The last signed head; none when nothing was ever sealed."""
    found = await read_head(connection, LAST)
    if found is None:
        return None
    size, note = found
    at = Head.of(text_of(note)).at
    waiting = sum((event.get("sequence") or LAST) > size for event in shown.events)
    return Proof(size, datetime.fromisoformat(at) if at else None, note, waiting)
