"""Who asked that versions are admitted, who decided that, and in whose place."""

from typing import Any, Literal, Self

from pydantic import Field, model_validator

from app.domain.command import optional
from app.domain.resolution import Key
from app.domain.scalars import ContentDigest, Instant, Line, PastInstant, Reason, Text
from app.domain.vocabulary import ApprovalDecision, Role
from app.transfer.lines.delivery import environment
from app.transfer.lines.entity import Mention, UnnamedLine, actor
from app.transfer.lines.interval import Interval
from app.transfer.references import Ref

DECIDING = ("User", "ServiceAccount")  # a team decides nothing


class AdmissionLine(UnnamedLine, Interval):
    """What has to do with the admission of a version to an environment, from when to when."""

    is_stub: Literal[False] = False
    version: Ref = Field(description="The version.")
    environment: Line = Field(description="Name of the environment that it is to be admitted to.")
    valid_from: PastInstant = Field(description="When that was done.")
    end_reason: Reason | None = optional("Why it ended.")

    @model_validator(mode="after")
    def _ends_once(self) -> Self:
        if self.valid_to is None and self.end_reason:
            raise ValueError("what has an endReason has a validTo")
        return self

    def mentions(self) -> dict[str, Mention]:
        return {
            **super().mentions(),
            "versionId": Mention(self.version.key, ("ModelVersion",)),
            "environmentId": environment(self.environment),
        }


class ApprovalRequestLine(AdmissionLine):
    """A request; its links are the evidence, lines of ADDRESSED_TO edges say who is asked."""

    label = "ApprovalRequest"

    type: Literal["ApprovalRequest"]
    note: Text | None = optional("What who decides should know.")


class ApprovalLine(AdmissionLine):
    """What somebody decided on a request."""

    label = "Approval"

    type: Literal["Approval"]
    request: Ref = Field(description="The request.")
    decision: ApprovalDecision = Field(description="APPROVED or REJECTED.")
    approver: Line = Field(description="Name of who decided.")
    on_behalf_of: Line | None = optional("Name of the one in whose place that was.")
    teams: tuple[Line, ...] | None = optional("Names of the teams that whose decision it is belonged to then.")
    roles: tuple[Role, ...] | None = optional("The roles that they had there then.")
    comment: Text | None = optional("What they said about it; of a rejection, why.")
    conditions: Text | None = optional("What has to be kept to.")
    expires_at: Instant | None = optional("First instant at which it counts no longer.")
    ancestry_digest: ContentDigest = Field(description="Digest of the version and its ancestry, which it is bound to.")
    evaluations: tuple[Ref, ...] | None = optional("The evaluations that stood then, which it is bound to.")

    @model_validator(mode="after")
    def _says_what_its_decision_allows(self) -> Self:
        is_rejected = self.decision is ApprovalDecision.REJECTED
        if is_rejected and (not self.comment or self.conditions is not None or self.expires_at is not None):
            raise ValueError("a rejection has a comment that says why, and neither conditions nor expiresAt")
        if self.expires_at is not None and self.expires_at <= self.valid_from:
            raise ValueError("expiresAt is not after validFrom")
        if self.on_behalf_of == self.approver:
            raise ValueError("onBehalfOf is somebody else than the approver")
        return self

    def properties(self) -> dict[str, Any]:
        roles = {} if self.roles is None else {"roles": [each.value for each in self.roles]}
        return {**super().properties(), **roles}

    def usual(self) -> dict[str, Any]:
        return {"teamIds": [], "roles": [], "evaluationIds": []}

    def mentions(self) -> dict[str, Mention]:
        return {
            **super().mentions(),
            "requestId": Mention(self.request.key, ("ApprovalRequest",)),
            "approverId": decider(self.approver),
            **({"onBehalfOfId": decider(self.on_behalf_of)} if self.on_behalf_of else {}),
        }

    def lists(self) -> dict[str, tuple[Mention, ...]]:
        teams = tuple(Mention(Key.of("actors_by_name", name=each), ("Team",)) for each in self.teams or ())
        evaluations = tuple(Mention(each.key, ("Evaluation",)) for each in self.evaluations or ())
        return {
            **({} if self.teams is None else {"teamIds": teams}),
            **({} if self.evaluations is None else {"evaluationIds": evaluations}),
        }


class DelegationLine(UnnamedLine):
    """That somebody decides in somebody's place, from when to when. One that was ended before it began never held."""

    label = "Delegation"

    type: Literal["Delegation"]
    is_stub: Literal[False] = False
    delegator: Line = Field(description="Name of the one in whose place it is done.")
    delegate: Line = Field(description="Name of who decides.")
    environment: Line | None = optional("Name of the environment that it is for; for all, when nothing is said.")
    reason: Reason | None = optional("Why.")
    end_reason: Reason | None = optional("Why it was ended before its time.")
    valid_from: Instant = Field(description="First instant at which it holds; it may be yet to come.")
    valid_to: Instant = Field(description="First instant at which it holds no longer; it may be yet to come.")

    @model_validator(mode="after")
    def _is_for_somebody_else(self) -> Self:
        if self.valid_to < self.valid_from:
            raise ValueError("validTo is not before validFrom")
        if self.delegate == self.delegator:
            raise ValueError("the delegate is somebody else than the delegator")
        return self

    def mentions(self) -> dict[str, Mention]:
        return {
            **super().mentions(),
            "delegatorId": decider(self.delegator),
            "delegateId": decider(self.delegate),
            **({"environmentId": environment(self.environment)} if self.environment else {}),
        }


def decider(name: str) -> Mention:
    return Mention(actor(name).key, DECIDING)


LINES = (ApprovalRequestLine, ApprovalLine, DelegationLine)
