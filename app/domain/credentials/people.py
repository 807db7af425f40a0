"""Whom an issuer's claims mean: a person, who is made known when it comes first, or a service account."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.database.connection import Connection
from app.database.queries import query
from app.domain.credentials import ADMIN
from app.domain.credentials.denial import Doubt, denied
from app.domain.given import given
from app.domain.identifiers import new_id
from app.domain.writing import Caller, Change, Refusals, Writer, commit, insist

PERSON = query("credentials/person")
PROGRAM = query("credentials/program")
TEAMS = query("credentials/teams")
KNOW_PERSON = query("credentials/know_person")
KNOW_PROGRAM = query("credentials/know_program")
IDENTIFIED, MADE = "user.identify", "serviceAccount.create"
REFUSALS: Refusals = {"taken": lambda _: denied(Doubt.UNKNOWN)}


@dataclass(frozen=True)
class Person:
    """A person as an issuer knows it. `adopts`: whether a user of that name who is there already is this person."""

    issuer: str
    subject: str
    name: str
    display_name: str | None = None
    email: str | None = None
    adopts: bool = False


@dataclass(frozen=True)
class Actor:
    """Who is meant."""

    id: str
    name: str


async def known_person(connection: Connection, person: Person) -> Actor:
    """The user that a person is here, made when it comes for the first time. Raises Unauthenticated when the name
    belongs to somebody else."""
    key = {"issuer": person.issuer, "subject": person.subject}
    row = await connection.ask(PERSON, given(key))
    if row["isArchived"]:
        raise denied(Doubt.UNKNOWN)
    if row["actorId"] is not None:
        return Actor(row["actorId"], row["name"])
    if person.name == ADMIN:  # no issuer says who that is
        raise denied(Doubt.UNKNOWN)
    id = new_id()
    user = {"displayName": person.display_name, "email": person.email}
    parameters = {**key, "id": id, "name": person.name, "user": user, "adopts": person.adopts}
    change = Change(KNOW_PERSON, IDENTIFIED, parameters, refusals=REFUSALS)
    made = await insist(lambda: commit(Writer(connection, Caller(id)), change))
    return Actor(made["id"], made["name"])


async def known_program(connection: Connection, name: str) -> Actor:
    """The service account of a name, made when it comes for the first time. Raises Unauthenticated when somebody else
    has the name."""
    row = await connection.ask(PROGRAM, given({"name": name}))
    if row["isArchived"] or not row["isProgram"]:
        raise denied(Doubt.UNKNOWN)
    if row["actorId"] is not None:
        return Actor(row["actorId"], row["name"])
    id = new_id()
    change = Change(KNOW_PROGRAM, MADE, {"id": id, "name": name}, refusals=REFUSALS)
    made = await insist(lambda: commit(Writer(connection, Caller(id)), change))
    return Actor(made["id"], name)


async def teams_named(connection: Connection, names: Sequence[str]) -> tuple[str, ...]:
    """The ids of the teams of these names. What is no team is passed over: an issuer knows many groups."""
    if not names:
        return ()
    row = await connection.ask(TEAMS, given({"names": sorted(set(names))}))
    return tuple(sorted(row["ids"]))
