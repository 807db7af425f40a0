"""Retention: what has to be kept cannot be deleted; maintainers put the instant off, administrators shorten it."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime

import pytest

from app.domain.lineage.removal import DeleteDataset, DeleteDatasetVersion, delete_dataset, delete_dataset_version
from app.domain.registry.life import (
    DeleteModelVersion,
    DeleteRegisteredModel,
    delete_model_version,
    delete_registered_model,
)
from app.domain.retention import SetRetention, set_retention
from app.domain.writing import Writer, Written
from app.errors import Forbidden, InUse, InvalidInput, StaleRevision
from tests.domain.governance.story import data
from tests.domain.permission.people import somebody
from tests.domain.registered import environment, events, version
from tests.fixtures.snapshot import found, snapshot

EARLY, LATE = datetime(2090, 1, 1, tzinfo=UTC), datetime(2099, 1, 1, tzinfo=UTC)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
FIRST = {"modelVersion": {"number": {"model": "churn", "number": 1}}}
CLICKS = {"datasetVersion": {"version": {"dataset": "clicks", "version": "1"}}}
UNTIL = "MATCH (v:ModelVersion) RETURN v.retainedUntil AS found"
WHY = {"reason": "An audit goes on."}


async def keep(writer: Writer, subject: Mapping[str, object], until: datetime, **given: object) -> Written:
    command = {"subject": subject, "until": until, **WHY, **given}
    return await set_retention(writer, SetRetention.model_validate(command))


async def delete_version(writer: Writer) -> Written:
    return await delete_model_version(writer, DeleteModelVersion.model_validate({"version": FIRST["modelVersion"]}))


async def delete_model(writer: Writer) -> Written:
    return await delete_registered_model(writer, DeleteRegisteredModel.model_validate({"model": {"name": "churn"}}))


async def delete_snapshot(writer: Writer) -> Written:
    command = {"version": CLICKS["datasetVersion"]}
    return await delete_dataset_version(writer, DeleteDatasetVersion.model_validate(command))


async def delete_data(writer: Writer) -> Written:
    return await delete_dataset(writer, DeleteDataset.model_validate({"dataset": {"name": "clicks"}}))


@pytest.fixture
async def evidence(writer: Writer) -> Writer:
    """A model and a dataset with a version each, which nothing uses."""
    await version(writer)
    await data(writer, "clicks")
    return writer


@pytest.mark.parametrize(
    ("subject", "doomed"),
    [
        (FIRST, delete_version),
        (FIRST, delete_model),
        ({"model": "churn"}, delete_version),
        ({"model": "churn"}, delete_model),
        (CLICKS, delete_snapshot),
        (CLICKS, delete_data),
        ({"dataset": "clicks"}, delete_snapshot),
        ({"dataset": "clicks"}, delete_data),
    ],
)
async def test_what_is_kept_cannot_be_deleted(
    evidence: Writer, subject: Mapping[str, object], doomed: Callable[[Writer], Awaitable[Written]]
) -> None:
    await keep(evidence, subject, LATE)
    before = await snapshot(evidence.connection)
    with pytest.raises(InUse, match="kept until 2099-01-01T00:00:00") as refused:
        await doomed(evidence)
    assert refused.value.details["until"] == "2099-01-01T00:00:00.000000Z"
    assert await snapshot(evidence.connection) == before


async def test_once_the_instant_has_passed_it_may_be_deleted(evidence: Writer) -> None:
    await keep(evidence, FIRST, LONG_AGO)
    await delete_version(evidence)
    assert await found(evidence.connection, "MATCH (v:ModelVersion) RETURN count(v) AS found") == 0


async def test_maintainers_put_it_off_and_administrators_shorten_it(evidence: Writer) -> None:
    maintainer = await somebody(evidence, "maintainer", role="MAINTAINER")
    await keep(maintainer, FIRST, EARLY)
    await keep(maintainer, FIRST, LATE)
    with pytest.raises(Forbidden) as refused:
        await keep(maintainer, FIRST, EARLY)
    assert refused.value.details["permissions"] == ["retention.set", "retention.shorten"]
    assert await found(evidence.connection, UNTIL) == LATE
    await keep(await somebody(evidence, "admin", role="ADMIN"), FIRST, EARLY)
    assert await found(evidence.connection, UNTIL) == EARLY
    told = await events(evidence, "retention.set")
    assert [(each.get("outcome"), each["reason"]) for each in told] == [
        (None, "An audit goes on."),
        (None, "An audit goes on."),
        ("DENIED", "An audit goes on."),
        (None, "An audit goes on."),
    ]


async def test_who_may_not_maintain_it_keeps_nothing(evidence: Writer) -> None:
    for role in ("CONTRIBUTOR", "APPROVER"):
        with pytest.raises(Forbidden):
            await keep(await somebody(evidence, role.lower(), role=role), FIRST, LATE)
    assert await found(evidence.connection, UNTIL) is None


async def test_what_cannot_be_deleted_cannot_be_kept(evidence: Writer) -> None:
    id = await environment(evidence)
    with pytest.raises(InvalidInput, match="This is a Environment"):
        await keep(evidence, {"id": id}, LATE)


async def test_another_revision_than_expected_is_refused(evidence: Writer) -> None:
    with pytest.raises(StaleRevision):
        await keep(evidence, FIRST, LATE, expectedRevision=7)
    await keep(evidence, FIRST, LATE, expectedRevision=1)
    assert await found(evidence.connection, UNTIL) == LATE
