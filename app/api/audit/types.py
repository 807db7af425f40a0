"""What happened, and what proves it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

import strawberry

from app.api.fields import computed, node, planned
from app.api.nodes import Actor, Entity, Node
from app.domain.audit import history
from app.domain.scalars import JSON, Digest, Long
from app.domain.vocabulary import AuditOutcome, Tampering
from app.planner.rows import Row

PATH = "Hashes in base64, the nearest first."


@strawberry.type(description="One property before and after a change.")
class FieldChange:
    field: str = strawberry.field(description="The property.")
    before: JSON | None = strawberry.field(description="Its value before; null when it had none.")
    after: JSON | None = strawberry.field(description="Its value after; null when it has none.")
    is_erased: bool = strawberry.field(description="Whether text of it has been erased: null stands in its place.")


@node
class AuditEvent(Node):
    at: datetime
    action: str
    subject_id: strawberry.ID
    subject_type: str
    request_id: str | None
    digest: Digest
    body: str
    sequence: Long | None
    sealed_at: datetime | None

    @planned
    def actor(self) -> Actor | None:
        """Who did it."""

    @planned
    def subject(self) -> Entity | None:
        """What it was done to; null when that was deleted."""

    @computed
    def outcome(self) -> AuditOutcome:
        """Whether it was done, or attempted and denied."""
        return AuditOutcome(values(self).get("outcome") or AuditOutcome.DONE)

    @computed
    def reason(self) -> str | None:
        """Why, in the actor's words; null when nothing was said, or when it has been erased."""
        return history.text_of(values(self), "reason")

    @computed
    def is_reason_erased(self) -> bool:
        """Whether a reason was given and has been erased."""
        return history.is_text_erased(values(self), "reason")

    @computed
    def client(self) -> str | None:
        """What the program that asked for it calls itself; null when it said nothing, or when it has been erased."""
        return history.text_of(values(self), "client")

    @computed
    def changes(self) -> list[FieldChange]:
        """The properties that changed."""
        return history.changes_of(values(self))  # type: ignore[return-value]  # maps with these names


@node
class AuditHead:
    size: Long
    at: datetime
    note: str


@node
class SealKey:
    number: int
    verifier: str
    from_size: Long
    valid_from: datetime
    valid_to: datetime | None
    introduction: str | None


@strawberry.type(description="The first event that is not as it was sealed.")
class AuditFinding:
    tampering: Tampering = strawberry.field(description="What was done.")
    message: str = strawberry.field(description="The same in a sentence.")
    sequence: Long | None = strawberry.field(description="The place of the event; null when it has none.")
    last: Long | None = strawberry.field(
        description="When it can only be told that it was one of several: the place of the last of them. "
        "Of SWAPPED: the place of the other."
    )
    event_id: strawberry.ID | None = strawberry.field(description="Id of the event that is there now, if there is one.")


@strawberry.type(description="What a verification of the log has found.")
class AuditVerification:
    is_intact: bool = strawberry.field(description="Whether all that was gone over is as it was sealed.")
    is_complete: bool = strawberry.field(
        description="Whether that is everything to the end. If not, and nothing was found, go on `after` the size."
    )
    size: Long = strawberry.field(description="The events up to this place are as they were sealed.")
    erased: Long = strawberry.field(description="How many texts of these have been erased.")
    waiting: Long = strawberry.field(description="How many events wait to be sealed.")
    finding: AuditFinding | None = strawberry.field(description="The first that is not as it was sealed.")


@strawberry.type(description="The proof that an event is in the log (RFC 9162, section 2.1.3).")
class InclusionProof:
    event_id: strawberry.ID = strawberry.field(description="Id of the event.")
    body: str = strawberry.field(description="What was sealed; its UTF-8 is the entry of the log.")
    leaf_index: Long = strawberry.field(description="Its place in the tree, counted from 0.")
    leaf_hash: str = strawberry.field(description="The hash of the entry, in base64.")
    path: list[str] = strawberry.field(description=PATH)
    checkpoint: str = strawberry.field(description="The signed head that it is proved against.")


@strawberry.type(description="The proof that a head follows another (RFC 9162, section 2.1.4).")
class ConsistencyProof:
    former: str = strawberry.field(description="The former signed head.")
    checkpoint: str = strawberry.field(description="The later signed head.")
    path: list[str] = strawberry.field(description=PATH)


def values(event: AuditEvent) -> Mapping[str, Any]:
    """The properties of an event: what computes a field is given a row of the planner."""
    return cast(Row, event).values
