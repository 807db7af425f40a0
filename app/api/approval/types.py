"""Requests to admit versions, what was decided on them, and who decides in whose place."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry
from strawberry import lazy

from app.api.fields import connection, everybody, node, planned
from app.api.filters import ApprovalRequestFilter
from app.api.nodes import Actor, Entity
from app.api.relay import Connection
from app.domain.scalars import Digest
from app.domain.vocabulary import ApprovalDecision, ApprovalStatus, LapseReason

if TYPE_CHECKING:
    from app.api.delivery import Environment
    from app.api.registry import ModelVersion


@node
class ApprovalRequest(Entity):
    note: str | None
    end_reason: str | None
    valid_from: datetime
    valid_to: datetime | None

    @planned
    def version(self) -> Annotated["ModelVersion", lazy("app.api.registry")]:
        """The version that is to be admitted."""

    @planned
    def environment(self) -> Annotated["Environment", lazy("app.api.delivery")]:
        """Where it is to be admitted."""

    @planned
    def addressees(self) -> list[Actor]:
        """Who is asked; everybody who may decide there, when it is nobody."""

    @connection
    def decisions(
        self, as_of: datetime | None = None
    ) -> Connection[Annotated["Approval", lazy("app.api.approval.types")]] | None:
        """What was decided on it, the latest first: all that ever was, or what stood at an instant."""

    @planned
    def status(self, as_of: datetime | None = None) -> ApprovalStatus | None:
        """How it stands: found anew from the policies that hold there, the decisions, and what the version came from.
        Where no policy asks for approvals, one is enough. Nothing at an instant before it was made."""


@strawberry.type(description="Why an approval holds no longer, although nobody has taken it back.")
class ApprovalLapse:
    reason: LapseReason = strawberry.field(description="Why.")
    message: str = strawberry.field(description="The same, for people.")
    nodes: list[Entity] = strawberry.field(description="What it is about, as far as one may see it: the first 10.")


@node
class Approval(Entity):
    decision: ApprovalDecision
    comment: str | None
    conditions: str | None
    expires_at: datetime | None
    ancestry_digest: Digest
    end_reason: str | None
    valid_from: datetime
    valid_to: datetime | None

    @planned
    def request(self) -> ApprovalRequest:
        """The request that it decides on."""

    @planned
    def approver(self) -> Actor | None:
        """Who decided."""

    @planned
    def on_behalf_of(self) -> Actor | None:
        """In whose place; nothing when it was in their own."""

    @planned
    def lapses(self) -> list[ApprovalLapse]:
        """Why it holds no longer, found anew each time: nothing while it does, nor once it was taken back."""


@node
class Delegation(Entity):
    reason: str | None
    end_reason: str | None
    valid_from: datetime
    valid_to: datetime

    @planned
    def delegator(self) -> Actor | None:
        """In whose place it is done."""

    @planned
    def delegate(self) -> Actor | None:
        """Who decides."""

    @planned
    def environment(self) -> Annotated["Environment", lazy("app.api.delivery")] | None:
        """The environment that it is for; nothing when it is for all."""


@strawberry.type
class ApprovalQuery:
    @everybody
    @connection
    def approval_requests(
        self, where: ApprovalRequestFilter | None = None, as_of: datetime | None = None
    ) -> Connection[ApprovalRequest] | None:
        """Requests to admit versions, the latest first: all that ever were, or those that were open at an instant."""

    @everybody
    @connection
    def delegations(self, as_of: datetime | None = None) -> Connection[Delegation] | None:
        """Who decides in whose place, the latest first: all delegations, or those that held at an instant."""
