"""The texts of an event: its body, which is sealed, has their digests alone, and they stand beside it.

A digest is taken of the text and a salt that nobody can guess, both together as JSON, as the disclosures of SD-JWT are
(RFC 9901). Once the text and its salt are erased, the digest tells nothing, and the body stays what it was.
"""

import secrets
from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from app.domain.audit.natures import Natures
from app.domain.canonical import canonical, digest_of
from graph_schema.elements import Nature

SEALED = "sealed"
SALT_BYTES = 16

# By their places: JSON pointers (RFC 6901) into the body.
Texts = Mapping[str, str]


def conceal(value: Any, nature: Nature | Natures, path: str, texts: dict[str, str]) -> Any:
    """A value with digests for all in it that is not plain. What they are of is put among the texts."""
    if value is None or nature is Nature.PLAIN:
        return value
    if isinstance(nature, Mapping) and isinstance(value, list | tuple):
        return [conceal(item, nature, f"{path}/{index}", texts) for index, item in enumerate(value)]
    if isinstance(nature, Mapping) and isinstance(value, Mapping):
        return {
            name: conceal(item, nature.get(name, Nature.FREE_TEXT), f"{path}/{name}", texts)
            for name, item in value.items()
        }
    text = canonical([secrets.token_hex(SALT_BYTES), value])
    texts[path] = text.decode()
    return {SEALED: digest_of(text)}


def texts_of(event: Mapping[str, Any]) -> Texts:
    """The texts that stand beside the body of an event, by their places."""
    return dict(zip(event.get("places") or (), event.get("texts") or (), strict=False))


def digests(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """Where digests stand for texts in a part of a body, and which."""
    if isinstance(value, dict):
        if value.keys() == {SEALED}:
            yield path, value[SEALED]
            return
        for name, item in value.items():
            yield from digests(item, f"{path}/{name}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from digests(item, f"{path}/{index}")


def reveal(value: Any, path: str, texts: Texts) -> Any:
    """A part of a body with its texts in their places; null, where one has been erased."""
    if isinstance(value, dict):
        if value.keys() == {SEALED}:
            return orjson.loads(texts[path])[1] if path in texts else None
        return {name: reveal(item, f"{path}/{name}", texts) for name, item in value.items()}
    if isinstance(value, list):
        return [reveal(item, f"{path}/{index}", texts) for index, item in enumerate(value)]
    return value


def is_erased(value: Any, path: str, texts: Texts) -> bool:
    """Whether a text of a part of a body has been erased."""
    return any(place not in texts for place, _ in digests(value, path))
