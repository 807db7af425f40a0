"""How answers are compared."""

from typing import Any

import pytest

from tests.planner.comparison import Pairs, differences
from tests.planner.reference.pages import Cursor


def answer(code: str) -> dict[str, Any]:
    return {"data": {"node": None}, "errors": [{"message": "It failed.", "code": code, "path": ["node"]}]}


def test_the_same_refusal_is_no_difference() -> None:
    assert list(differences(answer("INVALID_INPUT"), answer("INVALID_INPUT"), Pairs())) == []


def test_a_fault_is_a_difference_even_when_the_reference_has_it_too() -> None:
    found = list(differences(answer("INTERNAL"), answer("INTERNAL"), Pairs()))
    assert found == ["errors.code: a fault, where the reference has one, too"]


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
        ({"a": 1}, {"a": 1.0}),
        ({"a": None}, {"a": 0}),
        ({"a": [1, 2]}, {"a": [1]}),
        ({"a": ["x", "x"]}, {"a": [Cursor("1"), Cursor("2")]}),
        ({"a": ["x", "y"]}, {"a": [Cursor("1"), Cursor("1")]}),
    ],
)
def test_order_types_nulls_lengths_and_cursors_count(ours: Any, theirs: Any) -> None:
    assert list(differences(ours, theirs, Pairs())) != []
