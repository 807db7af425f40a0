"""What an issuer publishes: its addresses and its keys, kept for some minutes and asked for again when a token names
a key that is not among them, as after a rotation."""

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path
from time import monotonic
from typing import Any

import structlog
from joserfc.jwk import Key

from app.access.oidc.configuration import Issuer, check_address
from app.access.oidc.fetching import IssuerAway, fetched, read
from app.access.oidc.keys import keys_of

LOG = structlog.get_logger("pedigree.access")

OLD = 600.0  # seconds after which the keys are asked for again
STALE = 86_400.0  # seconds after which they are good for nothing, if the issuer does not answer for so long
PAUSE = 10.0  # seconds between two attempts: tokens that name keys at random make no storm
DISCOVERY = "/.well-known/openid-configuration"


class Provider:
    """The public side of one issuer."""

    def __init__(self, issuer: Issuer, clock: Callable[[], float] = monotonic) -> None:
        self.issuer = issuer
        self.clock = clock
        self.keys: Mapping[str | None, Key] = {}
        self.fetched_at = self.tried_at = float("-inf")
        self.fetching: asyncio.Task[None] | None = None

    async def key(self, kid: str | None) -> Key | None:
        """The key of an id, or the only one when a token names none. Raises IssuerAway when there are none at all."""
        if self.age() > STALE:
            self.keys = {}
        if self.found(kid) is None or self.age() > OLD:
            self.begin()
        if self.found(kid) is None and self.fetching is not None:
            await asyncio.shield(self.fetching)
        if not self.keys:
            raise IssuerAway
        return self.found(kid)

    def found(self, kid: str | None) -> Key | None:
        if kid is None and len(self.keys) == 1:
            return next(iter(self.keys.values()))
        return self.keys.get(kid)

    def age(self) -> float:
        return self.clock() - self.fetched_at

    def begin(self) -> None:
        """Have the keys fetched, unless that is under way or was tried a moment ago."""
        if self.fetching is None and self.clock() - self.tried_at >= PAUSE:
            self.tried_at = self.clock()
            self.fetching = asyncio.create_task(self.fetch())

    async def fetch(self) -> None:
        """Fetch the keys. When that fails, those that are there go on serving."""
        try:
            found = keys_of(await self.key_set())
            if not found:
                raise IssuerAway
            self.keys, self.fetched_at = found, self.clock()
        except IssuerAway:
            LOG.warning("issuer does not answer", issuer=self.issuer.issuer)
        finally:
            self.fetching = None

    async def key_set(self) -> dict[str, Any]:
        """The keys as they are published: in a file, at an address that is known, or where the issuer says."""
        if self.issuer.jwks_file is not None:
            return await asyncio.to_thread(kept, self.issuer.jwks_file)
        return await fetched(self.issuer.jwks_uri or await self.address("jwks_uri"))

    async def address(self, name: str) -> str:
        """One of the addresses that the issuer publishes. Raises IssuerAway unless it is the issuer who speaks."""
        published: dict[str, Any] = await fetched(self.issuer.issuer.rstrip("/") + DISCOVERY)
        address = published.get(name)
        if published.get("issuer") != self.issuer.issuer or not isinstance(address, str):
            raise IssuerAway
        try:
            return check_address(address)
        except ValueError:
            raise IssuerAway from None

    async def close(self) -> None:
        """Fetch nothing any longer."""
        if self.fetching is not None:
            self.fetching.cancel()
            await asyncio.gather(self.fetching, return_exceptions=True)
            self.fetching = None


def kept(file: Path) -> dict[str, Any]:
    """The key set in a file, which somebody else renews. Raises IssuerAway."""
    try:
        return read(file.read_bytes())
    except OSError as error:
        raise IssuerAway from error
