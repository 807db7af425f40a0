"""Retention: evidence that has to be kept cannot be deleted before an instant, which may be put off. It takes a
permission of its own to shorten it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pydantic import Field

from app.database.connection import Row
from app.database.queries import query
from app.domain.changing import changed, stale
from app.domain.command import Command, optional
from app.domain.permission.asking import Need
from app.domain.permission.needs import over
from app.domain.permission.roles import SHORTEN_RETENTION
from app.domain.references import EntityRef
from app.domain.registry.upkeep import REVISION
from app.domain.resolution import Known, Resolution, mention
from app.domain.scalars import Instant, Reason
from app.domain.writing import Change, Outdated, Writer, Written

UPDATE = query("entity/update")
KEPT = ("RegisteredModel", "ModelVersion", "Dataset", "DatasetVersion")


class SetRetention(Command):
    """Keep a model, a dataset or a version of either: before an instant it cannot be deleted. A model or a dataset is
    kept with its versions. An earlier instant than before takes retention.shorten, too."""

    action = "retention.set"
    needs = over("subject")

    subject: EntityRef = Field(description="A model, a dataset, or a version of either.")
    until: Instant = Field(description="First instant at which it may be deleted.")
    reason: Reason = Field(description="Why it is kept until then.")
    expected_revision: int | None = optional(REVISION)


async def set_retention(writer: Writer, command: SetRetention) -> Written:
    """Set until when something is kept. Returns its id."""
    subject = replace(mention(command.subject, "subject"), types=KEPT, is_compared=True)

    def compose(resolution: Resolution) -> Change:
        known = resolution.require(subject)
        if command.expected_revision not in (None, known.properties["revision"]):
            raise stale(known.properties)
        return Change(
            query=UPDATE,
            action=command.action,
            parameters={**update(known), "properties": kept(command)},
            counts={"owners": 0},
            refusals={"stale": outdated},
            reason=command.reason,
            need=Need(permissions(command, known.properties), () if known.is_stub else (known.id,)),
        )

    return await changed(writer, command, [subject], compose)


def kept(command: SetRetention) -> dict[str, Any]:
    """The properties that say it."""
    return {"retainedUntil": command.until, "retentionReason": command.reason}


def update(known: Known) -> dict[str, Any]:
    """The update of what was read: of that revision and no other, as what it takes was decided by it."""
    revision = known.properties["revision"]
    return {"id": known.id, "label": known.label, "expectedRevision": revision, "changesOwner": False, "owners": []}


def permissions(command: SetRetention, properties: Mapping[str, Any]) -> tuple[str, ...]:
    """What it takes: more to shorten."""
    former = properties.get("retainedUntil")
    is_shorter = former is not None and command.until < former
    return (command.action, SHORTEN_RETENTION) if is_shorter else (command.action,)


def outdated(row: Row) -> Exception:
    """It was changed in between: it is read again."""
    return Outdated()
