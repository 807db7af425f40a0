"""Which approvals count for what a policy asks for, which do not and why, and how many are missing. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from app.domain.approval.lapse import Lapse
from app.domain.vocabulary import ApprovalDecision, DisregardReason, Involvement

WHAT = {
    Involvement.TRAINED: "trained the version",
    Involvement.WROTE_CODE: "wrote the code that it was trained with",
    Involvement.OWNS_DATA: "answers for data that it learned from",
    Involvement.REQUESTED: "asked for the approval",
}


@dataclass(frozen=True)
class Decided:
    """What somebody decided, as it stands. `people` are the ids of who decided and in whose place, `who` and
    `on_behalf` their names; teams and roles are those of whose decision it is, at the time."""

    id: str
    decision: ApprovalDecision
    people: tuple[str, ...]
    at: datetime
    who: str = ""
    on_behalf: str | None = None
    conditions: str | None = None
    teams: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    lapses: list[Lapse] = field(default_factory=list)


@dataclass(frozen=True)
class Involved:
    """What somebody has had to do with the version, and the id of the node that tells."""

    actor: str
    part: Involvement
    node: str


@dataclass(frozen=True)
class Disregarded:
    """An approval that does not count, with the ids of the nodes that tell why."""

    approval: str
    reason: DisregardReason
    message: str
    nodes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Counted:
    """What came of a requirement."""

    requirement: Mapping[str, Any]
    approvals: Sequence[str]
    disregarded: Sequence[Disregarded]

    @property
    def missing(self) -> int:
        return max(0, int(self.requirement["count"]) - len(self.approvals))


def counted(
    requirement: Mapping[str, Any], decisions: Iterable[Decided], involved: Sequence[Involved], at: datetime
) -> Counted:
    """What came of a requirement at an instant. Of two approvals of one person the earlier counts."""
    people: set[str] = set()
    approvals, disregarded = [], []
    approved = (each for each in decisions if each.decision is ApprovalDecision.APPROVED)
    for each in sorted(approved, key=lambda decided: (decided.at, decided.id)):
        reason = unfit(each, requirement, involved, at) or repeated(each, people)
        if reason is None:
            people.update(each.people)
            approvals.append(each.id)
        else:
            disregarded.append(reason)
    return Counted(requirement, approvals, disregarded)


def unfit(
    each: Decided, requirement: Mapping[str, Any], involved: Sequence[Involved], at: datetime
) -> Disregarded | None:
    """Why an approval does not count for a requirement, whatever others there are."""
    if each.lapses:
        first = each.lapses[0]
        return Disregarded(each.id, DisregardReason.LAPSED, first.message, first.nodes)
    days = requirement["maxAgeDays"]
    if days is not None and each.at + timedelta(days=days) <= at:
        return Disregarded(each.id, DisregardReason.TOO_OLD, f"It is older than {days} days.")
    if requirement["teams"] and not each.teams & set(requirement["teams"]):
        said = f"It is nobody's of {' or '.join(requirement['teams'])}."
        return Disregarded(each.id, DisregardReason.OTHER_TEAM, said)
    if requirement["roles"] and not each.roles & set(requirement["roles"]):
        said = f"It is nobody's who is {' or '.join(requirement['roles'])}."
        return Disregarded(each.id, DisregardReason.OTHER_ROLE, said)
    parts = [i for i in involved if i.actor in each.people and i.part in requirement["separateFrom"]]
    if parts:
        nodes = tuple(dict.fromkeys(part.node for part in parts if part.part is parts[0].part))
        return Disregarded(each.id, DisregardReason.INVOLVED, f"Who approved {WHAT[parts[0].part]}.", nodes)
    return None


def repeated(each: Decided, people: set[str]) -> Disregarded | None:
    if people.isdisjoint(each.people):
        return None
    return Disregarded(each.id, DisregardReason.COUNTED_ALREADY, "Who approved counts by another approval already.")
