"""What a decision of a promotion was made by, as `app/domain/promotion/record.py` keeps it."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from app.domain.command import Input
from app.domain.vocabulary import BlockerKind, DisregardReason, PolicyMode, RuleOutcome, VersionState

Way = tuple[Annotated[tuple[str, ...], Field(min_length=3, max_length=3)], ...]


class DeciderRecord(Input):
    """A version of a policy."""

    policy: str
    number: int
    mode: PolicyMode


class PolicyRecord(DeciderRecord):
    """A version of a policy that held, and what it demanded."""

    digest: str


class RuleRecord(DeciderRecord):
    """What came of a rule."""

    rule: str
    outcome: RuleOutcome
    denies: bool
    reason: str | None
    message: str
    fix: str | None
    subject_count: int
    subject_ids: tuple[str, ...]
    way: Way


class DisregardRecord(Input):
    """An approval that did not count."""

    approval_id: str
    reason: DisregardReason
    message: str
    node_ids: tuple[str, ...]


class ApprovalsRecord(DeciderRecord):
    """What came of approvals that a policy asked for."""

    name: str
    asks_for: str
    count: int
    missing: int
    denies: bool
    approval_ids: tuple[str, ...]
    disregarded: tuple[DisregardRecord, ...]


class RecallRecord(Input):
    """A recall that reached the version."""

    recall_id: str
    target_id: str
    way: Way


class BlockerRecord(Input):
    """What was in the way."""

    kind: BlockerKind
    message: str
    fix: str | None
    policy: str | None = None
    number: int | None = None
    rule: str | None = None
    subject_ids: tuple[str, ...] = ()
    recall_id: str | None = None
    target_id: str | None = None
    approval_id: str | None = None
    way: Way = ()


class Record(Input):
    """All that it was made by."""

    is_emergency: bool
    allowed: bool
    complete: bool
    ancestors: int
    state: VersionState
    is_recalled: bool
    policies: tuple[PolicyRecord, ...]
    rules: tuple[RuleRecord, ...]
    incomplete: tuple[DeciderRecord, ...]
    approvals: tuple[ApprovalsRecord, ...]
    request_id: str | None
    rejections: tuple[str, ...]
    recalls: tuple[RecallRecord, ...]
    blockers: tuple[BlockerRecord, ...]

    @model_validator(mode="after")
    def _names_policies_that_held(self) -> Self:
        held = {(each.policy, each.number) for each in self.policies}
        for each in (*self.rules, *self.incomplete, *self.approvals):
            if (each.policy, each.number) not in held:
                raise ValueError(f"{each.policy}/{each.number} is not among its policies")
        return self

    @property
    def approval_ids(self) -> list[str]:
        """All that was decided on the request, as far as it is told of."""
        asked = [id for each in self.approvals for id in each.approval_ids]
        disregarded = [each.approval_id for some in self.approvals for each in some.disregarded]
        return [*self.rejections, *asked, *disregarded]
