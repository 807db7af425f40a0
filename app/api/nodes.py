"""The interfaces that nodes share, and the small things that any entity carries."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry
from strawberry import lazy

from app.api.fields import connection, node, planned
from app.api.filters import FindingFilter
from app.api.lineage.inputs import Depth, Instant, Limit, Passing, Reported
from app.api.relay import Connection
from app.domain.lineage.scope import DEFAULT_LIMIT
from app.domain.scalars import JSON
from app.domain.vocabulary import DerivationKind

if TYPE_CHECKING:
    from app.api.audit.types import AuditEvent
    from app.api.governance.types import Finding, RecallStatus
    from app.api.identity import Team
    from app.api.licensing.types import LicenseObligations, LicenseWaiver
    from app.api.lineage.types import Lineage


@strawberry.interface(description="Anything that has an id.")
class Node:
    id: strawberry.ID


@node
class Tag:
    key: str
    value: str


@node
class Link:
    kind: str
    url: str
    title: str | None


@node
class ExternalReference:
    system: str
    external_id: str
    url: str | None


@strawberry.interface(description="A node with a history: everything that people register.")
class Entity(Node):
    created_at: datetime
    recorded_at: datetime
    revision: int
    archived_at: datetime | None
    is_stub: bool
    metadata: JSON | None

    @planned
    def created_by(self) -> Annotated["Actor", lazy("app.api.nodes")] | None:
        """Who created it."""

    @planned
    def tags(self) -> list[Tag]:
        """Its tags, by key."""

    @planned
    def links(self) -> list[Link]:
        """Pages about it, by address."""

    @planned
    def references(self) -> list[ExternalReference]:
        """Its names in other systems."""

    @connection
    def history(self) -> Connection[Annotated["AuditEvent", lazy("app.api.audit.types")]] | None:
        """What happened to it, the latest first."""


@strawberry.interface(description="A node that came from others, or that others came from.")
class LineageNode(Entity):
    @planned
    def label(self) -> str:
        """What to call it: churn/7, customers@2026-10 ..."""

    @planned
    def parents(self, as_of: datetime | None = None) -> list[Annotated["Derivation", lazy("app.api.nodes")]]:
        """What it was made from, as it is known now or was held at an instant."""

    @planned
    def dependencies(
        self, as_of: datetime | None = None
    ) -> list[Annotated["RuntimeDependency", lazy("app.api.nodes")]]:
        """What it needs when it runs, as it is known now or was held at an instant."""

    @planned
    def upstream(
        self,
        max_depth: Depth = None,
        through: Passing = None,
        where: Reported = None,
        limit: Limit = DEFAULT_LIMIT,
        as_of: Instant = None,
    ) -> Annotated["Lineage", lazy("app.api.lineage.types")] | None:
        """Everything that it came from."""

    @planned
    def downstream(
        self,
        max_depth: Depth = None,
        through: Passing = None,
        where: Reported = None,
        limit: Limit = DEFAULT_LIMIT,
        as_of: Instant = None,
    ) -> Annotated["Lineage", lazy("app.api.lineage.types")] | None:
        """Everything that came from it."""

    @connection
    def findings(
        self, where: FindingFilter | None = None, as_of: datetime | None = None
    ) -> Connection[Annotated["Finding", lazy("app.api.governance.types")]] | None:
        """What somebody has to know of it, the latest first: incidents, limitations, exceptions ... All there ever was,
        or what was open at an instant."""

    @planned
    def recall_status(
        self, as_of: Instant = None
    ) -> Annotated["RecallStatus", lazy("app.api.governance.types")] | None:
        """Whether it, or anything that it came from, was recalled."""


@strawberry.interface(description="Who acts, owns and decides: a person, a team, a program.")
class Actor(Entity):
    name: str
    display_name: str | None

    @planned
    def teams(self, as_of: datetime | None = None) -> list[Annotated["Team", lazy("app.api.identity")]]:
        """The teams that it belongs to, now or at an instant, by name."""

    @connection
    def owns(self, as_of: datetime | None = None) -> Connection[Entity] | None:
        """What it answers for, now or at an instant."""


@strawberry.interface(description="What somebody answers for.")
class Owned(Entity):
    @planned
    def owner(self, as_of: datetime | None = None) -> Actor | None:
        """Who answers for it, now or at an instant."""


@strawberry.interface(description="What may have to be kept: evidence. It cannot be deleted before then.")
class Retained(Entity):
    retained_until: datetime | None
    retention_reason: str | None


@strawberry.interface(description="What may be used under a license only, and came from other such things.")
class Licensed(Entity):
    @planned
    def license_obligations(
        self, as_of: Instant = None
    ) -> Annotated["LicenseObligations", lazy("app.api.licensing.types")] | None:
        """What its own license and those of everything that it came from ask for. Not legal advice."""

    @planned
    def license_waivers(
        self, as_of: datetime | None = None
    ) -> list[Annotated["LicenseWaiver", lazy("app.api.licensing.types")]]:
        """What waives obligations of its own license, now or at an instant; for whatever, the oldest first."""


@strawberry.type(description="That something was made from something else, and how.")
class Derivation:
    edge_id: strawberry.ID = strawberry.field(description="Id of the lineage edge; retractLineage takes it.")
    kind: DerivationKind = strawberry.field(description="How it was made from its source.")
    source: LineageNode = strawberry.field(description="What it was made from.")
    weight: float | None = strawberry.field(description="Share of the source in a merge.")
    detail: JSON | None = strawberry.field(description="What else there is to say.")
    recorded_at: datetime = strawberry.field(description="When the registry learned of it.")
    closes_cycle: bool = strawberry.field(description="Whether imported history closed a cycle with it.")


@strawberry.type(description="What something needs when it runs.")
class RuntimeDependency:
    edge_id: strawberry.ID = strawberry.field(description="Id of the lineage edge; retractLineage takes it.")
    kind: str = strawberry.field(description="base, tokenizer, retrieval index, guard model ...")
    target: LineageNode = strawberry.field(description="What it needs.")
