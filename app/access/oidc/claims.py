"""What an issuer says of somebody: claims are looked up, compared with patterns, and filled into names."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

Claims = Mapping[str, Any]
PLACE = re.compile(r"\{([^{}]+)\}")


def claim(claims: Claims, name: str) -> Any:
    """The value of a claim. `a/b` leads into an object, unless a claim has just this name: some are called by a URL."""
    if name in claims:
        return claims[name]
    first, _, rest = name.partition("/")
    inner = claims.get(first)
    return claim(inner, rest) if rest and isinstance(inner, Mapping) else None


def text(claims: Claims, name: str) -> str | None:
    """The value of a claim that is a text."""
    value = claim(claims, name)
    return value if isinstance(value, str) and value else None


def texts(value: Any) -> Iterator[str]:
    """A value, or each of a list, as text: true and 7 as JSON writes them."""
    if isinstance(value, bool):
        yield "true" if value else "false"
    elif isinstance(value, str | int):
        yield str(value)
    elif isinstance(value, list):
        for item in value:
            if not isinstance(item, list):
                yield from texts(item)


def fit(claims: Claims, when: Mapping[str, str | Sequence[str]]) -> bool:
    """Whether every claim that is named fits one of its patterns."""
    return all(fits(claim(claims, name), patterns) for name, patterns in when.items())


def fits(value: Any, patterns: str | Sequence[str]) -> bool:
    asked = [patterns] if isinstance(patterns, str) else patterns
    return any(compiled(pattern).fullmatch(each) for pattern in asked for each in texts(value))


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern: `*` stands for anything without `/` and `:`, `**` for anything, all else for itself."""
    parts = (re.escape(part).replace(r"\*", "[^/:]*") for part in pattern.split("**"))
    return re.compile(".*".join(parts), re.DOTALL)


def filled(template: str, claims: Claims) -> str | None:
    """A template with the claims that it names in braces; None when one of them is missing."""
    found = {name: text(claims, name) for name in PLACE.findall(template)}
    if None in found.values():
        return None
    return PLACE.sub(lambda place: str(found[place[1]]), template)
