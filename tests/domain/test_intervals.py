"""Intervals never invert, overlap or fork, however many write at once; and each write that was answered was made."""

import asyncio
from collections.abc import Awaitable, Iterable
from itertools import pairwise
from typing import Any

import pytest

from app.database.connection import Connection
from app.domain.identity import CreateTeam, CreateUser, create_team, create_user
from app.domain.lineage.recording import RecordLineage, record_lineage
from app.domain.lineage.retraction import RetractLineage, retract_lineage
from app.domain.membership import AddTeamMember, RemoveTeamMember, add_team_member, remove_team_member
from app.domain.ownership import SetOwner, set_owner
from app.domain.registry.aliases import SetModelAlias, set_model_alias
from app.domain.registry.life import (
    DeprecateModelVersion,
    RestoreModelVersion,
    deprecate_model_version,
    restore_model_version,
)
from app.domain.writing import Writer, Written
from app.errors import InvalidInput
from tests.domain.registered import events
from tests.fixtures.registration import register
from tests.fixtures.snapshot import found

pytestmark = pytest.mark.long

WRITERS = 200
PATIENCE = 240.0

ALIASES = "MATCH (x:Alias) RETURN collect([x.validFrom, x.validTo]) AS found"
LIVES = "MATCH (x:VersionLifecycle {subjectId: $id}) RETURN collect([x.validFrom, x.validTo]) AS found"
OWNERS = "MATCH ()-[x:OWNS]->() RETURN collect([x.validFrom, x.validTo]) AS found"
MEMBERS = "MATCH ()-[x:MEMBER_OF]->() RETURN collect([x.validFrom, x.validTo]) AS found"
EDGES = "MATCH ()-[x:DERIVED_FROM]->() RETURN collect([x.validFrom, x.validTo]) AS found"
OPEN_EDGE = "MATCH ()-[x:DERIVED_FROM WHERE x.validTo IS NULL]->() RETURN head(collect(x.id)) AS found"

Interval = tuple[Any, Any]


@pytest.fixture
async def writer(writer: Writer) -> Writer:
    """Somebody who waits for as long as two hundred others take."""
    inner = writer.connection
    return Writer(Connection(inner.driver, inner.database, PATIENCE, PATIENCE, inner.bookmarks), writer.caller)


async def at_once(actions: Iterable[Awaitable[Written]]) -> tuple[int, int]:
    """How many of the actions were done and how many were refused. Anything else is a failure."""
    outcomes = await asyncio.gather(*actions, return_exceptions=True)
    unexpected = [each for each in outcomes if isinstance(each, BaseException) and not isinstance(each, InvalidInput)]
    assert unexpected == []
    refused = sum(isinstance(each, InvalidInput) for each in outcomes)
    return len(outcomes) - refused, refused


async def intervals(writer: Writer, text: str, **parameters: Any) -> list[Interval]:
    """The intervals of one thing, in their order: each ends after it began and before the next begins."""
    rows = await found(writer.connection, text, **parameters)
    ordered = sorted(((start, end) for start, end in rows), key=lambda each: each[0])
    assert all(start < end for start, end in ordered if end is not None)
    assert all(end is not None and end <= later for (_, end), (later, _) in pairwise(ordered))
    return ordered


def is_chain(ordered: list[Interval]) -> bool:
    """Whether each begins at the instant at which the one before ends, and the last one is open."""
    return all(end == later for (_, end), (later, _) in pairwise(ordered)) and ordered[-1][1] is None


async def test_an_alias_under_200_writers(writer: Writer) -> None:
    versions = [(await register(writer)).id for _ in range(4)]
    commands = [
        SetModelAlias.model_validate({"alias": "champion", "version": {"id": versions[i % 4]}}) for i in range(WRITERS)
    ]
    assert await at_once(set_model_alias(writer, command) for command in commands) == (WRITERS, 0)
    ordered = await intervals(writer, ALIASES)
    assert is_chain(ordered)
    assert len(ordered) == len(await events(writer, "alias.set"))
    assert 4 <= len(ordered) <= WRITERS


async def test_a_life_under_200_writers(writer: Writer) -> None:
    id = (await register(writer)).id
    deprecation = DeprecateModelVersion.model_validate({"version": {"id": id}, "reason": "old"})
    restoration = RestoreModelVersion.model_validate({"version": {"id": id}})
    done, refused = await at_once(
        deprecate_model_version(writer, deprecation) if i % 2 else restore_model_version(writer, restoration)
        for i in range(WRITERS)
    )
    ordered = await intervals(writer, LIVES, id=id)
    assert is_chain(ordered)
    # Of the deprecations none was refused: a deprecated version may be deprecated for another reason.
    assert (done + refused, len(ordered)) == (WRITERS, done + 1)
    assert len(await events(writer, "modelVersion.deprecate")) == WRITERS // 2
    assert len(await events(writer, "modelVersion.restore")) == done - WRITERS // 2
    revision = "MATCH (v:Entity {id: $id}) RETURN v.revision AS found"
    assert await found(writer.connection, revision, id=id) == done + 1


async def test_an_owner_under_200_writers(writer: Writer) -> None:
    await register(writer)
    for name in "abcd":
        await create_user(writer, CreateUser(name=name))
    commands = [
        SetOwner.model_validate({"entity": {"model": "churn"}, "owner": {"name": "abcd"[i % 4]}})
        for i in range(WRITERS)
    ]
    assert await at_once(set_owner(writer, command) for command in commands) == (WRITERS, 0)
    ordered = await intervals(writer, OWNERS)
    assert is_chain(ordered)
    assert len(ordered) == len(await events(writer, "owner.set"))
    assert 4 <= len(ordered) <= WRITERS


async def test_a_membership_under_200_writers(writer: Writer) -> None:
    await create_team(writer, CreateTeam(name="risk"))
    await create_user(writer, CreateUser(name="ada"))
    ends = {"team": {"name": "risk"}, "member": {"name": "ada"}}
    joining, leaving = AddTeamMember.model_validate(ends), RemoveTeamMember.model_validate(ends)
    assert await at_once(
        add_team_member(writer, joining) if i % 2 else remove_team_member(writer, leaving) for i in range(WRITERS)
    ) == (WRITERS, 0)
    ordered = await intervals(writer, MEMBERS)
    left = [end for _, end in ordered if end is not None]
    assert len(ordered) == len(await events(writer, "team.addMember")) >= 1
    assert len(left) == len(await events(writer, "team.removeMember"))
    assert len(ordered) - len(left) in (0, 1)


async def test_an_edge_that_200_writers_correct(writer: Writer) -> None:
    child, *parents = [(await register(writer, name)).id for name in "abc"]
    await record_lineage(writer, derivation(child, parents[0]))

    async def correct(number: int) -> Written:
        wrong = await found(writer.connection, OPEN_EDGE)
        instead = {"edgeId": wrong, "reason": "another", "replaceWith": {"id": parents[number % 2]}}
        return await retract_lineage(writer, RetractLineage.model_validate(instead))

    done, refused = await at_once(correct(number) for number in range(WRITERS))
    ordered = await intervals(writer, EDGES)
    assert is_chain(ordered)
    assert (done + refused, len(ordered)) == (WRITERS, done + 1)
    assert len(await events(writer, "lineage.retract")) == done >= 1


async def test_an_edge_that_200_writers_assert_and_retract(writer: Writer) -> None:
    child, parent = [(await register(writer, name)).id for name in "ab"]

    async def assert_and_retract() -> Written:
        edge = await record_lineage(writer, derivation(child, parent))
        return await retract_lineage(writer, RetractLineage.model_validate({"edgeId": edge.id, "reason": "wrong"}))

    done, refused = await at_once(assert_and_retract() for _ in range(WRITERS))
    ordered = await intervals(writer, EDGES)
    assert (done + refused, len(ordered)) == (WRITERS, done)
    assert all(end is not None for _, end in ordered)
    assert len(await events(writer, "lineage.record")) == len(await events(writer, "lineage.retract")) == done >= 1


def derivation(source: str, target: str) -> RecordLineage:
    edge = {"kind": "DERIVED_FROM", "derivation": "RETRAIN", "source": {"id": source}, "target": {"id": target}}
    return RecordLineage.model_validate(edge)
