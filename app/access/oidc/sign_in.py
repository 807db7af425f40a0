"""How a person signs in at an issuer and comes back: OpenID Connect's code flow with PKCE.
https://openid.net/specs/openid-connect-core-1_0.html#CodeFlowAuth, https://www.rfc-editor.org/rfc/rfc7636"""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from app.access.oidc import verification
from app.access.oidc.configuration import Client
from app.access.oidc.fetching import IssuerAway, exchanged
from app.access.oidc.provider import Provider
from app.access.oidc.verification import verified
from app.domain.credentials.denial import Doubt, denied

PARTS = 4


@dataclass(frozen=True)
class Attempt:
    """A sign-in that is under way, as the browser keeps it. `state` ties the way back to this browser, `nonce` the
    token to this attempt, and who has no `verifier` can do nothing with the code."""

    number: int  # of the issuer, in the order of the file
    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)

    def written(self) -> str:
        return ".".join((str(self.number), self.state, self.nonce, self.verifier))

    def is_of(self, state: str) -> bool:
        return hmac.compare_digest(self.state.encode(), state.encode())


def new_attempt(number: int) -> Attempt:
    return Attempt(number, *(secrets.token_urlsafe(32) for _ in range(PARTS - 1)))


def read_attempt(text: str) -> Attempt | None:
    """The attempt that a browser kept; None when it kept none."""
    parts = text.split(".")
    if len(parts) != PARTS or not parts[0].isdecimal() or not all(parts):
        return None
    return Attempt(int(parts[0][:4]), *parts[1:])


async def way_there(provider: Provider, client: Client, attempt: Attempt, back: str) -> str:
    """Where the browser is sent, to come back to the address `back`. Raises IssuerAway."""
    place = await provider.address("authorization_endpoint")
    asked = {
        "response_type": "code",
        "client_id": client.id,
        "redirect_uri": back,
        "scope": " ".join(client.scopes),
        "state": attempt.state,
        "nonce": attempt.nonce,
        "code_challenge": challenge(attempt.verifier),
        "code_challenge_method": "S256",
    }
    return f"{place}{'&' if '?' in place else '?'}{urlencode(asked)}"


async def claims_of(provider: Provider, client: Client, attempt: Attempt, code: str, back: str) -> dict[str, Any]:
    """What the issuer says of who came back with a code. Raises Unauthenticated, or IssuerAway."""
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back,
        "client_id": client.id,
        "code_verifier": attempt.verifier,
    }
    place = await provider.address("token_endpoint")
    answer = await exchanged("POST", place, form=form, auth=secret_of(client))
    token = answer.get("id_token")
    if not isinstance(token, str) or not verification.may_be_token(token):
        raise IssuerAway
    said = verification.read(token)
    claims = await verified(token, said, provider, [client.id])
    if not is_of(claims, client, attempt):
        raise denied(Doubt.UNKNOWN)
    return claims


def is_of(claims: dict[str, Any], client: Client, attempt: Attempt) -> bool:
    """Whether a token was made for this client and this attempt."""
    is_for_us = claims.get("azp", client.id) == client.id
    return is_for_us and hmac.compare_digest(str(claims.get("nonce")).encode(), attempt.nonce.encode())


def secret_of(client: Client) -> tuple[str, str] | None:
    """How this server proves to the issuer who it is; None for a client without a secret. Raises IssuerAway."""
    if client.secret_file is None:
        return None
    try:
        secret = client.secret_file.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise IssuerAway(f"The secret for {client.title} cannot be read here.") from error
    return quote(client.id, safe=""), quote(secret, safe="")


def challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return urlsafe_b64encode(digest).rstrip(b"=").decode()
