"""Sessions of browsers, and links that begin one."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.domain.credentials.bookkeeping import forget_expired
from app.domain.credentials.denial import Doubt
from app.domain.credentials.recognition import holder_of_session, holder_of_token
from app.domain.credentials.secret import Secret, SecretKind, new_secret, read_secret
from app.domain.credentials.sessions import begin_session, end_session, has_way_in, make_link, use_link
from app.domain.credentials.tokens import CreateApiToken, RevokeApiToken, create_api_token, revoke_api_token
from app.domain.principal import Principal
from app.domain.vocabulary import CredentialKind
from app.domain.writing import Writer
from app.errors import Unauthenticated
from tests.fixtures.snapshot import found, snapshot

HOUR = 3600
ACTIONS = """MATCH (e:AuditEvent) WHERE e.action <> 'user.create'
WITH e ORDER BY e.at, e.subjectType DESC RETURN collect([e.action, e.subjectType]) AS found"""
TOKEN_OF = "MATCH (t:ApiToken) RETURN t.id AS found"


@pytest.fixture
def visitor(writer: Writer) -> Principal:
    """Who signed in at an issuer."""
    return Principal(writer.caller.actor_id, "tester", CredentialKind.OIDC, frozenset({"a"}), teams=("team-1",))


async def token_of(writer: Writer) -> Secret:
    written = await create_api_token(writer, CreateApiToken(name="laptop"))
    secret = read_secret(str(written.secret))
    assert secret is not None
    return secret


async def doubted(writer: Writer, session: Secret, doubt: Doubt) -> None:
    with pytest.raises(Unauthenticated) as refused:
        await holder_of_session(writer.connection, session)
    assert refused.value.details == {"reason": doubt.value}


async def test_a_session_may_do_what_it_was_begun_with_and_no_more(writer: Writer, visitor: Principal) -> None:
    session = await begin_session(writer.connection, visitor, HOUR)
    found = await holder_of_session(writer.connection, session)
    assert session.kind is SecretKind.SESSION
    assert (found.actor_id, found.name, found.kind) == (visitor.actor_id, "tester", CredentialKind.SESSION)
    assert (found.allowed, found.teams) == (visitor.allowed, visitor.teams)
    assert found.expires_at is not None
    assert abs(found.expires_at - datetime.now(UTC) - timedelta(hours=1)) < timedelta(minutes=1)


async def test_a_session_ends_with_what_it_was_begun_with(writer: Writer, visitor: Principal) -> None:
    soon = datetime.now(UTC) + timedelta(minutes=1)
    session = await begin_session(writer.connection, replace(visitor, expires_at=soon), HOUR)
    assert (await holder_of_session(writer.connection, session)).expires_at == soon


async def test_a_session_ends_when_its_token_is_revoked(writer: Writer) -> None:
    principal = await holder_of_token(writer.connection, await token_of(writer))
    session = await begin_session(writer.connection, principal, HOUR)
    assert (await holder_of_session(writer.connection, session)).allowed is None
    id = await found(writer.connection, TOKEN_OF)
    await revoke_api_token(writer, RevokeApiToken.model_validate({"id": id}))
    await doubted(writer, session, Doubt.UNKNOWN)


async def test_a_session_ends_when_its_time_is_over(writer: Writer, visitor: Principal) -> None:
    session = await begin_session(writer.connection, visitor, 0)
    await doubted(writer, session, Doubt.EXPIRED)


async def test_who_signs_out_is_out(writer: Writer, visitor: Principal) -> None:
    session = await begin_session(writer.connection, visitor, HOUR)
    other = await begin_session(writer.connection, visitor, HOUR)
    for _ in range(2):
        await end_session(writer.connection, session, visitor)
    await doubted(writer, session, Doubt.UNKNOWN)
    assert (await holder_of_session(writer.connection, other)).name == "tester"
    assert await found(writer.connection, ACTIONS) == [
        ["session.begin", "BrowserSession"],
        ["session.begin", "BrowserSession"],
        ["session.end", "BrowserSession"],
    ]


async def test_a_link_signs_in_once(writer: Writer) -> None:
    link = await make_link(writer.connection, writer.caller.actor_id, HOUR)
    session = await use_link(writer.connection, link, HOUR)
    assert (await holder_of_session(writer.connection, session)).actor_id == writer.caller.actor_id
    await used_up(writer, link, Doubt.UNKNOWN)
    assert await found(writer.connection, ACTIONS) == [
        ["link.create", "SignInLink"],
        ["session.begin", "SignInLink"],
        ["session.begin", "BrowserSession"],
    ]


async def test_of_many_who_follow_a_link_at_the_same_time_one_is_signed_in(writer: Writer) -> None:
    link = await make_link(writer.connection, writer.caller.actor_id, HOUR)
    tries = (use_link(writer.connection, link, HOUR) for _ in range(8))
    outcomes = await asyncio.gather(*tries, return_exceptions=True)
    assert [type(each) for each in outcomes].count(Secret) == 1
    assert [type(each) for each in outcomes].count(Unauthenticated) == 7
    assert await found(writer.connection, "MATCH (s:BrowserSession) RETURN count(s) AS found") == 1


async def test_a_link_has_its_time(writer: Writer) -> None:
    link = await make_link(writer.connection, writer.caller.actor_id, 0)
    before = await snapshot(writer.connection)
    await used_up(writer, link, Doubt.EXPIRED)
    await used_up(writer, new_secret(SecretKind.LINK), Doubt.UNKNOWN)
    assert await snapshot(writer.connection) == before


async def used_up(writer: Writer, link: Secret, doubt: Doubt) -> None:
    with pytest.raises(Unauthenticated) as refused:
        await use_link(writer.connection, link, HOUR)
    assert refused.value.details == {"reason": doubt.value}


async def test_neither_sessions_nor_links_are_written_down(writer: Writer, visitor: Principal) -> None:
    link = await make_link(writer.connection, writer.caller.actor_id, HOUR)
    unused = await make_link(writer.connection, writer.caller.actor_id, HOUR)
    secrets = [link, unused, await use_link(writer.connection, link, HOUR)]
    secrets.append(await begin_session(writer.connection, visitor, HOUR))
    whole = await snapshot(writer.connection)
    bodies = await found(writer.connection, "MATCH (e:AuditEvent) RETURN collect(e.body) AS found")
    for secret in secrets:
        assert secret.text not in whole
        assert secret.digest not in str(bodies)


async def test_what_expired_long_ago_is_forgotten(writer: Writer, visitor: Principal) -> None:
    kept = await begin_session(writer.connection, visitor, HOUR)
    await begin_session(writer.connection, visitor, -25 * HOUR)
    await make_link(writer.connection, writer.caller.actor_id, -25 * HOUR)
    await forget_expired(writer.connection)
    rest = "MATCH (x) WHERE x:BrowserSession OR x:SignInLink RETURN collect(x.digest) AS found"
    assert await found(writer.connection, rest) == [kept.digest]


async def test_a_way_in_is_a_token_or_a_session_that_holds(writer: Writer, visitor: Principal) -> None:
    assert not await has_way_in(writer.connection, "nobody")
    assert not await has_way_in(writer.connection, "tester")
    await begin_session(writer.connection, visitor, 0)
    assert not await has_way_in(writer.connection, "tester")
    await token_of(writer)
    assert await has_way_in(writer.connection, "tester")
    id = await found(writer.connection, TOKEN_OF)
    await revoke_api_token(writer, RevokeApiToken.model_validate({"id": id}))
    assert not await has_way_in(writer.connection, "tester")
    await begin_session(writer.connection, visitor, HOUR)
    assert await has_way_in(writer.connection, "tester")
