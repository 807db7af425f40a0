"""What happened."""

from datetime import datetime

import orjson
import strawberry

from app.api.fields import computed, connection, node, planned
from app.api.filters import AuditEventFilter
from app.api.nodes import Actor, Entity, Node
from app.api.relay import Connection
from app.domain.scalars import JSON, Digest


@strawberry.type(description="One property before and after a change.")
class FieldChange:
    field: str = strawberry.field(description="The property.")
    before: JSON | None = strawberry.field(description="Its value before; null when it had none.")
    after: JSON | None = strawberry.field(description="Its value after; null when it has none.")


@node
class AuditEvent(Node):
    at: datetime
    action: str
    subject_id: strawberry.ID
    subject_type: str
    reason: str | None
    request_id: str | None
    digest: Digest
    body: str

    @planned
    def actor(self) -> Actor | None:
        """Who did it."""

    @planned
    def subject(self) -> Entity | None:
        """What it was done to; null when that was deleted."""

    @computed
    def changes(self) -> list[FieldChange]:
        """The properties that changed."""
        return orjson.loads(self.body)["changes"]  # type: ignore[no-any-return]  # as the canonical event has them


@strawberry.type
class AuditQuery:
    @connection
    def audit_events(self, where: AuditEventFilter | None = None) -> Connection[AuditEvent] | None:
        """Everything that happened, the latest first."""
