"""The issuers that are trusted, and who comes with a token of theirs."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from app.access.oidc import verification
from app.access.oidc.arrivals import arrival
from app.access.oidc.configuration import Issuer
from app.access.oidc.provider import Provider
from app.access.oidc.verification import may_be_token, verified
from app.database.connection import Connection
from app.domain.credentials.denial import Doubt, denied
from app.domain.credentials.people import known_person, known_program, teams_named
from app.domain.principal import Principal
from app.domain.vocabulary import CredentialKind


class Issuers:
    """All issuers, by the names that they give themselves in their tokens."""

    def __init__(self, issuers: Sequence[Issuer]) -> None:
        self.listed = tuple(Provider(each) for each in issuers)
        self.providers = {each.issuer.issuer: each for each in self.listed}

    def may_be_theirs(self, text: str) -> bool:
        """Whether a text may be a token of one of them."""
        return bool(self.providers) and may_be_token(text)

    async def verified(self, text: str) -> tuple[Issuer, dict[str, Any]]:
        """Who issued a token, and what it claims. Raises Unauthenticated, or Unavailable."""
        said = verification.read(text)
        provider = self.providers.get(said.issuer)
        if provider is None:
            raise denied(Doubt.UNKNOWN)
        return provider.issuer, await verified(text, said, provider, provider.issuer.audiences)

    async def close(self) -> None:
        await asyncio.gather(*(each.close() for each in self.listed))


async def arrived(connection: Connection, issuer: Issuer, claims: dict[str, Any]) -> Principal:
    """Whom verified claims mean. Who comes for the first time is made known."""
    who = arrival(issuer, claims)
    if isinstance(who.who, str):
        actor = await known_program(connection, who.who)
    else:
        actor = await known_person(connection, who.who)
    return Principal(
        actor_id=actor.id,
        name=actor.name,
        kind=CredentialKind.OIDC,
        allowed=who.allowed,
        teams=await teams_named(connection, who.teams),
        expires_at=ending(claims["exp"], issuer.tolerance),
    )


def ending(expires: float, tolerance: int) -> datetime:
    """When a token ends, by our clock."""
    try:
        return datetime.fromtimestamp(expires + tolerance, UTC)
    except (OverflowError, ValueError, OSError):
        return datetime.max.replace(tzinfo=UTC)
