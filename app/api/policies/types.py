"""Policies: rules, their versions, and where they hold."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry
from strawberry import lazy

from app.api.delivery import Environment
from app.api.fields import connection, node, planned
from app.api.nodes import Actor, Entity, LineageNode, Node
from app.api.relay import Connection
from app.domain.scalars import Digest
from app.domain.vocabulary import Involvement, PolicyMode, PolicyState, Role, RuleOutcome

if TYPE_CHECKING:
    from app.api.lineage.types import LineagePath
    from app.api.registry import ModelVersion


@strawberry.type(description="A rule of a policy, in CEL, over the snapshot of a version.")
class PolicyRule:
    name: str = strawberry.field(description="What it is called; unique in its policy.")
    expression: str | None = strawberry.field(
        description="What has to be so. Where there is none, there must be no subjects."
    )
    subjects: str | None = strawberry.field(description="What is in the way, when it is not so.")
    message: str = strawberry.field(description="What it means that the rule is not met.")
    fix: str | None = strawberry.field(description="What to do then.")


@strawberry.type(description="Approvals that a policy asks for.")
class ApprovalRequirement:
    name: str = strawberry.field(description="What they are called; unique in their policy.")
    count: int = strawberry.field(description="How many have to approve.")
    teams: list[str] = strawberry.field(description="Who approves belongs to one of these teams. To any, when empty.")
    roles: list[Role] = strawberry.field(description="Who approves has one of these roles. Any, when empty.")
    separate_from: list[Involvement] = strawberry.field(
        description="Who has had this to do with the version does not count."
    )
    max_age_days: int | None = strawberry.field(description="How many days an approval counts; ever, when null.")


@node
class Policy(Entity):
    name: str
    description: str | None

    @planned
    def draft(self) -> Annotated["PolicyVersion", lazy("app.api.policies.types")] | None:
        """Its draft, if it has one."""

    @planned
    def published(
        self, as_of: datetime | None = None
    ) -> Annotated["PolicyVersion", lazy("app.api.policies.types")] | None:
        """The latest of its published versions, now or at an instant: the one that is attached when no number is
        said."""

    @connection
    def versions(self) -> Connection[Annotated["PolicyVersion", lazy("app.api.policies.types")]] | None:
        """Its versions, the latest first."""


@node
class PolicyVersion(Entity):
    number: int
    state: PolicyState
    mode: PolicyMode
    rules: list[PolicyRule] = strawberry.field(description="Its rules, in their order.")
    approvals: list[ApprovalRequirement] = strawberry.field(description="The approvals that it asks for.")
    digest: Digest
    published_at: datetime | None
    retired_at: datetime | None

    @planned
    def policy(self) -> Policy:
        """The policy it is a version of."""

    @planned
    def published_by(self) -> Actor | None:
        """Who published it."""

    @planned
    def attachments(
        self, as_of: datetime | None = None
    ) -> list[Annotated["PolicyAttachment", lazy("app.api.policies.types")]]:
        """Where it is attached, now or at an instant."""


@node
class PolicyAttachment(Node):
    holds_beyond: bool
    reason: str | None
    valid_from: datetime
    valid_to: datetime | None

    @planned
    def policy_version(self) -> PolicyVersion:
        """The version that holds."""

    @planned
    def environment(self) -> Environment:
        """Where it was attached."""

    @planned
    def attached_by(self) -> Actor | None:
        """Who attached it."""


@strawberry.type(description="What came of a rule for one version.")
class RuleResult:
    policy: str | None = strawberry.field(description="Name of the policy; nothing for rules that nobody has saved.")
    number: int | None = strawberry.field(description="Number of its version.")
    mode: PolicyMode = strawberry.field(description="What follows when a rule of it is not met.")
    rule: str = strawberry.field(description="Name of the rule.")
    outcome: RuleOutcome = strawberry.field(description="What came of it.")
    denies: bool = strawberry.field(description="Whether that denies: the policy enforces, and the rule is not met.")
    reason: str | None = strawberry.field(description="Why it could not be evaluated.")
    message: str = strawberry.field(description="What it means that the rule is not met.")
    fix: str | None = strawberry.field(description="What to do then.")
    subject_count: int = strawberry.field(description="How many things are in the way, as far as the rule lists them.")
    subjects: list[LineageNode] = strawberry.field(description="The first 10 of these.")
    path: Annotated["LineagePath", lazy("app.api.lineage.types")] | None = strawberry.field(
        description="One of the shortest ways from the version to the first of these; nothing when it is no ancestor."
    )


@strawberry.type(description="What came of all policies for one version.")
class PolicyVerdict:
    version: Annotated["ModelVersion", lazy("app.api.registry")] = strawberry.field(description="The version.")
    allowed: bool = strawberry.field(description="Whether no policy denies.")
    complete: bool = strawberry.field(
        description="Whether nothing is missing from the ancestry. Policies that enforce deny unless it is so."
    )
    ancestors: int = strawberry.field(description="How many ancestors were seen.")
    at: datetime = strawberry.field(description="The instant as of which it was judged.")
    snapshot_digest: Digest = strawberry.field(description="Digest of all that the rules could see.")
    ancestry_digest: Digest = strawberry.field(description="Digest of the version and its whole ancestry.")
    rules: list[RuleResult] = strawberry.field(description="What came of each rule, policy by policy.")


@strawberry.type(description="A policy that was tried out.")
class TriedPolicy:
    policy: str | None = strawberry.field(description="Its name; nothing for rules that nobody has saved.")
    number: int | None = strawberry.field(description="Number of its version.")
    mode: PolicyMode = strawberry.field(description="What follows when a rule is not met.")
    digest: Digest = strawberry.field(description="Digest of what it demands.")


@strawberry.type(description="What would come of policies, if versions were to be admitted to an environment.")
class PolicyDryRun:
    policies: list[TriedPolicy] = strawberry.field(description="What was tried out.")
    verdicts: list[PolicyVerdict] = strawberry.field(description="What came of it for each version.")
    omitted: int = strawberry.field(description="How many versions were left out: 50 are tried at most.")
