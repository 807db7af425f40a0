"""Each policy of the library passes and fails on a real graph, and shows the way to what is in the way."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.domain.governance.expressions.process import checked
from app.domain.governance.judgement import Demand, PolicyResult, judge
from app.domain.governance.library import library
from app.domain.governance.policies import DraftPolicy
from app.domain.governance.rules import digest, evaluable, kept
from app.domain.governance.snapshot_reading import read_snapshot
from app.domain.permission.sight import Sight
from app.domain.vocabulary import PolicyMode
from app.domain.writing import Writer
from tests.domain.governance.story import data, measure, place, trained, use
from tests.domain.registered import environment, version
from tests.domain.test_lineage import record
from tests.fixtures.snapshot import found

REFERENCE = {"version": {"dataset": "reference", "version": "1"}}
GOOD = [{"on": REFERENCE, "metrics": [{"name": "auc", "value": 0.93}]}]


def demand(name: str, mode: str | None = None) -> Demand:
    command = DraftPolicy.model_validate({**library()[name], **({"mode": mode} if mode else {})})
    rules = kept(command.rules)
    return Demand(command.mode, rules, digest=digest(name, command.mode, rules), policy=name)


async def held(writer: Writer, id: str, name: str, sight: Sight | None = None, mode: str | None = None) -> PolicyResult:
    """What comes of a policy for a version in production."""
    place_id = await found(writer.connection, "MATCH (e:Environment {name: 'production'}) RETURN e.id AS found")
    snapshot = await read_snapshot(writer.connection, id, place_id, sight=sight or Sight())
    (verdict,) = await judge([demand(name, mode)], [snapshot])
    (result,) = verdict.policies
    assert verdict.allowed is not result.denies
    return result


def unmet(result: PolicyResult) -> list[str]:
    return [each.rule["name"] for each in result.rules if not each.passed]


def ways(result: PolicyResult) -> list[list[str]]:
    """The ways to what is in the way: the kinds of their edges."""
    found_: Sequence[Any] = [rule.ways for rule in result.rules]
    return [[edge["kind"] for edge in way] for each in found_ for way in each.values()]


@pytest.fixture
async def registry(writer: Writer) -> Writer:
    """Production, customers, and a snapshot of the reference data."""
    await environment(writer)
    await data(writer, "customers")
    await data(writer, "reference")
    return writer


async def test_the_library_holds_together() -> None:
    assert sorted(library()) == [
        "base-model",
        "clean-commit",
        "four-eyes",
        "fresh-evaluation",
        "licenses",
        "nothing-open",
        "personal-data",
        "quality",
    ]
    for name, document in library().items():
        command = DraftPolicy.model_validate(document)
        assert command.name == name
        assert await checked(evaluable(kept(command.rules))) == [[] for _ in command.rules]


async def test_quality(registry: Writer) -> None:
    writer = registry
    champion = await trained(writer, evaluations=GOOD)
    assert unmet(await held(writer, champion, "quality")) == []
    await place(writer, champion)
    worse = await trained(writer, evaluations=[{"on": REFERENCE, "metrics": [{"name": "auc", "value": 0.924}]}])
    near = await trained(writer, evaluations=[{"on": REFERENCE, "metrics": [{"name": "auc", "value": 0.926}]}])
    never = await trained(writer, evaluations=[])
    await data(writer, "reference", "2")
    other = {"version": {"dataset": "reference", "version": "2"}}
    elsewhere = await trained(writer, evaluations=[{"on": other, "metrics": [{"name": "auc", "value": 0.99}]}])
    assert unmet(await held(writer, worse, "quality")) == ["not worse than the champion"]
    assert unmet(await held(writer, near, "quality")) == []
    assert unmet(await held(writer, never, "quality")) == ["good enough", "not worse than the champion"]
    assert unmet(await held(writer, elsewhere, "quality")) == ["not worse than the champion"]


async def test_personal_data(registry: Writer) -> None:
    writer = registry
    assert unmet(await held(writer, await trained(writer, evaluations=GOOD), "personal-data")) == []
    calls = await data(writer, "calls", classifications=["PII"])
    scores = await data(writer, "scores")
    await record(writer, scores, calls, derivation="FILTER")
    tainted = await trained(writer, inputs=(use("scores"),), evaluations=[])
    result = await held(writer, tainted, "personal-data")
    assert (unmet(result), result.denies) == (["no personal data"], True)
    assert result.rules[0].judgement.subjects == (calls,)
    assert ways(result) == [["GENERATED_BY", "USED", "DERIVED_FROM"]]
    warned = await held(writer, tainted, "personal-data", mode="WARN")
    assert (warned.passed, warned.denies, warned.demand.mode) == (False, False, PolicyMode.WARN)


async def test_licenses(registry: Writer) -> None:
    writer = registry
    assert unmet(await held(writer, await trained(writer, evaluations=[]), "licenses")) == []
    await data(writer, "scraped", license="CC BY-NC 4.0")
    await data(writer, "found", license=None)
    private = await trained(writer, inputs=(use("scraped"),), evaluations=[])
    unlicensed = await trained(writer, inputs=(use("found"),), evaluations=[])
    base = await version(writer, "base")
    tuned = await trained(writer, parents=[{"kind": "FINE_TUNE", "source": {"id": base}}], evaluations=[])
    assert unmet(await held(writer, private, "licenses")) == ["no license for private use alone"]
    assert unmet(await held(writer, unlicensed, "licenses")) == ["a license for everything"]
    result = await held(writer, tuned, "licenses")
    assert (unmet(result), ways(result)) == (["a license for everything"], [["DERIVED_FROM"]])


async def test_clean_commit(registry: Writer) -> None:
    writer = registry
    clean = await trained(writer, evaluations=[])
    dirty = await trained(writer, is_clean=False, evaluations=[])
    silent = await trained(writer, is_clean=None, evaluations=[])
    vendor = await version(writer, "vendor")
    assert unmet(await held(writer, clean, "clean-commit")) == []
    for each in (dirty, silent):
        result = await held(writer, each, "clean-commit")
        assert (unmet(result), ways(result)) == (["trained from a clean commit"], [["GENERATED_BY"]])
    result = await held(writer, vendor, "clean-commit")
    assert (unmet(result), ways(result)) == (["trained from a clean commit"], [])


async def test_fresh_evaluation(registry: Writer) -> None:
    writer = registry
    old = (datetime.now(UTC) - timedelta(days=31)).isoformat()
    fresh = await trained(writer, evaluations=GOOD)
    stale = await trained(writer, evaluations=[{**GOOD[0], "at": old}])
    cheat = await trained(writer, inputs=(use("reference"),), evaluations=GOOD)
    assert unmet(await held(writer, fresh, "fresh-evaluation")) == []
    assert unmet(await held(writer, stale, "fresh-evaluation")) == ["measured within 30 days"]
    result = await held(writer, cheat, "fresh-evaluation")
    assert unmet(result) == ["measured within 30 days", "not measured on training data"]
    assert ways(result) == [[]]
    await measure(writer, stale, on=REFERENCE, metrics=[{"name": "auc", "value": 0.9}])
    assert unmet(await held(writer, stale, "fresh-evaluation")) == []


async def test_an_ancestry_that_is_not_known_whole_denies_whatever_the_rules_say(registry: Writer) -> None:
    churn = await trained(registry, evaluations=[])
    hidden = await found(registry.connection, "MATCH (d:Dataset {name: 'customers'}) RETURN d.id AS found")
    result = await held(registry, churn, "clean-commit", Sight((hidden,)))
    assert (unmet(result), result.passed, result.denies) == ([], False, True)
