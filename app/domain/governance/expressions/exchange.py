"""What goes into the process of expressions, and what comes out: plain data, for which nobody needs the library."""

from dataclasses import dataclass

from app.domain.vocabulary import RuleOutcome


@dataclass(frozen=True)
class Rule:
    """The expressions of a rule. `expression` says what has to be so; `subjects` list what is in the way, and where
    there is no expression there must be none."""

    expression: str | None = None
    subjects: str | None = None


@dataclass(frozen=True)
class Problem:
    """What is wrong with an expression, and where: `field` is expression or subjects, both numbers count from 1."""

    field: str
    line: int
    column: int
    message: str


@dataclass(frozen=True)
class Judgement:
    """What came of one rule: why, and the ids of what is in the way, the first 100 of so many."""

    outcome: RuleOutcome
    reason: str | None = None
    subjects: tuple[str, ...] = ()
    count: int = 0
