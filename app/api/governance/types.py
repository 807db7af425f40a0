"""What was found, what is recalled, what a recall reaches, and where it stops."""

from datetime import date, datetime
from typing import Annotated

import strawberry
from strawberry import lazy

from app.api.fields import connection, everybody, node, planned
from app.api.filters import FindingFilter, RecallFilter
from app.api.lineage.inputs import Instant, Limit
from app.api.lineage.types import SETTLED, Impact, LineageEdge, LineagePath
from app.api.nodes import Entity, LineageNode, Owned
from app.api.relay import Connection
from app.domain.lineage.scope import DEFAULT_LIMIT
from app.domain.vocabulary import FindingKind, Severity


@node
class Finding(Owned):
    kind: FindingKind
    severity: Severity
    title: str
    description: str | None
    due_on: date | None
    resolution: str | None
    valid_from: datetime
    valid_to: datetime | None

    @planned
    def about(self) -> list[LineageNode]:
        """What it is about."""

    @planned
    def recalls(self) -> list[Annotated["Recall", lazy("app.api.governance.types")]]:
        """The recalls that it led to."""


@node
class Recall(Entity):
    reason: str
    severity: Severity
    end_reason: str | None
    valid_from: datetime
    valid_to: datetime | None

    @planned
    def targets(self) -> list[LineageNode]:
        """What was recalled."""

    @planned
    def finding(self) -> Finding | None:
        """The finding that led to it."""

    @connection
    def mitigations(
        self, as_of: datetime | None = None
    ) -> Connection[Annotated["Mitigation", lazy("app.api.governance.types")]] | None:
        """Where it stops, the latest first: all that were ever made, or those that stood at an instant."""

    @planned
    def impact(self, limit: Limit = DEFAULT_LIMIT, as_of: Instant = None) -> Impact | None:
        """What stands on what was recalled, as far as nothing stops it; whether or not the recall stands."""


@node
class Mitigation(Entity):
    reason: str
    expires_at: datetime | None
    end_reason: str | None
    valid_from: datetime
    valid_to: datetime | None

    @planned
    def recall(self) -> Recall:
        """The recall that it stops."""

    @planned
    def on(self) -> LineageNode | None:
        """The node where the recall stops; nothing when it stops at an edge."""

    @planned
    def edge(self) -> LineageEdge | None:
        """The edge where the recall stops; nothing when it stops at a node."""


@strawberry.type(description="That something came from what was recalled.")
class RecallReach:
    recall: Recall = strawberry.field(description="The recall.")
    target: LineageNode = strawberry.field(description="What was recalled.")
    is_mitigated: bool = strawberry.field(description="Whether every way from there is stopped.")
    mitigations: list[Mitigation] = strawberry.field(
        description="Where this recall stops, on this way or another; by id."
    )
    path: LineagePath | None = strawberry.field(
        description="One of the shortest ways up to what was recalled; one that nothing stops, if there is one."
    )


@strawberry.type(description="Whether something is recalled, decided over all there is, whatever one may see of it.")
class RecallStatus:
    is_recalled: bool = strawberry.field(description="Whether a recall reaches it that nothing stops.")
    reaches: list[RecallReach] = strawberry.field(
        description="The recalls of what it came from: first those that nothing stops, then the nearest."
    )
    and_hidden: bool = strawberry.field(description="Whether something that you may not see has a say in it.")
    as_of_settled: bool | None = strawberry.field(description=SETTLED)


@strawberry.type
class GovernanceQuery:
    @everybody
    @connection
    def findings(self, where: FindingFilter | None = None, as_of: datetime | None = None) -> Connection[Finding] | None:
        """All findings, the latest first: all there ever were, or those that were open at an instant."""

    @everybody
    @connection
    def recalls(self, where: RecallFilter | None = None, as_of: datetime | None = None) -> Connection[Recall] | None:
        """All recalls, the latest first: all there ever were, or those that stood at an instant."""
