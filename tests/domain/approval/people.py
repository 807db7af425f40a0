"""People who ask for approval, decide and promote, and what they do."""

from dataclasses import replace
from typing import Any

import orjson

from app.domain.approval.decisions import (
    ApproveRequest,
    RejectRequest,
    RevokeApproval,
    approve_request,
    reject_request,
    revoke_approval,
)
from app.domain.approval.requests import RequestApproval, request_approval
from app.domain.governance.attachments import AttachPolicy, attach_policy
from app.domain.governance.policies import DraftPolicy, PublishPolicy, draft_policy, publish_policy
from app.domain.identity import CreateTeam, CreateUser, create_team, create_user
from app.domain.membership import AddTeamMember, add_team_member
from app.domain.promotion.admission import read_admission
from app.domain.promotion.promotion import PromoteModelVersion, promote_model_version
from app.domain.promotion.record import recorded
from app.domain.writing import Writer
from tests.fixtures.snapshot import found

PRODUCTION = {"name": "production"}
RECORD = "MATCH (d:PromotionDecision {id: $id}) RETURN d.record AS found"
PLACE = "MATCH (e:Environment {name: 'production'}) RETURN e.id AS found"


async def person(writer: Writer, name: str, team: str | None = None) -> Writer:
    """Somebody new, as who they write, in a team that is made when there is none."""
    id = (await create_user(writer, CreateUser(name=name))).id
    if team is not None:
        if not await found(writer.connection, "MATCH (t:Team {name: $name}) RETURN count(t) AS found", name=team):
            await create_team(writer, CreateTeam(name=team))
        member = {"team": {"name": team}, "member": {"name": name}}
        await add_team_member(writer, AddTeamMember.model_validate(member))
    return replace(writer, caller=replace(writer.caller, actor_id=id))


async def demand(writer: Writer, *approvals: dict[str, Any], name: str = "four-eyes", **said: Any) -> None:
    """A policy that holds in production from now on."""
    draft = {"name": name, "approvals": list(approvals), **said}
    await draft_policy(writer, DraftPolicy.model_validate(draft))
    await publish_policy(writer, PublishPolicy.model_validate({"policy": {"name": name}}))
    attach = {"policy": {"name": name}, "environment": PRODUCTION}
    await attach_policy(writer, AttachPolicy.model_validate(attach))


async def ask(writer: Writer, version: str, **said: Any) -> str:
    command = {"version": {"id": version}, "environment": PRODUCTION, **said}
    return (await request_approval(writer, RequestApproval.model_validate(command))).id


async def approve(writer: Writer, request: str, **said: Any) -> str:
    return (await approve_request(writer, ApproveRequest.model_validate({"request": {"id": request}, **said}))).id


async def reject(writer: Writer, request: str, **said: Any) -> str:
    command = {"request": {"id": request}, "reason": "It is not safe.", **said}
    return (await reject_request(writer, RejectRequest.model_validate(command))).id


async def revoke(writer: Writer, approval: str) -> str:
    command = {"approval": {"id": approval}, "reason": "I looked again."}
    return (await revoke_approval(writer, RevokeApproval.model_validate(command))).id


async def promote(writer: Writer, version: str, endpoint: str = "api", **said: Any) -> dict[str, Any]:
    """What a promotion was decided by."""
    command = {"version": {"id": version}, "environment": PRODUCTION, "endpoint": endpoint, **said}
    written = await promote_model_version(writer, PromoteModelVersion.model_validate(command))
    record: dict[str, Any] = orjson.loads(await found(writer.connection, RECORD, id=written.id))
    return record


async def ready(writer: Writer, version: str, **said: Any) -> dict[str, Any]:
    """What a promotion would be decided by."""
    place = await found(writer.connection, PLACE)
    return recorded(await read_admission(writer.connection, version, place, **said))


def kinds(record: dict[str, Any]) -> list[str]:
    """What is in the way."""
    return [each["kind"] for each in record["blockers"]]


def disregarded(record: dict[str, Any]) -> dict[str, str]:
    """Why approvals do not count, by their ids."""
    return {each["approvalId"]: each["reason"] for asked in record["approvals"] for each in asked["disregarded"]}
