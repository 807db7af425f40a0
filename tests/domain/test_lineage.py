"""Lineage is asserted and retracted, and never closes a cycle, whoever writes at the same time."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.database.connection import Connection
from app.domain.lineage.recording import RecordLineage, record_lineage
from app.domain.lineage.retraction import RetractLineage, retract_lineage
from app.domain.writing import Writer, Written
from app.errors import Cycle, InvalidInput, NotFound
from tests.domain.registered import environment, events, version
from tests.domain.test_delivery import place
from tests.fixtures.registration import register
from tests.fixtures.snapshot import found, snapshot

EDGES = """
MATCH (a)-[r:USED|GENERATED_BY|DERIVED_FROM|DEPENDS_ON]->(b)
WITH a, r, b ORDER BY r.recordedAt, r.id
RETURN collect(r {.*, type: type(r), from: a.id, to: b.id}) AS found
"""
LADDERS = """
UNWIND range(1, 100) AS round
CALL (round) {
  UNWIND ['a', 'b', 'c', 'd'] AS name
  CREATE (v:ModelVersion:Entity {id: name + toString(round), modelId: name, number: round, isStub: false})
  RETURN collect(v) AS vs
}
WITH vs[0] AS a, vs[1] AS b, vs[2] AS c, vs[3] AS d, toString(round) AS round, datetime.realtime() AS at
CREATE (b)-[:DERIVED_FROM {id: 'ba' + round, kind: 'OTHER', validFrom: at, recordedAt: at}]->(a)
CREATE (d)-[:DERIVED_FROM {id: 'dc' + round, kind: 'OTHER', validFrom: at, recordedAt: at}]->(c)
RETURN collect([a.id, b.id, c.id, d.id]) AS found
"""
EPOCH = "OPTIONAL MATCH (l:Lock {name: 'lineage'}) RETURN coalesce(l.epoch, 0) AS found"


async def edges(writer: Writer) -> list[dict[str, Any]]:
    return list(await found(writer.connection, EDGES))


async def record(writer: Writer, later: str, earlier: str, **fields: Any) -> Written:
    said = {"kind": "DERIVED_FROM", "derivation": "FINE_TUNE"} if "kind" not in fields else {}
    command = {"source": {"id": later}, "target": {"id": earlier}, **said, **fields}
    return await record_lineage(writer, RecordLineage.model_validate(command))


async def retract(writer: Writer, edge: str, **fields: Any) -> Written:
    command = RetractLineage.model_validate({"edgeId": edge, "reason": "wrong shard list", **fields})
    return await retract_lineage(writer, command)


async def test_an_asserted_edge_says_who_when_and_how(writer: Writer) -> None:
    a, b = await version(writer), await version(writer)
    since = datetime(2025, 3, 3, 12, tzinfo=UTC)
    written = await record(writer, b, a, weight=0.25, detail={"layers": [1, 2]}, validFrom=since, reason="found it")
    (edge,) = await edges(writer)
    assert written.created
    assert (edge["id"], edge["type"], edge["from"], edge["to"]) == (written.id, "DERIVED_FROM", b, a)
    assert (edge["kind"], edge["weight"], edge["detail"]) == ("FINE_TUNE", 0.25, '{"layers":[1,2]}')
    assert edge["validFrom"] == since
    assert edge["recordedAt"] > since
    assert edge["assertedById"] == writer.caller.actor_id
    (said,) = await events(writer, "lineage.record")
    assert (said["subjectId"], said["subjectType"], said["reason"]) == (b, "ModelVersion", "found it")
    assert await found(writer.connection, EPOCH) == 1


async def test_what_is_asserted_already_stays_as_it_is(writer: Writer) -> None:
    a, b = await version(writer), await version(writer)
    first = await record(writer, b, a)
    again = await record(writer, b, a, weight=0.5)
    assert (again.id, again.created) == (first.id, False)
    assert len(await edges(writer)) == 1
    assert len(await events(writer, "lineage.record")) == 1
    assert (await record(writer, b, a, derivation="MERGE")).created


async def test_the_same_assertion_of_many_is_written_once(writer: Writer) -> None:
    a, b = await version(writer), await version(writer)
    ids = {(await each).id for each in asyncio.as_completed([record(writer, b, a) for _ in range(16)])}
    assert len(ids) == len(await edges(writer)) == 1


async def test_an_adapter_needs_its_base_and_loses_it_with_the_edge(writer: Writer) -> None:
    base, right, adapter = await version(writer), await version(writer), await version(writer)
    written = await record(writer, adapter, base, derivation="ADAPTER")
    assert [each["type"] for each in await edges(writer)] == ["DERIVED_FROM", "DEPENDS_ON"]
    await retract(writer, written.id, replaceWith={"id": right})
    found_edges = [(each["type"], each["to"], each.get("validTo") is None) for each in await edges(writer)]
    assert sorted(found_edges) == sorted(
        (kind, *end) for kind in ("DERIVED_FROM", "DEPENDS_ON") for end in ((base, False), (right, True))
    )


async def test_what_a_part_used_the_whole_used_too_and_both_are_retracted(writer: Writer) -> None:
    await register(writer, inputs=[{"role": "train", "dataset": {"record": {"dataset": "clicks", "version": "1"}}}])
    await register(writer, run={"new": {"name": "whole"}})
    whole = await found(writer.connection, "MATCH (r:Run {name: 'whole'}) RETURN r.id AS found")
    await register(writer, run={"new": {"name": "part", "parent": {"id": whole}}})
    part = await found(writer.connection, "MATCH (r:Run {name: 'part'}) RETURN r.id AS found")
    dataset = await found(writer.connection, "MATCH (d:DatasetVersion) RETURN d.id AS found")
    written = await record(writer, part, dataset, kind="USED", role="test")
    used = [each for each in await edges(writer) if each.get("role") == "test"]
    assert {(each["from"], each.get("via")) for each in used} == {(part, None), (whole, part)}
    derived = next(each["id"] for each in used if "via" in each)
    before = await snapshot(writer.connection)
    with pytest.raises(InvalidInput, match="retract that"):
        await retract(writer, derived)
    assert await snapshot(writer.connection) == before
    await retract(writer, written.id)
    assert all("validTo" in each for each in await edges(writer) if each.get("role") == "test")


async def test_a_retracted_edge_stays_and_another_takes_its_place_at_the_same_instant(writer: Writer) -> None:
    a, right, b = await version(writer), await version(writer), await version(writer)
    written = await record(writer, b, a, weight=0.5, detail={"rank": 8})
    assert (await retract(writer, written.id, replaceWith={"id": right})).id == written.id
    old, new = await edges(writer)
    assert (old["id"], old["to"], old["retractionReason"]) == (written.id, a, "wrong shard list")
    assert (new["to"], new["kind"], new["weight"], new["detail"]) == (right, "FINE_TUNE", 0.5, '{"rank":8}')
    assert old["validFrom"] < old["validTo"] == new["validFrom"]
    (said,) = await events(writer, "lineage.retract")
    assert (said["subjectId"], said["reason"]) == (b, "wrong shard list")
    assert await found(writer.connection, EPOCH) == 2
    assert (await record(writer, b, a)).id != written.id


async def test_the_refusal_of_a_cycle_names_its_path(writer: Writer) -> None:
    a, b, c = [await version(writer) for _ in range(3)]
    await record(writer, b, a)
    closing = await record(writer, c, b)
    before = await snapshot(writer.connection)
    with pytest.raises(Cycle) as refused:
        await record(writer, a, c)
    labels = ["churn/1", "churn/3", "churn/2", "churn/1"]
    assert refused.value.details == {"nodes": [a, c, b, a], "labels": labels, "andHidden": False}
    assert "churn/1 -> churn/3 -> churn/2 -> churn/1" in refused.value.message
    assert await snapshot(writer.connection) == before
    await retract(writer, closing.id)
    assert (await record(writer, a, c)).created


async def test_a_replacement_cannot_close_a_cycle(writer: Writer) -> None:
    a, b, c = [await version(writer) for _ in range(3)]
    wrong = await record(writer, a, b)
    await record(writer, c, a)
    before = await snapshot(writer.connection)
    with pytest.raises(Cycle):
        await retract(writer, wrong.id, replaceWith={"id": c})
    assert await snapshot(writer.connection) == before


@pytest.mark.parametrize(
    ("fields", "error", "path"),
    [
        ({"source": {"id": "nobody"}}, NotFound, ("source", "id")),
        ({"target": {"id": "nobody"}}, NotFound, ("target", "id")),
        ({"kind": "USED", "role": "train"}, InvalidInput, ("source",)),
        ({"kind": "GENERATED_BY"}, InvalidInput, ("target",)),
        ({"kind": "USED"}, InvalidInput, ("role",)),
        ({"kind": "DEPENDS_ON"}, InvalidInput, ("dependency",)),
        ({"kind": "DEPENDS_ON", "dependency": "base", "weight": 1}, InvalidInput, ("weight",)),
        ({"role": "train"}, InvalidInput, ("role",)),
        ({"validFrom": datetime.now(UTC) + timedelta(days=1)}, InvalidInput, ("validFrom",)),
    ],
)
async def test_an_assertion_that_is_refused_changes_nothing(
    writer: Writer, fields: dict[str, Any], error: type[Exception], path: tuple[str, ...]
) -> None:
    a, b = await version(writer), await version(writer)
    before = await snapshot(writer.connection)
    with pytest.raises(error) as refused:
        await record(writer, b, a, **fields)
    assert getattr(refused.value, "path", None) == path
    with pytest.raises(Cycle):
        await record(writer, a, a)
    assert await snapshot(writer.connection) == before


async def test_a_retraction_that_is_refused_changes_nothing(writer: Writer) -> None:
    await environment(writer)
    a, b = await version(writer), await version(writer)
    edge, deployment = (await record(writer, b, a)).id, await place(writer, a)
    served = await found(writer.connection, "MATCH ()-[r:SERVES]->() RETURN r.id AS found")
    before = await snapshot(writer.connection)
    refusals: list[tuple[str, dict[str, Any], type[Exception]]] = [
        ("nothing", {}, NotFound),
        (served, {}, NotFound),
        (edge, {"replaceWith": {"id": "nobody"}}, NotFound),
        (edge, {"replaceWith": {"id": deployment}}, InvalidInput),
        (edge, {"replaceWith": {"id": a}}, InvalidInput),
        (edge, {"replaceWith": {"id": b}}, Cycle),
    ]
    for id, fields, error in refusals:
        with pytest.raises(error):
            await retract(writer, id, **fields)
    assert await snapshot(writer.connection) == before
    await retract(writer, edge)
    before = await snapshot(writer.connection)
    with pytest.raises(InvalidInput, match="retracted before"):
        await retract(writer, edge)
    assert await snapshot(writer.connection) == before


@dataclass(frozen=True)
class Gated(Connection):
    """A connection whose first write waits until the other writer has read, too."""

    gate: asyncio.Barrier = field(default_factory=lambda: asyncio.Barrier(1))
    passed: list[bool] = field(default_factory=list)

    async def write(self, work: Any, text: str | None = None) -> Any:
        if not self.passed:
            self.passed.append(True)
            await self.gate.wait()
        return await super().write(work, text)


def gated(writer: Writer, gate: asyncio.Barrier) -> Writer:
    known = writer.connection
    return replace(writer, connection=Gated(known.driver, read_timeout=30, write_timeout=30, gate=gate))


async def ladders(writer: Writer) -> list[list[str]]:
    records, _, _ = await writer.connection.driver.execute_query(LADDERS)
    return list(records[0]["found"])


async def test_two_racing_writers_never_close_a_cycle_together(writer: Writer) -> None:
    """Neither edge closes a cycle alone, and they share no node: d -> c and b -> a stand, c -> b and a -> d race."""
    for a, b, c, d in await ladders(writer):
        gate = asyncio.Barrier(2)
        racing = (record(gated(writer, gate), c, b), record(gated(writer, gate), a, d))
        outcomes = await asyncio.gather(*racing, return_exceptions=True)
        assert sorted(type(each).__name__ for each in outcomes) == ["Cycle", "Written"]
    loops = "MATCH (v:ModelVersion)-[:DERIVED_FROM]->{1,4}(v) RETURN count(*) AS found"
    assert await found(writer.connection, loops) == 0
    assert len(await edges(writer)) == 300
