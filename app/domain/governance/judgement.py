"""Policies held against snapshots: what comes of each rule, what is in the way, and whether that denies.

A version of a policy that enforces denies when one of its rules is not met, or could not be evaluated, or when
something is missing from the ancestry. One that warns or notes never does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.governance.ancestry import Edge
from app.domain.governance.expressions.exchange import Judgement
from app.domain.governance.expressions.process import evaluated
from app.domain.governance.rules import evaluable
from app.domain.governance.snapshot import Snapshot
from app.domain.vocabulary import PolicyMode, RuleOutcome

MOST_SHOWN = 10  # subjects of a rule that are shown with the way that leads to them


@dataclass(frozen=True)
class Demand:
    """What a version of a policy demands. Rules that somebody only tries out have neither name nor number.

    What comes of the approvals is found in `app/domain/promotion`.
    """

    mode: PolicyMode
    rules: Sequence[Mapping[str, Any]]
    approvals: Sequence[Mapping[str, Any]] = ()
    digest: str | None = None
    policy: str | None = None
    number: int | None = None
    id: str | None = None


@dataclass(frozen=True)
class RuleResult:
    """What came of a rule, with the ways from the version to what is in the way: no way to what is no ancestor."""

    rule: Mapping[str, Any]
    judgement: Judgement
    ways: Mapping[str, Sequence[Edge]]

    @property
    def passed(self) -> bool:
        return self.judgement.outcome is RuleOutcome.PASSED


@dataclass(frozen=True)
class PolicyResult:
    """What came of a version of a policy."""

    demand: Demand
    rules: Sequence[RuleResult]
    complete: bool

    @property
    def passed(self) -> bool:
        """Whether all of its rules are met by an ancestry that is known whole."""
        return self.complete and all(each.passed for each in self.rules)

    @property
    def denies(self) -> bool:
        return self.demand.mode is PolicyMode.ENFORCE and not self.passed


@dataclass(frozen=True)
class Verdict:
    """What came of all policies for one version."""

    snapshot: Snapshot
    policies: Sequence[PolicyResult]

    @property
    def allowed(self) -> bool:
        return not any(each.denies for each in self.policies)


async def judge(demands: Sequence[Demand], snapshots: Sequence[Snapshot]) -> list[Verdict]:
    """Hold policies against snapshots."""
    rules = [rule for demand in demands for rule in evaluable(demand.rules)]
    found = await evaluated(rules, [each.values for each in snapshots])
    return [verdict(demands, snapshot, list(results)) for snapshot, results in zip(snapshots, found, strict=True)]


def verdict(demands: Sequence[Demand], snapshot: Snapshot, judgements: Sequence[Judgement]) -> Verdict:
    """What came of each rule, put back in its policy."""
    waiting = iter(judgements)
    return Verdict(
        snapshot,
        [
            PolicyResult(demand, [result(rule, next(waiting), snapshot) for rule in demand.rules], snapshot.complete)
            for demand in demands
        ],
    )


def result(rule: Mapping[str, Any], judgement: Judgement, snapshot: Snapshot) -> RuleResult:
    shown = judgement.subjects[:MOST_SHOWN]
    return RuleResult(rule, judgement, {id: snapshot.ancestry.way(id) for id in shown})
