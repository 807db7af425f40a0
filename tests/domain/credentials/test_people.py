"""Whom an issuer's subjects are here."""

import asyncio

import pytest

from app.database.connection import Connection
from app.domain.credentials.people import Person, known_person, known_program, teams_named
from app.domain.identity import CreateTeam, CreateUser, create_team, create_user
from app.domain.writing import Writer
from app.errors import Unauthenticated
from tests.fixtures.snapshot import found, snapshot

ISSUER = "https://login.example"
ADA = Person(ISSUER, "1", "ada", "Ada Lovelace", "ada@example.org")
USERS = "MATCH (u:User) WITH u ORDER BY u.name RETURN collect([u.name, u.displayName, u.email]) AS found"


async def test_a_person_is_made_known_when_it_comes_first(connection: Connection) -> None:
    first = await known_person(connection, ADA)
    again = await known_person(connection, Person(ISSUER, "1", "countess"))
    assert (first.name, again) == ("ada", first)
    assert await found(connection, USERS) == [["ada", "Ada Lovelace", "ada@example.org"]]
    events = await found(connection, "MATCH (e:AuditEvent) RETURN collect([e.action, e.actorId, e.subjectId]) AS found")
    assert events == [["user.identify", first.id, first.id]]


async def test_a_person_who_comes_in_many_requests_at_once_is_made_once(connection: Connection) -> None:
    many = await asyncio.gather(*(known_person(connection, ADA) for _ in range(8)))
    assert len({each.id for each in many}) == 1
    assert len(await found(connection, USERS)) == 1


async def test_a_name_that_is_taken_belongs_to_who_has_it(writer: Writer) -> None:
    await create_user(writer, CreateUser(name="ada"))
    await create_team(writer, CreateTeam(name="risk"))
    await known_person(writer.connection, Person("https://other.example", "7", "bob"))
    before = await snapshot(writer.connection)
    for name in ("ada", "bob", "risk", "admin", "tester"):
        with pytest.raises(Unauthenticated):
            await known_person(writer.connection, Person(ISSUER, "1", name))
        assert await snapshot(writer.connection) == before


async def test_a_user_who_is_there_is_the_person_if_the_issuer_may_say_so(writer: Writer) -> None:
    known = await create_user(writer, CreateUser(name="ada", display_name="A. L."))
    adopting = Person(ISSUER, "1", "ada", adopts=True)
    assert (await known_person(writer.connection, adopting)).id == known.id
    assert ["ada", "A. L.", None] in await found(writer.connection, USERS)
    history = f"MATCH (e:AuditEvent {{subjectId: '{known.id}', action: 'user.identify'}}) RETURN e.body AS found"
    body = await found(writer.connection, history)
    assert ('"field":"issuer"' in body, '"field":"subject"' in body, '"field":"name"' in body) == (True, True, False)


@pytest.mark.parametrize("name", ["admin", "risk", "ada"])
async def test_nobody_becomes_an_administrator_a_team_or_somebody_who_has_signed_in_from_there(
    writer: Writer, name: str
) -> None:
    await create_user(writer, CreateUser(name="admin"))
    await create_team(writer, CreateTeam(name="risk"))
    await known_person(writer.connection, ADA)
    before = await snapshot(writer.connection)
    with pytest.raises(Unauthenticated):
        await known_person(writer.connection, Person(ISSUER, "2", name, adopts=True))
    assert await snapshot(writer.connection) == before


async def test_a_person_who_was_put_away_is_not_let_in(connection: Connection) -> None:
    await known_person(connection, ADA)
    await connection.driver.execute_query("MATCH (u:User) SET u.archivedAt = datetime()")
    with pytest.raises(Unauthenticated):
        await known_person(connection, ADA)


async def test_a_program_is_a_service_account_which_is_made_once(writer: Writer) -> None:
    many = await asyncio.gather(*(known_program(writer.connection, "ci/churn") for _ in range(8)))
    assert len(set(many)) == 1
    labels = "MATCH (a:Actor {name: 'ci/churn'}) RETURN labels(a) AS found"
    assert set(await found(writer.connection, labels)) == {"Actor", "Entity", "ServiceAccount"}
    with pytest.raises(Unauthenticated):
        await known_program(writer.connection, "tester")


async def test_teams_are_found_by_name_and_strangers_passed_over(writer: Writer) -> None:
    risk = await create_team(writer, CreateTeam(name="risk"))
    board = await create_team(writer, CreateTeam(name="board"))
    names = ["risk", "tester", "nobody", "board", "risk"]
    assert await teams_named(writer.connection, names) == tuple(sorted((risk.id, board.id)))
    assert await teams_named(writer.connection, []) == ()
