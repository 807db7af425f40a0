"""The first administrator, whom nobody lets in: the registry itself does."""

from app.database.connection import Connection
from app.domain.credentials import ADMIN
from app.domain.identity import ensure_actor
from app.domain.permission.grants import CreateGrant, create_grant
from app.domain.references import ActorRef
from app.domain.vocabulary import Role
from app.domain.writing import Caller, Writer


async def ensure_administrator(connection: Connection) -> str:
    """The id of the first administrator, who has the role over the whole registry whatever was taken from it."""
    id = await ensure_actor(connection, ADMIN)
    await create_grant(Writer(connection, Caller(id)), CreateGrant(to=ActorRef(name=ADMIN), role=Role.ADMIN))
    return id
