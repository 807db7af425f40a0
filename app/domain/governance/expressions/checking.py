"""Whether the expressions of a rule make sense: their syntax, what they name, and their types."""

import re
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from cel_expr_python import cel

from app.domain.governance.expressions.environment import Environment, environment
from app.domain.governance.expressions.exchange import Problem, Rule

# What Google's compiler says: `ERROR: <input>:2:7: undeclared reference to 'x' (in container '')`, and a drawing.
TOLD = re.compile(r"^(?:\w+: )?ERROR: <input>:(\d+):(\d+): (.*)$", re.MULTILINE)
NOISE = re.compile(r" \(in container ''\)| expecting \{.*\}|(?<=')pedigree\.|^Syntax error: ")
CODE = re.compile(r"^[A-Z_]+: | \[[A-Z_]+\]$")
LONGEST = 300


def problems(rule: Rule, within: Environment | None = None) -> list[dict[str, Any]]:
    """What is wrong with a rule, the first problem of each of its expressions."""
    place = within or environment()
    return [asdict(each) for each in (*expression_problems(rule, place), *subjects_problems(rule, place))]


def expression_problems(rule: Rule, place: Environment) -> Iterator[Problem]:
    if rule.expression is None:
        return
    try:
        type_ = place.compile(rule.expression).return_type()
    except RuntimeError as error:
        yield problem("expression", error)
        return
    if type_ != cel.Type.BOOL:
        yield Problem("expression", 1, 1, f"It has to be a bool, and is {readable(type_)}.")


def subjects_problems(rule: Rule, place: Environment) -> Iterator[Problem]:
    if rule.subjects is None:
        return
    try:
        type_ = place.compile(rule.subjects).return_type()
    except RuntimeError as error:
        yield problem("subjects", error)
        return
    try:
        place.compile(ids_of(rule.subjects))
    except RuntimeError:
        message = f"It has to be a list of what has an id, such as datasets, and is {readable(type_)}."
        yield Problem("subjects", 1, 1, message)


def ids_of(subjects: str) -> str:
    """The expression of the ids of what an expression lists. Lines of their own, as the list may end in a comment."""
    return f"(\n{subjects}\n).map(subject, string(subject.id))"


def problem(field: str, error: RuntimeError) -> Problem:
    """What the compiler says of its first error."""
    found = TOLD.search(str(error))
    if found is None:
        return Problem(field, 1, 1, reason(str(error)))
    line, column, message = found.groups()
    return Problem(field, int(line), int(column), sentence(NOISE.sub("", CODE.sub("", message))))


def reason(text: str) -> str:
    """An error of the library as a sentence, without its codes and drawings."""
    return sentence(CODE.sub("", CODE.sub("", text.partition("\n")[0])).removeprefix("ERROR: "))


def sentence(text: str) -> str:
    told = f"{text[:1].upper()}{text[1:]}"[:LONGEST].rstrip(" .")
    return f"{told}."


def readable(type_: cel.Type) -> str:
    return str(type_).replace("pedigree.", "")
