"""Expressions in CEL: what is wrong with them is told by line and column, and none of them takes for ever."""

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from app.domain.governance.expressions.checking import problems
from app.domain.governance.expressions.environment import environment
from app.domain.governance.expressions.exchange import Judgement, Problem, Rule
from app.domain.governance.expressions.judging import judgement
from app.domain.governance.expressions.process import CHECKING, ENDED, UNREACHED, checked, evaluated
from app.domain.governance.expressions.schema import Field, Kind, Message, nullable, one, several
from app.domain.governance.snapshot_schema import SNAPSHOT
from app.domain.vocabulary import RuleOutcome
from tests.domain.governance.snapshots import dataset, snapshot

WRONG = {
    "version.number >": (1, 17, "Mismatched input '<EOF>'."),
    "version.number > 1 &&\n  nothing": (2, 3, "Undeclared reference to 'nothing'."),
    "datasets.all(d, d.classification == 'PII')": (
        1,
        18,
        "Undefined field 'classification' not found in struct 'Dataset'.",
    ),
    "metrics.exists(m, m.value >= 'high')": (
        1,
        27,
        "Found no matching overload for '_>=_' applied to '(double, string)'.",
    ),
    "version.label.shout()": (1, 20, "Undeclared reference to 'shout'."),
    "version.number": (1, 1, "It has to be a bool, and is INT."),
    "datasets": (1, 1, "It has to be a bool, and is LIST<Dataset>."),
}
COSTLY = "ancestors.exists(a, ancestors.map(x, ancestors) == ancestors.map(y, ancestors) && a.depth < 0)"


@pytest.mark.parametrize("expression", WRONG)
def test_a_wrong_expression_is_told_with_its_place(expression: str) -> None:
    (found,) = problems(Rule(expression))
    assert (found["field"], found["line"], found["column"], found["message"]) == ("expression", *WRONG[expression])


def test_subjects_are_a_list_of_what_has_an_id() -> None:
    for subjects in ("version", "version.aliases", "datasets.map(d, d.depth)", "datasets.size() > 0"):
        (found,) = problems(Rule(None, subjects))
        assert found["field"] == "subjects"
        assert "has to be a list of what has an id" in found["message"]
    assert problems(Rule(None, "datasets.filter(d, d.isStub) // whatever is not known")) == []
    assert problems(Rule(None, "metrics.filter(m, m.name == 'auc')")) == []


def test_both_expressions_of_a_rule_are_checked() -> None:
    found = problems(Rule("versio.number > 1", "dataset"))
    assert [each["field"] for each in found] == ["expression", "subjects"]


@pytest.mark.parametrize("field", SNAPSHOT.fields, ids=lambda field: field.name)
def test_all_that_is_declared_can_be_named(field: Field) -> None:
    if field.is_list and isinstance(field.type, Message):
        names = [f"{field.name}.all(x, x.{each.name} == x.{each.name})" for each in field.type.fields]
    elif isinstance(field.type, Message):
        names = [f"{field.name}.{each.name} == {field.name}.{each.name}" for each in field.type.fields]
    else:
        names = [f"{field.name} == {field.name}"]
    assert [problems(Rule(each)) for each in names] == [[] for _ in names]


def test_neither_a_list_nor_a_time_can_be_null() -> None:
    with pytest.raises(ValueError, match="cannot be null"):
        nullable("at", Kind.TIMESTAMP, "when")


def outcome(rule: Rule, values: dict[str, Any]) -> RuleOutcome:
    place = environment()
    return judgement(rule, place, place.bound(values)).outcome


def test_a_rule_passes_fails_or_has_no_value() -> None:
    held = snapshot(datasets=[dataset("1"), dataset("2", classifications=["PII"])])
    assert outcome(Rule("datasets.size() == 2"), held) is RuleOutcome.PASSED
    assert outcome(Rule("datasets.size() == 3"), held) is RuleOutcome.FAILED
    assert outcome(Rule("datasets[7].isStub"), held) is RuleOutcome.ERROR
    assert outcome(Rule("version.license.startsWith('MIT')"), held) is RuleOutcome.ERROR
    assert outcome(Rule(None, "datasets.filter(d, d.isStub)"), held) is RuleOutcome.PASSED


def test_what_is_in_the_way_is_named() -> None:
    held = snapshot(datasets=[dataset("1"), dataset("2", classifications=["PII"])])
    place = environment()
    found = judgement(Rule(None, "datasets.filter(d, 'PII' in d.classifications)"), place, place.bound(held))
    assert (found.outcome, found.subjects, found.count) == (RuleOutcome.FAILED, ("2",), 1)
    both = Rule("datasets.size() == 1", "datasets.filter(d, d.id != '')")
    assert judgement(both, place, place.bound(held)).subjects == ("1", "2")


def test_an_expression_that_goes_over_too_much_is_an_error() -> None:
    held = snapshot(datasets=[dataset(str(number)) for number in range(200)])
    place = environment()
    found = judgement(Rule("datasets.all(a, datasets.all(b, b.id != '' && a.id != ''))"), place, place.bound(held))
    assert (found.outcome, found.reason) == (
        RuleOutcome.ERROR,
        "It goes over more than 10,000 items, one list within another included.",
    )


@pytest.mark.parametrize("field", ["values", "unknown"])
def test_a_snapshot_has_what_was_declared_and_nothing_else(field: str) -> None:
    root = Message("Root", "a root", (one("value", Kind.INT, "a value"), several("values", Kind.STRING, "values")))
    place = environment(root)
    assert place.bound({"value": 3, "values": ["a"]}) == {"value": 3, "values": ["a"]}
    with pytest.raises(Exception, match=r"no field|repeated"):
        place.bound({field: 1})


async def test_the_process_says_what_is_said_here() -> None:
    rules = [Rule("datasets.size() == 1"), Rule(None, "datasets"), Rule("1 / 0 == 1")]
    held = [snapshot(datasets=[dataset("1")]), snapshot()]
    place = environment()
    here = [[judgement(rule, place, place.bound(each)) for rule in rules] for each in held]
    assert await evaluated(rules, held) == here
    assert await checked([Rule("nothing"), Rule("true")]) == [
        [Problem("expression", 1, 1, "Undeclared reference to 'nothing'.")],
        [],
    ]


async def test_a_process_that_ends_by_itself_is_no_surprise(caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(20):
        assert await checked([Rule("true")]) == [[]]
    assert [record.message for record in caplog.records] == []


async def test_what_takes_too_long_is_ended_and_denies() -> None:
    held = snapshot(datasets=[dataset(str(number)) for number in range(4_800)])
    rules = [Rule("true"), *[Rule(COSTLY)] * 20, Rule("true")]
    patience, found = 1.5, [Judgement(RuleOutcome.ERROR)]
    while found[0].outcome is not RuleOutcome.PASSED and patience < 10:  # a busy machine takes a while to start it
        started = time.perf_counter()
        (found,) = await evaluated(rules, [held], patience=patience)
        assert time.perf_counter() - started < patience + 3.5
        patience *= 2
    assert [each.outcome for each in found] == [RuleOutcome.PASSED, *[RuleOutcome.ERROR] * 21]
    assert (found[0].reason, ENDED in {each.reason for each in found}, found[-1].reason) == (None, True, UNREACHED)


async def test_what_takes_too_long_to_check_is_refused() -> None:
    assert await checked([Rule("true")], patience=0.0) == [[CHECKING]]


@given(some.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_no_text_is_more_than_a_problem(text: str) -> None:
    for each in problems(Rule(text, text)):
        assert each["line"] >= 1
        assert each["column"] >= 1
        assert each["message"].endswith(".")
