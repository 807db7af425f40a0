"""The keys of an issuer: which of a key set may verify a signature, and by which name."""

from collections.abc import Iterator, Mapping
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import Key, import_key

MOST_KEYS = 100
SHORTEST_MODULUS = 342  # characters of an RSA key of 2048 bits
PUBLIC_TYPES = ("RSA", "EC", "OKP")  # a shared secret would let its holders sign as the issuer


def keys_of(found: Mapping[str, Any]) -> dict[str | None, Key]:
    """The keys of a JSON Web Key Set that may verify a signature, by their ids. What is no such key is passed over:
    an issuer may publish others beside."""
    listed = found.get("keys")
    usable = usable_keys(listed[:MOST_KEYS]) if isinstance(listed, list) else ()
    return dict(usable)


def usable_keys(listed: list[Any]) -> Iterator[tuple[str | None, Key]]:
    for each in listed:
        if not isinstance(each, dict) or not is_usable(each):
            continue
        try:
            yield each.get("kid"), import_key(each)
        except (JoseError, ValueError, TypeError):
            continue


def is_usable(key: Mapping[str, Any]) -> bool:
    """Whether a key is public, long enough and meant for signatures."""
    is_long_enough = key.get("kty") != "RSA" or len(str(key.get("n"))) >= SHORTEST_MODULUS
    is_for_signatures = key.get("use") in (None, "sig")
    is_named = isinstance(key.get("kid"), str | None)
    return key.get("kty") in PUBLIC_TYPES and "d" not in key and is_long_enough and is_for_signatures and is_named
