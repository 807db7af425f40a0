"""Policies: a version is drafted, changed until it is published, and then stays as it is."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import orjson
from pydantic import Field

from app.database.connection import Row
from app.database.queries import query
from app.domain.approval.requirements import ApprovalRequirementInput, check_names, kept_approvals, team_mentions
from app.domain.bundle import as_json
from app.domain.changing import changed, stale
from app.domain.command import Command, many, optional
from app.domain.given import given
from app.domain.governance.rules import MOST_RULES, PolicyRuleInput, check, digest, kept
from app.domain.idempotency import Claim
from app.domain.identifiers import new_id
from app.domain.permission.asking import Need, need_of
from app.domain.permission.needs import REGISTRY
from app.domain.references import PolicyRef
from app.domain.registry.upkeep import REVISION
from app.domain.resolution import Known, Mention, Resolution, mention
from app.domain.scalars import Line, Reason, Text
from app.domain.vocabulary import PolicyMode
from app.domain.writing import Change, Writer, Written, commit, once, permit, refuse
from app.errors import AlreadyExists, InUse, InvalidInput

POLICY_DRAFT = query("governance/policy_draft")
DRAFT_POLICY = query("governance/draft_policy")
UPDATE_POLICY_DRAFT = query("governance/update_policy_draft")
PUBLISH_POLICY = query("governance/publish_policy")
RETIRE_POLICY = query("governance/retire_policy")
MODE = "What follows when a rule is not met: it is denied, told, or noted."
RULES = "Its rules, all of which have to be met."
APPROVALS = "The approvals that it asks for."
MOST_APPROVALS = 20
NO_DRAFT = "This policy has no draft: draftPolicy makes one."


class DraftPolicy(Command):
    """Draft a version of a policy, which is made with its first. A draft holds nowhere, and can be tried out."""

    action = "policy.draft"
    needs = REGISTRY

    name: Line = Field(description="Name of the policy; exact and case-sensitive.")
    description: Text | None = optional("What the policy is for; what was said before stays, when nothing is said.")
    mode: PolicyMode = Field(default=PolicyMode.ENFORCE, description=MODE)
    rules: tuple[PolicyRuleInput, ...] = many(RULES, MOST_RULES)
    approvals: tuple[ApprovalRequirementInput, ...] = many(APPROVALS, MOST_APPROVALS)


class UpdatePolicyDraft(Command):
    """Change the draft of a policy. What is left out stays."""

    action = "policy.update"
    needs = REGISTRY

    policy: PolicyRef = Field(description="The policy.")
    description: Text | None = optional("What the policy is for.")
    mode: PolicyMode | None = optional(MODE)
    rules: tuple[PolicyRuleInput, ...] | None = optional(RULES, max_length=MOST_RULES)
    approvals: tuple[ApprovalRequirementInput, ...] | None = optional(APPROVALS, max_length=MOST_APPROVALS)
    expected_revision: int | None = optional(REVISION)


class PublishPolicy(Command):
    """Publish the draft of a policy: it never changes from now on, and can be attached to environments."""

    action = "policy.publish"
    needs = REGISTRY

    policy: PolicyRef = Field(description="The policy.")
    expected_revision: int | None = optional(REVISION)
    reason: Reason | None = optional("Why.")


class RetirePolicy(Command):
    """Retire a version of a policy that is attached nowhere: it will be attached nowhere again."""

    action = "policy.retire"
    needs = REGISTRY

    policy: PolicyRef = Field(description="The policy.")
    number: int = Field(ge=1, le=2**31 - 1, description="Number of its version.")
    reason: Reason | None = optional("Why.")


async def draft_policy(writer: Writer, command: DraftPolicy) -> Written:
    """Draft a version of a policy. Returns the id of the version."""
    await permit(writer, command, Need(command.takes()))
    await check(command.rules, "rules")
    check_names(command.approvals, "approvals")
    check_demands(command.rules, command.approvals)
    teams = list(team_mentions(command.approvals, "approvals"))
    change = Change(
        query=DRAFT_POLICY,
        action=command.action,
        parameters={
            "policyId": new_id(),
            "id": new_id(),
            "name": command.name,
            "description": command.description,
            "version": content(command.name, command.mode, kept(command.rules), kept_approvals(command.approvals)),
        },
        refusals={
            "draft": lambda row: AlreadyExists(
                "This policy has a draft already: updatePolicyDraft changes it.", path=("name",), id=row["id"]
            ),
        },
    )

    def compose(resolution: Resolution) -> Change:
        require_teams(resolution, teams)
        return change

    written = await changed(writer, command, teams, compose)
    return Written(written.id, created=True, replayed=written.replayed)


async def update_policy_draft(writer: Writer, command: UpdatePolicyDraft) -> Written:
    """Change a draft. Returns the id of the version."""
    await permit(writer, command, Need(command.takes()))
    for name in ("mode", "rules", "approvals"):
        if name in command.model_fields_set and getattr(command, name) is None:
            raise InvalidInput("This cannot be cleared.", path=(name,))
    await check(command.rules or (), "rules")
    check_names(command.approvals or (), "approvals")
    teams = list(team_mentions(command.approvals or (), "approvals"))
    policy = mention(command.policy, "policy")

    async def attempt(claim: Claim | None) -> Written:
        resolution = await writer.resolve([policy, *teams])
        require_teams(resolution, teams)
        known, need = resolution.require(policy), need_of(command, [policy], resolution)
        draft = (await writer.connection.ask(POLICY_DRAFT, given({"policyId": known.id})))["draft"]
        if draft is None:
            raise InvalidInput(NO_DRAFT, path=("policy",))
        change = redrafted(command, known, draft)
        return Written((await commit(writer, replace(change, claim=claim, need=need)))["id"])

    return await once(writer, command, attempt)


def redrafted(command: UpdatePolicyDraft, policy: Known, draft: Row) -> Change:
    """The change of a draft: what was not said is as it was read, and read again when it is not so any more."""
    mode = command.mode or PolicyMode(draft["mode"])
    rules = orjson.loads(draft["rules"]) if command.rules is None else kept(command.rules)
    asked = command.approvals
    approvals = orjson.loads(draft["approvals"]) if asked is None else kept_approvals(asked)
    check_demands(rules, approvals)
    return Change(
        query=UPDATE_POLICY_DRAFT,
        action=command.action,
        parameters={
            "policyId": policy.id,
            "says": "description" in command.model_fields_set,
            "description": command.description,
            "version": content(policy.name or "", mode, rules, approvals),
            "readRevision": draft["revision"],
            "expectedRevision": command.expected_revision,
        },
        refusals={"stale": stale},
    )


def content(
    policy: str, mode: PolicyMode, rules: list[dict[str, Any]], approvals: list[dict[str, Any]]
) -> dict[str, str]:
    """What a version of a policy says, as it is kept."""
    return {
        "mode": mode.value,
        "rules": as_json(rules),
        "approvals": as_json(approvals),
        "digest": digest(policy, mode, rules, approvals),
    }


def check_demands(rules: Sequence[object], approvals: Sequence[object]) -> None:
    if not rules and not approvals:
        raise InvalidInput("A policy has rules, or asks for approvals, or both.", path=("rules",))


def require_teams(resolution: Resolution, teams: Sequence[Mention]) -> None:
    """Raise NotFound for the first team that there is not."""
    for team in teams:
        resolution.require(team)


async def publish_policy(writer: Writer, command: PublishPolicy) -> Written:
    """Publish a draft. Returns the id of the version."""
    policy = mention(command.policy, "policy")

    def compose(resolution: Resolution) -> Change:
        return Change(
            query=PUBLISH_POLICY,
            action=command.action,
            parameters={"policyId": resolution.require(policy).id, "expectedRevision": command.expected_revision},
            refusals={"stale": stale, "no draft": refuse(InvalidInput, NO_DRAFT, "policy")},
            reason=command.reason,
        )

    return await changed(writer, command, [policy], compose)


async def retire_policy(writer: Writer, command: RetirePolicy) -> Written:
    """Retire a version. Returns its id."""
    policy = mention(command.policy, "policy")

    def compose(resolution: Resolution) -> Change:
        return Change(
            query=RETIRE_POLICY,
            action=command.action,
            parameters={"policyId": resolution.require(policy).id, "number": command.number},
            refusals={
                "unknown": refuse(InvalidInput, "The policy has no published version of this number.", "number"),
                "in use": lambda row: InUse(
                    f"It holds in {', '.join(row['environments'])}: detach it there first.",
                    path=("number",),
                    environments=row["environments"],
                ),
            },
            reason=command.reason,
        )

    return await changed(writer, command, [policy], compose)
