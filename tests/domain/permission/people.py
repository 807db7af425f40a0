"""Who asks in the tests of permissions."""

from app.domain.identity import CreateServiceAccount, create_service_account
from app.domain.permission.grants import CreateGrant, create_grant
from app.domain.principal import Principal
from app.domain.vocabulary import CredentialKind
from app.domain.writing import Caller, Writer


async def somebody(
    writer: Writer,
    name: str = "robot",
    allowed: frozenset[str] | None = None,
    teams: tuple[str, ...] = (),
    **granted: object,
) -> Writer:
    """A program that signed in, with a grant."""
    id = (await create_service_account(writer, CreateServiceAccount(name=name))).id
    if granted:
        await create_grant(writer, CreateGrant.model_validate({"to": {"name": name}, **granted}))
    principal = Principal(id, name, CredentialKind.API_TOKEN, allowed, teams=teams)
    return Writer(writer.connection, Caller(id, "request", principal=principal))
