"""Licenses: as they were declared, word for word, and as the SPDX expression that they mean."""

import re
from functools import cache, lru_cache

from license_expression import ExpressionError, ExpressionParseError, Licensing, get_spdx_licensing

from app.domain.licensing.spellings import NO_LICENSE, SPELLINGS, creative_commons, simplified

KEPT = 4_096  # spellings
BETWEEN = re.compile(r"\s+(or|and)\s+", re.IGNORECASE)
# The form of SPDX for what its list does not have.
OWN = re.compile(r"(DocumentRef-[A-Za-z0-9.-]+:)?LicenseRef-[A-Za-z0-9.-]+")


@cache
def licensing() -> Licensing:
    return get_spdx_licensing()


@lru_cache(KEPT)
def spdx_of(declared: str) -> str | None:
    """The SPDX expression that a declared license means, None when it cannot be recognized. Nothing is guessed."""
    return single(declared) or joined(declared)


def single(declared: str) -> str | None:
    """What is not put together by words of ours."""
    return alone(declared) or parsed(declared)


def alone(declared: str) -> str | None:
    """A single license in one of its spellings."""
    simple = simplified(declared)
    return SPELLINGS.get(simple) or creative_commons(simple)


def parsed(declared: str) -> str | None:
    """An expression of SPDX, in which there may be LicenseRefs."""
    text = declared.strip()
    if text.lower() in NO_LICENSE:
        return None
    try:
        expression = licensing().parse(text)
    except (ExpressionError, ExpressionParseError):
        return None
    unknown = licensing().unknown_license_keys(expression)
    return str(expression.render()) if all(OWN.fullmatch(each) for each in unknown) else None


def joined(declared: str) -> str | None:
    """Spellings with `or` or `and` between them, each of which is recognized."""
    words = BETWEEN.split(declared.strip())
    found = [word.upper() if index % 2 else single(word) for index, word in enumerate(words)]
    return " ".join(map(str, found)) if all(found) else None


def license_properties(declared: str | None, url: str | None = None) -> dict[str, str | None]:
    """The license as properties of what it covers."""
    if declared is None:
        return {}
    return {"licenseDeclared": declared, "licenseSpdx": spdx_of(declared), "licenseUrl": url}
