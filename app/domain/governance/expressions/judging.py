"""Rules held against a snapshot: pure, and within the bounds that CEL's evaluator has, at most 10,000 steps a time."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from cel_expr_python import cel

from app.domain.governance.expressions.checking import ids_of, reason
from app.domain.governance.expressions.environment import Environment
from app.domain.governance.expressions.exchange import Judgement, Rule
from app.domain.vocabulary import RuleOutcome

MOST_SUBJECTS = 100
STEPS = "Iteration budget exceeded"
TOO_MANY = "It goes over more than 10,000 items, one list within another included."


class Unanswered(Exception):
    """The expression has no value."""


def judged(rule: Rule, place: Environment, variables: Mapping[str, Any]) -> dict[str, Any]:
    """What comes of a rule."""
    return asdict(judgement(rule, place, variables))


def judgement(rule: Rule, place: Environment, variables: Mapping[str, Any]) -> Judgement:
    try:
        if rule.expression is not None and value(rule.expression, place, variables) is True:
            return Judgement(RuleOutcome.PASSED)
        ids = value(ids_of(rule.subjects), place, variables) if rule.subjects is not None else []
    except Unanswered as error:
        return Judgement(RuleOutcome.ERROR, str(error))
    if rule.expression is None and not ids:
        return Judgement(RuleOutcome.PASSED)
    distinct = list(dict.fromkeys(ids))
    return Judgement(RuleOutcome.FAILED, None, tuple(distinct[:MOST_SUBJECTS]), len(distinct))


def value(expression: str, place: Environment, variables: Mapping[str, Any]) -> Any:
    """The value of an expression. Raises Unanswered with the reason when it has none."""
    try:
        found = place.compile(expression).eval(data=dict(variables))
    except RuntimeError as error:
        raise Unanswered(TOO_MANY if STEPS in str(error) else reason(str(error))) from None
    if found.type() == cel.Type.ERROR:
        raise Unanswered(reason(str(found.value())))
    return found.plain_value()
