"""Deployments: one primary at an endpoint, whoever writes at the same time."""

import asyncio
from itertools import pairwise
from typing import Any

import pytest

from app.database.connection import Transaction
from app.database.queries import parse
from app.domain.delivery.ending import StopDeployment, stop_deployment
from app.domain.delivery.placement import PlaceDeployment, place_deployment
from app.domain.references import DeploymentRef
from app.domain.vocabulary import DeploymentStatus
from app.domain.writing import Writer
from app.errors import AlreadyExists, InvalidInput, NotFound
from tests.domain.registered import environment, events, version
from tests.fixtures.snapshot import found, snapshot

DEPLOYMENTS = """
MATCH (d:Deployment)-[:AT]->(e:Endpoint)-[:IN]->(environment:Environment)
MATCH (d)-[serves:SERVES]->(v:ModelVersion)
WITH d, e, environment, serves, v ORDER BY d.validFrom, d.id
RETURN collect(d {.*, endpoint: e.name, location: e.location, serves: serves {.*}, servedId: v.id,
  environmentName: environment.name}) AS found
"""

OPEN_UNDER_LOCK = parse(
    "test",
    """// What is open at the endpoint, for one who holds its lock.
MATCH (e:Endpoint {name: 'churn-api'})
SET e._lock = true
REMOVE e._lock
WITH e
MATCH (d:Deployment {endpointId: e.id, open: true})
RETURN count(d) AS found""",
)


async def place(writer: Writer, version_id: str, **fields: object) -> str:
    command = PlaceDeployment.model_validate(
        {"version": {"id": version_id}, "environment": {"name": "production"}, "endpoint": "churn-api", **fields}
    )
    return (await place_deployment(writer, command)).id


async def deployments(writer: Writer) -> list[dict[str, Any]]:
    return list(await found(writer.connection, DEPLOYMENTS))


async def test_a_version_is_placed_at_an_endpoint_that_its_first_use_makes(writer: Writer) -> None:
    environment_id, version_id = await environment(writer), await version(writer)
    id = await place(writer, version_id, location="eu-west-1", reason="first")
    (placed,) = await deployments(writer)
    assert placed["id"] == id
    assert placed["servedId"] == placed["versionId"] == version_id
    assert (placed["endpoint"], placed["location"], placed["environmentName"]) == (
        "churn-api",
        "eu-west-1",
        "production",
    )
    assert placed["environmentId"] == environment_id
    assert (placed["kind"], placed["role"], placed["status"]) == ("ONLINE", "PRIMARY", "ACTIVE")
    assert (placed["trafficPercent"], placed["mirrorPercent"], placed["open"]) == (100.0, 0.0, True)
    made = await events(writer, "deployment.place")
    assert sorted(each["subjectType"] for each in made) == ["Deployment", "Endpoint"]
    assert {each["reason"] for each in made} == {"first"}


async def test_a_new_primary_supersedes_the_old_one_at_the_same_instant(writer: Writer) -> None:
    await environment(writer)
    first = await place(writer, await version(writer))
    second = await place(writer, await version(writer))
    old, new = await deployments(writer)
    assert (old["id"], old["status"], new["id"], new["status"]) == (first, "SUPERSEDED", second, "ACTIVE")
    assert old["validTo"] == new["validFrom"] == old["serves"]["validTo"]
    assert "open" not in old
    assert "openKey" not in old
    assert old["revision"] == 2
    assert len(await events(writer, "deployment.place")) == 4


async def test_a_canary_stands_beside_the_primary_when_its_traffic_fits(writer: Writer) -> None:
    await environment(writer)
    primary = await place(writer, await version(writer), trafficPercent=90)
    await place(writer, await version(writer), role="CANARY", trafficPercent=10)
    await place(writer, await version(writer), role="SHADOW", mirrorPercent=100)
    canary = await version(writer)
    before = await snapshot(writer.connection)
    with pytest.raises(InvalidInput) as refused:
        await place(writer, canary, role="CANARY", trafficPercent=10.5)
    assert refused.value.path == ("trafficPercent",)
    assert refused.value.details["total"] == 100.5
    assert refused.value.details["deployments"] == [{"id": primary, "trafficPercent": 90.0}]
    assert await snapshot(writer.connection) == before


async def test_what_a_placement_replaces_can_be_named(writer: Writer) -> None:
    await environment(writer)
    one = await version(writer)
    challenger = await place(writer, one, role="CHALLENGER", trafficPercent=20)
    beside = await place(writer, one, role="CHALLENGER", trafficPercent=30, replaces=[])
    await place(writer, one, trafficPercent=50)
    last = await place(writer, one, trafficPercent=70, replaceAll=True)
    status = {each["id"]: each["status"] for each in await deployments(writer)}
    assert (status[challenger], status[beside], status[last]) == ("SUPERSEDED", "SUPERSEDED", "ACTIVE")
    assert list(status.values()).count("ACTIVE") == 1


@pytest.mark.parametrize(
    ("fields", "error", "path"),
    [
        ({"version": {"id": "nobody"}}, NotFound, ("version", "id")),
        ({"environment": {"name": "nowhere"}}, NotFound, ("environment", "name")),
        ({"replaces": [{"id": "nobody"}]}, NotFound, ("replaces", 0, "id")),
        ({"replaces": []}, AlreadyExists, ("replaces",)),
        ({"replaces": [{"id": "x"}], "replaceAll": True}, InvalidInput, ("replaceAll",)),
        ({"role": "SHADOW", "trafficPercent": 1}, InvalidInput, ("trafficPercent",)),
    ],
)
async def test_a_placement_that_is_refused_changes_nothing(
    writer: Writer, fields: dict[str, object], error: type[Exception], path: tuple[str, ...]
) -> None:
    await environment(writer)
    version_id = await version(writer)
    await place(writer, version_id)
    before = await snapshot(writer.connection)
    with pytest.raises(error) as refused:
        await place(writer, version_id, **fields)
    assert getattr(refused.value, "path", None) == path
    assert await snapshot(writer.connection) == before


async def test_ids_named_twice_are_replaced_once(writer: Writer) -> None:
    await environment(writer)
    version_id = await version(writer)
    first = await place(writer, version_id)
    await place(writer, version_id, replaces=[{"id": first}, {"id": first}])
    assert [each["status"] for each in await deployments(writer)] == ["SUPERSEDED", "ACTIVE"]


async def test_what_is_not_open_at_the_endpoint_is_not_replaced(writer: Writer) -> None:
    await environment(writer)
    version_id = await version(writer)
    elsewhere = await place(writer, version_id, endpoint="other")
    before = await snapshot(writer.connection)
    with pytest.raises(InvalidInput) as refused:
        await place(writer, version_id, replaces=[{"id": elsewhere}])
    assert (refused.value.path, refused.value.details["deployments"]) == (("replaces",), [elsewhere])
    assert await snapshot(writer.connection) == before


async def test_the_same_key_places_once(writer: Writer) -> None:
    await environment(writer)
    version_id = await version(writer)
    ids = [await place(writer, version_id, idempotencyKey="gha-1") for _ in range(2)]
    assert ids[0] == ids[1]
    assert len(await deployments(writer)) == 1


async def test_a_stopped_deployment_leaves_its_endpoint_empty(writer: Writer) -> None:
    await environment(writer)
    id = await place(writer, await version(writer))
    command = StopDeployment(
        deployment=DeploymentRef.model_validate({"id": id}), status=DeploymentStatus.FAILED, reason="it answers 500"
    )
    assert (await stop_deployment(writer, command)).id == id
    (stopped,) = await deployments(writer)
    assert (stopped["status"], stopped["endReason"], stopped["revision"]) == ("FAILED", "it answers 500", 2)
    assert stopped["validTo"] == stopped["serves"]["validTo"]
    assert stopped["validFrom"] < stopped["validTo"]
    (said,) = await events(writer, "deployment.stop")
    assert (said["subjectId"], said["reason"]) == (id, "it answers 500")
    before = await snapshot(writer.connection)
    with pytest.raises(InvalidInput, match=r"ended at .* as FAILED"):
        await stop_deployment(writer, command)
    assert await snapshot(writer.connection) == before


@pytest.mark.parametrize("status", [DeploymentStatus.ACTIVE, DeploymentStatus.SUPERSEDED])
async def test_a_deployment_cannot_be_stopped_into_another_life(writer: Writer, status: DeploymentStatus) -> None:
    await environment(writer)
    id = await place(writer, await version(writer))
    before = await snapshot(writer.connection)
    with pytest.raises(InvalidInput):
        await stop_deployment(
            writer, StopDeployment(deployment=DeploymentRef.model_validate({"id": id}), status=status)
        )
    with pytest.raises(NotFound):
        await stop_deployment(writer, StopDeployment(deployment=DeploymentRef.model_validate({"id": "nobody"})))
    assert await snapshot(writer.connection) == before


async def test_of_many_writers_at_one_endpoint_exactly_one_leaves_the_primary(writer: Writer) -> None:
    """200 placements by 32 writers: the intervals follow each other without a gap, an overlap or an inversion.

    Whoever holds the endpoint's lock sees one primary at any time. A reader without it may catch Neo4j in the middle
    of a commit, which is not applied at once for those who read: the intervals tell it what held at an instant.
    """
    await environment(writer)
    versions = [await version(writer) for _ in range(4)]
    await place(writer, versions[0])
    queue, seen = list(range(200)), set[int]()

    async def write() -> None:
        while queue:
            await place(writer, versions[queue.pop() % 4])

    async def watch() -> None:
        while queue:
            seen.add(await writer.connection.write(open_under_lock))

    await asyncio.gather(watch(), *(write() for _ in range(32)))
    placed = await deployments(writer)
    assert seen == {1}
    assert [each["status"] for each in placed] == ["SUPERSEDED"] * 200 + ["ACTIVE"]
    assert len({each["endpointId"] for each in placed}) == 1
    for earlier, later in pairwise(placed):
        assert earlier["validFrom"] < earlier["validTo"] == later["validFrom"]
    assert len(await events(writer, "deployment.place")) == 402


async def open_under_lock(transaction: Transaction) -> int:
    return int((await transaction.run(OPEN_UNDER_LOCK, {}))["found"])


async def test_of_many_writers_at_a_new_endpoint_one_makes_it(writer: Writer) -> None:
    await environment(writer)
    version_id = await version(writer)
    await asyncio.gather(*(place(writer, version_id, endpoint="new") for _ in range(32)))
    placed = await deployments(writer)
    assert len({each["endpointId"] for each in placed}) == 1
    assert [each["status"] for each in placed].count("ACTIVE") == 1
    assert await found(writer.connection, "MATCH (e:Endpoint) RETURN count(e) AS found") == 1
    kinds = [each["subjectType"] for each in await events(writer, "deployment.place")]
    assert kinds.count("Endpoint") == 1


async def test_the_shares_of_racing_canaries_stay_below_the_whole(writer: Writer) -> None:
    await environment(writer)
    version_id = await version(writer)
    placing = (place(writer, version_id, role="CANARY", trafficPercent=15, replaces=[]) for _ in range(16))
    outcomes = await asyncio.gather(*placing, return_exceptions=True)
    assert sum(isinstance(each, str) for each in outcomes) == 6
    assert sum(isinstance(each, InvalidInput) for each in outcomes) == 10
