"""Whether versions were let into environments, and what that was decided by."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any, Literal, Self

from pydantic import Field, ValidationError, model_validator

from app.domain.canonical import digest_of
from app.domain.command import optional
from app.domain.resolution import Key
from app.domain.scalars import ContentDigest, Instant, Line, Reason, json_text
from app.transfer.lines.delivery import environment
from app.transfer.lines.entity import Mention, UnnamedLine
from app.transfer.lines.policies import policy_version_key
from app.transfer.lines.record import Record
from app.transfer.references import Ref


class PromotionDecisionLine(UnnamedLine):
    """What was decided when a version was to be promoted. The deployment that it let in names it."""

    label = "PromotionDecision"

    type: Literal["PromotionDecision"]
    is_stub: Literal[False] = False
    version: Ref = Field(description="The version.")
    environment: Line = Field(description="Name of the environment.")
    is_allowed: bool = Field(description="Whether it was let in.")
    is_emergency: bool = Field(default=False, description="Whether missing approvals were passed over.")
    emergency_reason: Reason | None = optional("Why they were to be.")
    emergency_expires_at: Instant | None = optional("By when the approvals have to be there.")
    snapshot_digest: ContentDigest = Field(description="Digest of all that the policies could see.")
    ancestry_digest: ContentDigest = Field(description="Digest of the version and its whole ancestry.")
    record_digest: ContentDigest = Field(
        description="Digest of the record, with its fields in the order that they have."
    )
    record: dict[str, Any] = Field(description="What came of each rule, approval and recall.")

    @model_validator(mode="after")
    def _is_what_its_record_says(self) -> Self:
        found = digest_of(json_text(self.record))
        if found != self.record_digest:
            raise ValueError(f"recordDigest is not that of the record, which is {found}")
        if self.decided_by.allowed != self.is_allowed or self.is_allowed == bool(self.decided_by.blockers):
            raise ValueError("isAllowed says otherwise than the record, or than what was in the way")
        return self

    @model_validator(mode="after")
    def _is_an_emergency_when_its_record_says_so(self) -> Self:
        asked = self.decided_by.is_emergency
        if asked != (self.emergency_reason is not None):
            raise ValueError("there is an emergencyReason exactly when the record says that it is an emergency")
        if self.is_emergency != (asked and any(each.denies for each in self.decided_by.approvals)):
            raise ValueError("isEmergency says that the record has missing approvals, which were passed over")
        if self.is_emergency != (self.emergency_expires_at is not None):
            raise ValueError("there is emergencyExpiresAt exactly when isEmergency")
        end, at = self.emergency_expires_at, self.created_at
        if self.is_allowed and end is not None and at is not None and end <= at:
            raise ValueError("emergencyExpiresAt is not after createdAt")
        return self

    @cached_property
    def decided_by(self) -> Record:
        """The record, as it is read."""
        try:
            return Record.model_validate_json(json_text(self.record), strict=True)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            place = ".".join(map(str, ("record", *first["loc"])))
            raise ValueError(f"{place}: {first['msg'].removeprefix('Value error, ')}") from None

    def mentions(self) -> dict[str, Mention]:
        return {
            **super().mentions(),
            "versionId": Mention(self.version.key, ("ModelVersion",)),
            "environmentId": environment(self.environment),
        }

    def presupposes(self) -> Iterator[Mention]:
        """The policies that decided, the request, what was decided on it, and recalls."""
        record = self.decided_by
        for each in record.policies:
            yield Mention(policy_version_key(each.policy, each.number), ("PolicyVersion",))
        yield from named("ApprovalRequest", [record.request_id] if record.request_id else [])
        yield from named("Approval", record.approval_ids)
        yield from named("Recall", [each.recall_id for each in record.recalls])


def named(label: str, ids: list[str]) -> Iterator[Mention]:
    yield from (Mention(Key.of("ids", id=id), (label,)) for id in ids)


LINES = (PromotionDecisionLine,)
