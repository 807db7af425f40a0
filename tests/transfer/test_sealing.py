"""What an import tells is sealed like everything else, and its texts stand beside it."""

from pathlib import Path

from app.database.connection import Connection
from app.domain.audit.verification import verify
from tests.domain.audit.sealed import seal_all, sequencer
from tests.fixtures.snapshot import found
from tests.transfer.transferred import Line, derived, imported, model, run, version

LINES: list[Line] = [
    {"type": "User", "name": "tester", "email": "ada@example.org"},
    model(description="written by Ada"),
    version(1, tags={"who": "Ada"}, parameters={"by": "Ada"}, lifecycle=[{"state": "RETIRED", "reason": "says Ada"}]),
    version(2, links=[{"kind": "page", "url": "https://example.org/Ada"}], metadata={"by": "Ada"}),
    {**run("1"), "name": "Ada's"},
    derived(2, 1, detail={"by": "Ada"}),
]


async def test_the_events_of_an_import_are_sealed_without_their_texts(connection: Connection, tmp_path: Path) -> None:
    assert (await imported(connection, *LINES)).problems == ()
    await seal_all(sequencer(connection, tmp_path))
    verified = await verify(connection)
    assert (verified.finding, verified.size, verified.is_complete, verified.erased) == (None, 6, True, 0)
    events = await found(connection, "MATCH (e:AuditEvent) RETURN collect([e.body, e.texts]) AS found")
    assert [body for body, _ in events if "Ada" in body or "ada@" in body] == []
    beside = "".join(text for _, texts in events for text in texts or ())
    told = ("written by Ada", '"Ada"', "says Ada", "example.org/Ada", "Ada's", "ada@example.org", '{"by":"Ada"}')
    assert [text for text in told if text not in beside] == []
