"""What may change of models and versions, and what keeps them from being deleted."""

from collections.abc import Awaitable, Callable
from datetime import date

import pytest

from app.domain.audit.history import text_of
from app.domain.lineage.datasets import UpdateDataset, update_dataset
from app.domain.references import ModelRef, ModelVersionRef
from app.domain.registry.aliases import RemoveModelAlias, SetModelAlias, remove_model_alias, set_model_alias
from app.domain.registry.life import (
    ArchiveModelVersion,
    DeleteModelVersion,
    DeleteRegisteredModel,
    DeprecateModelVersion,
    RestoreModelVersion,
    RetireModelVersion,
    archive_model_version,
    delete_model_version,
    delete_registered_model,
    deprecate_model_version,
    restore_model_version,
    retire_model_version,
)
from app.domain.registry.models import CreateRegisteredModel, create_registered_model
from app.domain.registry.upkeep import (
    ArchiveRegisteredModel,
    RenameRegisteredModel,
    RestoreRegisteredModel,
    UpdateModelVersion,
    UpdateRegisteredModel,
    archive_registered_model,
    rename_registered_model,
    restore_registered_model,
    update_model_version,
    update_registered_model,
)
from app.domain.writing import Writer, Written
from app.errors import AlreadyExists, InUse, InvalidInput, NotFound, PedigreeError, StaleRevision
from tests.fixtures.registration import WHOLE, register
from tests.fixtures.snapshot import found, snapshot

MODEL = "MATCH (m:RegisteredModel {name: $name}) RETURN properties(m) AS found"
OWNERS = """MATCH (a:Actor)-[o:OWNS]->(m:RegisteredModel)
WITH a, o ORDER BY o.validFrom
RETURN collect([a.name, o.validTo IS NULL]) AS found"""
EVENTS = "MATCH (e:AuditEvent) RETURN count(e) AS found"
STATES = """MATCH (l:VersionLifecycle {subjectId: $id})
WITH l ORDER BY l.validFrom
RETURN collect([l.state, coalesce(l.open, false), l.validTo]) AS found"""
ALIASES = """MATCH (a:Alias)
WITH a ORDER BY a.validFrom
RETURN collect([a.validFrom, a.validTo, coalesce(a.open, false)]) AS found"""


def by_name(name: str) -> ModelRef:
    return ModelRef(name=name)


def by_id(id: str) -> ModelVersionRef:
    return ModelVersionRef.model_validate({"id": id})


async def refused(writer: Writer, error: type[PedigreeError], action: Callable[[], Awaitable[object]]) -> PedigreeError:
    """The error, after a look whether anything changed."""
    before = await snapshot(writer.connection)
    with pytest.raises(error) as raised:
        await action()
    assert await snapshot(writer.connection) == before
    return raised.value


async def test_an_update_changes_what_was_sent_and_null_clears(writer: Writer) -> None:
    created = CreateRegisteredModel.model_validate({"name": "a", "task": "old", "description": "kept"})
    await create_registered_model(writer, created)
    update = {
        "model": {"name": "a"},
        "task": None,
        "riskTier": "high",
        "nextReviewOn": "2027-01-31",
        "metadata": {"x": 1},
    }
    await update_registered_model(writer, UpdateRegisteredModel.model_validate(update))
    model = await found(writer.connection, MODEL, name="a")
    assert ("task" in model, model["description"], model["riskTier"]) == (False, "kept", "high")
    assert model["nextReviewOn"].to_native() == date(2027, 1, 31)
    assert (model["metadata"], model["revision"]) == ('{"x":1}', 2)


async def test_an_update_that_changes_nothing_is_no_change(writer: Writer) -> None:
    await create_registered_model(writer, CreateRegisteredModel(name="a", task="t"))
    before = await snapshot(writer.connection)
    update = UpdateRegisteredModel.model_validate({"model": {"name": "a"}, "task": "t", "riskTier": None})
    await update_registered_model(writer, update)
    assert await snapshot(writer.connection) == before


async def test_an_update_that_expected_another_revision_is_refused(writer: Writer) -> None:
    await create_registered_model(writer, CreateRegisteredModel(name="a"))
    update = UpdateRegisteredModel.model_validate({"model": {"name": "a"}, "task": "t", "expectedRevision": 7})
    error = await refused(writer, StaleRevision, lambda: update_registered_model(writer, update))
    assert (error.path, error.details) == (("expectedRevision",), {"revision": 1})


async def test_what_every_model_has_cannot_be_cleared(writer: Writer) -> None:
    await create_registered_model(writer, CreateRegisteredModel(name="a"))
    update = UpdateRegisteredModel.model_validate({"model": {"name": "a"}, "kind": None})
    error = await refused(writer, InvalidInput, lambda: update_registered_model(writer, update))
    assert error.path == ("kind",)


async def test_an_owner_is_a_fact_with_an_interval(writer: Writer) -> None:
    owner = {"name": "tester"}
    await create_registered_model(writer, CreateRegisteredModel.model_validate({"name": "a", "owner": owner}))
    same = UpdateRegisteredModel.model_validate({"model": {"name": "a"}, "owner": owner})
    before = await snapshot(writer.connection)
    await update_registered_model(writer, same)
    assert await snapshot(writer.connection) == before
    await update_registered_model(writer, UpdateRegisteredModel.model_validate({"model": {"name": "a"}, "owner": None}))
    await update_registered_model(writer, same)
    assert await found(writer.connection, OWNERS) == [["tester", False], ["tester", True]]


async def test_a_former_name_finds_a_model_until_another_takes_it(writer: Writer) -> None:
    first = await create_registered_model(writer, CreateRegisteredModel(name="a"))
    await rename_registered_model(writer, RenameRegisteredModel(model=by_name("a"), name="b"))
    update = UpdateRegisteredModel.model_validate({"model": {"name": "a"}, "task": "t"})
    assert (await update_registered_model(writer, update)).id == first.id
    second = await create_registered_model(writer, CreateRegisteredModel(name="a"))
    assert (await update_registered_model(writer, update)).id == second.id
    rename = RenameRegisteredModel(model=by_name("a"), name="b")
    error = await refused(writer, AlreadyExists, lambda: rename_registered_model(writer, rename))
    assert error.path == ("name",)


async def test_a_model_may_have_its_former_name_back(writer: Writer) -> None:
    first = await create_registered_model(writer, CreateRegisteredModel(name="a"))
    for name in ("b", "a"):
        await rename_registered_model(
            writer, RenameRegisteredModel(model=ModelRef.model_validate({"id": first.id}), name=name)
        )
    assert await found(writer.connection, "MATCH (f:FormerName) RETURN collect(f.name) AS found") == ["b"]


async def test_an_archived_model_gets_no_versions(writer: Writer) -> None:
    await register(writer, "a")
    await archive_registered_model(writer, ArchiveRegisteredModel(model=by_name("a")))
    await refused(writer, InvalidInput, lambda: register(writer, "a"))
    await restore_registered_model(writer, RestoreRegisteredModel(model=by_name("a")))
    assert (await register(writer, "a")).created


async def test_what_identifies_a_version_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="Extra inputs"):
        UpdateModelVersion.model_validate({"version": {"id": "x"}, "framework": "other"})


async def test_a_version_may_be_described_anew(writer: Writer) -> None:
    written = await register(writer)
    update = UpdateModelVersion.model_validate({"version": {"id": written.id}, "description": "better"})
    await update_model_version(writer, update)
    text = "MATCH (v:Entity {id: $id}) RETURN v.description AS found"
    assert await found(writer.connection, text, id=written.id) == "better"


async def test_a_life_is_told_in_intervals_that_follow_each_other(writer: Writer) -> None:
    first, second = await register(writer), await register(writer)
    deprecation = {
        "version": {"id": first.id},
        "reason": "old",
        "successor": {"id": second.id},
        "retireOn": "2027-01-01",
    }
    await deprecate_model_version(writer, DeprecateModelVersion.model_validate(deprecation))
    await retire_model_version(writer, RetireModelVersion(version=by_id(first.id)))
    await archive_model_version(writer, ArchiveModelVersion(version=by_id(first.id)))
    await restore_model_version(writer, RestoreModelVersion(version=by_id(first.id)))
    states = await found(writer.connection, STATES, id=first.id)
    assert [state for state, _, _ in states] == ["ACTIVE", "DEPRECATED", "RETIRED", "ARCHIVED", "ACTIVE"]
    assert [is_open for _, is_open, _ in states] == [False] * 4 + [True]


async def test_a_step_that_a_life_does_not_allow_is_refused(writer: Writer) -> None:
    written = await register(writer)
    restore = RestoreModelVersion(version=by_id(written.id))
    error = await refused(writer, InvalidInput, lambda: restore_model_version(writer, restore))
    assert error.details == {"state": "ACTIVE"}
    itself = {"version": {"id": written.id}, "reason": "r", "successor": {"id": written.id}}
    command = DeprecateModelVersion.model_validate(itself)
    assert (await refused(writer, InvalidInput, lambda: deprecate_model_version(writer, command))).path == (
        "successor",
    )


async def test_a_lost_answer_is_asked_for_again_with_the_same_key(writer: Writer) -> None:
    written = await register(writer)
    version = {"version": {"id": written.id}, "idempotencyKey": "k"}
    update = UpdateModelVersion.model_validate({**version, "description": "better", "expectedRevision": 1})
    retirement = RetireModelVersion.model_validate({**version, "expectedRevision": 2})
    deletion = DeleteModelVersion.model_validate(version)
    repeated: tuple[Callable[[], Awaitable[Written]], ...] = (
        lambda: update_model_version(writer, update),
        lambda: retire_model_version(writer, retirement),
        lambda: delete_model_version(writer, deletion),
    )
    for action in repeated:
        first = await action()
        before = await snapshot(writer.connection)
        again = await action()
        assert (first.id, first.replayed, again.id, again.replayed) == (written.id, False, written.id, True)
        assert await snapshot(writer.connection) == before


async def test_an_alias_is_moved_and_removed(writer: Writer) -> None:
    written = await register(writer, aliases=["champion"])
    await remove_model_alias(writer, RemoveModelAlias(model=by_name("churn"), alias="champion"))
    assert [is_open for *_, is_open in await found(writer.connection, ALIASES)] == [False]
    removal = RemoveModelAlias(model=by_name("churn"), alias="champion")
    await refused(writer, NotFound, lambda: remove_model_alias(writer, removal))
    moved = SetModelAlias.model_validate(
        {"alias": "champion", "version": {"id": written.id}, "expectedVersion": {"id": written.id}}
    )
    await refused(writer, StaleRevision, lambda: set_model_alias(writer, moved))


async def test_an_aliased_version_is_not_deleted(writer: Writer) -> None:
    written = await register(writer, aliases=["champion"])
    error = await refused(
        writer, InUse, lambda: delete_model_version(writer, DeleteModelVersion(version=by_id(written.id)))
    )
    assert [user["type"] for user in error.details["users"]] == ["Alias"]  # type: ignore[attr-defined]


async def test_an_ancestor_is_not_deleted_nor_is_its_model(writer: Writer) -> None:
    parent = await register(writer, "base")
    child = await register(writer, "child", parents=[{"kind": "FINE_TUNE", "source": {"id": parent.id}}])
    users = [{"id": child.id, "type": "ModelVersion", "label": "child/1"}]
    told = {"users": users, "andHidden": False}
    version = DeleteModelVersion(version=by_id(parent.id))
    assert (await refused(writer, InUse, lambda: delete_model_version(writer, version))).details == told
    model = DeleteRegisteredModel(model=by_name("base"))
    assert (await refused(writer, InUse, lambda: delete_registered_model(writer, model))).details == told


async def test_a_deleted_version_leaves_its_event_and_its_number_behind(writer: Writer) -> None:
    fields = {**WHOLE, "aliases": []}
    written = await register(writer, **fields)
    await delete_model_version(writer, DeleteModelVersion(version=by_id(written.id), reason="by mistake"))
    left = """MATCH (n) WHERE n.subjectId = $id AND NOT n:AuditEvent OR n.versionId = $id OR n.id = $id
    RETURN count(n) AS found"""
    assert await found(writer.connection, left, id=written.id) == 0
    events = "MATCH (e:AuditEvent {subjectId: $id}) WITH e ORDER BY e.at RETURN collect(properties(e)) AS found"
    history = await found(writer.connection, events, id=written.id)
    assert [(event["action"], text_of(event, "reason")) for event in history] == [
        ("modelVersion.register", None),
        ("modelVersion.delete", "by mistake"),
    ]
    again = await register(writer, **{**fields, "references": []})
    assert await found(writer.connection, "MATCH (v:Entity {id: $id}) RETURN v.number AS found", id=again.id) == 2


async def test_a_model_is_deleted_with_its_versions(writer: Writer) -> None:
    first = await register(writer, "a")
    await register(writer, "a", parents=[{"kind": "RETRAIN", "source": {"id": first.id}}])
    await create_registered_model(writer, CreateRegisteredModel(name="empty"))
    for name in ("a", "empty"):
        await delete_registered_model(writer, DeleteRegisteredModel(model=by_name(name)))
    text = "MATCH (n:RegisteredModel|ModelVersion|VersionLifecycle|FormerName) RETURN count(n) AS found"
    assert await found(writer.connection, text) == 0


async def test_what_is_not_there_cannot_be_changed(writer: Writer) -> None:
    update = UpdateDataset.model_validate({"dataset": {"name": "none"}, "kind": "table"})
    error = await refused(writer, NotFound, lambda: update_dataset(writer, update))
    assert error.path == ("dataset", "name")
