"""What came of rules, in plain values that can be kept: what they name stands there by its id. Pure."""

from collections.abc import Sequence
from typing import Any

from app.domain.governance.ancestry import Edge
from app.domain.governance.judgement import Demand, PolicyResult, RuleResult
from app.domain.vocabulary import PolicyMode

Told = dict[str, Any]


def source(demand: Demand) -> Told:
    return {"policy": demand.policy, "number": demand.number, "mode": demand.mode.value}


def told_rule(result: RuleResult, policy: PolicyResult) -> Told:
    """What came of a rule: what is in the way, the first ten of it, and the way to the first."""
    judgement, said = result.judgement, result.rule
    return {
        **source(policy.demand),
        "rule": said["name"],
        "outcome": judgement.outcome.value,
        "denies": policy.demand.mode is PolicyMode.ENFORCE and not result.passed,
        "reason": judgement.reason,
        "message": said["message"],
        "fix": said.get("fix"),
        "subjectCount": judgement.count,
        "subjectIds": list(result.ways),
        "way": way(next(iter(result.ways.values()), ())),
    }


def way(edges: Sequence[Edge]) -> list[list[str]]:
    """A way by the ids of its edges and their ends."""
    return [[edge["id"], edge["sourceId"], edge["targetId"]] for edge in edges]
