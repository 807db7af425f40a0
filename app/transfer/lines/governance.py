"""What was found, what was recalled, and where recalls stop."""

from datetime import date
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from app.domain.command import optional
from app.domain.scalars import Id, Instant, Line, PastInstant, Reason, Text
from app.domain.vocabulary import FindingKind, Severity
from app.transfer.lines.entity import Mention, UnnamedLine
from app.transfer.references import Ref
from graph_schema.model import MODEL

STOPS = tuple(
    sorted({end for each in MODEL.relationships if each.is_lineage for end in (*each.sources, *each.targets)})
)


class FactLine(UnnamedLine):
    """A fact, from one instant to another, which may be the same."""

    valid_from: PastInstant = Field(description="First instant at which it holds.")
    valid_to: PastInstant | None = optional("First instant at which it holds no longer; absent while it does.")

    @model_validator(mode="after")
    def _does_not_end_before_it_begins(self) -> Self:
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError("validTo is not before validFrom")
        return self


class FindingLine(FactLine):
    """What somebody has to know; lines of ABOUT edges say of what, of OWNS edges who sees to it."""

    label = "Finding"

    type: Literal["Finding"]
    kind: FindingKind = Field(description="What it is.")
    severity: Severity = Field(description="How bad it is.")
    title: Line = Field(description="What it is, in a line.")
    description: Text | None = optional("What there is to say about it.")
    due_on: date | None = optional("Day by which it has to be closed.")
    resolution: Reason | None = optional("Why it was closed.")


class RecallLine(FactLine):
    """That something must not be used anymore; lines of RECALLS edges say what."""

    label = "Recall"

    type: Literal["Recall"]
    reason: Reason = Field(description="Why it was recalled.")
    end_reason: Reason | None = optional("Why it was lifted.")
    finding: Ref | None = optional("The finding that led to it.")
    severity: Severity = Field(description="How bad it is.")
    valid_from: Instant = Field(description="First instant at which it holds; it may be yet to come.")

    def mentions(self) -> dict[str, Mention]:
        led = {"findingId": Mention(self.finding.key, ("Finding",))} if self.finding else {}
        return {**super().mentions(), **led}


class MitigationLine(FactLine):
    """That a recall stops at a node, or at an edge."""

    label = "Mitigation"

    type: Literal["Mitigation"]
    reason: Reason = Field(description="Why what is behind may be used nevertheless.")
    end_reason: Reason | None = optional("Why it was ended.")
    recall: Ref = Field(description="The recall.")
    on: Ref | None = optional("The node where it stops.")
    edge_id: Id | None = optional("Id of the edge where it stops.")
    edge_ids: tuple[Id, ...] | None = optional("That edge, and those that stood or fell with it.")
    expires_at: Instant | None = optional("First instant at which it stops nothing any longer.")

    @model_validator(mode="after")
    def _is_on_one_thing(self) -> Self:
        if (self.on is None) == (self.edge_id is None) or (self.edge_id is None) != (self.edge_ids is None):
            raise ValueError("a mitigation is on a node, or on an edge, and then says edgeId and edgeIds")
        return self

    def properties(self) -> dict[str, Any]:
        said = super().properties()
        return {**said, "edgeIds": list(self.edge_ids)} if self.edge_ids else said

    def mentions(self) -> dict[str, Mention]:
        return {
            **super().mentions(),
            "recallId": Mention(self.recall.key, ("Recall",)),
            **({"onId": Mention(self.on.key, STOPS)} if self.on else {}),
        }


LINES = (FindingLine, RecallLine, MitigationLine)
