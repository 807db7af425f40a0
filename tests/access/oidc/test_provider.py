"""The keys of an issuer: fetched when needed, kept for a while, and asked for anew after a rotation."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.access.oidc import fetching
from app.access.oidc.configuration import Issuer as Trusted
from app.access.oidc.fetching import IssuerAway, fetched
from app.access.oidc.keys import keys_of
from app.access.oidc.provider import OLD, PAUSE, STALE, Provider
from tests.access.test_admitted import Clock
from tests.fixtures.issuer import DISCOVERY, KEYS, Issuer, issuing


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    with issuing() as issuer:
        yield issuer


def trusting(issuer: Issuer, clock: Clock, **changes: object) -> Provider:
    said = {"issuer": issuer.url, "audience": "pedigree", "people": {}, **changes}
    return Provider(Trusted.model_validate(said), clock)


async def test_the_keys_are_fetched_once_however_many_ask(issuer: Issuer) -> None:
    provider = trusting(issuer, Clock())
    found = await asyncio.gather(*(provider.key("first") for _ in range(8)))
    assert None not in found
    assert issuer.asked == [DISCOVERY, KEYS]
    await provider.key("first")
    assert issuer.asked == [DISCOVERY, KEYS]


async def test_an_address_that_the_file_gives_needs_no_discovery(issuer: Issuer) -> None:
    assert await trusting(issuer, Clock(), jwks_uri=issuer.url + KEYS).key("first") is not None
    assert issuer.asked == [KEYS]


async def test_keys_in_a_file_need_no_issuer_and_are_read_again_when_they_are_renewed(
    issuer: Issuer, tmp_path: Path
) -> None:
    clock, file = Clock(), tmp_path / "jwks.json"
    provider = trusting(issuer, clock, jwks_file=str(file))
    with pytest.raises(IssuerAway):
        await provider.key("first")
    file.write_text(json.dumps(issuer.key_set()))
    clock.now = PAUSE
    assert await provider.key("first") is not None
    issuer.rotate("second")
    file.write_text(json.dumps(issuer.key_set()))
    clock.now = 2 * PAUSE
    assert await provider.key("second") is not None
    assert issuer.asked == []


async def test_a_rotation_is_noticed_by_the_first_token_that_was_signed_after_it(issuer: Issuer) -> None:
    clock = Clock()
    provider = trusting(issuer, clock)
    await provider.key("first")
    issuer.rotate("second")
    assert await provider.key("second") is None  # it has asked a moment ago
    clock.now = PAUSE
    assert await provider.key("second") is not None
    assert await provider.key("first") is None
    assert issuer.asked.count(KEYS) == 2


async def test_keys_named_at_random_make_no_storm(issuer: Issuer) -> None:
    clock = Clock()
    provider = trusting(issuer, clock)
    for second in range(int(3 * PAUSE)):
        clock.now = float(second)
        await asyncio.gather(*(provider.key(f"{second}-{number}") for number in range(8)))
    assert issuer.asked.count(KEYS) == 3


async def test_old_keys_serve_while_new_ones_are_fetched(issuer: Issuer) -> None:
    clock = Clock()
    provider = trusting(issuer, clock)
    await provider.key("first")
    issuer.rotate("second")
    clock.now = OLD + 1
    assert await provider.key("first") is not None
    assert provider.fetching is not None
    await provider.fetching
    assert await provider.key("first") is None
    assert await provider.key("second") is not None


async def test_keys_outlast_an_issuer_that_is_away_for_a_day_and_no_longer(issuer: Issuer) -> None:
    clock = Clock()
    provider = trusting(issuer, clock)
    await provider.key("first")
    issuer.is_away = True
    clock.now = STALE - 1
    assert await provider.key("first") is not None
    await provider.close()
    clock.now = STALE + PAUSE
    with pytest.raises(IssuerAway):
        await provider.key("first")


async def test_an_issuer_that_comes_back_is_asked_again(issuer: Issuer) -> None:
    clock = Clock()
    provider = trusting(issuer, clock)
    issuer.is_away = True
    for _ in range(3):
        with pytest.raises(IssuerAway):
            await provider.key("first")
    assert len(issuer.asked) == 1
    issuer.is_away = False
    clock.now = PAUSE
    assert await provider.key("first") is not None


async def test_who_publishes_in_the_name_of_another_issuer_is_not_believed(issuer: Issuer) -> None:
    issuer.name = "https://other.example"
    with pytest.raises(IssuerAway):
        await trusting(issuer, Clock()).key("first")


async def test_no_redirect_is_followed(issuer: Issuer) -> None:
    with issuing() as other:
        issuer.redirects_to = other.url + DISCOVERY
        with pytest.raises(IssuerAway):
            await fetched(issuer.url + DISCOVERY)
        assert other.asked == []


async def test_an_answer_that_is_too_long_is_not_read(issuer: Issuer, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "issuer" in await fetched(issuer.url + DISCOVERY)
    monkeypatch.setattr(fetching, "MOST_BYTES", 20)
    with pytest.raises(IssuerAway):
        await fetched(issuer.url + DISCOVERY)


async def test_who_does_not_listen_is_away() -> None:
    with pytest.raises(IssuerAway):
        await fetched("http://127.0.0.1:1/")


def test_only_public_keys_for_signatures_are_taken(issuer: Issuer) -> None:
    good = issuer.keys["first"].as_dict(private=False)
    others = [
        {**good, "kid": "encrypts", "use": "enc"},
        {**issuer.keys["first"].as_dict(private=True), "kid": "private"},
        {"kty": "oct", "kid": "shared", "k": "c2VjcmV0LXNlY3JldC1zZWNyZXQ"},
        {"kty": "RSA", "kid": "short", "n": "AQAB" * 40, "e": "AQAB"},
        {"kty": "LMS", "kid": "unheard of"},
        {**good, "kid": "broken", "x": "%%%"},
        {**good, "kid": 7},
        "no key",
    ]
    assert set(keys_of(json.loads(json.dumps({"keys": [*others, good]})))) == {"first"}
    assert keys_of({}) == keys_of({"keys": "none"}) == {}
