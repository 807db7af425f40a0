"""What a grant is over: all, a team's models, one model, one dataset, one environment."""

from collections.abc import Awaitable
from typing import Any

import pytest

from app.domain.delivery.ending import StopDeployment, stop_deployment
from app.domain.delivery.environments import CreateEnvironment, create_environment
from app.domain.delivery.placement import PlaceDeployment, place_deployment
from app.domain.evaluation import RecordEvaluation, record_evaluation
from app.domain.identity import CreateTeam, create_team
from app.domain.lineage.datasets import (
    CreateDataset,
    RegisterDatasetVersion,
    UpdateDataset,
    create_dataset,
    register_dataset_version,
    update_dataset,
)
from app.domain.lineage.execution import StartRun, start_run
from app.domain.membership import AddTeamMember, RemoveTeamMember, add_team_member, remove_team_member
from app.domain.ownership import SetOwner, set_owner
from app.domain.permission.asking import may
from app.domain.permission.grants import CreateGrant, RevokeGrant, create_grant, revoke_grant
from app.domain.registry.aliases import RemoveModelAlias, SetModelAlias, remove_model_alias, set_model_alias
from app.domain.registry.life import DeleteRegisteredModel, delete_registered_model
from app.domain.registry.models import CreateRegisteredModel, create_registered_model
from app.domain.registry.upkeep import (
    RenameRegisteredModel,
    UpdateRegisteredModel,
    rename_registered_model,
    update_registered_model,
)
from app.domain.writing import Writer
from app.errors import Forbidden, InvalidInput, NotFound
from tests.domain.permission.people import somebody
from tests.fixtures.registration import register
from tests.fixtures.snapshot import found

CONTRIBUTOR: dict[str, Any] = {"role": "CONTRIBUTOR"}
MAINTAINER: dict[str, Any] = {"role": "MAINTAINER"}
APPROVER: dict[str, Any] = {"role": "APPROVER"}
CHURN = {"model": {"name": "churn"}}
DENIED = """MATCH (e:AuditEvent {outcome: 'DENIED'})
WITH e ORDER BY e.at RETURN collect([e.action, e.actorId, e.subjectType, e.subjectId]) AS found"""


async def forbidden(attempt: Awaitable[object]) -> Forbidden:
    with pytest.raises(Forbidden) as refused:
        await attempt
    return refused.value


async def describe(by: Writer, model: str) -> None:
    command = {"model": {"name": model}, "description": by.caller.actor_id}
    await update_registered_model(by, UpdateRegisteredModel.model_validate(command))


async def team(writer: Writer, name: str, **owns: str) -> str:
    """A team that owns something."""
    id = (await create_team(writer, CreateTeam(name=name))).id
    for kind, thing in owns.items():
        command = {"entity": {kind: thing}, "owner": {"name": name}}
        await set_owner(writer, SetOwner.model_validate(command))
    return id


async def member(writer: Writer, team: str, member: str) -> None:
    command = {"team": {"name": team}, "member": {"name": member}}
    await add_team_member(writer, AddTeamMember.model_validate(command))


async def give(writer: Writer, to: str, **granted: object) -> str:
    return (await create_grant(writer, CreateGrant.model_validate({"to": {"name": to}, **granted}))).id


async def test_over_one_model_and_its_versions_alone(writer: Writer) -> None:
    for name in ("churn", "fraud"):
        await register(writer, name)
    robot = await somebody(writer, on={"model": "churn"}, **CONTRIBUTOR)
    await describe(robot, "churn")
    await register(robot, "churn")
    measured = {"version": {"number": {"model": "churn", "number": 1}}, "metrics": [{"name": "auc", "value": 1}]}
    await record_evaluation(robot, RecordEvaluation.model_validate(measured))
    await start_run(robot, StartRun())  # a run is nobody's: who may start one anywhere may start one
    refused = await forbidden(describe(robot, "fraud"))
    assert refused.details == {"permissions": ["registeredModel.update"]}
    await forbidden(register(robot, "fraud"))
    await forbidden(register(robot, "new"))
    await forbidden(create_dataset(robot, CreateDataset(name="clicks", kind="files")))


async def test_a_denied_attempt_leaves_an_event_and_nothing_else(writer: Writer) -> None:
    model = (await create_registered_model(writer, CreateRegisteredModel(name="churn"))).id
    robot = await somebody(writer)
    await forbidden(describe(robot, "churn"))
    await forbidden(create_team(robot, CreateTeam(name="risk")))
    own = robot.caller.actor_id
    assert await found(writer.connection, DENIED) == [
        ["registeredModel.update", own, "RegisteredModel", model],
        ["team.create", own, "ServiceAccount", own],
    ]


async def test_over_what_a_team_owns_and_the_teams_within_it(writer: Writer) -> None:
    for name in ("churn", "fraud"):
        await register(writer, name)
    await team(writer, "company", model="fraud")
    await team(writer, "risk", model="churn")
    await member(writer, "company", "risk")
    inner = await somebody(writer, "inner", on={"actor": "risk"}, **CONTRIBUTOR)
    outer = await somebody(writer, "outer", on={"actor": "company"}, **CONTRIBUTOR)
    await describe(inner, "churn")
    await forbidden(describe(inner, "fraud"))
    await describe(outer, "churn")
    await describe(outer, "fraud")


async def test_to_a_team_and_so_to_its_members_for_as_long_as_they_are(writer: Writer) -> None:
    await register(writer, "churn")
    for name in ("company", "risk"):
        await create_team(writer, CreateTeam(name=name))
    robot = await somebody(writer)
    await member(writer, "company", "risk")
    await member(writer, "risk", "robot")
    await forbidden(describe(robot, "churn"))
    await give(writer, "company", **CONTRIBUTOR)
    await describe(robot, "churn")
    left = {"team": {"name": "risk"}, "member": {"name": "robot"}}
    await remove_team_member(writer, RemoveTeamMember.model_validate(left))
    await forbidden(describe(robot, "churn"))


async def test_to_a_team_that_the_issuer_of_a_credential_names(writer: Writer) -> None:
    await register(writer, "churn")
    id = (await create_team(writer, CreateTeam(name="risk"))).id
    await give(writer, "risk", **CONTRIBUTOR)
    await describe(await somebody(writer, teams=(id,)), "churn")


async def test_a_namespace_is_its_teams_whether_a_name_in_it_is_taken_or_not(writer: Writer) -> None:
    await team(writer, "risk")
    await register(writer, "risk/churn")
    await register(writer, "churn")
    own = await somebody(writer, "own", on={"actor": "risk"}, **MAINTAINER)
    await create_registered_model(own, CreateRegisteredModel(name="risk/fraud"))
    await create_dataset(own, CreateDataset(name="risk/clicks", kind="files"))
    await register(own, "risk/new")
    snapshot = RegisterDatasetVersion.model_validate({"record": {"dataset": "risk/views", "version": "1"}})
    await register_dataset_version(own, snapshot)

    other = await somebody(writer, "other", on={"model": "churn"}, **MAINTAINER)
    told = [
        await forbidden(create_registered_model(other, CreateRegisteredModel(name=name)))
        for name in ("risk/churn", "risk/none", "none/none")
    ]
    assert len({str(each) for each in told}) == 1
    await forbidden(register(other, "risk/none"))
    into = RenameRegisteredModel.model_validate({**CHURN, "name": "risk/mine"})
    await forbidden(rename_registered_model(other, into))


async def test_over_one_dataset(writer: Writer) -> None:
    for name in ("clicks", "views"):
        await create_dataset(writer, CreateDataset(name=name, kind="files"))
    robot = await somebody(writer, on={"dataset": "clicks"}, **CONTRIBUTOR)
    await update_dataset(robot, UpdateDataset.model_validate({"dataset": {"name": "clicks"}, "description": "d"}))
    record = {"dataset": "clicks", "version": "1"}
    await register_dataset_version(robot, RegisterDatasetVersion.model_validate({"record": record}))
    elsewhere = {"record": {"dataset": "views", "version": "1"}}
    await forbidden(register_dataset_version(robot, RegisterDatasetVersion.model_validate(elsewhere)))


async def test_over_one_environment(writer: Writer) -> None:
    await register(writer, "churn")
    for position, name in enumerate(("staging", "production")):
        await create_environment(writer, CreateEnvironment(name=name, position=position))
    robot = await somebody(writer, on={"environment": "staging"}, **APPROVER)
    placed = await place_deployment(robot, place("staging"))
    await stop_deployment(robot, StopDeployment.model_validate({"deployment": {"id": placed.id}}))
    await forbidden(place_deployment(robot, place("production")))
    running = await place_deployment(writer, place("production"))
    await forbidden(stop_deployment(robot, StopDeployment.model_validate({"deployment": {"id": running.id}})))


def place(environment: str) -> PlaceDeployment:
    version = {"number": {"model": "churn", "number": 1}}
    return PlaceDeployment.model_validate(
        {"version": version, "environment": {"name": environment}, "endpoint": "churn-api"}
    )


async def test_single_permissions(writer: Writer) -> None:
    await register(writer, "churn")
    robot = await somebody(writer, permissions=["modelVersion.register"])
    await register(robot, "churn")
    await forbidden(register(robot, "churn", aliases=["candidate"]))
    command = DeleteRegisteredModel.model_validate({**CHURN, "reason": "why"})
    await forbidden(delete_registered_model(robot, command))


async def test_aliases_that_a_model_protects(writer: Writer) -> None:
    await register(writer, "churn")
    protect = UpdateRegisteredModel.model_validate({**CHURN, "protectedAliases": ["champion"]})
    await update_registered_model(writer, protect)
    robot = await somebody(writer, on={"model": "churn"}, **CONTRIBUTOR)
    approver = await somebody(writer, "approver", on={"model": "churn"}, **APPROVER)
    await set_model_alias(robot, alias("candidate"))
    refused = await forbidden(set_model_alias(robot, alias("champion")))
    assert refused.details["permissions"] == ["alias.set", "alias.setProtected"]
    await forbidden(register(robot, "churn", aliases=["champion"]))
    await set_model_alias(approver, alias("champion"))
    await forbidden(remove_model_alias(robot, RemoveModelAlias.model_validate({**CHURN, "alias": "champion"})))
    free = UpdateRegisteredModel.model_validate({**CHURN, "protectedAliases": None})
    await forbidden(update_registered_model(robot, free))


def alias(name: str) -> SetModelAlias:
    version = {"number": {"model": "churn", "number": 1}}
    return SetModelAlias.model_validate({"alias": name, "version": version})


async def test_a_credential_that_is_limited_may_do_no_more(writer: Writer) -> None:
    await register(writer, "churn")
    robot = await somebody(writer, allowed=frozenset({"modelVersion.register"}), **CONTRIBUTOR)
    await register(robot, "churn")
    refused = await forbidden(describe(robot, "churn"))
    assert refused.message == "Your credential is limited: this takes registeredModel.update."


async def test_nobody_gives_or_takes_more_than_they_have_there(writer: Writer) -> None:
    for name in ("churn", "fraud"):
        await register(writer, name)
    keeper = await somebody(writer, "keeper", on={"model": "churn"}, **MAINTAINER)
    admin = await somebody(writer, "boss", role="ADMIN")
    robot = await somebody(writer)
    given = await give(keeper, "robot", on={"model": "churn"}, **CONTRIBUTOR)
    await describe(robot, "churn")
    await forbidden(give(keeper, "robot", on={"model": "churn"}, role="ADMIN"))
    await forbidden(give(keeper, "robot", **CONTRIBUTOR))
    await forbidden(give(keeper, "robot", on={"model": "fraud"}, **CONTRIBUTOR))
    whole = await give(admin, "robot", role="ADMIN")
    await forbidden(revoke_grant(keeper, RevokeGrant.model_validate({"id": whole})))
    await revoke_grant(admin, RevokeGrant.model_validate({"id": whole}))
    for _ in range(2):
        await revoke_grant(keeper, RevokeGrant.model_validate({"id": given}))
    await forbidden(describe(robot, "churn"))


@pytest.mark.parametrize(
    ("said", "path"),
    [
        ({}, ("role",)),
        ({"role": "VIEWER", "permissions": ["alias.set"]}, ("role",)),
        ({"permissions": ["alias.sett"]}, ("permissions", 0)),
        ({"role": "VIEWER", "on": {"actor": "tester"}}, ("on",)),
    ],
)
async def test_a_grant_that_says_nothing_that_can_be_granted(
    writer: Writer, said: dict[str, Any], path: tuple[str | int, ...]
) -> None:
    with pytest.raises(InvalidInput) as refused:
        await give(writer, "tester", **said)
    assert refused.value.path[: len(path)] == path


async def test_the_same_grant_is_given_once_and_one_that_is_not_there_is_not_taken(writer: Writer) -> None:
    assert await give(writer, "tester", role="VIEWER") == await give(writer, "tester", role="VIEWER")
    with pytest.raises(NotFound):
        await revoke_grant(writer, RevokeGrant.model_validate({"id": "none"}))


async def test_a_grant_goes_with_what_it_is_over(writer: Writer) -> None:
    await create_registered_model(writer, CreateRegisteredModel(name="churn"))
    await somebody(writer, on={"model": "churn"}, **CONTRIBUTOR)
    await delete_registered_model(writer, DeleteRegisteredModel.model_validate({**CHURN, "reason": "why"}))
    assert await found(writer.connection, "MATCH (g:Grant) RETURN count(g) AS found") == 0


async def test_a_page_can_ask_before(writer: Writer) -> None:
    churn = (await create_registered_model(writer, CreateRegisteredModel(name="churn"))).id
    robot = await somebody(writer, on={"model": "churn"}, **CONTRIBUTOR)
    principal = robot.caller.principal
    assert principal is not None
    asked = [
        ("registeredModel.update", churn),
        ("registeredModel.delete", churn),
        ("registeredModel.update", None),
        ("registeredModel.update", "none"),
        ("run.start", None),
    ]
    answers = [await may(writer.connection, principal, action, on) for action, on in asked]
    assert answers == [True, False, False, False, True]
