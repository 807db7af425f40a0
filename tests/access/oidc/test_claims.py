"""What is read from claims: values, patterns, names."""

from typing import Any

import pytest

from app.access.oidc.claims import claim, filled, fit, text, texts

GITHUB: dict[str, Any] = {
    "sub": "repo:acme/churn:ref:refs/heads/main",
    "repository": "acme/churn",
    "ref": "refs/heads/main",
    "run_attempt": 2,
    "ref_protected": "true",
}
KUBERNETES: dict[str, Any] = {
    "sub": "system:serviceaccount:ml:trainer",
    "kubernetes.io": {"namespace": "ml", "serviceaccount": {"name": "trainer", "uid": "1"}},
    "https://example.org/groups": ["a", "b"],
    "verified": True,
}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("sub", "system:serviceaccount:ml:trainer"),
        ("kubernetes.io/namespace", "ml"),
        ("kubernetes.io/serviceaccount/name", "trainer"),
        ("https://example.org/groups", ["a", "b"]),
        ("kubernetes.io/nothing", None),
        ("sub/namespace", None),
        ("nothing", None),
        ("kubernetes.io/", None),
    ],
)
def test_a_claim_is_found_by_its_name_or_by_the_way_to_it(name: str, value: object) -> None:
    assert claim(KUBERNETES, name) == value


def test_a_text_is_no_number_list_or_nothing() -> None:
    assert [text({"a": value}, "a") for value in ("x", "", 1, ["x"], None)] == ["x", None, None, None, None]


def test_values_are_compared_as_text() -> None:
    assert list(texts(["a", 1, True, False, ["deep"], {"a": 1}, None, 1.5])) == ["a", "1", "true", "false"]


@pytest.mark.parametrize(
    ("when", "fits"),
    [
        ({"repository": "acme/churn"}, True),
        ({"repository": "acme/chur"}, False),
        ({"repository": "acme/churn2"}, False),
        ({"repository": "acme/*", "ref": "refs/heads/main"}, True),
        ({"repository": "acme/*", "ref": "refs/heads/other"}, False),
        ({"repository": "*"}, False),
        ({"repository": "**"}, True),
        ({"repository": "acme/."}, False),
        ({"repository": "acme/....."}, False),
        ({"repository": ["other/x", "acme/churn"]}, True),
        ({"sub": "repo:acme/*:ref:refs/heads/main"}, True),
        ({"sub": "repo:*:ref:refs/heads/main"}, False),
        ({"sub": "repo:acme/**"}, True),
        ({"run_attempt": "2"}, True),
        ({"ref_protected": "true"}, True),
        ({"environment": "**"}, False),
    ],
)
def test_claims_fit_when_each_that_is_named_fits(when: dict[str, Any], fits: bool) -> None:
    assert fit(GITHUB, when) is fits


def test_one_of_a_list_is_enough_and_true_is_a_word() -> None:
    assert fit(KUBERNETES, {"https://example.org/groups": "b", "verified": "true"})
    assert not fit(KUBERNETES, {"https://example.org/groups": "c"})


@pytest.mark.parametrize(
    ("template", "name"),
    [
        ("ci-churn", "ci-churn"),
        ("ci/{repository}", "ci/acme/churn"),
        ("{ref}@{repository}", "refs/heads/main@acme/churn"),
        ("ci/{environment}", None),
        ("ci/{run_attempt}", None),
    ],
)
def test_a_name_is_filled_with_claims_that_are_texts(template: str, name: str | None) -> None:
    assert filled(template, GITHUB) == name


def test_a_claim_fills_its_place_and_nothing_else() -> None:
    assert filled("{a}", {"a": r"{b}\1", "b": "x"}) == r"{b}\1"
