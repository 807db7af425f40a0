"""Actions for the write files of credentials."""

from collections.abc import Awaitable, Callable

from app.domain.credentials.people import Person, known_person, known_program
from app.domain.credentials.secret import Secret
from app.domain.credentials.sessions import begin_session, end_session, make_link, use_link
from app.domain.credentials.tokens import CreateApiToken, RevokeApiToken, create_api_token, revoke_api_token
from app.domain.principal import Principal
from app.domain.vocabulary import CredentialKind
from app.domain.writing import Writer
from tests.fixtures.snapshot import found

HOUR = 3600
TOKEN = "MATCH (t:ApiToken {open: true}) RETURN t.id AS found"
GIVEN: dict[str, Secret] = {}  # what an action presents: nobody finds it in the graph


async def prepare(writer: Writer) -> None:
    """A token, a session and a link."""
    await create_api_token(writer, CreateApiToken(name="old"))
    GIVEN["session"] = await begin_session(writer.connection, principal(writer), HOUR)
    GIVEN["link"] = await make_link(writer.connection, writer.caller.actor_id, HOUR)


def principal(writer: Writer) -> Principal:
    return Principal(writer.caller.actor_id, "tester", CredentialKind.OIDC)


async def revoke(writer: Writer) -> object:
    id = await found(writer.connection, TOKEN)
    return await revoke_api_token(writer, RevokeApiToken.model_validate({"id": id}))


CREDENTIAL_ACTIONS: dict[str, Callable[[Writer], Awaitable[object]]] = {
    "credentials/begin_session": lambda w: begin_session(w.connection, principal(w), HOUR),
    "credentials/end_session": lambda w: end_session(w.connection, GIVEN["session"], principal(w)),
    "credentials/know_person": lambda w: known_person(w.connection, Person("https://login.example", "1", "grace")),
    "credentials/know_program": lambda w: known_program(w.connection, "ci"),
    "credentials/make_link": lambda w: make_link(w.connection, w.caller.actor_id, HOUR),
    "credentials/make_token": lambda w: create_api_token(w, CreateApiToken(name="new")),
    "credentials/revoke_token": revoke,
    "credentials/use_link": lambda w: use_link(w.connection, GIVEN["link"], HOUR),
}
