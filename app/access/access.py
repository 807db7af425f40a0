"""The one door: whatever is presented becomes a Principal here, or is refused."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import partial

from app.access.admitted import Admitted
from app.access.notes import Notes
from app.access.oidc.configuration import issuers_of
from app.access.oidc.issuers import Issuers, arrived
from app.access.presented import Presented
from app.database.bookmarks import seen
from app.database.connection import Connection
from app.domain.credentials.denial import Doubt, denied
from app.domain.credentials.recognition import holder_of_session, holder_of_token
from app.domain.credentials.secret import Secret, SecretKind, read_secret
from app.domain.principal import Principal, nobody
from app.errors import Unauthenticated
from app.settings import Settings
from app.telemetry.codes import OK
from app.telemetry.metrics import AUTHENTICATIONS

MOST_LOOKUPS = 8  # at a time: who tries keys keeps nobody from the database


class Access:
    """Decides who asks. The connection is set once the application has started."""

    connection: Connection

    def __init__(self, settings: Settings) -> None:
        self.is_open = not settings.auth
        self.actor = settings.actor
        self.issuers = Issuers(issuers_of(settings.oidc_file))
        self.admitted = Admitted(settings.credential_cache)
        self.notes = Notes()
        self.looking = asyncio.Semaphore(MOST_LOOKUPS)

    async def admit(self, presented: Presented | None) -> Principal:
        """Who presents this. Raises Unauthenticated, or Unavailable when that cannot be found out."""
        if self.is_open:
            return nobody(self.actor)
        if presented is None:
            raise Unauthenticated
        return self.admitted.find(presented) or await self.found_out(presented)

    async def found_out(self, presented: Presented) -> Principal:
        """The same, asked anew."""
        with counted(), without_bookmark():
            look_up = await self.question(presented)
            async with self.looking:
                principal = self.admitted.find(presented) or await look_up()
        self.admitted.keep(presented, principal)
        return principal

    async def question(self, presented: Presented) -> Callable[[], Awaitable[Principal]]:
        """What has to be looked up in the database, once all else is known. Raises Unauthenticated, or Unavailable."""
        secret = read_secret(presented.text)
        if secret is None and not presented.is_cookie and self.issuers.may_be_theirs(presented.text):
            issuer, claims = await self.issuers.verified(presented.text)
            return partial(arrived, self.connection, issuer, claims)
        expected = SecretKind.SESSION if presented.is_cookie else SecretKind.TOKEN
        if secret is None or secret.kind is not expected:
            raise denied(Doubt.MALFORMED)
        if presented.is_cookie:
            return partial(holder_of_session, self.connection, secret)
        return partial(self.holder_of_token, secret)

    async def holder_of_token(self, secret: Secret) -> Principal:
        principal = await holder_of_token(self.connection, secret)
        self.notes.use(self.connection, str(principal.credential_id))
        return principal

    async def close(self) -> None:
        """Return when what is under way has ended."""
        await self.notes.settled()
        await self.issuers.close()


@contextmanager
def counted() -> Iterator[None]:
    """Count that somebody's credential was looked at, and how that ended."""
    try:
        yield
    except Unauthenticated as error:
        AUTHENTICATIONS.labels(error.details.get("reason", error.code)).inc()
        raise
    AUTHENTICATIONS.labels(OK).inc()


@contextmanager
def without_bookmark() -> Iterator[None]:
    """Let nobody wait for a state of the database that a stranger names."""
    token = seen.set(None)
    try:
        yield
    finally:
        seen.reset(token)
