"""Canonical JSON (RFC 8785): one value has one text, so that its digest can be compared."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import Enum
from hashlib import sha256
from math import isfinite, isnan
from typing import Any

import orjson
import rfc8785
from neo4j.time import Date

from app.domain.scalars import LONG_MAX

# Numbers that JSON's usual text and the canonical one, which is JavaScript's, may write differently.
DIFFERENT = re.compile(rb"[:,\[]-?[0-9]+(?:\.0[,}\]]|(?:\.[0-9]+)?e)")


def canonical(value: Any) -> bytes:
    """The canonical JSON text of a value, in UTF-8."""
    said = plain(value)
    text = orjson.dumps(said, option=orjson.OPT_SORT_KEYS)
    if isinstance(said, float) or not text.isascii() or DIFFERENT.search(text):
        return rfc8785.dumps(said)  # always right, and thirty times slower
    return text


def digest_of(text: bytes) -> str:
    """`sha256:` and the hexadecimal digest of the bytes."""
    return f"sha256:{sha256(text).hexdigest()}"


def rfc3339(moment: datetime) -> str:
    """The instant in UTC with microseconds: 2026-03-03T14:00:00.000000Z."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def plain(value: Any) -> Any:
    """The value in the words of JSON: times as RFC 3339, what its numbers cannot carry as strings."""
    if value is None or type(value) is str or type(value) is bool:
        return value
    match value:
        case Mapping():
            return {str(key): plain(item) for key, item in value.items()}
        case list() | tuple() | set() | frozenset():
            return [plain(item) for item in value]
        case Enum():
            return value.value
        case int() | float():
            return plain_number(value)
        case str():
            return value
    return plain_time(value)


def plain_time(value: Any) -> str:
    match value:
        case datetime():
            return rfc3339(value)
        case Date():
            return value.iso_format()
        case date():
            return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no canonical form")


def plain_number(value: int | float) -> int | float | str:
    """Booleans are numbers, too, and stay what they are."""
    if isinstance(value, int):
        return value if abs(value) <= LONG_MAX else str(value)
    if isfinite(value):
        return value
    return "NaN" if isnan(value) else "Infinity" if value > 0 else "-Infinity"
