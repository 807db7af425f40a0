"""Who holds a secret of the registry's own."""

from collections.abc import Mapping
from typing import Any

from app.database.connection import Connection
from app.database.queries import Query, query
from app.domain.credentials.denial import Doubt, denied
from app.domain.credentials.secret import Secret
from app.domain.given import given
from app.domain.principal import Principal
from app.domain.vocabulary import CredentialKind

TOKEN = query("credentials/token")
SESSION = query("credentials/session")
STANDINGS = {"unknown": Doubt.UNKNOWN, "expired": Doubt.EXPIRED}


async def holder_of_token(connection: Connection, secret: Secret) -> Principal:
    """Who signs in with an API token. Raises Unauthenticated."""
    row = await standing(connection, TOKEN, secret)
    return principal(row, CredentialKind.API_TOKEN, row["tokenId"])


async def holder_of_session(connection: Connection, secret: Secret) -> Principal:
    """Whose browser it is. Raises Unauthenticated."""
    row = await standing(connection, SESSION, secret)
    return principal(row, CredentialKind.SESSION, row["sessionId"])


async def standing(connection: Connection, asked: Query, secret: Secret) -> Mapping[str, Any]:
    """What is known of a secret that is good."""
    row = await connection.ask(asked, given({"digest": secret.digest}))
    if not secret.is_of(row["digest"] or ""):
        raise denied(Doubt.UNKNOWN)
    if row["standing"] != "good":
        raise denied(STANDINGS[row["standing"]])
    return row


def principal(row: Mapping[str, Any], kind: CredentialKind, credential_id: str) -> Principal:
    return Principal(
        actor_id=row["actorId"],
        name=row["name"],
        kind=kind,
        allowed=None if row["permissions"] is None else frozenset(row["permissions"]),
        credential_id=credential_id,
        teams=tuple(row["teamIds"]),
        expires_at=row["expiresAt"],
    )
