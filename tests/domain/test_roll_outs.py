"""Deployments that roll out, and the way back."""

import asyncio
from typing import Any

import pytest

from app.domain.delivery.activation import ActivateDeployment, activate_deployment
from app.domain.delivery.ending import StopDeployment, stop_deployment
from app.domain.delivery.environments import (
    CreateEnvironment,
    UpdateEnvironment,
    create_environment,
    update_environment,
)
from app.domain.delivery.rollback import RollBackDeployment, roll_back_deployment
from app.domain.registry.life import RetireModelVersion, retire_model_version
from app.domain.writing import Writer
from app.errors import AlreadyExists, InvalidInput, NotFound
from tests.domain.registered import environment, events, version
from tests.domain.test_delivery import deployments, place
from tests.fixtures.snapshot import snapshot

ENDPOINT = {"endpoint": {"environment": "production", "name": "churn-api"}}
LOCATIONS = ["eu-west-1", "us-east-1"]


async def activate(writer: Writer, id: str) -> str:
    command = ActivateDeployment.model_validate({"deployment": {"id": id}})
    return (await activate_deployment(writer, command)).id


async def stop(writer: Writer, id: str, status: str) -> None:
    await stop_deployment(writer, StopDeployment.model_validate({"deployment": {"id": id}, "status": status}))


async def roll_back(writer: Writer, **endpoint: Any) -> str:
    command = {"endpoint": endpoint or ENDPOINT, "reason": "it answers 500"}
    return (await roll_back_deployment(writer, RollBackDeployment.model_validate(command))).id


async def life(writer: Writer) -> dict[str, str]:
    """The status of each deployment."""
    return {each["id"]: each["status"] for each in await deployments(writer)}


async def serving(writer: Writer) -> list[str]:
    """The versions that have their place."""
    return [each["versionId"] for each in await deployments(writer) if each["status"] == "ACTIVE"]


async def test_what_rolls_out_leaves_the_place_to_what_has_it_until_it_is_activated(writer: Writer) -> None:
    await environment(writer)
    old = await place(writer, await version(writer))
    new = await place(writer, await version(writer), isRollingOut=True)
    assert await life(writer) == {old: "ACTIVE", new: "ROLLING_OUT"}
    (_, rolling) = await deployments(writer)
    assert "activeFrom" not in rolling
    assert rolling["open"] is True

    assert await activate(writer, new) == new

    (earlier, later) = await deployments(writer)
    assert (earlier["status"], later["status"]) == ("SUPERSEDED", "ACTIVE")
    assert earlier["validTo"] == earlier["serves"]["validTo"] == later["activeFrom"] > later["validFrom"]
    assert later["openKey"] == f"{later['endpointId']}/PRIMARY"
    assert later["revision"] == 2
    said = await events(writer, "deployment.activate")
    assert sorted(each["subjectId"] for each in said) == sorted([old, new])


async def test_what_is_active_already_stays_so(writer: Writer) -> None:
    await environment(writer)
    id = await place(writer, await version(writer))
    before = await snapshot(writer.connection)
    assert await activate(writer, id) == id
    assert await snapshot(writer.connection) == before


async def test_a_roll_out_that_failed_changes_nothing_for_what_has_the_place(writer: Writer) -> None:
    await environment(writer)
    old = await place(writer, await version(writer))
    new = await place(writer, await version(writer), isRollingOut=True)
    await stop(writer, new, "FAILED")
    assert await life(writer) == {old: "ACTIVE", new: "FAILED"}
    before = await snapshot(writer.connection)
    with pytest.raises(InvalidInput, match=r"ended at .* as FAILED"):
        await activate(writer, new)
    assert await snapshot(writer.connection) == before


async def test_another_roll_out_stops_the_one_before(writer: Writer) -> None:
    await environment(writer)
    old = await place(writer, await version(writer))
    first = await place(writer, await version(writer), isRollingOut=True)
    second = await place(writer, await version(writer), isRollingOut=True)
    assert await life(writer) == {old: "ACTIVE", first: "STOPPED", second: "ROLLING_OUT"}
    third = await place(writer, await version(writer))
    assert await life(writer) == {old: "SUPERSEDED", first: "STOPPED", second: "STOPPED", third: "ACTIVE"}


async def test_a_roll_out_replaces_what_it_was_told_to(writer: Writer) -> None:
    await environment(writer)
    one = await version(writer)
    primary = await place(writer, one, trafficPercent=60)
    first = await place(writer, one, role="CANARY", trafficPercent=20)
    second = await place(writer, one, role="CANARY", trafficPercent=20, replaces=[])
    third = await place(writer, one, role="CANARY", trafficPercent=20, replaces=[{"id": first}], isRollingOut=True)
    await activate(writer, third)
    status = await life(writer)
    assert (status[first], status[second], status[third]) == ("SUPERSEDED", "ACTIVE", "ACTIVE")
    whole = await place(writer, one, replaceAll=True, isRollingOut=True)
    assert (await life(writer))[primary] == "ACTIVE"
    await activate(writer, whole)
    assert [id for id, stage in (await life(writer)).items() if stage == "ACTIVE"] == [whole]


async def test_a_share_that_does_not_fit_any_longer_is_refused_when_it_is_activated(writer: Writer) -> None:
    await environment(writer)
    one = await version(writer)
    await place(writer, one, trafficPercent=60)
    rolling = await place(writer, one, role="CANARY", trafficPercent=40, isRollingOut=True)
    other = await place(writer, one, role="CHALLENGER", trafficPercent=10)
    before = await snapshot(writer.connection)
    with pytest.raises(InvalidInput) as refused:
        await activate(writer, rolling)
    assert (refused.value.path, refused.value.details["total"]) == (("deployment",), 110)
    assert await snapshot(writer.connection) == before
    await stop(writer, other, "STOPPED")
    await activate(writer, rolling)


async def test_a_roll_out_that_would_stand_beside_the_primary_is_refused_at_once(writer: Writer) -> None:
    await environment(writer)
    one = await version(writer)
    await place(writer, one)
    before = await snapshot(writer.connection)
    with pytest.raises(AlreadyExists):
        await place(writer, one, replaces=[], isRollingOut=True)
    assert await snapshot(writer.connection) == before


async def test_of_many_roll_outs_that_are_activated_at_once_one_has_the_place(writer: Writer) -> None:
    await environment(writer)
    one = await version(writer)
    ids = [
        await place(writer, one, role="CANARY", trafficPercent=100, replaces=[], isRollingOut=True) for _ in range(16)
    ]
    outcomes = await asyncio.gather(*(activate(writer, id) for id in ids), return_exceptions=True)
    # Each replaces those of its role that are active: they follow each other.
    assert [each for each in outcomes if isinstance(each, Exception)] == [
        each for each in outcomes if isinstance(each, InvalidInput)
    ]
    assert len(await serving(writer)) == 1


async def test_the_last_good_version_takes_its_place_again(writer: Writer) -> None:
    await environment(writer)
    one, two, three = [await version(writer) for _ in range(3)]
    first = await place(writer, one)
    second = await place(writer, two)
    third = await place(writer, three, kind="STREAMING", trafficPercent=90)

    id = await roll_back(writer)

    *_, back, new = await deployments(writer)
    assert (back["id"], back["status"], back["endReason"]) == (third, "ROLLED_BACK", "it answers 500")
    assert back["validTo"] == back["serves"]["validTo"] == new["validFrom"] == new["activeFrom"]
    assert (new["id"], new["versionId"], new["servedId"], new["restoresId"]) == (id, two, two, second)
    assert (new["status"], new["kind"], new["trafficPercent"]) == ("ACTIVE", "STREAMING", 90)
    assert len(await events(writer, "deployment.rollBack")) == 2

    again = await roll_back(writer)
    assert (await deployments(writer))[-1]["restoresId"] == first
    assert await serving(writer) == [one]
    before = await snapshot(writer.connection)
    with pytest.raises(InvalidInput, match="No other version was good here"):
        await roll_back(writer)
    assert await snapshot(writer.connection) == before
    assert (await life(writer))[again] == "ACTIVE"


async def test_what_failed_was_stopped_or_is_retired_is_not_good(writer: Writer) -> None:
    await environment(writer)
    good, failed, stopped, retired, last = [await version(writer) for _ in range(5)]
    await place(writer, good)
    await stop(writer, await place(writer, failed), "FAILED")
    await stop(writer, await place(writer, stopped), "STOPPED")
    await place(writer, retired)
    await place(writer, last)
    await retire_model_version(writer, RetireModelVersion.model_validate({"version": {"id": retired}}))
    await roll_back(writer)
    assert await serving(writer) == [good]


async def test_to_take_back_a_roll_out_leaves_what_has_the_place(writer: Writer) -> None:
    await environment(writer)
    old = await place(writer, await version(writer))
    new = await place(writer, await version(writer), isRollingOut=True)
    assert await roll_back(writer) == old
    assert await life(writer) == {old: "ACTIVE", new: "ROLLED_BACK"}


async def test_a_roll_back_of_nothing_is_refused(writer: Writer) -> None:
    await environment(writer)
    id = await place(writer, await version(writer))
    await stop(writer, id, "STOPPED")
    before = await snapshot(writer.connection)
    with pytest.raises(InvalidInput) as refused:
        await roll_back(writer)
    assert refused.value.path == ("endpoint",)
    with pytest.raises(NotFound) as unknown:
        await roll_back(writer, endpoint={"environment": "production", "name": "nowhere"})
    assert unknown.value.path == ("endpoint", "endpoint")
    assert await snapshot(writer.connection) == before


async def test_of_many_who_roll_back_at_once_each_goes_one_step(writer: Writer) -> None:
    await environment(writer)
    versions = [await version(writer) for _ in range(6)]
    for each in versions:
        await place(writer, each)
    outcomes = await asyncio.gather(*(roll_back(writer) for _ in range(8)), return_exceptions=True)
    assert sum(isinstance(each, str) for each in outcomes) == 5
    assert sum(isinstance(each, InvalidInput) for each in outcomes) == 3
    assert await serving(writer) == [versions[0]]


async def test_nothing_is_placed_where_an_environment_has_no_location(writer: Writer) -> None:
    command = {"name": "production", "position": 3, "locations": [*LOCATIONS, LOCATIONS[0]]}
    await create_environment(writer, CreateEnvironment.model_validate(command))
    one = await version(writer)
    before = await snapshot(writer.connection)
    for location in ({}, {"location": "ap-south-1"}):
        with pytest.raises(InvalidInput, match="it has eu-west-1, us-east-1") as refused:
            await place(writer, one, **location)
        assert refused.value.path == ("location",)
    assert await snapshot(writer.connection) == before
    await place(writer, one, location="eu-west-1")
    for locations in (["ap-south-1"], None):
        changed = {"environment": {"name": "production"}, "locations": locations}
        await update_environment(writer, UpdateEnvironment.model_validate(changed))
        await place(writer, one, location="ap-south-1")
    await place(writer, one, location="eu-west-1")


async def test_a_batch_job_has_no_share_of_the_traffic(writer: Writer) -> None:
    await environment(writer)
    one = await version(writer)
    await place(writer, one, kind="BATCH")
    (placed,) = await deployments(writer)
    assert placed["trafficPercent"] == 0
    with pytest.raises(InvalidInput) as refused:
        await place(writer, one, kind="BATCH", trafficPercent=10)
    assert refused.value.path == ("trafficPercent",)
