"""When an approval holds no longer, although nobody took it back. Pure: it is found whenever it is asked for.

An approval is bound to the version and its whole ancestry, by their digest, and to the evaluations that stood when it
was given.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.domain.governance.ancestry import Ancestry, Edge
from app.domain.vocabulary import ApprovalDecision, LapseReason

MOST_NAMED = 10


@dataclass(frozen=True)
class Lapse:
    """Why an approval holds no longer, with the ids of what that is about."""

    reason: LapseReason
    message: str
    nodes: tuple[str, ...] = ()

    @property
    def plain(self) -> str:
        """The same for who may not see everything: why, and not of how much."""
        return "The ancestry changed." if self.reason is LapseReason.ANCESTRY_CHANGED else self.message


@dataclass(frozen=True)
class Ground:
    """What approvals of a version stand on at an instant: its ancestry, and what of that a recall reaches. `earlier`
    are ancestries as they were, by their instants: of those approvals alone whose digest is another by now."""

    at: datetime
    ancestry: Ancestry
    recalled: Sequence[str]
    earlier: Mapping[datetime, Ancestry] = field(default_factory=dict)


def lapses(approval: Mapping[str, Any], ground: Ground) -> list[Lapse]:
    """All reasons for which an approval holds no longer; none while it does, and none of a rejection."""
    return [] if approval["decision"] == ApprovalDecision.REJECTED else list(_lapses(approval, ground))


def _lapses(approval: Mapping[str, Any], ground: Ground) -> Iterator[Lapse]:
    expires = approval["expiresAt"]
    if expires is not None and expires <= ground.at:
        yield Lapse(LapseReason.EXPIRED, f"It was given until {expires.isoformat()}.")
    if ground.recalled:
        said = "A recall reaches the version."
        yield Lapse(LapseReason.RECALLED, said, tuple(ground.recalled[:MOST_NAMED]))
    if approval["ancestryDigest"] != ground.ancestry.digest:
        yield changed(ground.earlier.get(approval["validFrom"]), ground.ancestry)
    if approval["ended"]:
        said = "Evaluations that it stood on were retracted."
        yield Lapse(LapseReason.EVALUATION_ENDED, said, tuple(approval["ended"][:MOST_NAMED]))


def changed(before: Ancestry | None, now: Ancestry) -> Lapse:
    """That the ancestry is another by now, and how: as far as the graph remembers."""
    earlier = {edge["id"]: edge for edge in before.edges} if before else {}
    present = {edge["id"]: edge for edge in now.edges}
    came = [edge for id, edge in sorted(present.items()) if id not in earlier] if before else []
    went = [edge for id, edge in sorted(earlier.items()) if id not in present]
    if not came and not went:
        return Lapse(
            LapseReason.ANCESTRY_CHANGED,
            "The ancestry is told otherwise: something of it was described since, or recorded for a time before.",
        )
    said = " and ".join(part for part in (told("came", came), told("went", went)) if part)
    nodes = dict.fromkeys(edge["targetId"] for edge in (*came, *went))
    return Lapse(LapseReason.ANCESTRY_CHANGED, f"The ancestry changed: {said}.", tuple(nodes)[:MOST_NAMED])


def told(how: str, edges: Sequence[Edge]) -> str:
    """How many edges came or went, and of which kinds: 2 edges came (GENERATED_BY, USED)."""
    kinds = ", ".join(sorted({edge["kind"] for edge in edges}))
    return f"{len(edges)} edge{'' if len(edges) == 1 else 's'} {how} ({kinds})" if edges else ""
