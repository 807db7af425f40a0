"""API tokens: who may make which, how long they hold, and what is kept and said of them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.database.connection import Connection
from app.domain.credentials.denial import Doubt
from app.domain.credentials.recognition import holder_of_token
from app.domain.credentials.secret import Secret, SecretKind, new_secret, read_secret
from app.domain.credentials.tokens import CreateApiToken, RevokeApiToken, create_api_token, revoke_api_token
from app.domain.identity import (
    CreateServiceAccount,
    CreateTeam,
    CreateUser,
    create_service_account,
    create_team,
    create_user,
)
from app.domain.permission.grants import CreateGrant, create_grant
from app.domain.principal import Principal
from app.domain.references import ActorRef
from app.domain.vocabulary import CredentialKind, Role
from app.domain.writing import Caller, Writer, Written
from app.errors import Forbidden, InvalidInput, NotFound, PedigreeError, Unauthenticated
from tests.fixtures.snapshot import found, snapshot

FORGET = "MATCH (e:AuditEvent {outcome: 'DENIED'}) DETACH DELETE e"
DENIED = """MATCH (e:AuditEvent {outcome: 'DENIED'}) RETURN collect([e.action, e.subjectId]) AS found"""
EVENTS = """MATCH (e:AuditEvent) WHERE e.action STARTS WITH 'token.'
WITH e ORDER BY e.at, e.id RETURN collect([e.action, e.actorId, e.body]) AS found"""


def as_somebody(writer: Writer, actor_id: str, name: str = "ada", allowed: frozenset[str] | None = None) -> Writer:
    """Somebody who signed in, and writes."""
    principal = Principal(actor_id, name, CredentialKind.API_TOKEN, allowed)
    return Writer(writer.connection, Caller(actor_id, "request", principal=principal))


async def made(writer: Writer, **fields: Any) -> Written:
    return await create_api_token(writer, CreateApiToken.model_validate({"name": "ci", **fields}))


def secret_of(written: Written) -> Secret:
    secret = read_secret(str(written.secret))
    assert secret is not None
    return secret


@pytest.fixture
async def ada(writer: Writer) -> Writer:
    """A user who signed in."""
    return as_somebody(writer, (await create_user(writer, CreateUser(name="ada"))).id)


async def test_a_token_proves_who_made_it(ada: Writer) -> None:
    written = await made(ada, permissions=["modelVersion.register", "alias.set"])
    principal = await holder_of_token(ada.connection, secret_of(written))
    assert principal.kind is CredentialKind.API_TOKEN
    assert (principal.actor_id, principal.name) == (ada.caller.actor_id, "ada")
    assert principal.allowed == frozenset({"alias.set", "modelVersion.register"})
    assert principal.credential_id == written.id
    assert principal.teams == ()
    assert principal.expires_at is not None
    assert timedelta(days=89) < principal.expires_at - datetime.now(UTC) < timedelta(days=91)


async def test_a_token_without_permissions_is_not_limited_and_one_with_none_may_do_nothing(ada: Writer) -> None:
    assert (await holder_of_token(ada.connection, secret_of(await made(ada)))).allowed is None
    assert (await holder_of_token(ada.connection, secret_of(await made(ada, permissions=[])))).allowed == frozenset()


async def test_the_graph_and_the_log_hold_neither_the_token_nor_in_the_log_its_digest(ada: Writer) -> None:
    written = await made(ada, idempotencyKey="once")
    await revoke_api_token(ada, RevokeApiToken.model_validate({"id": written.id}))
    secret = secret_of(written)
    whole = await snapshot(ada.connection)
    assert secret.text not in whole
    assert whole.count(secret.digest) == 1
    events = await found(ada.connection, EVENTS)
    assert [(action, actor) for action, actor, _ in events] == [
        ("token.create", ada.caller.actor_id),
        ("token.revoke", ada.caller.actor_id),
    ]
    assert [body for _, _, body in events if secret.digest in body or secret.text in body] == []
    assert '"field":"prefix"' in events[0][2]
    assert '"field":"revokedById"' in events[1][2]


async def test_a_token_that_is_asked_for_twice_is_shown_once(ada: Writer) -> None:
    first, again = [await made(ada, idempotencyKey="once") for _ in range(2)]
    assert first.secret is not None
    assert (again.id, again.replayed, again.secret) == (first.id, True, None)
    assert str(first.secret) not in repr(first)


async def test_a_revoked_token_lets_nobody_in_and_stays_revoked(ada: Writer) -> None:
    written = await made(ada)
    revoke = RevokeApiToken.model_validate({"id": written.id})
    assert (await revoke_api_token(ada, revoke)).id == written.id
    await doubted(ada.connection, secret_of(written), Doubt.UNKNOWN)
    before = await snapshot(ada.connection)
    await revoke_api_token(ada, revoke)
    assert await snapshot(ada.connection) == before


async def test_an_expired_token_lets_nobody_in(ada: Writer) -> None:
    written = await made(ada)
    await ada.connection.driver.execute_query("MATCH (t:ApiToken) SET t.expiresAt = datetime()")
    await doubted(ada.connection, secret_of(written), Doubt.EXPIRED)


async def test_a_token_of_somebody_who_was_put_away_lets_nobody_in(ada: Writer) -> None:
    written = await made(ada)
    await ada.connection.driver.execute_query("MATCH (a:Actor {name: 'ada'}) SET a.archivedAt = datetime()")
    await doubted(ada.connection, secret_of(written), Doubt.UNKNOWN)


async def test_a_token_that_nobody_made_lets_nobody_in(connection: Connection) -> None:
    await doubted(connection, new_secret(SecretKind.TOKEN), Doubt.UNKNOWN)


async def doubted(connection: Connection, secret: Secret, doubt: Doubt) -> None:
    with pytest.raises(Unauthenticated) as refused:
        await holder_of_token(connection, secret)
    assert refused.value.details == {"reason": doubt.value}


@pytest.mark.parametrize(
    ("after", "path"),
    [(timedelta(seconds=-1), ("expiresAt",)), (timedelta(days=367), ("expiresAt",))],
)
async def test_a_token_ends_within_a_year(ada: Writer, after: timedelta, path: tuple[str, ...]) -> None:
    await refused(ada, InvalidInput, path, expiresAt=datetime.now(UTC) + after)


async def test_a_team_has_no_tokens(writer: Writer) -> None:
    await create_team(writer, CreateTeam(name="risk"))
    await refused(writer, InvalidInput, ("actor",), actor={"name": "risk"})


async def test_a_token_in_the_name_of_somebody_else_is_made_by_an_administrator(writer: Writer, ada: Writer) -> None:
    robot = (await create_service_account(writer, CreateServiceAccount(name="robot"))).id
    admin = (await create_user(writer, CreateUser(name="admin"))).id
    limited = as_somebody(writer, admin, "admin", frozenset({"alias.set"}))
    await refused(limited, Forbidden, ("permissions",))
    await create_grant(writer, CreateGrant(to=ActorRef(name="admin"), role=Role.ADMIN))
    for by, permissions in ((ada, None), (limited, ["alias.set"])):
        with pytest.raises(Forbidden) as denied:
            await made(by, actor={"name": "robot"}, permissions=permissions)
        assert denied.value.details == {"permissions": ["token.administer"]}
    assert await found(writer.connection, "MATCH (t:ApiToken) RETURN count(t) AS found") == 0
    written = await made(as_somebody(writer, admin, "admin"), actor={"name": "robot"})
    assert (await holder_of_token(writer.connection, secret_of(written))).actor_id == robot


@pytest.mark.parametrize("permissions", [None, ["alias.set", "alias.remove"]])
async def test_a_limited_credential_gives_no_more_than_it_has(ada: Writer, permissions: list[str] | None) -> None:
    limited = as_somebody(ada, ada.caller.actor_id, allowed=frozenset({"alias.set", "tags.set"}))
    await refused(limited, Forbidden, ("permissions",), permissions=permissions)
    assert (await made(limited, permissions=["tags.set"])).secret is not None


async def test_the_token_of_somebody_else_is_not_there_to_be_revoked(writer: Writer, ada: Writer) -> None:
    written = await made(ada)
    bob = as_somebody(writer, (await create_user(writer, CreateUser(name="bob"))).id, "bob")
    before = await snapshot(writer.connection)
    for id in (written.id, "unknown"):
        with pytest.raises(NotFound) as hidden:
            await revoke_api_token(bob, RevokeApiToken.model_validate({"id": id}))
        assert hidden.value.path == ("id",)
        assert hidden.value.message == "You have no token with this id."
    assert await snapshot(writer.connection) == before
    await revoke_api_token(writer, RevokeApiToken.model_validate({"id": written.id}))  # at the command line
    await doubted(writer.connection, secret_of(written), Doubt.UNKNOWN)


async def refused(writer: Writer, error: type[PedigreeError], path: tuple[str, ...], **fields: Any) -> None:
    """Nothing is made, for this reason. What is denied leaves an event, and nothing else."""
    before = await snapshot(writer.connection)
    with pytest.raises(error) as told:
        await made(writer, **fields)
    assert told.value.path == path
    if error is Forbidden:
        denied = await found(writer.connection, DENIED)
        assert denied.pop() == ["token.create", writer.caller.actor_id]
        await writer.connection.driver.execute_query(FORGET)
    assert await snapshot(writer.connection) == before
