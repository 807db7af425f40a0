"""Actions for the write files of delivery, lineage and identity, and what they need beside two versions and a run."""

from collections.abc import Awaitable, Callable

from app.domain.audit.erasure import ErasePerson, erase_person
from app.domain.delivery.activation import ActivateDeployment, activate_deployment
from app.domain.delivery.ending import StopDeployment, stop_deployment
from app.domain.delivery.environments import (
    CreateEnvironment,
    UpdateEnvironment,
    create_environment,
    update_environment,
)
from app.domain.delivery.placement import PlaceDeployment, place_deployment
from app.domain.delivery.reporting import ReportDeployment, report_deployment
from app.domain.delivery.rollback import RollBackDeployment, roll_back_deployment
from app.domain.evaluation import RetractEvaluation, retract_evaluation
from app.domain.governance.attachments import AttachPolicy, DetachPolicy, attach_policy, detach_policy
from app.domain.governance.policies import (
    DraftPolicy,
    PublishPolicy,
    RetirePolicy,
    UpdatePolicyDraft,
    draft_policy,
    publish_policy,
    retire_policy,
    update_policy_draft,
)
from app.domain.identity import CreateTeam, CreateUser, create_team, create_user
from app.domain.licensing.waivers import (
    RevokeLicenseWaiver,
    WaiveLicenseObligation,
    revoke_license_waiver,
    waive_license_obligation,
)
from app.domain.lineage.datasets import RegisterDatasetVersion, register_dataset_version
from app.domain.lineage.recording import RecordLineage, record_lineage
from app.domain.lineage.removal import DeleteDataset, delete_dataset
from app.domain.lineage.retraction import RetractLineage, retract_lineage
from app.domain.membership import AddTeamMember, RemoveTeamMember, add_team_member, remove_team_member
from app.domain.writing import Writer
from tests.fixtures.snapshot import found

PLACE = {"environment": {"name": "production"}, "endpoint": "churn-api"}
MEMBERSHIP = {"team": {"name": "risk"}, "member": {"name": "ada"}}
SCORES = {"endpoint": {"environment": "production", "name": "scores"}}
OPEN_DEPLOYMENT = "MATCH (d:Deployment {open: true})-[:AT]->(:Endpoint {name: 'churn-api'}) RETURN d.id AS found"
ROLLING_OUT = "MATCH (d:Deployment {status: 'ROLLING_OUT'}) RETURN d.id AS found"
WAIVER = "MATCH (w:LicenseWaiver {open: true}) RETURN w.id AS found"
EVALUATION = "MATCH (e:Evaluation)-[:EVALUATED]->(:ModelVersion {number: 1}) RETURN e.id AS found"
EDGE = "MATCH (:ModelVersion {number: 2})-[r:DERIVED_FROM]->(:ModelVersion {number: 1}) RETURN r.id AS found"


GATE = {"policy": {"name": "gate"}}
RULE = {"name": "described", "expression": "!version.isStub", "message": "Nobody described it."}


def version(number: int) -> dict[str, object]:
    return {"number": {"model": "team/churn", "number": number}}


async def prepare(writer: Writer) -> None:
    """Two environments, a deployment, two versions that followed each other at an endpoint where one rolls out, a
    derivation that is wrong, a waiver, a team with a member, a dataset without users, and a policy of three
    versions."""
    for position, name in enumerate(("staging", "production")):
        await create_environment(writer, CreateEnvironment(name=name, position=position))
    await place_deployment(writer, PlaceDeployment.model_validate({**PLACE, "version": version(1)}))
    for each in (1, 2):
        scores = {**PLACE, "endpoint": "scores", "version": version(each)}
        await place_deployment(writer, PlaceDeployment.model_validate(scores))
    rolling: dict[str, object] = {**PLACE, "endpoint": "nightly", "version": version(1), "isRollingOut": True}
    await place_deployment(writer, PlaceDeployment.model_validate(rolling))
    await record_lineage(writer, derivation())
    await create_team(writer, CreateTeam(name="board"))
    await create_team(writer, CreateTeam(name="risk"))
    await create_user(writer, CreateUser(name="ada"))
    await add_team_member(writer, AddTeamMember.model_validate(MEMBERSHIP))
    await waive(writer)
    for number in ("1", "2"):
        spare = {"record": {"dataset": "spare", "version": number}}
        await register_dataset_version(writer, RegisterDatasetVersion.model_validate(spare))
    await prepare_policy(writer)


async def prepare_policy(writer: Writer) -> None:
    """A policy whose first version holds in staging, whose second is published, and whose third is a draft."""
    for number in (1, 2, 3):
        await draft_policy(writer, DraftPolicy.model_validate({"name": "gate", "rules": [RULE]}))
        if number < 3:
            await publish_policy(writer, PublishPolicy.model_validate(GATE))
        if number == 1:
            attached = {**GATE, "environment": {"name": "staging"}}
            await attach_policy(writer, AttachPolicy.model_validate(attached))


def derivation() -> RecordLineage:
    ends = {"source": {"modelVersion": version(2)}, "target": {"modelVersion": version(1)}}
    return RecordLineage.model_validate({**ends, "kind": "DERIVED_FROM", "derivation": "RETRAIN"})


async def stop(writer: Writer) -> object:
    id = await found(writer.connection, OPEN_DEPLOYMENT)
    return await stop_deployment(writer, StopDeployment.model_validate({"deployment": {"id": id}}))


async def activate(writer: Writer) -> object:
    id = await found(writer.connection, ROLLING_OUT)
    return await activate_deployment(writer, ActivateDeployment.model_validate({"deployment": {"id": id}}))


async def retract(writer: Writer) -> object:
    command = {"edgeId": await found(writer.connection, EDGE), "reason": "wrong", "replaceWith": DATASET}
    return await retract_lineage(writer, RetractLineage.model_validate(command))


async def retract_what_was_measured(writer: Writer) -> object:
    command = {"evaluation": {"id": await found(writer.connection, EVALUATION)}, "reason": "wrong data"}
    return await retract_evaluation(writer, RetractEvaluation.model_validate(command))


async def waive(writer: Writer) -> str:
    """Waive an obligation of the first version for the second."""
    command = {
        "asset": {"modelVersion": version(1)},
        "kinds": ["NON_COMMERCIAL"],
        "waivedFor": {"modelVersion": version(2)},
        "reason": "The owner agreed.",
    }
    return (await waive_license_obligation(writer, WaiveLicenseObligation.model_validate(command))).id


async def revoke(writer: Writer) -> object:
    id = await found(writer.connection, WAIVER)
    return await revoke_license_waiver(writer, RevokeLicenseWaiver.model_validate({"id": id}))


DATASET = {"datasetVersion": {"version": {"dataset": "clicks", "version": "1"}}}
ADAPTED = {"source": {"modelVersion": version(1)}, "target": DATASET, "kind": "DERIVED_FROM", "derivation": "ADAPTER"}
MORE_ACTIONS: dict[str, Callable[[Writer], Awaitable[object]]] = {
    "delivery/place_deployment": lambda w: place_deployment(
        w, PlaceDeployment.model_validate({**PLACE, "version": version(2)})
    ),
    "delivery/activate_deployment": activate,
    "evaluation/retract_evaluation": retract_what_was_measured,
    "delivery/report_deployment": lambda w: report_deployment(
        w, ReportDeployment.model_validate({"endpoint": SCORES, "version": version(1), "isHealthy": True})
    ),
    "delivery/roll_back": lambda w: roll_back_deployment(
        w, RollBackDeployment.model_validate({"endpoint": SCORES, "reason": "it answers 500"})
    ),
    "delivery/stop_deployment": stop,
    "delivery/update_environment": lambda w: update_environment(
        w,
        UpdateEnvironment.model_validate({"environment": {"name": "staging"}, "promotesTo": [{"name": "production"}]}),
    ),
    "governance/draft_policy": lambda w: draft_policy(
        w, DraftPolicy.model_validate({"name": "other", "rules": [RULE]})
    ),
    "governance/update_policy_draft": lambda w: update_policy_draft(
        w, UpdatePolicyDraft.model_validate({**GATE, "mode": "WARN", "description": "What may be deployed."})
    ),
    "governance/publish_policy": lambda w: publish_policy(w, PublishPolicy.model_validate(GATE)),
    "governance/retire_policy": lambda w: retire_policy(w, RetirePolicy.model_validate({**GATE, "number": 2})),
    "governance/attach_policy": lambda w: attach_policy(
        w, AttachPolicy.model_validate({**GATE, "environment": {"name": "staging"}})
    ),
    "governance/detach_policy": lambda w: detach_policy(
        w, DetachPolicy.model_validate({**GATE, "environment": {"name": "staging"}})
    ),
    "identity/add_member": lambda w: add_team_member(
        w, AddTeamMember.model_validate({"team": {"name": "board"}, "member": {"name": "risk"}})
    ),
    "identity/erase_person": lambda w: erase_person(
        w, ErasePerson.model_validate({"person": {"name": "ada"}, "reason": "was asked for"})
    ),
    "identity/remove_member": lambda w: remove_team_member(w, RemoveTeamMember.model_validate(MEMBERSHIP)),
    "registry/delete": lambda w: delete_dataset(w, DeleteDataset.model_validate({"dataset": {"name": "spare"}})),
    "licensing/revoke": revoke,
    "licensing/waive": waive,
    "lineage/record_edge": lambda w: record_lineage(w, RecordLineage.model_validate(ADAPTED)),
    "lineage/retract_edge": retract,
}
