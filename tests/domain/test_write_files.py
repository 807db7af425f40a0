"""Every write file keeps the rules of writing: one row with its outcome, and all of a write or nothing of it."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import suppress
from typing import Any

import pytest

from app.database.errors import ConstraintViolated
from app.database.queries import all_queries, query
from app.domain.identity import ensure_actor
from app.domain.labelling import (
    AddLink,
    AddReference,
    RemoveLink,
    RemoveReference,
    RemoveTags,
    SetTags,
    add_link,
    add_reference,
    remove_link,
    remove_reference,
    remove_tags,
    set_tags,
)
from app.domain.lineage.datasets import RegisterDatasetVersion, register_dataset_version
from app.domain.lineage.execution import FinishRun, LogRun, StartRun, finish_run, log_run, start_run
from app.domain.registry.aliases import RemoveModelAlias, SetModelAlias, remove_model_alias, set_model_alias
from app.domain.registry.life import RetireModelVersion, retire_model_version
from app.domain.registry.upkeep import (
    ArchiveRegisteredModel,
    RenameRegisteredModel,
    UpdateRegisteredModel,
    archive_registered_model,
    rename_registered_model,
    update_registered_model,
)
from app.domain.writing import Change, Outdated, Writer, commit
from app.errors import Conflict, PedigreeError
from graph_schema.model import MODEL
from tests.domain.actions import MORE_ACTIONS, prepare
from tests.domain.approval import actions as approval
from tests.domain.approval.actions import APPROVAL_ACTIONS
from tests.domain.credentials import actions as credentials
from tests.domain.credentials.actions import CREDENTIAL_ACTIONS
from tests.domain.governance import actions as governance
from tests.domain.governance.actions import GOVERNANCE_ACTIONS
from tests.fixtures.kept import Kept, kept
from tests.fixtures.listening import Heard, heard
from tests.fixtures.registration import WHOLE, register
from tests.fixtures.snapshot import found, snapshot

UNKNOWN = "00000000-0000-7000-8000-000000000000"
FOLDERS = (
    *("approval", "credentials", "delivery", "entity", "evaluation", "governance", "graph", "identity"),
    *("licensing", "lineage", "promotion", "registry"),
)
FIRST = {"number": {"model": "team/churn", "number": 1}}
CHURN = {"name": "team/churn"}
ENTITY = {"modelVersion": FIRST}
LINK = {"kind": "paper", "url": "https://example.org/paper"}
KEY = {"system": "mlflow", "externalId": "churn/1"}
RUN = {"external": {"system": "airflow", "externalId": "1"}}
DERIVED = {
    "record": {"dataset": "scores", "version": "1"},
    "parents": [{"kind": "SYNTHETIC", "source": {"modelVersion": FIRST}}],
    "tags": [{"key": "a", "value": "b"}],
}
LOGGED = {"run": RUN, "parameters": {"x": 1}, "metrics": [{"name": "loss", "value": 1}]}

Act = Callable[[Writer], Awaitable[object]]

# One action for each file, on a registry that holds two versions of a model and a run.
ACTIONS: dict[str, Act] = {
    **MORE_ACTIONS,
    **CREDENTIAL_ACTIONS,
    **GOVERNANCE_ACTIONS,
    **APPROVAL_ACTIONS,
    "entity/add_link": lambda w: add_link(
        w, AddLink.model_validate({"entity": ENTITY, "link": {**LINK, "title": "New"}})
    ),
    "entity/add_reference": lambda w: add_reference(
        w, AddReference.model_validate({"entity": ENTITY, "reference": {"system": "hf", "externalId": "1"}})
    ),
    "entity/archive": lambda w: archive_registered_model(w, ArchiveRegisteredModel.model_validate({"model": CHURN})),
    "entity/remove_link": lambda w: remove_link(w, RemoveLink.model_validate({"entity": ENTITY, "url": LINK["url"]})),
    "entity/remove_reference": lambda w: remove_reference(
        w, RemoveReference.model_validate({"entity": ENTITY, "reference": KEY})
    ),
    "entity/remove_tags": lambda w: remove_tags(w, RemoveTags.model_validate({"entity": ENTITY, "keys": ["stage"]})),
    "entity/set_tags": lambda w: set_tags(
        w, SetTags.model_validate({"entity": ENTITY, "tags": [{"key": "stage", "value": "old"}]})
    ),
    "entity/update": lambda w: update_registered_model(
        w, UpdateRegisteredModel.model_validate({"model": CHURN, "task": "t", "owner": {"name": "tester"}})
    ),
    "graph/add": lambda w: register_dataset_version(w, RegisterDatasetVersion.model_validate(DERIVED)),
    "identity/ensure_actor": lambda w: ensure_actor(w.connection, "somebody"),
    "lineage/finish_run": lambda w: finish_run(w, FinishRun.model_validate({"run": RUN})),
    "lineage/log_run": lambda w: log_run(w, LogRun.model_validate(LOGGED)),
    "registry/change_life": lambda w: retire_model_version(w, RetireModelVersion.model_validate({"version": FIRST})),
    "registry/register_version": lambda w: register(w, **{**WHOLE, "references": [], "parents": DERIVED["parents"]}),
    "registry/remove_alias": lambda w: remove_model_alias(
        w, RemoveModelAlias.model_validate({"model": CHURN, "alias": "champion"})
    ),
    "registry/rename_model": lambda w: rename_registered_model(
        w, RenameRegisteredModel.model_validate({"model": CHURN, "name": "churn"})
    ),
    "registry/set_alias": lambda w: set_model_alias(
        w, SetModelAlias.model_validate({"alias": "champion", "version": FIRST})
    ),
}


def writes() -> Iterator[str]:
    for each in all_queries():
        if ("write", "") in each.declarations and each.name.split("/")[0] in FOLDERS:
            yield each.name


def test_every_write_file_has_its_action() -> None:
    assert sorted(ACTIONS) == sorted(writes())


def test_a_guard_against_cycles_follows_every_kind_of_lineage() -> None:
    guarded = [each for each in all_queries() if "shortestPath" in each.body and ("write", "") in each.declarations]
    assert len(guarded) >= 2
    assert [each.name for each in guarded if f"[:{'|'.join(MODEL.lineage_types)}*..]" not in each.body] == []


@pytest.fixture(scope="module")
async def prepared(founder: Writer) -> Kept:
    """Two versions of a model, the second one bearing the alias, and a run."""
    await register(founder, **WHOLE)
    await register(founder, **{**WHOLE, "references": []})
    await start_run(founder, StartRun.model_validate({"reference": RUN["external"]}))
    await prepare(founder)
    await credentials.prepare(founder)
    await governance.prepare(founder)
    await approval.prepare(founder)
    return await kept(founder)


@pytest.fixture
async def registry(prepared: Kept) -> Writer:
    """Who wrote to a registry that is as it was prepared."""
    return await prepared.put_back()


@pytest.mark.parametrize("name", sorted(ACTIONS))
async def test_a_write_returns_one_row_with_its_outcome_and_leaves_its_event(registry: Writer, name: str) -> None:
    statement = await heard(registry, ACTIONS[name])
    assert statement.query == query(name)
    assert statement.row["outcome"] == "done"
    events = "MATCH (e:AuditEvent) RETURN count(e) AS found"
    before = await found(registry.connection, events)
    await ACTIONS[name](registry)
    after = await found(registry.connection, events)
    assert after - before == len(statement.row["changes"]) > 0


@pytest.mark.parametrize("name", sorted(ACTIONS))
async def test_a_write_that_is_not_whole_is_undone(registry: Writer, name: str) -> None:
    statement = await heard(registry, ACTIONS[name])
    counted = {
        key: len(statement.given[key])
        for key in statement.row.keys() & statement.given.keys()
        if is_list(statement, key)
    }
    before = await snapshot(registry.connection)
    for parameters in [*thinned(statement, counted), *doubled(statement, counted), *dangling(statement, counted)]:
        change = Change(statement.query, "test", parameters, counts=counted)
        with suppress(Outdated, ConstraintViolated, PedigreeError):
            await commit(registry, change)
        assert await snapshot(registry.connection) == before


@pytest.mark.parametrize("name", sorted(ACTIONS))
async def test_a_write_to_what_is_not_there_changes_nothing(registry: Writer, name: str) -> None:
    statement = await heard(registry, ACTIONS[name])
    ids = await found(registry.connection, "MATCH (n:Entity) RETURN collect(n.id) AS found")
    before = await snapshot(registry.connection)
    for key, value in statement.given.items():
        if key != "actorId" and isinstance(value, str) and value in ids:
            with suppress(Outdated, Conflict):
                await commit(registry, Change(statement.query, "test", {**statement.given, key: UNKNOWN}))
            assert await snapshot(registry.connection) == before


def is_list(statement: Heard, key: str) -> bool:
    return isinstance(statement.given[key], list) and len(statement.given[key]) > 0


def thinned(statement: Heard, counted: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    """The same write with one of its lists empty."""
    for key in counted:
        yield {**statement.given, key: []}


def doubled(statement: Heard, counted: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    """The same write with an item of one of its lists twice."""
    for key in counted:
        items = statement.given[key]
        yield {**statement.given, key: [*items, items[0]]}


def dangling(statement: Heard, counted: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    """The same write with a relationship that leads to something unknown."""
    for key in counted.keys() & {"edges", "ties"}:
        first, *others = statement.given[key]
        yield {**statement.given, key: [{**first, "to": UNKNOWN}, *others]}
    if "owners" in counted:
        yield {**statement.given, "owners": [UNKNOWN]}
