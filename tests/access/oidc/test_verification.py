"""Which tokens of an issuer are believed. The issuer is real, and so is the HTTP between us."""

import base64
import hmac
import json
import time
from collections.abc import Callable, Iterator
from hashlib import sha256

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from app.access.oidc import verification
from app.access.oidc.configuration import Issuer as Trusted
from app.access.oidc.fetching import IssuerAway
from app.access.oidc.provider import Provider
from app.domain.credentials.denial import Doubt
from app.errors import Unauthenticated
from tests.fixtures.issuer import AUDIENCE, Issuer, issuing

TOLERANCE = 10
STRANGER = ECKey.generate_key("P-256", {"kid": "first"})
P521 = ECKey.generate_key("P-521", {"kid": "first"})


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    with issuing() as issuer:
        yield issuer


def trusting(issuer: Issuer, **changes: object) -> Provider:
    said = {"issuer": issuer.url, "audience": AUDIENCE, "tolerance": TOLERANCE, "people": {}, **changes}
    return Provider(Trusted.model_validate(said))


async def believed(provider: Provider, token: str) -> dict[str, object]:
    return await verification.verified(token, verification.read(token), provider, provider.issuer.audiences)


def now() -> int:
    return int(time.time())


def encoded(value: object) -> str:
    text = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(text).rstrip(b"=").decode()


def by_hand(issuer: Issuer, header: dict[str, object], sign: Callable[[bytes], bytes]) -> str:
    """A token that no library would make."""
    claims = {"iss": issuer.url, "aud": AUDIENCE, "sub": "1", "exp": now() + 300}
    signed = f"{encoded(header)}.{encoded(claims)}"
    return f"{signed}.{encoded(sign(signed.encode()))}"


def with_public_key_as_secret(issuer: Issuer) -> str:
    """Signed with what everybody knows, as if it were a shared secret."""
    public = issuer.keys["first"].as_pem(private=False)  # type: ignore[union-attr]
    return by_hand(issuer, {"alg": "HS256", "kid": "first"}, lambda text: hmac.new(public, text, sha256).digest())


def with_a_changed_claim(issuer: Issuer) -> str:
    head, _, signature = issuer.token().split(".")
    claims = {"iss": issuer.url, "aud": AUDIENCE, "sub": "admin", "exp": now() + 300}
    return f"{head}.{encoded(claims)}.{signature}"


GOOD: dict[str, Callable[[Issuer], str]] = {
    "as it should be": lambda i: i.token(),
    "one of several audiences": lambda i: i.token(aud=["other", AUDIENCE]),
    "expired within the tolerance": lambda i: i.token(exp=now() - TOLERANCE + 5),
    "not valid before now, within the tolerance": lambda i: i.token(nbf=now() + TOLERANCE - 5),
    "issued ahead, within the tolerance": lambda i: i.token(iat=now() + TOLERANCE - 5),
    "an access token by its type": lambda i: i.token(header={"typ": "at+jwt"}),
    "a header that we do not know": lambda i: i.token(header={"x-of-its-own": "1"}),
    "no time of issue": lambda i: i.token(iat=None),
}
BAD: dict[str, tuple[Callable[[Issuer], str], Doubt]] = {
    "for another audience": (lambda i: i.token(aud="other"), Doubt.UNKNOWN),
    "for nobody": (lambda i: i.token(aud=None), Doubt.UNKNOWN),
    "for an empty list": (lambda i: i.token(aud=[]), Doubt.UNKNOWN),
    "by another issuer": (lambda i: i.token(iss="https://evil.example"), Doubt.UNKNOWN),
    "by the issuer with a slash": (lambda i: i.token(iss=f"{i.url}/"), Doubt.UNKNOWN),
    "of no subject": (lambda i: i.token(sub=None), Doubt.UNKNOWN),
    "of a subject that is no text": (lambda i: i.token(sub=7), Doubt.UNKNOWN),
    "expired": (lambda i: i.token(exp=now() - TOLERANCE - 5), Doubt.EXPIRED),
    "without an end": (lambda i: i.token(exp=None), Doubt.UNKNOWN),
    "with an end that is no time": (lambda i: i.token(exp="never"), Doubt.UNKNOWN),
    "not valid yet": (lambda i: i.token(nbf=now() + TOLERANCE + 60), Doubt.UNKNOWN),
    "issued in the future": (lambda i: i.token(iat=now() + TOLERANCE + 60), Doubt.UNKNOWN),
    "signed by a stranger": (lambda i: i.token(key=STRANGER), Doubt.UNKNOWN),
    "with an unknown key": (lambda i: i.token(header={"kid": "other"}), Doubt.UNKNOWN),
    "changed after it was signed": (with_a_changed_claim, Doubt.UNKNOWN),
    "not signed": (lambda i: by_hand(i, {"alg": "none"}, lambda _: b""), Doubt.UNKNOWN),
    "not signed, in other letters": (lambda i: by_hand(i, {"alg": "NONE"}, lambda _: b""), Doubt.UNKNOWN),
    "with a signature of nothing": (
        lambda i: by_hand(i, {"alg": "ES256", "kid": "first"}, lambda _: b""),
        Doubt.UNKNOWN,
    ),
    "signed with the public key": (with_public_key_as_secret, Doubt.UNKNOWN),
    "of an algorithm that is not allowed": (lambda i: i.token(header={"alg": "ES512"}, key=P521), Doubt.UNKNOWN),
    "a logout": (lambda i: i.token(header={"typ": "logout+jwt"}), Doubt.UNKNOWN),
    "critical of what we do not know": (
        lambda i: by_hand(i, {"alg": "ES256", "kid": "first", "crit": ["x"], "x": 1}, lambda _: b"0" * 64),
        Doubt.UNKNOWN,
    ),
    "without a header": (lambda i: "." + i.token().partition(".")[2], Doubt.MALFORMED),
    "without claims": (lambda i: f"{i.token().split('.')[0]}..x", Doubt.MALFORMED),
    "of claims that are a list": (lambda i: f"{encoded({'alg': 'ES256'})}.{encoded([1])}.x", Doubt.MALFORMED),
    "of no issuer": (lambda i: f"{encoded({'alg': 'ES256'})}.{encoded({})}.x", Doubt.MALFORMED),
    "of an algorithm that is no text": (
        lambda i: f"{encoded({'alg': 7})}.{encoded({'iss': i.url})}.x",
        Doubt.MALFORMED,
    ),
    "of a key that is no text": (
        lambda i: f"{encoded({'alg': 'ES256', 'kid': 7})}.{encoded({'iss': i.url})}.x",
        Doubt.MALFORMED,
    ),
    "nested deeply": (lambda i: f"{encoded({'alg': 'ES256'})}.{encoded(b'[' * 9_000)}.x", Doubt.MALFORMED),
}


@pytest.mark.parametrize("name", GOOD)
async def test_a_good_token_is_believed(issuer: Issuer, name: str) -> None:
    assert (await believed(trusting(issuer), GOOD[name](issuer)))["sub"] == "248289"


@pytest.mark.parametrize("name", BAD)
async def test_a_bad_token_is_not(issuer: Issuer, name: str) -> None:
    make, doubt = BAD[name]
    with pytest.raises(Unauthenticated) as refused:
        await believed(trusting(issuer), make(issuer))
    assert refused.value.details == {"reason": doubt.value}


async def test_a_token_of_rsa_is_believed_where_rsa_is_allowed(issuer: Issuer) -> None:
    key = issuer.keys["rsa"] = RSAKey.generate_key(2048, {"kid": "rsa"})
    issuer.published = ["rsa"]
    token = issuer.token(header={"alg": "RS256"}, key=key)
    assert (await believed(trusting(issuer), token))["sub"] == "248289"
    with pytest.raises(Unauthenticated):
        await believed(trusting(issuer, algorithms=["ES256"]), token)


async def test_a_key_for_one_algorithm_serves_no_other(issuer: Issuer) -> None:
    issuer.keys["first"] = ECKey.generate_key("P-256", {"kid": "first", "alg": "ES384"})
    token = issuer.token(key=ECKey.import_key({**issuer.keys["first"].as_dict(private=True), "alg": "ES256"}))
    with pytest.raises(Unauthenticated):
        await believed(trusting(issuer, algorithms=["ES256", "ES384"]), token)


async def test_a_token_that_names_no_key_is_believed_while_there_is_only_one(issuer: Issuer) -> None:
    without = nameless(issuer)
    assert (await believed(trusting(issuer), without))["sub"] == "248289"
    issuer.rotate("second", keeps=True)
    with pytest.raises(Unauthenticated):
        await believed(trusting(issuer), without)


def nameless(issuer: Issuer) -> str:
    """A token whose header names no key."""
    claims = {"iss": issuer.url, "aud": AUDIENCE, "sub": "248289", "exp": now() + 300}
    return jwt.encode({"alg": "ES256"}, claims, issuer.keys["first"], algorithms=["ES256"])


async def test_without_keys_nobody_can_tell(issuer: Issuer) -> None:
    token = issuer.token()
    issuer.is_away = True
    with pytest.raises(IssuerAway) as away:
        await believed(trusting(issuer), token)
    assert (away.value.code, away.value.retryable) == ("UNAVAILABLE", True)


def test_what_has_not_the_form_of_a_token_is_none() -> None:
    assert verification.may_be_token("a.b.c")
    for text in ("", "a.b", "a.b.c.d", "ü.b.c", "a.b." + "c" * verification.LONGEST):
        assert not verification.may_be_token(text)
