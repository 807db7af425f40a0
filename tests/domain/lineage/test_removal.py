"""What keeps datasets and their snapshots from being deleted, and what goes with them."""

from typing import Any

import pytest

from app.domain.lineage.datasets import (
    CreateDataset,
    RegisterDatasetVersion,
    create_dataset,
    register_dataset_version,
)
from app.domain.lineage.removal import DeleteDataset, DeleteDatasetVersion, delete_dataset, delete_dataset_version
from app.domain.writing import Writer
from app.errors import InUse, InvalidInput, NotFound, PedigreeError, StaleRevision
from tests.domain.registered import events, version
from tests.fixtures.registration import register
from tests.fixtures.snapshot import found, snapshot

LEFT = """MATCH (n) WHERE n.id = $id OR n.subjectId = $id AND NOT n:AuditEvent
RETURN count(n) AS found"""
LABELS: dict[str, Any] = {
    "tags": [{"key": "stage", "value": "raw"}],
    "links": [{"kind": "paper", "url": "https://example.org/paper"}],
    "references": [{"system": "dvc", "externalId": "clicks@1"}],
}


async def recorded(writer: Writer, name: str = "clicks", version: str = "1", **fields: Any) -> str:
    record = {"dataset": name, "version": version, "revision": "r1"}
    command = RegisterDatasetVersion.model_validate({"record": record, **fields})
    return (await register_dataset_version(writer, command)).id


async def delete_version(writer: Writer, id: str, **fields: Any) -> str:
    command = DeleteDatasetVersion.model_validate({"version": {"id": id}, **fields})
    return (await delete_dataset_version(writer, command)).id


async def delete_whole(writer: Writer, name: str) -> str:
    return (await delete_dataset(writer, DeleteDataset.model_validate({"dataset": {"name": name}}))).id


async def test_a_snapshot_goes_with_what_describes_it_and_leaves_its_event(writer: Writer) -> None:
    id, other = await recorded(writer, **LABELS), await recorded(writer, version="2")
    assert await delete_version(writer, id, reason="by mistake") == id
    assert await found(writer.connection, LEFT, id=id) == 0
    assert await found(writer.connection, LEFT, id=other) == 1
    (said,) = await events(writer, "datasetVersion.delete")
    assert (said["subjectId"], said["subjectType"], said["reason"]) == (id, "DatasetVersion", "by mistake")
    assert await recorded(writer, **LABELS) != id


async def test_a_dataset_goes_with_its_snapshots_although_one_was_made_from_another(writer: Writer) -> None:
    first = await recorded(writer)
    parents = [{"kind": "FILTER", "source": {"id": first}}]
    await recorded(writer, version="2", parents=parents)
    await create_dataset(writer, CreateDataset.model_validate({"name": "empty", "kind": "table", **LABELS}))
    for name in ("clicks", "empty"):
        await delete_whole(writer, name)
    things = "MATCH (n:Dataset|DatasetVersion|Tag|Link|ExternalReference) RETURN count(n) AS found"
    assert await found(writer.connection, things) == 0
    kinds = [each["subjectType"] for each in await events(writer, "dataset.delete")]
    assert sorted(kinds) == ["Dataset", "Dataset", "DatasetVersion", "DatasetVersion"]


async def test_what_was_read_measured_or_made_from_it_keeps_a_snapshot_and_its_dataset(writer: Writer) -> None:
    read, measured, parent = [await recorded(writer, name) for name in ("read", "measured", "parent")]
    child = await recorded(writer, "child", parents=[{"kind": "SPLIT", "source": {"id": parent}}])
    evaluation = {"on": {"id": measured}, "metrics": [{"name": "auc", "value": 0.9}]}
    await register(writer, inputs=[{"role": "train", "dataset": {"existing": {"id": read}}}], evaluations=[evaluation])
    before = await snapshot(writer.connection)
    users = []
    for id, name, user in ((read, "read", "Run"), (measured, "measured", "Evaluation"), (parent, "parent", "child@1")):
        with pytest.raises(InUse, match=f"in use by .*{user}.* and cannot be deleted.$") as refused:
            await delete_version(writer, id)
        with pytest.raises(InUse) as whole:
            await delete_whole(writer, name)
        assert whole.value.details == refused.value.details
        users.append(refused.value.details["users"])
    assert users[2] == [{"id": child, "type": "DatasetVersion", "label": "child@1"}]
    assert await snapshot(writer.connection) == before


async def test_a_deletion_that_is_refused_changes_nothing(writer: Writer) -> None:
    id, model_version = await recorded(writer), await version(writer)
    before = await snapshot(writer.connection)
    refusals: list[tuple[str, dict[str, Any], type[PedigreeError]]] = [
        (id, {"expectedRevision": 7}, StaleRevision),
        ("nobody", {}, NotFound),
        (model_version, {}, InvalidInput),
    ]
    for subject, fields, error in refusals:
        with pytest.raises(error):
            await delete_version(writer, subject, **fields)
    with pytest.raises(NotFound):
        await delete_whole(writer, "nothing")
    assert await snapshot(writer.connection) == before
