"""Whether a token is what it says: signed by its issuer with an allowed algorithm, for us, and in its time."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from joserfc import jwt
from joserfc.errors import ExpiredTokenError, JoseError
from joserfc.jws import JWSRegistry, extract_compact
from joserfc.jwt import JWTClaimsRegistry

from app.access.oidc.configuration import Issuer
from app.access.oidc.provider import Provider
from app.domain.credentials.denial import Doubt, denied
from app.errors import Unauthenticated

LOG = structlog.get_logger("pedigree.access")

LONGEST = 16 * 1024
# What is signed for other purposes is no token: a logout, a proof of possession, an event.
TYPES = frozenset({"jwt", "at+jwt", "application/at+jwt"})


@dataclass(frozen=True)
class Unverified:
    """What a token says of itself before anything of it is believed."""

    issuer: str
    algorithm: str
    kid: str | None


def may_be_token(text: str) -> bool:
    """Whether a text has the form of a signed token."""
    return text.count(".") == 2 and len(text) <= LONGEST and text.isascii()


def read(text: str) -> Unverified:
    """Who says to have issued a token, and with which key. Raises Unauthenticated."""
    try:
        token = extract_compact(text.encode())
        header, claims = token.headers(), json.loads(token.payload)
    except (JoseError, ValueError, RecursionError):
        raise denied(Doubt.MALFORMED) from None
    issuer = claims.get("iss") if isinstance(claims, dict) else None
    algorithm, kid, kind = header.get("alg"), header.get("kid"), header.get("typ", "JWT")
    if not (isinstance(issuer, str) and isinstance(algorithm, str) and isinstance(kid, str | None)):
        raise denied(Doubt.MALFORMED)
    if not isinstance(kind, str) or kind.lower() not in TYPES:
        raise denied(Doubt.UNKNOWN)
    return Unverified(issuer, algorithm, kid)


async def verified(
    text: str, said: Unverified, provider: Provider, audiences: Sequence[str], now: int | None = None
) -> dict[str, Any]:
    """The claims of a token of this issuer. Raises Unauthenticated, or IssuerAway when its keys cannot be had."""
    issuer = provider.issuer
    if said.algorithm not in issuer.algorithms:
        raise refused(said, "algorithm")
    key = await provider.key(said.kid)
    if key is None:
        raise refused(said, "key")
    try:
        registry = JWSRegistry(algorithms=issuer.algorithms, strict_check_header=False)
        token = jwt.decode(text, key, registry=registry)
        expected(issuer, audiences, now).validate(token.claims)
    except ExpiredTokenError:
        raise denied(Doubt.EXPIRED) from None
    except (JoseError, ValueError) as error:
        raise refused(said, str(getattr(error, "claim", "") or getattr(error, "error", "signature"))) from None
    return token.claims


def expected(issuer: Issuer, audiences: Sequence[str], now: int | None) -> JWTClaimsRegistry:
    """What the claims have to be. Those about time are checked whenever they are there."""
    return JWTClaimsRegistry(
        now=now,
        leeway=issuer.tolerance,
        iss={"essential": True, "value": issuer.issuer},
        aud={"essential": True, "values": list(audiences)},
        sub={"essential": True},
        exp={"essential": True},
    )


def refused(said: Unverified, reason: str) -> Unauthenticated:
    """The refusal, which tells the log of the operator what was wrong, and its sender nothing."""
    LOG.info("token refused", issuer=said.issuer[:200], reason=reason)
    return denied(Doubt.UNKNOWN)
