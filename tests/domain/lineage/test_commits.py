"""Commits: what nobody has said of one is said later, and what is said otherwise is refused."""

from typing import Any

import pytest

from app.domain.identity import CreateUser, create_user
from app.domain.writing import Writer
from app.errors import AlreadyExists
from tests.fixtures.registration import register
from tests.fixtures.snapshot import found, snapshot

COMMIT = {"repository": "https://github.com/acme/churn", "sha": "abcdef1"}
HELD = """MATCH (c:Commit) OPTIONAL MATCH (a:Entity {id: c.authorId})
RETURN [c.message, a.name, c.revision, c.isStub] AS found"""
EPOCH = "OPTIONAL MATCH (l:Lock {name: 'lineage'}) RETURN coalesce(l.epoch, 0) AS found"
EVENTS = "MATCH (e:AuditEvent {subjectType: 'Commit'}) RETURN count(e) AS found"


async def trained(writer: Writer, **said: Any) -> None:
    await register(writer, "churn", run={"new": {"commit": {**COMMIT, **said}}})


async def test_what_nobody_has_said_of_a_commit_is_said_later(writer: Writer) -> None:
    for name in ("ada", "eve"):
        await create_user(writer, CreateUser(name=name))
    await trained(writer)
    assert await found(writer.connection, HELD) == [None, None, 1, False]
    before = await found(writer.connection, EPOCH)
    await trained(writer, author={"name": "ada"})
    assert await found(writer.connection, HELD) == [None, "ada", 2, False]
    assert await found(writer.connection, EPOCH) == before + 1
    await trained(writer, author={"name": "ada"}, message="Better.")
    await trained(writer)
    assert await found(writer.connection, HELD) == ["Better.", "ada", 3, False]
    assert await found(writer.connection, EVENTS) == 3


async def test_what_is_said_otherwise_is_refused(writer: Writer) -> None:
    for name in ("ada", "eve"):
        await create_user(writer, CreateUser(name=name))
    await trained(writer, author={"name": "ada"}, message="Better.")
    before = await snapshot(writer.connection)
    for said, field in (({"author": {"name": "eve"}}, "author"), ({"message": "Worse."}, "message")):
        with pytest.raises(AlreadyExists) as refused:
            await trained(writer, **said)
        assert refused.value.path == ("run", "new", "commit", field)
        assert refused.value.details["fields"] == [field]
    assert await snapshot(writer.connection) == before
