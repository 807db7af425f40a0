"""Which obligations an asset inherits: examples, and what holds of any graph."""

from collections.abc import Mapping

from hypothesis import given, strategies

from app.domain.licensing.expressions import rank
from app.domain.licensing.inheritance import (
    Asset,
    Obligation,
    Subject,
    Waiver,
    most_restrictive,
    obligations,
    standing,
)
from app.domain.lineage.search import Step
from app.domain.vocabulary import LicenseObligationKind

ATTRIBUTION, NON_COMMERCIAL = LicenseObligationKind.ATTRIBUTION, LicenseObligationKind.NON_COMMERCIAL
SHARE_ALIKE, UNKNOWN = LicenseObligationKind.SHARE_ALIKE, LicenseObligationKind.UNKNOWN
NAMES = "abcdef"
LICENSES = (None, "MIT", "CC BY-NC 4.0", "CC BY-SA 4.0", "AGPL-3.0-only", "MPL-2.0", "Apple", "MIT OR GPL-3.0-only")
ASSETS = strategies.fixed_dictionaries({name: strategies.sampled_from(LICENSES) for name in NAMES})
STEPS = strategies.lists(strategies.tuples(strategies.sampled_from(NAMES), strategies.sampled_from(NAMES)), max_size=12)
WAIVERS = strategies.lists(
    strategies.tuples(
        strategies.sampled_from(NAMES),
        strategies.frozensets(strategies.sampled_from(LicenseObligationKind), min_size=1),
        strategies.sampled_from([None, "a", "model", "other"]),
    ),
    max_size=4,
)


def inherited(
    licenses: Mapping[str, str | None], pairs: list[tuple[str, str]], *waivers: Waiver
) -> tuple[Obligation, ...]:
    """The obligations of `a`, a version of `model`."""
    assets = {name: Asset(name, declared) for name, declared in licenses.items()}
    steps = [Step(f"e{i:02}", source, target) for i, (source, target) in enumerate(pairs)]
    return obligations(Subject(assets["a"], frozenset({"a", "model"})), assets.values(), steps, waivers)


def said(found: tuple[Obligation, ...]) -> dict[str, list[str]]:
    return {each.kind.value: [source.asset.id for source in each.sources] for each in found}


def test_an_obligation_names_all_that_ask_for_it_the_nearest_first() -> None:
    licenses = {"a": "MIT", "b": None, "c": "CC BY-NC 4.0", "d": "Apple", "e": "CC BY-NC 4.0", "f": "GPL"}
    found = inherited(licenses, [("a", "b"), ("b", "c"), ("a", "e"), ("c", "d"), ("d", "a")])
    assert said(found) == {
        "UNKNOWN": ["b", "d"],
        "NON_COMMERCIAL": ["e", "c"],
        "ATTRIBUTION": ["a", "e", "c"],
    }
    assert [step.edge for step in found[1].sources[1].path] == ["e00", "e01"]
    assert [source.reason for source in found[0].sources] == ["NOT_DECLARED", "NOT_RECOGNIZED"]
    assert most_restrictive(found) is UNKNOWN


def test_that_the_asset_itself_declares_nothing_is_no_obligation_but_what_nobody_recognizes_is() -> None:
    assert said(inherited({"a": None}, [])) == {}
    assert said(inherited({"a": "Apple"}, [])) == {"UNKNOWN": ["a"]}
    assert most_restrictive(()) is None


def test_what_was_recognized_when_it_was_declared_is_used_where_the_words_are_not_there() -> None:
    asset = Asset("a", None, "CC-BY-4.0")
    assert said(obligations(Subject(asset, frozenset("a")), [asset], [])) == {"ATTRIBUTION": ["a"]}


def test_a_waiver_holds_for_the_version_or_its_model_or_whatever_came_from_it_and_for_its_kinds_alone() -> None:
    licenses, pairs = {"a": "MIT", "b": "CC BY-NC 4.0"}, [("a", "b")]
    for waived_for in ("a", "model", None):
        waiver = Waiver("w", "b", frozenset({NON_COMMERCIAL}), waived_for)
        found = inherited(licenses, pairs, waiver)
        assert [(each.kind.value, each.is_waived) for each in found] == [
            ("NON_COMMERCIAL", True),
            ("ATTRIBUTION", False),
        ]
        assert found[0].sources[0].waiver == waiver
        assert (most_restrictive(found), standing(found, NON_COMMERCIAL)) == (ATTRIBUTION, ())
    other = Waiver("w", "b", frozenset({NON_COMMERCIAL}), "other")
    assert most_restrictive(inherited(licenses, pairs, other)) is NON_COMMERCIAL


def test_an_obligation_that_is_waived_for_one_source_still_holds_for_another() -> None:
    waiver = Waiver("w", "b", frozenset({NON_COMMERCIAL}))
    licenses = {"a": None, "b": "CC BY-NC 4.0", "c": "CC BY-NC-SA 4.0"}
    found = inherited(licenses, [("a", "b"), ("a", "c")], waiver)
    assert found[0].is_waived is False
    assert [source.asset.id for source in standing(found, NON_COMMERCIAL)] == ["c"]


def test_the_widest_scope_wins_that_is_not_waived() -> None:
    licenses, pairs = {"a": None, "b": "MPL-2.0", "c": "AGPL-3.0-only"}, [("a", "b"), ("a", "c")]
    assert inherited(licenses, pairs)[0].scope == "NETWORK"
    waived = inherited(licenses, pairs, Waiver("w", "c", frozenset({SHARE_ALIKE})))
    assert (waived[0].kind, waived[0].scope) == (SHARE_ALIKE, "PART")
    both = (Waiver(id, id, frozenset({SHARE_ALIKE})) for id in "bc")
    assert inherited(licenses, pairs, *both)[0].scope == "NETWORK"


@given(ASSETS, STEPS, WAIVERS, strategies.sampled_from(LICENSES), strategies.sampled_from(NAMES))
def test_another_ancestor_never_takes_an_obligation_away(
    licenses: dict[str, str | None],
    pairs: list[tuple[str, str]],
    waived: list[tuple[str, frozenset[LicenseObligationKind], str | None]],
    license: str | None,
    child: str,
) -> None:
    waivers = [Waiver(f"w{i}", *each) for i, each in enumerate(waived)]
    before = inherited(licenses, pairs, *waivers)
    after = inherited({**licenses, "z": license}, [*pairs, (child, "z")], *waivers)
    assert {(kind, id) for kind, ids in said(before).items() for id in ids} <= {
        (kind, id) for kind, ids in said(after).items() for id in ids
    }
    assert level(before) <= level(after)


@given(ASSETS, STEPS, WAIVERS)
def test_the_most_restrictive_is_the_first_that_is_not_waived_and_a_waiver_adds_nothing(
    licenses: dict[str, str | None],
    pairs: list[tuple[str, str]],
    waived: list[tuple[str, frozenset[LicenseObligationKind], str | None]],
) -> None:
    waivers = [Waiver(f"w{i}", *each) for i, each in enumerate(waived)]
    found = inherited(licenses, pairs, *waivers)
    assert [rank(each.kind) for each in found] == sorted({rank(each.kind) for each in found}, reverse=True)
    held = [rank(each.kind) for each in found if any(source.waiver is None for source in each.sources)]
    assert level(found) == max(held, default=-1)
    assert said(found) == said(inherited(licenses, pairs))
    assert level(found) <= level(inherited(licenses, pairs))


@given(ASSETS, STEPS)
def test_each_path_leads_from_the_asset_to_the_license_along_the_edges(
    licenses: dict[str, str | None], pairs: list[tuple[str, str]]
) -> None:
    for each in inherited(licenses, pairs):
        for source in each.sources:
            ends = ["a", *(step.target for step in source.path)]
            assert [step.source for step in source.path] == ends[:-1]
            assert ends[-1] == source.asset.id
            assert all((step.source, step.target) in pairs for step in source.path)
            assert len(set(ends)) == len(ends)


def level(found: tuple[Obligation, ...]) -> int:
    most = most_restrictive(found)
    return -1 if most is None else rank(most)
