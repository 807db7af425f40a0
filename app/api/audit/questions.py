"""The questions about what happened at the root."""

from typing import Annotated, TypeAlias

import strawberry

from app.api.audit.loaders import DEFAULT_LIMIT
from app.api.audit.types import AuditEvent, AuditHead, AuditVerification, ConsistencyProof, InclusionProof, SealKey
from app.api.fields import connection, planned, takes
from app.api.filters import AuditEventFilter
from app.api.orders import AuditEventOrder
from app.api.relay import Connection
from app.domain.permission.roles import READ_AUDIT
from app.domain.scalars import Long

After: TypeAlias = Annotated[
    Long,
    strawberry.argument(description="The size of a head: what lies before it is taken for what it was signed for."),
]
Limit: TypeAlias = Annotated[
    int, strawberry.argument(description="After how many events to stop, at the next head: at most 10,000.")
]
Kept: TypeAlias = Annotated[
    str | None, strawberry.argument(description="Signed heads that were kept elsewhere, one after the other.")
]
Trusted: TypeAlias = Annotated[
    list[str] | None, strawberry.argument(description="Public keys that are known from elsewhere.")
]
Size: TypeAlias = Annotated[
    Long | None, strawberry.argument(description="The size of the head; that of the last one when left out.")
]
Event: TypeAlias = Annotated[strawberry.ID, strawberry.argument(description="Id of the event.")]
Former: TypeAlias = Annotated[Long, strawberry.argument(name="from", description="The size of the former head.")]


BEGINNING = Long(0)


@strawberry.type
class AuditQuery:
    @takes(READ_AUDIT)
    @connection
    def audit_events(
        self, where: AuditEventFilter | None = None, order_by: AuditEventOrder | None = None
    ) -> Connection[AuditEvent] | None:
        """Everything that happened, the latest first unless ordered otherwise."""

    @takes(READ_AUDIT)
    @planned
    def audit_head(self, size: Size = None) -> AuditHead | None:
        """A signed head of the log: keep it where nobody can change it together with the log."""

    @takes(READ_AUDIT)
    @planned
    def seal_keys(self) -> list[SealKey] | None:
        """The keys that heads are signed with, the first one first."""

    @takes(READ_AUDIT)
    @planned
    def audit_verification(
        self, after: After = BEGINNING, limit: Limit = DEFAULT_LIMIT, checkpoint: Kept = None, keys: Trusted = None
    ) -> AuditVerification | None:
        """Recomputes the log, a part of it at a time, and says whether it is as it was sealed."""

    @takes(READ_AUDIT)
    @planned
    def audit_inclusion(self, event: Event, size: Size = None) -> InclusionProof | None:
        """The proof that an event is in the log."""

    @takes(READ_AUDIT)
    @planned
    def audit_consistency(self, from_: Former, to: Size = None) -> ConsistencyProof | None:
        """The proof that a head of the log follows a former one, with nothing before it rewritten."""
