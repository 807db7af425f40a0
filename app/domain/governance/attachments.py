"""Where policies hold: a version of a policy is attached to an environment, from when to when.

One that holds beyond its environment holds in every environment that promotion leads to from there. Nobody takes that
back there: whoever would attach or detach it needs the permission over all environments that it holds in.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pydantic import Field

from app.database.connection import Row
from app.database.queries import query
from app.domain.command import Command, optional
from app.domain.given import given
from app.domain.idempotency import Claim
from app.domain.identifiers import new_id
from app.domain.permission.asking import Need, need_of
from app.domain.permission.needs import over
from app.domain.references import EnvironmentRef, PolicyRef
from app.domain.resolution import Mention, mention
from app.domain.scalars import Reason
from app.domain.writing import Change, Writer, Written, commit, forbidden_first, once, permit, refuse
from app.errors import InvalidInput, NotFound

STANDING = query("governance/standing")
ATTACH_POLICY = query("governance/attach_policy")
DETACH_POLICY = query("governance/detach_policy")


class AttachPolicy(Command):
    """Let a published version of a policy hold in an environment from now on. Another version of the same policy that
    held there does so no longer."""

    action = "policy.attach"
    needs = over("environment")

    policy: PolicyRef = Field(description="The policy.")
    number: int | None = optional("Number of its version; the latest published one, when nothing is said.", ge=1)
    environment: EnvironmentRef = Field(description="Where it holds.")
    holds_beyond: bool = Field(
        default=False,
        description="Whether it holds in all environments that promotion leads to from there, too. That takes the "
        "permission over these, as well.",
    )
    reason: Reason | None = optional("Why.")


class DetachPolicy(Command):
    """Let a policy hold in an environment no longer. Attached with holdsBeyond, it ends in all of these."""

    action = "policy.detach"
    needs = over("environment")

    policy: PolicyRef = Field(description="The policy.")
    environment: EnvironmentRef = Field(description="Where it was attached.")
    reason: Reason | None = optional("Why.")


async def attach_policy(writer: Writer, command: AttachPolicy) -> Written:
    """Attach a policy. Returns the id of the attachment."""
    policy, environment = mention(command.policy, "policy"), mention(command.environment, "environment")

    async def attempt(claim: Claim | None) -> Written:
        need, standing = await asked(writer, command, policy, environment, command.number)
        if command.holds_beyond:
            need = beyond(need, standing)
        async with forbidden_first(writer, command, need):
            check_published(standing["version"], command.number)
        attachment = {
            "id": new_id(),
            "holdsBeyond": command.holds_beyond,
            "reason": command.reason,
        }
        change = Change(
            query=ATTACH_POLICY,
            action=command.action,
            parameters={**ids(standing), "versionId": standing["version"]["id"], "attachment": attachment},
            refusals={"archived": refuse(InvalidInput, "This environment is archived.", "environment")},
            reason=command.reason,
            claim=claim,
            need=need,
        )
        return Written((await commit(writer, change))["id"])

    return await once(writer, command, attempt)


async def detach_policy(writer: Writer, command: DetachPolicy) -> Written:
    """Detach a policy. Returns the id of the attachment that has ended."""
    policy, environment = mention(command.policy, "policy"), mention(command.environment, "environment")

    async def attempt(claim: Claim | None) -> Written:
        need, standing = await asked(writer, command, policy, environment, None)
        if standing["former"] is None:
            await permit(writer, command, need)
            raise NotFound("This policy is not attached to this environment.", path=("policy",))
        change = Change(
            query=DETACH_POLICY,
            action=command.action,
            parameters=ids(standing),
            reason=command.reason,
            claim=claim,
            need=need,
        )
        return Written((await commit(writer, change))["id"])

    return await once(writer, command, attempt)


async def asked(
    writer: Writer, command: Command, policy: Mention, environment: Mention, number: int | None
) -> tuple[Need, Row]:
    """What it takes to change where a policy holds, and how that stands: what ends beyond its environment takes the
    permission there, too."""
    resolution = await writer.resolve([policy, environment])
    place = resolution.require(environment).id
    need = need_of(command, [environment], resolution)
    parameters = {"policyId": resolution.require(policy).id, "environmentId": place, "number": number}
    standing = await writer.connection.ask(STANDING, given(parameters))
    former = standing["former"]
    return beyond(need, standing) if former and former["holdsBeyond"] else need, {**standing, "environmentId": place}


def beyond(need: Need, standing: Row) -> Need:
    """The permission is needed over the environments that promotion leads to, too."""
    places: Sequence[str] = standing["beyond"]
    return replace(need, on=tuple(dict.fromkeys((*need.on, *places)))) if need.permissions else need


def ids(standing: Row) -> dict[str, Any]:
    """Where a write is made, and which attachment was read: when it is another by then, it is read again."""
    former = standing["former"]
    return {"environmentId": standing["environmentId"], "formerId": former["id"] if former else None}


def check_published(version: Row | None, number: int | None) -> None:
    if version is None and number is None:
        raise InvalidInput("This policy has no published version: publishPolicy makes one.", path=("policy",))
    if version is None:
        raise NotFound("The policy has no version of this number.", path=("number",))
    if version["state"] != "PUBLISHED":
        raise InvalidInput(f"This version is {version['state'].lower()}, not published.", path=("number",))
