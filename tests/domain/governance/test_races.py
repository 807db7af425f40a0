"""A version is placed while a recall is opened: whichever comes first, what is found afterwards is consistent."""

import asyncio
from typing import Any

import pytest

from app.domain.delivery.placement import PlaceDeployment, place_deployment
from app.domain.governance.recalls import LiftRecall, OpenRecall, lift_recall, open_recall
from app.domain.lineage.recording import RecordLineage, record_lineage
from app.domain.writing import Writer, Written
from app.errors import Blocked
from tests.domain.registered import environment, version
from tests.fixtures.halting import halted
from tests.fixtures.snapshot import found

ROUNDS = 50
CHURN = {"number": {"model": "churn", "number": 1}}
LATE = """MATCH (d:Deployment), (r:Recall)
WHERE d.validFrom > r.createdAt AND (r.validTo IS NULL OR d.validFrom < r.validTo)
RETURN count(*) AS found"""


async def placed(writer: Writer, endpoint: str = "api") -> Written:
    said: dict[str, Any] = {"version": CHURN, "environment": {"name": "production"}, "endpoint": endpoint}
    return await place_deployment(writer, PlaceDeployment.model_validate(said))


async def recalled(writer: Writer) -> Written:
    said = {"targets": [{"modelVersion": CHURN}], "reason": "why", "severity": "HIGH"}
    return await open_recall(writer, OpenRecall.model_validate(said))


async def test_a_recall_between_the_decision_and_the_act_is_decided_anew(writer: Writer) -> None:
    await version(writer)
    await environment(writer)
    waiting, gate = halted(writer)
    placing = asyncio.create_task(placed(waiting))
    await gate.arrived.wait()
    await recalled(writer)
    gate.go.set()
    with pytest.raises(Blocked):
        await placing
    assert await found(writer.connection, "MATCH (d:Deployment) RETURN count(d) AS found") == 0


async def test_a_lifting_between_a_decision_and_the_act_does_not_stand_in_the_way(writer: Writer) -> None:
    await version(writer)
    await version(writer, "other")
    await environment(writer)
    said = {
        "targets": [{"modelVersion": {"number": {"model": "other", "number": 1}}}],
        "reason": "w",
        "severity": "LOW",
    }
    id = (await open_recall(writer, OpenRecall.model_validate(said))).id
    waiting, gate = halted(writer)
    placing = asyncio.create_task(placed(waiting))
    await gate.arrived.wait()
    await lift_recall(writer, LiftRecall.model_validate({"recall": {"id": id}, "reason": "it was a mistake"}))
    gate.go.set()
    assert (await placing).created


async def test_at_random_no_version_is_placed_under_a_recall_that_stands(writer: Writer) -> None:
    await version(writer)
    await environment(writer)
    for number in range(ROUNDS):
        results = await asyncio.gather(
            *(placed(writer, f"api-{number}-{each}") for each in range(3)), recalled(writer), return_exceptions=True
        )
        recall = results[-1]
        assert isinstance(recall, Written)
        assert [type(each) for each in results[:-1] if not isinstance(each, Written | Blocked)] == []
        with pytest.raises(Blocked):
            await placed(writer)
        await lift_recall(writer, LiftRecall.model_validate({"recall": {"id": recall.id}, "reason": "the next round"}))
    assert await found(writer.connection, LATE) == 0


async def test_lineage_that_is_recorded_between_the_decision_and_the_act_is_decided_anew(writer: Writer) -> None:
    await version(writer)
    await environment(writer)
    other = await version(writer, "other")
    said = {"targets": [{"id": other}], "reason": "why", "severity": "HIGH"}
    await open_recall(writer, OpenRecall.model_validate(said))
    waiting, gate = halted(writer)
    placing = asyncio.create_task(placed(waiting))
    await gate.arrived.wait()
    edge = {"source": {"modelVersion": CHURN}, "target": {"id": other}, "kind": "DERIVED_FROM", "derivation": "MERGE"}
    await record_lineage(writer, RecordLineage.model_validate(edge))
    gate.go.set()
    with pytest.raises(Blocked):
        await placing
