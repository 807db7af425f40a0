"""Where versions run, and what stands on them."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry
from strawberry import lazy

from app.api.fields import connection, everybody, node, planned
from app.api.filters import ApplicationFilter, DeploymentFilter, EnvironmentFilter
from app.api.nodes import Actor, Entity, Licensed, LineageNode, Node, Owned
from app.api.orders import ApplicationOrder, DeploymentOrder
from app.api.relay import Connection
from app.api.values import License
from app.domain.scalars import Digest
from app.domain.vocabulary import DeploymentKind, DeploymentStatus, DriftReason, EmergencyStatus, TrafficRole

if TYPE_CHECKING:
    from app.api.approval.types import Approval, ApprovalRequest
    from app.api.policies.types import PolicyAttachment
    from app.api.promotion.types import PromotionDecision
    from app.api.registry import ModelVersion


@node
class Environment(Entity):
    name: str
    description: str | None
    position: int
    is_protected: bool
    reports_within: int | None

    @planned
    def promotes_to(self) -> list[Annotated["Environment", lazy("app.api.delivery")]]:
        """The environments that come next, in order."""

    @planned
    def locations(self) -> list[str]:
        """The locations that it is said to have, and those that its endpoints are in."""

    @planned
    def strays(self) -> list[Annotated["Observation", lazy("app.api.delivery")]]:
        """What was seen to run in it, although nothing is placed there in its part."""

    @planned
    def policies(
        self, as_of: datetime | None = None
    ) -> list[Annotated["PolicyAttachment", lazy("app.api.policies.types")]]:
        """The policies that hold in it, now or at an instant: those attached to it, and those that hold beyond an
        environment from which promotion leads to it."""

    @connection
    def approval_requests(
        self, as_of: datetime | None = None
    ) -> Connection[Annotated["ApprovalRequest", lazy("app.api.approval.types")]] | None:
        """Requests to admit versions to it, the latest first: all that ever were, or those open at an instant."""

    @connection
    def promotion_decisions(
        self,
    ) -> Connection[Annotated["PromotionDecision", lazy("app.api.promotion.types")]] | None:
        """What was decided when versions were to be promoted to it, the latest first."""

    @connection
    def endpoints(self) -> Connection[Annotated["Endpoint", lazy("app.api.delivery")]] | None:
        """Its endpoints, by name."""

    @connection
    def deployments(
        self,
        where: DeploymentFilter | None = None,
        as_of: datetime | None = None,
        order_by: DeploymentOrder | None = None,
    ) -> Connection[Annotated["Deployment", lazy("app.api.delivery")]] | None:
        """What was placed in it, the latest first: all its history, or what was live at an instant."""


@node
class Endpoint(Entity):
    name: str
    location: str

    @planned
    def environment(self) -> Environment:
        """The environment it belongs to."""

    @planned
    def primary(self, as_of: datetime | None = None) -> Annotated["Deployment", lazy("app.api.delivery")] | None:
        """The active deployment whose answers count there, now or at an instant. While one takes over from another it
        is the one or the other, never none."""

    @connection
    def deployments(
        self,
        where: DeploymentFilter | None = None,
        as_of: datetime | None = None,
        order_by: DeploymentOrder | None = None,
    ) -> Connection[Annotated["Deployment", lazy("app.api.delivery")]] | None:
        """What was placed at it, the latest first: all its history, or what was live at an instant."""


@node
class Deployment(LineageNode):
    kind: DeploymentKind
    role: TrafficRole
    status: DeploymentStatus
    traffic_percent: float
    mirror_percent: float
    reason: str | None
    end_reason: str | None
    valid_from: datetime
    active_from: datetime | None
    valid_to: datetime | None
    emergency_until: datetime | None

    @planned
    def status_at(self, as_of: datetime) -> DeploymentStatus | None:
        """The status that it had at an instant; null before it was placed."""

    @planned
    def version(self) -> Annotated["ModelVersion", lazy("app.api.registry")]:
        """The version it serves."""

    @planned
    def environment(self) -> Environment:
        """The environment it is in."""

    @planned
    def endpoint(self) -> Endpoint:
        """The place it was placed at."""

    @planned
    def observed(self) -> Annotated["Observation", lazy("app.api.delivery")] | None:
        """What whoever deploys it saw of it last."""

    @planned
    def drift(self) -> DriftReason | None:
        """How what runs differs from what should; nothing while it does not, or is not active."""

    @planned
    def decision(self) -> Annotated["PromotionDecision", lazy("app.api.promotion.types")] | None:
        """What let it in; nothing when nobody had to decide."""

    @planned
    def approvals(self) -> list[Annotated["Approval", lazy("app.api.approval.types")]]:
        """The approvals of its version for its environment that stood when it was placed."""

    @planned
    def emergency_status(self) -> EmergencyStatus | None:
        """How the emergency stands in which it was let in: found anew from the policies that hold there, the decisions,
        and what the version came from. Nothing when it was none, or is live no longer."""

    @planned
    def restores(self) -> Annotated["Deployment", lazy("app.api.delivery")] | None:
        """The earlier deployment whose version it has brought back, when it was placed by a roll-back."""


@node
class Observation(Node):
    role: TrafficRole
    digest: Digest | None
    is_running: bool
    is_healthy: bool | None
    url: str | None
    last_used_at: datetime | None
    reported_at: datetime
    valid_from: datetime
    valid_to: datetime | None

    @planned
    def version(self) -> Annotated["ModelVersion", lazy("app.api.registry")] | None:
        """The version that was seen, if it is one of the registry's."""

    @planned
    def deployment(self) -> Deployment | None:
        """The deployment that it was seen of; nothing when none was placed there in its part."""

    @planned
    def endpoint(self) -> Endpoint:
        """Where it was seen."""

    @planned
    def reporter(self) -> Actor | None:
        """Who reported it last."""


@node
class Application(LineageNode, Owned, Licensed):
    name: str
    description: str | None
    purpose: str | None
    risk_class: str | None
    is_user_facing: bool | None
    license: License | None = strawberry.field(description="The terms under which it may be used.")

    @planned
    def uses(self, as_of: datetime | None = None) -> list[LineageNode]:
        """What it stands on, as it is known now or was held at an instant."""


@strawberry.type
class DeliveryQuery:
    @everybody
    @planned
    def environment(self, name: str) -> Environment | None:
        """The environment of this name."""

    @everybody
    @connection
    def environments(self, where: EnvironmentFilter | None = None) -> Connection[Environment] | None:
        """All environments, in their order."""

    @everybody
    @planned
    def endpoint(self, environment: str, name: str, location: str = "") -> Endpoint | None:
        """One place to deploy to."""

    @everybody
    @connection
    def deployments(
        self,
        where: DeploymentFilter | None = None,
        as_of: datetime | None = None,
        order_by: DeploymentOrder | None = None,
    ) -> Connection[Deployment] | None:
        """All deployments, the latest first: all history, or what was live at an instant."""

    @everybody
    @planned
    def application(self, name: str) -> Application | None:
        """The application of this name."""

    @everybody
    @connection
    def applications(
        self, where: ApplicationFilter | None = None, order_by: ApplicationOrder | None = None
    ) -> Connection[Application] | None:
        """All applications, by name unless ordered otherwise."""
