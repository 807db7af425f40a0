"""What whoever deploys reports, and what differs from what should run."""

from typing import Any

import pytest

from app.domain.delivery.environments import UpdateEnvironment, update_environment
from app.domain.delivery.reporting import ReportDeployment, report_deployment
from app.domain.permission.grants import CreateGrant, create_grant
from app.domain.vocabulary import Role
from app.domain.writing import Writer
from app.errors import Forbidden, InvalidInput, NotFound
from tests.domain.permission.people import somebody
from tests.domain.registered import environment, events, version
from tests.domain.test_delivery import deployments, place
from tests.domain.test_roll_outs import ENDPOINT, life
from tests.fixtures.snapshot import found, snapshot

OBSERVATIONS = "MATCH (o:Observation) WITH o ORDER BY o.validFrom, o.id RETURN collect(properties(o)) AS found"
DIGEST = f"sha256:{'9' * 64}"


async def report(writer: Writer, **fields: Any) -> str:
    command = ReportDeployment.model_validate({"endpoint": ENDPOINT, **fields})
    return (await report_deployment(writer, command)).id


async def observations(writer: Writer) -> list[dict[str, Any]]:
    return list(await found(writer.connection, OBSERVATIONS))


def of(version_id: str) -> dict[str, Any]:
    return {"version": {"id": version_id}}


async def test_a_report_is_of_the_deployment_that_is_open(writer: Writer) -> None:
    await environment(writer)
    one = await version(writer)
    deployment = await place(writer, one)
    id = await report(writer, **of(one), isHealthy=True, url="https://grafana.example/churn")
    (seen,) = await observations(writer)
    assert (seen["id"], seen["deploymentId"], seen["versionId"]) == (id, deployment, one)
    assert (seen["isRunning"], seen["isHealthy"], seen["open"], seen["openKey"]) == (True, True, True, deployment)
    assert seen["reporterId"] == writer.caller.actor_id
    (said,) = await events(writer, "deployment.report")
    assert said["subjectId"] == deployment


async def test_what_is_reported_as_before_moves_the_time_of_the_last_report_alone(writer: Writer) -> None:
    await environment(writer)
    one = await version(writer)
    await place(writer, one, kind="BATCH")
    first = await report(writer, **of(one), isHealthy=True)
    (before,) = await observations(writer)
    again = await report(writer, **of(one), isHealthy=True, lastUsedAt="2026-01-01T00:00:00Z")
    (after,) = await observations(writer)
    assert first == again
    assert after["reportedAt"] > before["reportedAt"] == before["validFrom"] == after["validFrom"]
    assert after["lastUsedAt"].year == 2026
    assert len(await events(writer, "deployment.report")) == 1
    await report(writer, **of(one), isHealthy=False)
    earlier, later = await observations(writer)
    assert earlier["validTo"] == later["validFrom"]
    assert "open" not in earlier
    assert len(await events(writer, "deployment.report")) == 2


async def test_each_of_several_is_found_by_its_version(writer: Writer) -> None:
    await environment(writer)
    one, two = await version(writer), await version(writer)
    old = await place(writer, one)
    new = await place(writer, two, isRollingOut=True)
    await report(writer, **of(two))
    await report(writer, **of(one))
    await report(writer, digest=DIGEST)
    seen = [(each["deploymentId"], each.get("versionId"), each.get("digest")) for each in await observations(writer)]
    assert seen == [(new, two, None), (old, one, None), (old, None, DIGEST)]


async def test_a_digest_that_the_registry_knows_is_a_version(writer: Writer) -> None:
    await environment(writer)
    one = await version(writer, artifact={"uri": "s3://a", "digest": DIGEST})
    await place(writer, one)
    await report(writer, digest=DIGEST)
    (seen,) = await observations(writer)
    assert (seen["versionId"], seen.get("digest")) == (one, None)


async def test_what_runs_where_nothing_is_placed_strays_until_something_is(writer: Writer) -> None:
    await environment(writer)
    one = await version(writer)
    await place(writer, one)
    await report(writer, **of(one), role="SHADOW")
    (stray,) = await observations(writer)
    assert "deploymentId" not in stray
    (said,) = await events(writer, "deployment.report")
    assert said["subjectType"] == "Endpoint"
    shadow = await place(writer, one, role="SHADOW")
    await report(writer, **of(one), role="SHADOW")
    gone, seen = await observations(writer)
    assert "open" not in gone
    assert seen["deploymentId"] == shadow


async def test_a_report_brings_a_roll_out_to_its_place(writer: Writer) -> None:
    await environment(writer)
    one, two = await version(writer), await version(writer)
    old = await place(writer, one)
    new = await place(writer, two, isRollingOut=True)
    await report(writer, **of(two), status="ROLLING_OUT")
    assert await life(writer) == {old: "ACTIVE", new: "ROLLING_OUT"}
    await report(writer, **of(one), status="ACTIVE")
    assert await life(writer) == {old: "ACTIVE", new: "ROLLING_OUT"}
    for _ in range(2):
        await report(writer, **of(two), status="ACTIVE")
        assert await life(writer) == {old: "SUPERSEDED", new: "ACTIVE"}
    await report(writer, **of(two), status="FAILED", reason="out of memory")
    *_, failed = await deployments(writer)
    assert (failed["status"], failed["endReason"]) == ("FAILED", "out of memory")


@pytest.mark.parametrize(
    ("fields", "error", "path"),
    [
        ({"version": {"id": "nobody"}}, NotFound, ("version", "id")),
        (
            {"endpoint": {"endpoint": {"environment": "production", "name": "nowhere"}}},
            NotFound,
            ("endpoint", "endpoint"),
        ),
        ({"status": "SUPERSEDED"}, InvalidInput, ("status",)),
        ({"version": {"id": "nobody"}, "digest": DIGEST}, InvalidInput, ("digest",)),
    ],
)
async def test_a_report_that_is_refused_changes_nothing(
    writer: Writer, fields: dict[str, Any], error: type[Exception], path: tuple[str, ...]
) -> None:
    await environment(writer)
    await place(writer, await version(writer))
    before = await snapshot(writer.connection)
    with pytest.raises(error) as refused:
        await report(writer, **fields)
    assert getattr(refused.value, "path", None) == path
    assert await snapshot(writer.connection) == before


async def test_who_may_activate_and_not_report_does_neither(writer: Writer) -> None:
    await environment(writer)
    one = await version(writer)
    id = await place(writer, one, isRollingOut=True)
    robot = await somebody(writer, "robot", role=Role.VIEWER)
    grant = {"to": {"name": "robot"}, "permissions": ["deployment.activate"]}
    await create_grant(writer, CreateGrant.model_validate(grant))
    with pytest.raises(Forbidden, match=r"deployment\.report"):
        await report(robot, **of(one), status="ACTIVE")
    assert await life(writer) == {id: "ROLLING_OUT"}
    assert await observations(writer) == []


async def test_how_soon_a_report_is_due_is_said_of_an_environment(writer: Writer) -> None:
    await environment(writer)
    for seconds in (60, None):
        command = {"environment": {"name": "production"}, "reportsWithin": seconds}
        await update_environment(writer, UpdateEnvironment.model_validate(command))
        held = await found(writer.connection, "MATCH (e:Environment) RETURN e.reportsWithin AS found")
        assert held == seconds
