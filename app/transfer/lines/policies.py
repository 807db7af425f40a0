"""Policies, their versions, and where these hold."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from app.domain.approval.requirements import ApprovalRequirementInput, check_names, kept_approvals, team_mentions
from app.domain.command import many, optional
from app.domain.governance import rules
from app.domain.governance.policies import MOST_APPROVALS, check_demands
from app.domain.governance.rules import MOST_RULES, PolicyRuleInput, digest, kept
from app.domain.resolution import Key
from app.domain.scalars import ContentDigest, Count, Id, Line, PastInstant, Reason, Text
from app.domain.vocabulary import PolicyMode, PolicyState
from app.errors import InvalidInput
from app.transfer.lines.delivery import environment
from app.transfer.lines.entity import EntityLine, Mention, Satellite, actor, singly
from app.transfer.lines.interval import Interval


class PolicyLine(EntityLine):
    """Rules under one name; lines of their versions say which."""

    label = "Policy"

    type: Literal["Policy"]
    is_stub: Literal[False] = False
    name: Line = Field(description="Exact and case-sensitive.")
    description: Text | None = optional("What it is for.")
    last_number: Count | None = optional("Highest number given so far, when it is no version's.")

    @property
    def key(self) -> Key:
        return policy_key(self.name)

    def usual(self) -> dict[str, Any]:
        return {"lastNumber": 0}

    def properties(self) -> dict[str, Any]:
        said = super().properties()
        said.pop("lastNumber", None)
        return said


class AttachmentLine(Interval):
    """That a version of a policy holds in an environment, from when to when."""

    id: Id | None = optional("Its id; made when there is none.")
    environment: Line = Field(description="Name of the environment.")
    holds_beyond: bool = Field(default=False, description="Whether it holds in all that promotion leads to, too.")
    reason: Reason | None = optional("Why it was attached.")
    attached_by: Line | None = optional("Name of who attached it.")
    valid_from: PastInstant = Field(description="When it was attached.")

    def satellite(self) -> Satellite:
        said = self.model_dump(by_alias=True, exclude={"environment", "attached_by"})
        by = {"attachedById": actor(self.attached_by)} if self.attached_by else {}
        return Satellite("PolicyAttachment", said, {"environmentId": environment(self.environment), **by})


class PolicyVersionLine(EntityLine):
    """One version of a policy, with where it holds and held."""

    label = "PolicyVersion"

    type: Literal["PolicyVersion"]
    is_stub: Literal[False] = False
    policy: Line = Field(description="Name of its policy.")
    number: int = Field(ge=1, le=2**31 - 1, description="1, 2, 3 ... within the policy.")
    state: PolicyState = Field(description="DRAFT, PUBLISHED or RETIRED.")
    mode: PolicyMode = Field(default=PolicyMode.ENFORCE, description="What follows when a rule is not met.")
    rules: tuple[PolicyRuleInput, ...] = many("Its rules.", MOST_RULES)
    approvals: tuple[ApprovalRequirementInput, ...] = many("The approvals that it asks for.", MOST_APPROVALS)
    digest: ContentDigest | None = optional("Digest of what it demands; it has to be the right one.")
    published_at: PastInstant | None = optional("When it was published; absent while it is a draft.")
    published_by: Line | None = optional("Name of who published it.")
    retired_at: PastInstant | None = optional("When it was retired; absent unless it was.")
    attachments: tuple[AttachmentLine, ...] = many("Where it holds, and held.", limit=1_000)

    @model_validator(mode="after")
    def _demands_something_under_its_digest(self) -> Self:
        try:
            rules.check_names(self.rules, "rules")
            check_names(self.approvals, "approvals")
            check_demands(self.rules, self.approvals)
        except InvalidInput as error:
            raise ValueError(f"{'.'.join(map(str, error.path))}: {error.message}") from None
        if self.digest is not None and self.digest != self.demanded["digest"]:
            raise ValueError(f"digest is not that of what it demands, which is {self.demanded['digest']}")
        return self

    @model_validator(mode="after")
    def _lives_in_order(self) -> Self:
        is_draft, is_retired = self.state is PolicyState.DRAFT, self.state is PolicyState.RETIRED
        if is_draft != (self.published_at is None) or (is_draft and (self.published_by or self.attachments)):
            raise ValueError("a version has publishedAt unless it is a draft, which is attached nowhere")
        if is_retired != (self.retired_at is not None):
            raise ValueError("a version has retiredAt exactly when it is RETIRED")
        if self.published_at and self.retired_at and self.retired_at < self.published_at:
            raise ValueError("retiredAt is before publishedAt")
        singly("attachments", [(each.environment, each.valid_from) for each in self.attachments])
        for each in self.attachments:
            self.check(each)
        return self

    def check(self, attachment: AttachmentLine) -> None:
        """Refuse that it held before it was published, or after it was retired."""
        if self.published_at is not None and attachment.valid_from < self.published_at:
            raise ValueError(f"it was attached to {attachment.environment} before it was published")
        if self.retired_at is not None and (attachment.valid_to is None or attachment.valid_to > self.retired_at):
            raise ValueError(f"it was retired while it was attached to {attachment.environment}")

    @property
    def key(self) -> Key:
        return policy_version_key(self.policy, self.number)

    @property
    def demanded(self) -> Mapping[str, Any]:
        """What it demands, and the digest of that."""
        said, asked = kept(self.rules), kept_approvals(self.approvals)
        return {"rules": said, "approvals": asked, "digest": digest(self.policy, self.mode, said, asked)}

    def properties(self) -> dict[str, Any]:
        return {**super().properties(), **self.demanded}

    def mentions(self) -> dict[str, Mention]:
        return {
            **super().mentions(),
            "policyId": Mention(policy_key(self.policy), ("Policy",)),
            **({"publishedById": actor(self.published_by)} if self.published_by else {}),
        }

    def presupposes(self) -> Iterator[Mention]:
        yield from (Mention(each.key, each.types) for each in team_mentions(self.approvals))

    def satellites(self) -> Iterator[Satellite]:
        yield from super().satellites()
        yield from (each.satellite() for each in self.attachments)


def policy_key(name: str) -> Key:
    return Key.of("policies_by_name", name=name)


def policy_version_key(policy: str, number: int) -> Key:
    return Key.of("policy_versions_by_number", policy=policy, number=number)


LINES = (PolicyLine, PolicyVersionLine)
