"""Sessions of browsers, and the links that begin one without anything being typed."""

from app.database.connection import Connection
from app.database.queries import query
from app.domain.credentials.denial import Doubt, denied
from app.domain.credentials.secret import Secret, SecretKind, new_secret
from app.domain.given import given
from app.domain.identifiers import new_id
from app.domain.permission.asking import OPEN
from app.domain.principal import Principal
from app.domain.vocabulary import CredentialKind
from app.domain.writing import Caller, Change, Refusals, Writer, commit
from app.errors import Conflict

BEGIN_SESSION = query("credentials/begin_session")
END_SESSION = query("credentials/end_session")
LINK = query("credentials/link")
MAKE_LINK = query("credentials/make_link")
USE_LINK = query("credentials/use_link")
WAYS_IN = query("credentials/ways_in")
BEGUN, ENDED, LINKED = "session.begin", "session.end", "link.create"
REFUSALS: Refusals = {"unknown": lambda _: denied(Doubt.UNKNOWN), "expired": lambda _: denied(Doubt.EXPIRED)}


async def begin_session(connection: Connection, principal: Principal, seconds: int) -> Secret:
    """Begin a session in the name of who has just signed in. It may do no more, and ends no later, than what it was
    begun with."""
    secret = new_secret(SecretKind.SESSION)
    session = {
        **begun(secret),
        "tokenId": principal.credential_id if principal.kind is CredentialKind.API_TOKEN else None,
        "permissions": None if principal.allowed is None else sorted(principal.allowed),
        "teamIds": list(principal.teams),
    }
    parameters = {
        "ownerId": principal.actor_id,
        "session": session,
        "seconds": seconds,
        "expiresAt": principal.expires_at,
    }
    writer = Writer(connection, Caller(principal.actor_id, principal=principal))
    await commit(writer, Change(BEGIN_SESSION, BEGUN, parameters, refusals=REFUSALS, need=OPEN))
    return secret


async def use_link(connection: Connection, link: Secret, seconds: int) -> Secret:
    """Begin a session with a link, which opens nothing afterwards. Raises Unauthenticated."""
    row = await connection.ask(LINK, given({"digest": link.digest}))
    if not link.is_of(row["digest"] or ""):
        raise denied(Doubt.UNKNOWN)
    secret = new_secret(SecretKind.SESSION)
    parameters = {"digest": link.digest, "session": begun(secret), "seconds": seconds}
    try:
        writer = Writer(connection, Caller(row["actorId"]))
        await commit(writer, Change(USE_LINK, BEGUN, parameters, refusals=REFUSALS))
    except Conflict:  # somebody else has just used it
        raise denied(Doubt.UNKNOWN) from None
    return secret


async def end_session(connection: Connection, session: Secret, principal: Principal) -> None:
    """End a session: the browser is signed out."""
    writer = Writer(connection, Caller(principal.actor_id, principal=principal))
    await commit(writer, Change(END_SESSION, ENDED, {"digest": session.digest}, need=OPEN))


async def make_link(connection: Connection, actor_id: str, seconds: int) -> Secret:
    """A link that signs in as an actor, once, within so many seconds."""
    secret = new_secret(SecretKind.LINK)
    link = {"id": new_id(), "digest": secret.digest}
    change = Change(MAKE_LINK, LINKED, {"ownerId": actor_id, "link": link, "seconds": seconds}, refusals=REFUSALS)
    await commit(Writer(connection, Caller(actor_id)), change)
    return secret


async def has_way_in(connection: Connection, name: str) -> bool:
    """Whether somebody has a token, or a browser that is signed in."""
    row = await connection.ask(WAYS_IN, given({"name": name}))
    return bool(row["ways"])


def begun(secret: Secret) -> dict[str, object]:
    return {"id": new_id(), "digest": secret.digest}
