"""Decisions of promotions, and what would be decided."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, TypeAlias

import strawberry
from strawberry import lazy

from app.api.approval.types import Approval, ApprovalRequest
from app.api.delivery import Deployment, Environment
from app.api.fields import connection, everybody, node, planned
from app.api.governance.types import Recall
from app.api.lineage.inputs import Instant
from app.api.lineage.types import LineagePath
from app.api.nodes import Entity, LineageNode
from app.api.policies.types import RuleResult
from app.api.relay import Connection
from app.domain.references import EnvironmentRef, ModelVersionRef
from app.domain.scalars import Digest
from app.domain.vocabulary import BlockerKind, DisregardReason, PolicyMode

if TYPE_CHECKING:
    from app.api.registry import ModelVersion

Version: TypeAlias = Annotated[ModelVersionRef, strawberry.argument(description="The version.")]
Where: TypeAlias = Annotated[EnvironmentRef, strawberry.argument(description="Where it would be promoted to.")]


@strawberry.type(description="Something that is in the way of a promotion.")
class Blocker:
    kind: BlockerKind = strawberry.field(description="What it is.")
    message: str = strawberry.field(description="What it means.")
    fix: str | None = strawberry.field(description="What to do.")
    policy: str | None = strawberry.field(description="Name of the policy that asks for it.")
    number: int | None = strawberry.field(description="Number of the version of that policy.")
    rule: str | None = strawberry.field(description="Name of the rule, or of the approvals that are asked for.")
    recall: Recall | None = strawberry.field(description="The recall.")
    approval: Approval | None = strawberry.field(description="The rejection.")
    subjects: list[LineageNode] = strawberry.field(description="What the rule is about: the first 10.")
    path: LineagePath | None = strawberry.field(
        description="One of the shortest ways from the version to what was recalled, or to the first of the subjects."
    )


@strawberry.type(description="An approval that does not count for what a policy asks for.")
class DisregardedApproval:
    approval: Approval = strawberry.field(description="The approval.")
    reason: DisregardReason = strawberry.field(description="Why it does not count.")
    message: str = strawberry.field(description="The same, for people.")
    nodes: list[Entity] = strawberry.field(description="What tells so: the run that they started, the data they own.")


@strawberry.type(description="What came of approvals that a policy asks for.")
class RequiredApprovals:
    policy: str = strawberry.field(description="Name of the policy.")
    number: int = strawberry.field(description="Number of its version.")
    mode: PolicyMode = strawberry.field(description="What follows when they are missing.")
    name: str = strawberry.field(description="What they are called.")
    asks_for: str = strawberry.field(description="Whose, and how many: 2 approvals of risk.")
    count: int = strawberry.field(description="How many are asked for.")
    missing: int = strawberry.field(description="How many are missing.")
    denies: bool = strawberry.field(description="Whether that denies: the policy enforces, and some are missing.")
    approvals: list[Approval] = strawberry.field(description="Those that count.")
    disregarded: list[DisregardedApproval] = strawberry.field(description="Those that do not.")


@strawberry.type(description="What a promotion was decided by, or would be.")
class PromotionReview:
    allowed: bool = strawberry.field(description="Whether it is let in.")
    complete: bool = strawberry.field(
        description="Whether nothing is missing from the ancestry. Policies that enforce deny unless it is so."
    )
    ancestors: int | None = strawberry.field(
        description="How many ancestors were seen; null for who may not see everything."
    )
    blockers: list[Blocker] = strawberry.field(description="What is in the way, the worst first.")
    next_steps: list[str] = strawberry.field(description="What to do about it, in this order.")
    rules: list[RuleResult] = strawberry.field(description="What came of each rule, policy by policy.")
    approvals: list[RequiredApprovals] = strawberry.field(description="What came of approvals that are asked for.")
    request: ApprovalRequest | None = strawberry.field(description="The request for approval that was open.")
    and_hidden: bool = strawberry.field(
        description="Whether something that you may not see has a say in it. It is decided by all there is."
    )


@strawberry.type(description="Whether a version would be let into an environment.")
class PromotionReadiness(PromotionReview):
    version: Annotated["ModelVersion", lazy("app.api.registry")] = strawberry.field(description="The version.")
    environment: Environment = strawberry.field(description="The environment.")
    at: datetime = strawberry.field(description="The instant as of which it was judged.")
    snapshot_digest: Digest = strawberry.field(description="Digest of all that the rules could see.")
    ancestry_digest: Digest = strawberry.field(description="Digest of the version and its whole ancestry.")


@node
class PromotionDecision(Entity):
    is_allowed: bool
    is_emergency: bool
    emergency_reason: str | None
    emergency_expires_at: datetime | None
    snapshot_digest: Digest
    ancestry_digest: Digest

    @planned
    def version(self) -> Annotated["ModelVersion", lazy("app.api.registry")]:
        """The version that was to be promoted."""

    @planned
    def environment(self) -> Environment:
        """Where it was to be promoted."""

    @planned
    def deployment(self) -> Deployment | None:
        """The deployment that was made; nothing when it was not let in."""

    @planned
    def review(self) -> PromotionReview | None:
        """What it was decided by, as it was then."""


@strawberry.type
class PromotionQuery:
    @everybody
    @planned
    def promotion_readiness(
        self, version: Version, environment: Where, as_of: Instant = None
    ) -> PromotionReadiness | None:
        """Whether a version would be let into an environment, without anything being done: what is in the way, by which
        way in the graph, and what to do next. It is decided by all there is, and shows what you may see of it."""

    @everybody
    @connection
    def promotion_decisions(self) -> Connection[PromotionDecision] | None:
        """What was decided when versions were to be promoted, the latest first."""
