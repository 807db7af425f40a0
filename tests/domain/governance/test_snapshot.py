"""What a policy sees of a version, read from a real graph, and the digest of its ancestry."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.database.connection import sent
from app.domain.governance.ancestry import Ancestry
from app.domain.governance.ancestry_reading import read_ancestry
from app.domain.governance.expressions.environment import environment as expressions
from app.domain.governance.snapshot import Snapshot
from app.domain.governance.snapshot_reading import read_snapshot
from app.domain.labelling import SetTags, set_tags
from app.domain.lineage.retraction import RetractLineage, retract_lineage
from app.domain.permission.sight import Sight
from app.domain.registry.upkeep import RenameRegisteredModel, rename_registered_model
from app.domain.writing import Writer
from tests.domain.governance.story import data, measure, place, point, trained, use
from tests.domain.registered import environment, version
from tests.domain.test_lineage import record
from tests.fixtures.snapshot import found

NOW = "RETURN datetime.realtime() AS found"
EDGE = "MATCH ({id: $source})-[r]->({id: $target}) RETURN r.id AS found"
CHAIN = """
MATCH (start:Entity {id: $start})
WITH start, datetime.realtime() AS at
UNWIND range(1, $length) AS number
CREATE (v:ModelVersion:Entity {id: start.id + toString(number), modelId: start.modelId, number: 1000 + number,
  isStub: false, createdAt: at})
"""
LINKS = """
UNWIND range(1, $length) AS number
MATCH (later:Entity {id: $start + CASE number WHEN 1 THEN '' ELSE toString(number - 1) END})
MATCH (earlier:Entity {id: $start + toString(number)})
WITH *, datetime.realtime() AS at
CREATE (later)-[:DERIVED_FROM {id: 'e' + toString(number), kind: 'OTHER', validFrom: at, recordedAt: at}]->(earlier)
"""


async def seen(writer: Writer, id: str, place_id: str, **options: Any) -> Snapshot:
    """A snapshot, which is as it was declared, or binding it would raise."""
    snapshot = await read_snapshot(writer.connection, id, place_id, **options)
    expressions().bound(snapshot.values)
    return snapshot


async def instant(writer: Writer) -> datetime:
    return await found(writer.connection, NOW)  # type: ignore[no-any-return]


async def test_a_policy_sees_what_a_version_is_and_all_it_came_from(writer: Writer) -> None:
    production = await environment(writer)
    raw = await data(writer, "raw", license="CC BY-NC 4.0", classifications=["PII"])
    customers = await data(writer, "customers")
    reference = await data(writer, "churn-ref", "2026-10")
    await record(writer, customers, raw, derivation="FILTER")
    base = await version(writer, "base", license="MIT")
    await place(writer, base, "base")
    churn = await trained(writer, parents=[{"kind": "FINE_TUNE", "source": {"id": base}}], aliases=["candidate"])

    values = (await seen(writer, churn, production)).values

    shown = values["version"]
    assert (shown["label"], shown["license"], shown["state"]) == ("churn/1", "Apache-2.0", "ACTIVE")
    assert (shown["aliases"], shown["deployedIn"]) == (["candidate"], [])
    assert values["environment"] == {"id": production, "name": "production", "position": 3, "isProtected": False}
    depths = [each["depth"] for each in values["ancestors"]]
    assert depths == [1, 1, 2, 2, 3]
    assert {each["type"] for each in values["ancestors"][:2]} == {"ModelVersion", "Run"}
    assert {each["id"]: each["depth"] for each in values["datasets"]} == {customers: 2, raw: 3}
    assert [(each["license"], each["classifications"]) for each in values["datasets"] if each["id"] == raw] == [
        ("CC-BY-NC-4.0", ["PII"])
    ]
    assert [each["roles"] for each in values["datasets"] if each["id"] == customers] == [["train"]]
    (model,) = values["models"]
    assert (model["label"], model["deployedIn"], model["derivations"]) == ("base/1", ["production"], ["FINE_TUNE"])
    (run,) = values["runs"]
    (commit,) = values["commits"]
    assert (run["isCommitClean"], run["isOwn"], run["commits"]) == (True, True, [commit["id"]])
    assert (commit["isClean"], commit["repository"]) == (True, "https://github.com/org/churn")
    (metric,) = values["metrics"]
    assert (metric["name"], metric["value"], metric["on"]) == ("auc", 0.93, "churn-ref@2026-10")
    assert (metric["dataset"], metric["isOnTrainingData"], metric["isLatest"]) == ("churn-ref", False, True)
    assert reference not in {each["id"] for each in values["ancestors"]}
    assert values["complete"] is True


async def test_of_the_figures_the_latest_count(writer: Writer) -> None:
    production = await environment(writer)
    await data(writer, "customers")
    await data(writer, "churn-ref", "2026-10")
    other = await data(writer, "churn-ref", "2026-11")
    churn = await trained(writer, auc=0.7)
    await measure(writer, churn, metrics=[{"name": "auc", "value": 0.9}])
    await measure(writer, churn, slice="DE", metrics=[{"name": "auc", "value": 0.8}])
    await measure(writer, churn, on={"id": other}, metrics=[{"name": "auc", "value": "NaN"}])
    values = (await seen(writer, churn, production)).values
    assert [(each["on"], each["slice"], each["value"], each["isLatest"]) for each in values["metrics"]] == [
        ("churn-ref@2026-10", "DE", 0.8, True),
        ("churn-ref@2026-10", None, 0.9, False),
        ("churn-ref@2026-11", None, "NaN", True),
    ]


async def test_what_a_version_was_measured_on_may_be_what_it_learned_from(writer: Writer) -> None:
    production = await environment(writer)
    await data(writer, "customers")
    reference = await data(writer, "churn-ref", "2026-10")
    churn = await trained(writer, inputs=(use("churn-ref", "2026-10", "validation"),))
    (metric,) = (await seen(writer, churn, production)).values["metrics"]
    assert metric["isOnTrainingData"] is True
    tested = await trained(writer, "tested", inputs=(use("churn-ref", "2026-10", "test"),))
    (metric,) = (await seen(writer, tested, production)).values["metrics"]
    assert metric["isOnTrainingData"] is False
    assert reference in {each["id"] for each in (await seen(writer, tested, production)).values["datasets"]}


async def test_champions_are_the_others_that_have_the_place(writer: Writer) -> None:
    production, staging = await environment(writer), await environment(writer, "staging", 2)
    await data(writer, "customers")
    await data(writer, "churn-ref", "2026-10")
    first, second, third = [await trained(writer, auc=auc) for auc in (0.9, 0.91, 0.92)]

    async def champions(id: str, place_id: str) -> list[Any]:
        shown = (await seen(writer, id, place_id)).values["champions"]
        return [(each["label"], *(metric["value"] for metric in each["metrics"])) for each in shown]

    assert await champions(third, production) == []
    await point(writer, "champion", second)
    assert await champions(third, production) == [("churn/2", 0.91)]
    await place(writer, first)
    assert await champions(third, production) == [("churn/1", 0.9)]
    assert await champions(third, staging) == [("churn/2", 0.91)]
    await place(writer, second, "other")
    assert await champions(third, production) == [("churn/1", 0.9), ("churn/2", 0.91)]
    assert await champions(second, production) == [("churn/1", 0.9)]


async def test_a_snapshot_is_of_its_instant(writer: Writer) -> None:
    production = await environment(writer)
    customers = await data(writer, "customers")
    await data(writer, "churn-ref", "2026-10")
    first, churn = await trained(writer, auc=0.9), await trained(writer, auc=0.8)
    await place(writer, first)
    before = await seen(writer, churn, production)
    then = await instant(writer)
    await place(writer, churn)
    await measure(writer, churn, metrics=[{"name": "auc", "value": 0.95}])
    await record(writer, customers, await data(writer, "raw"), derivation="FILTER")
    after = await seen(writer, churn, production)
    assert len(after.values["datasets"]) == 2
    assert after.values["version"]["deployedIn"] == ["production"]

    again = await seen(writer, churn, production, as_of=then)

    assert {**again.values, "at": None} == {**before.values, "at": None}
    assert again.ancestry.digest == before.ancestry.digest != after.ancestry.digest


@pytest.mark.parametrize(("length", "statements"), [(1, 6), (4, 7), (60, 10)])
async def test_few_statements_are_sent_whatever_the_size(writer: Writer, length: int, statements: int) -> None:
    production, churn = await environment(writer), await version(writer)
    for statement in (CHAIN, LINKS):
        await writer.connection.driver.execute_query(statement, length=length, start=churn)
    names: list[str] = []
    token = sent.set(names)
    snapshot = await seen(writer, churn, production)
    sent.reset(token)
    assert len(snapshot.values["models"]) == length
    assert len(names) == statements


async def test_what_must_not_be_seen_makes_it_incomplete(writer: Writer) -> None:
    production = await environment(writer)
    await data(writer, "customers")
    reference = await data(writer, "churn-ref", "2026-10")
    churn = await trained(writer)
    hidden = [
        await found(writer.connection, "MATCH (d:DatasetVersion {id: $id}) RETURN d.scope AS found", id=reference),
        await found(writer.connection, "MATCH (d:Dataset {name: 'customers'}) RETURN d.id AS found"),
    ]
    snapshot = await seen(writer, churn, production, sight=Sight(tuple(hidden)))
    assert (snapshot.complete, snapshot.values["complete"], snapshot.values["datasets"]) == (False, False, [])
    (metric,) = snapshot.values["metrics"]
    assert (metric["on"], metric["dataset"], metric["isOnTrainingData"]) == (None, None, None)


async def test_the_digest_of_an_ancestry_follows_the_ancestry_alone(writer: Writer) -> None:
    await environment(writer)
    customers, raw = await data(writer, "customers"), await data(writer, "raw")
    await data(writer, "churn-ref", "2026-10")
    churn = await trained(writer)

    async def digest() -> str:
        return (await read_ancestry(writer.connection, churn)).digest

    before = await digest()
    await measure(writer, churn, metrics=[{"name": "auc", "value": 0.95}])
    await place(writer, churn)
    await point(writer, "champion", churn)
    await set_tags(writer, SetTags.model_validate({"entity": {"id": customers}, "tags": [{"key": "a", "value": "b"}]}))
    await trained(writer)
    rename = {"model": {"name": "churn"}, "name": "attrition"}
    await rename_registered_model(writer, RenameRegisteredModel.model_validate(rename))
    assert await digest() == before

    edge = (await record(writer, customers, raw, derivation="FILTER")).id
    drawn = await digest()
    assert drawn != before
    await retract_lineage(writer, RetractLineage.model_validate({"edgeId": edge, "reason": "wrong"}))
    assert await digest() == before
    again = (await record(writer, customers, raw, derivation="FILTER")).id
    assert again != edge
    assert await digest() not in (before, drawn)


async def test_the_digest_follows_a_stub_that_is_described(writer: Writer) -> None:
    churn = await version(writer, parents=[{"kind": "FINE_TUNE", "source": {"asset": "base"}}], allowStubs=True)
    before = await read_ancestry(writer.connection, churn)
    await version(writer, "other")
    assert (await read_ancestry(writer.connection, churn)).digest == before.digest
    (node,) = before.nodes
    assert (node["isStub"], node["name"]) == (True, "base")
    complete = {**node, "isStub": False}
    assert Ancestry(before.start, [complete], before.edges).digest != before.digest


Edges = list[tuple[int, int]]


def drawn(edges: Edges, shuffled: Callable[[list[Any]], list[Any]] = list) -> Ancestry:
    nodes = [{"id": f"n{i}", "labels": ["Entity", "UnknownAsset"], "name": str(i), "isStub": False} for i in range(6)]
    told = [
        {
            "id": f"{source}-{target}",
            "kind": "DERIVED_FROM",
            "sourceId": f"n{source}",
            "targetId": f"n{target}",
            "role": None,
            "derivation": "OTHER",
            "dependency": None,
        }
        for source, target in edges
    ]
    start = {**nodes[0], "modelId": "m", "number": 1}
    return Ancestry(start, shuffled(nodes[1:]), shuffled(told))


pairs = some.lists(some.tuples(some.integers(0, 5), some.integers(0, 5)), unique=True, max_size=15)


@given(pairs, some.randoms())
def test_the_digest_does_not_depend_on_the_order_of_what_was_read(edges: Edges, random: Any) -> None:
    def shuffled(items: list[Any]) -> list[Any]:
        return random.sample(items, len(items))  # type: ignore[no-any-return]

    assert drawn(edges).digest == drawn(edges, shuffled).digest
    if edges:
        assert drawn(edges[1:]).digest != drawn(edges).digest


@given(pairs, some.integers(1, 5))
def test_a_way_leads_from_the_version_to_the_ancestor_and_is_the_shortest(edges: Edges, goal: int) -> None:
    way = drawn(edges).way(f"n{goal}")
    reach = {0: 0}
    for depth in range(1, 7):
        for source, target in edges:
            if reach.get(source) == depth - 1:
                reach.setdefault(target, depth)
    assert len(way) == reach.get(goal, 0)
    ends = ["n0", *(edge["targetId"] for edge in way)]
    assert [edge["sourceId"] for edge in way] == ends[:-1]
    assert ends[-1] == (f"n{goal}" if goal in reach else "n0")
