"""Findings: what somebody has to know of versions, deployments, data and applications, and who sees to it."""

from datetime import date
from typing import Any

from pydantic import Field

from app.database.queries import query
from app.domain.bundle import as_json
from app.domain.changing import changed
from app.domain.command import Command, optional
from app.domain.governance.ending import ended
from app.domain.identifiers import new_id
from app.domain.permission.needs import over
from app.domain.permission.roles import MAKE_EXCEPTION
from app.domain.references import ActorRef, FindingRef, LineageRef
from app.domain.registry.upkeep import REVISION
from app.domain.resolution import Resolution, mention
from app.domain.scalars import FreeJSON, Line, Reason, Text
from app.domain.updating import update_of, updated
from app.domain.vocabulary import FindingKind, Severity
from app.domain.writing import Change, Writer, Written, refuse
from app.errors import InvalidInput

RECORD_FINDING = query("governance/record_finding")
MOST = 100
TITLE = "What it is, in a line."
DESCRIPTION = "What there is to say about it."
SEVERITY = "How bad it is."
DUE = "Day by which it has to be closed."


class RecordFinding(Command):
    """Record what somebody has to know: an incident, a finding of a validation, a limitation, or an exception that was
    made, which takes the permission finding.except. It is open until it is closed."""

    action = "finding.record"
    needs = over("about")

    kind: FindingKind = Field(description="What it is.")
    severity: Severity = Field(description=SEVERITY)
    title: Line = Field(description=TITLE)
    description: Text | None = optional(DESCRIPTION)
    about: tuple[LineageRef, ...] = Field(
        min_length=1,
        max_length=MOST,
        description="What it is about: versions, deployments, data, applications ..., all of one model or dataset.",
    )
    owner: ActorRef | None = optional("Who sees to it.")
    due_on: date | None = optional(DUE)
    metadata: FreeJSON | None = optional("Free metadata, never read by the registry.")

    def takes(self) -> tuple[str, ...]:
        return (self.action, MAKE_EXCEPTION) if self.kind is FindingKind.EXCEPTION else (self.action,)


class UpdateFinding(Command):
    """Change what is said of a finding. What is left out stays, null clears. Its severity is changed only by who may
    close it."""

    action = "finding.update"
    needs = over("finding")

    finding: FindingRef = Field(description="The finding.")
    severity: Severity | None = optional(SEVERITY)
    title: Line | None = optional(TITLE)
    description: Text | None = optional(DESCRIPTION)
    owner: ActorRef | None = optional("Who sees to it.")
    due_on: date | None = optional(DUE)
    metadata: FreeJSON | None = optional("Free metadata, never read by the registry.")
    expected_revision: int | None = optional(REVISION)

    def takes(self) -> tuple[str, ...]:
        owner = ("owner.set",) if "owner" in self.model_fields_set else ()
        severity = (CloseFinding.action,) if "severity" in self.model_fields_set else ()
        return (self.action, *owner, *severity)


class CloseFinding(Command):
    """Close a finding: nobody has to see to it any longer. Nothing is done when that was done already."""

    action = "finding.close"
    needs = over("finding")

    finding: FindingRef = Field(description="The finding.")
    resolution: Reason = Field(description="Why: what was done about it, or why it is accepted.")


async def record_finding(writer: Writer, command: RecordFinding) -> Written:
    """Record a finding. Returns its id."""
    about = [mention(each, "about", index) for index, each in enumerate(command.about)]
    owner = [mention(command.owner, "owner")] if command.owner else []
    id = new_id()

    def compose(resolution: Resolution) -> Change:
        subjects = sorted({resolution.require(each).id for each in about})
        owners = [resolution.require(each).id for each in owner]
        return Change(
            query=RECORD_FINDING,
            action=command.action,
            parameters={"finding": properties(command, id), "about": subjects, "owners": owners},
            counts={"about": len(subjects), "owners": len(owners)},
            refusals={"several": several},
        )

    return await changed(writer, command, [*about, *owner], compose)


def properties(command: RecordFinding, id: str) -> dict[str, Any]:
    said = command.model_dump(mode="python", by_alias=True, include={"title", "description", "due_on"})
    metadata = {} if command.metadata is None else {"metadata": as_json(command.metadata)}
    return {"id": id, "kind": command.kind.value, "severity": command.severity.value, **said, **metadata}


async def update_finding(writer: Writer, command: UpdateFinding) -> Written:
    """Change what is said of a finding. Returns its id."""
    return await updated(writer, command, update_of(mention(command.finding, "finding"), "Finding", command, "finding"))


async def close_finding(writer: Writer, command: CloseFinding) -> Written:
    """Close a finding. Returns its id."""
    said = {"resolution": command.resolution}
    return await ended(writer, command, mention(command.finding, "finding"), said)


several = refuse(
    InvalidInput, "These belong to several models and datasets: record a finding for those of each.", "about"
)
