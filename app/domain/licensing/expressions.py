"""What an SPDX expression asks for.

Of alternatives, `A OR B`, the one may be chosen that asks for less, and the answer says which. Of `A AND B` both hold.
An exception, `A WITH B`, only allows more: what A asks for is reported as if there were none, and the exception named.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from license_expression import LicenseWithExceptionSymbol

from app.domain.licenses import KEPT, licensing
from app.domain.licensing.terms import Kinds, terms_of
from app.domain.vocabulary import LicenseObligationKind, ShareAlikeScope

KINDS = tuple(LicenseObligationKind)
SCOPES = tuple(ShareAlikeScope)
UNDESCRIBED = frozenset({LicenseObligationKind.UNKNOWN})


def rank(kind: LicenseObligationKind) -> int:
    """How restrictive a kind of obligation is."""
    return KINDS.index(kind)


def widest(scopes: Iterable[ShareAlikeScope | None]) -> ShareAlikeScope | None:
    return max((scope for scope in scopes if scope is not None), key=SCOPES.index, default=None)


@dataclass(frozen=True)
class Asked:
    """What an expression asks for. `chosen` is what is left of it once the alternatives are chosen, `bases` are the
    addresses where that is said."""

    kinds: Kinds
    chosen: str
    scope: ShareAlikeScope | None = None
    exceptions: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()

    @property
    def restriction(self) -> tuple[Any, ...]:
        """To compare: first by what is most restrictive, then by all the rest."""
        ranks = sorted((rank(kind) for kind in self.kinds), reverse=True)
        return (ranks, -1 if self.scope is None else SCOPES.index(self.scope), self.exceptions == ())


@lru_cache(KEPT)
def asked_by(expression: str) -> Asked:
    """What a valid expression asks for."""
    return read(licensing().parse(expression))


def read(node: Any) -> Asked:
    """What a part of an expression asks for."""
    if isinstance(node, LicenseWithExceptionSymbol):
        base = leaf(node.license_symbol.key)
        return Asked(base.kinds, node.render(), base.scope, (node.exception_symbol.key,), base.bases)
    if not getattr(node, "args", ()):
        return leaf(node.key)
    parts = [read(each) for each in node.args]
    if "OR" in node.operator.strip().upper():
        return min(parts, key=lambda part: part.restriction)
    return together(parts)


def leaf(license: str) -> Asked:
    terms = terms_of(license)
    if terms is None:
        return Asked(UNDESCRIBED, license)
    return Asked(terms.kinds, license, terms.scope, bases=(terms.basis,) if terms.basis else ())


def together(parts: Iterable[Asked]) -> Asked:
    """All of what several licenses ask for."""
    each = list(parts)
    return Asked(
        frozenset().union(*(part.kinds for part in each)),
        " AND ".join(part.chosen for part in each),
        widest(part.scope for part in each),
        tuple(dict.fromkeys(exception for part in each for exception in part.exceptions)),
        tuple(dict.fromkeys(basis for part in each for basis in part.bases)),
    )
