"""Who sees what is private: whoever was granted something over it, and whoever answers for it."""

from dataclasses import replace
from typing import Any

import pytest

from app.domain.delivery.environments import CreateEnvironment, create_environment
from app.domain.delivery.placement import PlaceDeployment, place_deployment
from app.domain.identity import CreateTeam, create_team
from app.domain.labelling import AddReference, add_reference
from app.domain.lineage.datasets import CreateDataset, create_dataset
from app.domain.lineage.recording import RecordLineage, record_lineage
from app.domain.membership import AddTeamMember, add_team_member
from app.domain.ownership import SetOwner, set_owner
from app.domain.permission.grants import CreateGrant, RevokeGrant, create_grant, revoke_grant
from app.domain.permission.looking import sight_of
from app.domain.permission.sight import WHOLE, Sight
from app.domain.registry.aliases import SetModelAlias, set_model_alias
from app.domain.registry.life import (
    DeleteModelVersion,
    DeleteRegisteredModel,
    DeprecateModelVersion,
    delete_model_version,
    delete_registered_model,
    deprecate_model_version,
)
from app.domain.registry.models import CreateRegisteredModel, create_registered_model
from app.domain.registry.upkeep import RenameRegisteredModel, rename_registered_model
from app.domain.visibility import SetVisibility, set_visibility
from app.domain.vocabulary import Visibility
from app.domain.writing import Writer
from app.errors import AlreadyExists, Conflict, Cycle, Forbidden, InUse, InvalidInput, NotFound
from tests.domain.permission.people import somebody
from tests.fixtures.registration import DIGEST, register
from tests.fixtures.snapshot import found

SECRET = {"model": {"name": "risk/secret"}}
PRIVATE = Visibility.PRIVATE


@pytest.fixture
async def secrets(writer: Writer) -> list[str]:
    """The ids of a private model and a private dataset of the team risk, which is within the team bank."""
    for name in ("bank", "risk"):
        await create_team(writer, CreateTeam(name=name))
    command = {"team": {"name": "bank"}, "member": {"name": "risk"}}
    await add_team_member(writer, AddTeamMember.model_validate(command))
    model = CreateRegisteredModel(name="risk/secret", visibility=PRIVATE)
    dataset = CreateDataset(name="risk/clicks", kind="files", visibility=PRIVATE)
    return [(await create_registered_model(writer, model)).id, (await create_dataset(writer, dataset)).id]


async def hidden(by: Writer) -> list[str]:
    return list((await sight_of(by.connection, by.caller.principal)).hidden)


async def looking(by: Writer) -> Writer:
    """The same with what they may see, as a request begins."""
    return replace(by, caller=replace(by.caller, sight=await sight_of(by.connection, by.caller.principal)))


async def show(writer: Writer, visibility: Visibility, **entity: str) -> None:
    command = {"entity": entity, "visibility": visibility.value, "reason": "asked for"}
    await set_visibility(writer, SetVisibility.model_validate(command))


async def test_what_is_private_is_hidden_from_who_was_granted_nothing(writer: Writer, secrets: list[str]) -> None:
    robot = await somebody(writer)
    assert await hidden(robot) == sorted(secrets)
    assert await sight_of(writer.connection, None) == WHOLE
    for entity in ({"model": "risk/secret"}, {"dataset": "risk/clicks"}):
        await show(writer, Visibility.PUBLIC, **entity)
    assert await hidden(robot) == []
    await show(writer, PRIVATE, model="risk/secret")
    assert await hidden(robot) == secrets[:1]


@pytest.mark.parametrize(
    ("granted", "seen"),
    [
        ({"role": "VIEWER"}, "both"),
        ({"permissions": ["alias.set"]}, "both"),
        ({"role": "VIEWER", "on": {"model": "risk/secret"}}, "model"),
        ({"permissions": ["modelVersion.register"], "on": {"model": "risk/secret"}}, "model"),
        ({"role": "CONTRIBUTOR", "on": {"dataset": "risk/clicks"}}, "dataset"),
        ({"role": "VIEWER", "on": {"actor": "risk"}}, "both"),
        ({"role": "VIEWER", "on": {"actor": "bank"}}, "both"),
    ],
)
async def test_a_grant_over_it_shows_it(writer: Writer, secrets: list[str], granted: dict[str, Any], seen: str) -> None:
    robot = await somebody(writer, **granted)
    lacking = {"both": [], "model": secrets[1:], "dataset": secrets[:1]}[seen]
    assert await hidden(robot) == lacking
    id = await found(writer.connection, "MATCH (g:Grant) RETURN g.id AS found")
    await revoke_grant(writer, RevokeGrant(id=id))
    assert await hidden(robot) == sorted(secrets)


async def test_a_grant_to_a_team_shows_it_to_its_members_and_a_grant_elsewhere_to_nobody(
    writer: Writer, secrets: list[str]
) -> None:
    await create_team(writer, CreateTeam(name="guests"))
    await create_registered_model(writer, CreateRegisteredModel(name="churn"))
    command = {"to": {"name": "guests"}, "role": "VIEWER", "on": {"model": "risk/secret"}}
    await create_grant(writer, CreateGrant.model_validate(command))
    robot = await somebody(writer, role="ADMIN", on={"model": "churn"})
    assert await hidden(robot) == sorted(secrets)
    member = {"team": {"name": "guests"}, "member": {"name": "robot"}}
    await add_team_member(writer, AddTeamMember.model_validate(member))
    assert await hidden(robot) == secrets[1:]


async def test_an_owner_sees_it_and_whoever_is_in_the_team_that_owns_it(writer: Writer, secrets: list[str]) -> None:
    robot, member = await somebody(writer), await somebody(writer, "member")
    command = {"team": {"name": "bank"}, "member": {"name": "member"}}
    await add_team_member(writer, AddTeamMember.model_validate(command))
    owners = (({"model": "risk/secret"}, "robot"), ({"dataset": "risk/clicks"}, "bank"))
    for entity, owner in owners:
        told = {"entity": entity, "owner": {"name": owner}}
        await set_owner(writer, SetOwner.model_validate(told))
    assert (await hidden(robot), await hidden(member)) == (secrets[1:], secrets[:1])
    by_issuer = await somebody(writer, "guest", teams=(await found(writer.connection, BANK),))
    assert await hidden(by_issuer) == secrets[:1]


BANK = "MATCH (t:Team {name: 'bank'}) RETURN t.id AS found"


@pytest.mark.parametrize(
    ("allowed", "is_seen"),
    [({"modelVersion.register"}, True), ({"registeredModel.delete"}, False), (set(), False)],
)
async def test_a_limited_credential_shows_what_it_may_work_at(
    writer: Writer, secrets: list[str], allowed: set[str], is_seen: bool
) -> None:
    robot = await somebody(writer, allowed=frozenset(allowed), role="CONTRIBUTOR", on={"model": "risk/secret"})
    assert await hidden(robot) == (secrets[1:] if is_seen else sorted(secrets))


async def test_only_a_name_within_a_team_can_be_private(writer: Writer, secrets: list[str]) -> None:
    with pytest.raises(InvalidInput, match="team's namespace") as refused:
        await create_registered_model(writer, CreateRegisteredModel(name="churn", visibility=PRIVATE))
    assert refused.value.path == ("visibility",)
    await create_registered_model(writer, CreateRegisteredModel(name="churn"))
    with pytest.raises(InvalidInput, match="team's namespace"):
        await show(writer, PRIVATE, model="churn")
    rename = RenameRegisteredModel.model_validate({**SECRET, "name": "secret"})
    with pytest.raises(InvalidInput, match="team's namespace"):
        await rename_registered_model(writer, rename)


async def test_versions_are_not_touched_however_many_there_are(writer: Writer, secrets: list[str]) -> None:
    for _ in range(3):
        await register(writer, "risk/secret")
    versions = "MATCH (v:ModelVersion) RETURN collect(properties(v)) AS found"
    before = str(await found(writer.connection, versions))
    await show(writer, Visibility.PUBLIC, model="risk/secret")
    assert str(await found(writer.connection, versions)) == before


@pytest.mark.parametrize("name", ["risk/secret", "risk/nothing"])
async def test_what_is_hidden_is_not_found_as_if_it_were_not_there(
    writer: Writer, secrets: list[str], name: str
) -> None:
    await register(writer, "risk/secret")
    await register(writer, "churn")
    robot = await looking(await somebody(writer, role="CONTRIBUTOR", on={"model": "churn"}))
    version = {"number": {"model": name, "number": 1}}
    moved = SetModelAlias.model_validate({"alias": "a", "version": version})
    with pytest.raises(NotFound) as refused:
        await set_model_alias(robot, moved)
    assert refused.value.message == f"There is no ModelVersion with model {name}, number 1."
    parents = [{"source": {"modelVersion": version}, "kind": "RETRAIN"}]
    with pytest.raises(NotFound):
        await register(robot, "churn", parents=parents)
    models = "MATCH (m:RegisteredModel) RETURN count(*) AS found"
    before = await found(writer.connection, models)
    with pytest.raises(Forbidden):
        await register(robot, "churn", parents=parents, allowStubs=True)
    assert await found(writer.connection, models) == before


@pytest.mark.parametrize("name", ["risk/secret", "risk/nothing"])
async def test_a_name_in_the_namespace_of_others_is_forbidden_whether_it_is_taken_or_not(
    writer: Writer, secrets: list[str], name: str
) -> None:
    robot = await looking(await somebody(writer))
    with pytest.raises(Forbidden) as refused:
        await create_registered_model(robot, CreateRegisteredModel(name=name))
    assert refused.value.details == {"permissions": ["registeredModel.create"]}


@pytest.mark.parametrize("name", ["risk/clicks", "risk/nothing"])
async def test_data_is_not_recorded_in_the_namespace_of_others(writer: Writer, secrets: list[str], name: str) -> None:
    await register(writer, "churn")
    robot = await looking(await somebody(writer, role="CONTRIBUTOR", on={"model": "churn"}))
    data = {"role": "train", "dataset": {"record": {"dataset": name, "version": "9"}}}
    with pytest.raises(Forbidden) as refused:
        await register(robot, "churn", inputs=[data])
    assert refused.value.details == {"permissions": ["modelVersion.register"]}


async def test_a_name_elsewhere_is_taken_and_nobody_says_by_whom(writer: Writer, secrets: list[str]) -> None:
    name = {"system": "jira", "externalId": "R-1"}
    await add_reference(writer, AddReference.model_validate({"entity": {"model": "risk/secret"}, "reference": name}))
    await register(writer, "churn")
    robot = await looking(await somebody(writer, role="CONTRIBUTOR", on={"model": "churn"}))
    command = AddReference.model_validate({"entity": {"model": "churn"}, "reference": name})
    with pytest.raises(Conflict) as refused:
        await add_reference(robot, command)
    assert refused.value.details == {}


async def test_a_share_that_is_hidden_is_not_told(writer: Writer, secrets: list[str]) -> None:
    await create_environment(writer, CreateEnvironment(name="production", position=1))
    place = {"environment": {"name": "production"}, "endpoint": "api"}
    secret = (await register(writer, "risk/secret")).id
    await place_deployment(writer, PlaceDeployment.model_validate({**place, "version": {"id": secret}}))
    own = {**place, "version": {"id": (await register(writer, "churn")).id}}
    robot = await looking(await somebody(writer, role="APPROVER", on={"environment": "production"}))
    with pytest.raises(AlreadyExists) as taken:
        await place_deployment(robot, PlaceDeployment.model_validate({**own, "replaces": []}))
    assert taken.value.details == {"andHidden": True}
    canary = PlaceDeployment.model_validate({**own, "role": "CANARY", "trafficPercent": 10})
    with pytest.raises(InvalidInput) as overfull:
        await place_deployment(robot, canary)
    assert overfull.value.details == {"deployments": [], "andHidden": True}


async def test_what_is_left_of_something_private_stays_private(writer: Writer, secrets: list[str]) -> None:
    written = await register(writer, "risk/secret", run={"new": {"name": "training"}})
    robot = await somebody(writer)
    version = DeleteModelVersion.model_validate({"version": {"id": written.id}, "reason": "old"})
    await delete_model_version(writer, version)
    assert await hidden(robot) == sorted(secrets)
    await delete_registered_model(writer, DeleteRegisteredModel.model_validate({**SECRET, "reason": "old"}))
    assert await hidden(robot) == sorted(secrets)
    run = "MATCH (r:Run {name: 'training'}) RETURN r.scope AS found"
    assert await found(writer.connection, run) in secrets
    assert await hidden(await somebody(writer, "auditor", role="VIEWER")) == []


async def test_a_digest_is_that_of_what_one_may_see(writer: Writer, secrets: list[str]) -> None:
    artifact = {"artifact": {"uri": "s3://x", "digest": DIGEST}}
    for _ in range(2):
        await register(writer, "risk/secret", **artifact)
    shown = (await register(writer, "churn", **artifact)).id
    robot = await looking(await somebody(writer, role="CONTRIBUTOR", on={"model": "churn"}))
    named = SetModelAlias.model_validate({"alias": "a", "version": {"digest": DIGEST}})
    assert (await set_model_alias(robot, named)).id == shown


async def test_who_stands_in_the_way_is_named_as_far_as_one_may_see(writer: Writer, secrets: list[str]) -> None:
    base = (await register(writer, "base")).id
    parent = {"source": {"modelVersion": {"id": base}}, "kind": "FINE_TUNE"}
    await register(writer, "risk/secret", parents=[parent])
    shown = (await register(writer, "shown", parents=[parent])).id
    robot = await looking(await somebody(writer, role="MAINTAINER", on={"model": "base"}))
    with pytest.raises(InUse) as refused:
        await delete_model_version(robot, DeleteModelVersion.model_validate({"version": {"id": base}, "reason": "old"}))
    assert refused.value.details == {
        "users": [{"id": shown, "type": "ModelVersion", "label": "shown/1"}],
        "andHidden": True,
    }
    assert "secret" not in refused.value.message


async def test_a_cycle_is_told_as_far_as_one_may_see(writer: Writer, secrets: list[str]) -> None:
    base = (await register(writer, "base")).id
    middle = (await register(writer, "risk/secret", parents=[parent_of(base)])).id
    last = (await register(writer, "last", parents=[parent_of(middle)])).id
    robot = await looking(await somebody(writer, role="CONTRIBUTOR", on={"model": "base"}))
    edge = {"source": {"id": base}, "target": {"id": last}, "kind": "DERIVED_FROM", "derivation": "RETRAIN"}
    with pytest.raises(Cycle) as refused:
        await record(robot, edge)
    assert refused.value.details == {
        "nodes": [base, last, base],
        "labels": ["base/1", "last/1", "base/1"],
        "andHidden": True,
    }


def parent_of(id: str) -> dict[str, Any]:
    return {"source": {"modelVersion": {"id": id}}, "kind": "FINE_TUNE"}


async def record(by: Writer, edge: dict[str, Any]) -> None:
    await record_lineage(by, RecordLineage.model_validate(edge))


async def test_a_successor_that_is_hidden_cannot_be_named(writer: Writer, secrets: list[str]) -> None:
    hidden_id = (await register(writer, "risk/secret")).id
    own = (await register(writer, "churn")).id
    robot = await looking(await somebody(writer, role="MAINTAINER", on={"model": "churn"}))
    command = {"version": {"id": own}, "reason": "old", "successor": {"id": hidden_id}}
    with pytest.raises(NotFound):
        await deprecate_model_version(robot, DeprecateModelVersion.model_validate(command))


def test_a_sight_hides_what_belongs_to_what_is_hidden() -> None:
    sight = Sight(("a", "b"))
    assert sight.hides("a")
    assert sight.hides(None, "b")
    assert not sight.hides(None, "c")
