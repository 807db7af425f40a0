"""The rules of a policy, as they are given, checked and kept."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any

from pydantic import AfterValidator, Field, StringConstraints

from app.domain.canonical import canonical, digest_of
from app.domain.command import Input, optional
from app.domain.governance.expressions.exchange import Problem, Rule
from app.domain.governance.expressions.process import checked
from app.domain.scalars import Line, Text, check_text
from app.domain.vocabulary import PolicyMode
from app.errors import InvalidInput, PathItem

MOST_RULES = 50
LONGEST = 4_000  # characters of an expression

Expression = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST), AfterValidator(check_text)]


class PolicyRuleInput(Input):
    """A rule of a policy, in CEL, over the snapshot of a version. It has an expression, or subjects, or both."""

    name: Line = Field(description="What it is called; unique in its policy.")
    expression: Expression | None = optional("What has to be so: a bool. Without it there must be no subjects.")
    subjects: Expression | None = optional(
        "What is in the way, as a list of what has an id: datasets.filter(d, 'PII' in d.classifications). When the "
        "rule is not met, they are named, and the way in the graph to the first is shown."
    )
    message: Text = Field(min_length=1, description="What it means that the rule is not met, for people.")
    fix: Text | None = optional("What to do then.")


def kept(rules: Sequence[PolicyRuleInput]) -> list[dict[str, Any]]:
    """The rules as they are kept. What was not said is left out."""
    return [each.model_dump(by_alias=True, exclude_none=True) for each in rules]


def evaluable(rules: Sequence[Mapping[str, Any]]) -> list[Rule]:
    """The expressions of rules that are kept."""
    return [Rule(each.get("expression"), each.get("subjects")) for each in rules]


def digest(
    policy: str, mode: PolicyMode, rules: Sequence[Mapping[str, Any]], approvals: Sequence[Mapping[str, Any]] = ()
) -> str:
    """The digest of what a version of a policy demands. Where it asks for no approvals, nothing is said of them."""
    asked = {"approvals": list(approvals)} if approvals else {}
    return digest_of(canonical({"policy": policy, "mode": mode.value, "rules": list(rules), **asked}))


async def check(rules: Sequence[PolicyRuleInput], *path: PathItem) -> None:
    """Raise InvalidInput for what is wrong with rules: the first with its line and column, all of them beside."""
    check_names(rules, *path)
    found = list(located(await checked(evaluable(kept(rules))), path))
    if found:
        (place, first), *_ = found
        raise InvalidInput(
            f"Line {first.line}, column {first.column}: {first.message}",
            path=place,
            line=first.line,
            column=first.column,
            problems=[
                {"path": list(where), "line": each.line, "column": each.column, "message": each.message}
                for where, each in found
            ],
        )


def check_names(rules: Sequence[PolicyRuleInput], *path: PathItem) -> None:
    seen: set[str] = set()
    for index, rule in enumerate(rules):
        if rule.name in seen:
            raise InvalidInput("Another rule has this name already.", path=(*path, index, "name"))
        if rule.expression is None and rule.subjects is None:
            raise InvalidInput("A rule has an expression, or subjects, or both.", path=(*path, index, "expression"))
        seen.add(rule.name)


def located(
    problems: Sequence[Sequence[Problem]], path: Sequence[PathItem]
) -> Iterator[tuple[list[PathItem], Problem]]:
    """Each problem with the path of the field in which it is."""
    for index, found in enumerate(problems):
        for each in found:
            yield [*path, index, each.field], each
