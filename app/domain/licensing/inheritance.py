"""Which obligations an asset has from its own license and from those of everything that it came from.

Pure: given the asset, what it came from with the edges that carry licenses, and the waivers. Each obligation names all
the licenses that ask for it, each with a shortest path. Nothing that is added above takes an obligation away.
"""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from app.domain.licenses import spdx_of
from app.domain.licensing.expressions import Asked, asked_by, rank, widest
from app.domain.lineage.search import Step
from app.domain.vocabulary import LicenseObligationKind, ShareAlikeScope, UnknownLicenseReason

UNKNOWN = LicenseObligationKind.UNKNOWN
DISCLAIMER = (
    "This is no legal advice: it is put together from what was declared and recorded, by tables that may be wrong, "
    "and says nothing of contracts, laws and rights that nobody recorded. Ask a lawyer before you rely on it."
)


@dataclass(frozen=True)
class Asset:
    """Something that has a license, or should: as it was declared, and as it was recognized at that time."""

    id: str
    declared: str | None = None
    spdx: str | None = None

    @cached_property
    def expression(self) -> str | None:
        """Its license as an SPDX expression. What was declared is read anew: more is recognized with time."""
        return spdx_of(self.declared) if self.declared is not None else self.spdx

    @cached_property
    def asked(self) -> Asked | None:
        """What its license asks for, None when there is no license that anybody recognizes."""
        return asked_by(self.expression) if self.expression is not None else None

    @property
    def kinds(self) -> Iterable[LicenseObligationKind]:
        return self.asked.kinds if self.asked is not None else (UNKNOWN,)

    @property
    def gap(self) -> UnknownLicenseReason:
        """Why it is not known what its license asks for, when that is not known."""
        if self.asked is not None:
            return UnknownLicenseReason.NOT_DESCRIBED
        is_declared = self.declared is not None or self.spdx is not None
        return UnknownLicenseReason.NOT_RECOGNIZED if is_declared else UnknownLicenseReason.NOT_DECLARED


@dataclass(frozen=True)
class Waiver:
    """That some obligations of an asset's license do not hold: for one thing, or for whatever came from the asset."""

    id: str
    asset_id: str
    kinds: frozenset[LicenseObligationKind]
    waived_for_id: str | None = None


@dataclass(frozen=True)
class Ways:
    """A shortest way from a start to each node that it leads to; of several, the one whose edge ids come first.

    `arriving` is the last step to each node, and `depth` how far it is.
    """

    arriving: Mapping[str, Step]
    depth: Mapping[str, int]

    def to(self, node: str) -> tuple[Step, ...]:
        """The steps from the start up to a node."""
        found = []
        while self.depth[node]:
            found.append(self.arriving[node])
            node = found[-1].source
        return tuple(reversed(found))


@dataclass(frozen=True)
class Source:
    """A license that asks for something, how far above it stands, and what waives it."""

    asset: Asset
    kind: LicenseObligationKind
    ways: Ways = field(repr=False, compare=False)
    waiver: Waiver | None = None

    @property
    def depth(self) -> int:
        return self.ways.depth[self.asset.id]

    @property
    def path(self) -> tuple[Step, ...]:
        return self.ways.to(self.asset.id)

    @property
    def reason(self) -> UnknownLicenseReason | None:
        """Why it is not known what the license asks for."""
        return self.asset.gap if self.kind is UNKNOWN else None

    @property
    def scope(self) -> ShareAlikeScope | None:
        asked = self.asset.asked
        return asked.scope if asked is not None and self.kind is LicenseObligationKind.SHARE_ALIKE else None


@dataclass(frozen=True)
class Obligation:
    """One kind of obligation with all that ask for it, the nearest first."""

    kind: LicenseObligationKind
    sources: tuple[Source, ...]

    @property
    def is_waived(self) -> bool:
        return all(source.waiver is not None for source in self.sources)

    @property
    def scope(self) -> ShareAlikeScope | None:
        """The widest that holds; of one that is waived altogether, the widest of all."""
        standing = [source.scope for source in self.sources if source.waiver is None]
        return widest(standing or [source.scope for source in self.sources])


@dataclass(frozen=True)
class Subject:
    """The asset that is asked about, and what it is a version of: a waiver may name either."""

    asset: Asset
    ids: frozenset[str]


def obligations(
    subject: Subject, ancestors: Iterable[Asset], steps: Iterable[Step], waivers: Iterable[Waiver] = ()
) -> tuple[Obligation, ...]:
    """All obligations of the subject, the most restrictive first. Ancestors that no step leads to have no say.

    That the subject itself declares nothing is no obligation: its terms are for its owner to set.
    """
    start = subject.asset
    ways = shortest(start.id, steps)
    own = [start] if start.declared is not None or start.spdx is not None else []
    others = [each for each in ancestors if each.id in ways.depth and each.id != start.id]
    applying = applicable(waivers, subject.ids)
    by_kind: dict[LicenseObligationKind, list[Source]] = {}
    for asset in (*own, *others):
        for kind in asset.kinds:
            source = Source(asset, kind, ways, applying.get((asset.id, kind)))
            by_kind.setdefault(kind, []).append(source)
    kinds = sorted(by_kind, key=rank, reverse=True)
    return tuple(Obligation(kind, tuple(sorted(by_kind[kind], key=nearness))) for kind in kinds)


def most_restrictive(found: Sequence[Obligation]) -> LicenseObligationKind | None:
    """The most restrictive kind that is not waived, None when nothing is asked for."""
    return next((each.kind for each in found if not each.is_waived), None)


def standing(found: Iterable[Obligation], kind: LicenseObligationKind) -> tuple[Source, ...]:
    """The sources of a kind that are not waived."""
    return tuple(source for each in found if each.kind is kind for source in each.sources if source.waiver is None)


def nearness(source: Source) -> tuple[int, str]:
    return source.depth, source.asset.id


def applicable(waivers: Iterable[Waiver], ids: frozenset[str]) -> Mapping[tuple[str, LicenseObligationKind], Waiver]:
    """The waivers that hold for a subject, by asset and kind; of several the first."""
    held = [each for each in waivers if each.waived_for_id is None or each.waived_for_id in ids]
    found: dict[tuple[str, LicenseObligationKind], Waiver] = {}
    for waiver in sorted(held, key=lambda each: each.id):
        for kind in waiver.kinds:
            found.setdefault((waiver.asset_id, kind), waiver)
    return found


def shortest(start: str, steps: Iterable[Step]) -> Ways:
    """The ways from the start, found level by level."""
    leaving: dict[str, list[Step]] = {}
    for step in sorted(steps):
        leaving.setdefault(step.source, []).append(step)
    arriving: dict[str, Step] = {}
    depth = {start: 0}
    waiting = deque([start])
    while waiting:
        node = waiting.popleft()
        for step in leaving.get(node, ()):
            if step.target not in depth:
                arriving[step.target], depth[step.target] = step, depth[node] + 1
                waiting.append(step.target)
    return Ways(arriving, depth)
