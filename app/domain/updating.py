"""Updates: what was sent is changed, null clears, all else stays."""

from dataclasses import dataclass
from typing import Any

from app.database.queries import query
from app.domain.changing import changed, required_names, sent, stale
from app.domain.command import Command
from app.domain.references import ActorRef
from app.domain.resolution import Mention, mention
from app.domain.writing import Change, Writer, Written
from app.errors import InvalidInput

UPDATE = query("entity/update")
ARCHIVE = query("entity/archive")


@dataclass(frozen=True)
class Update:
    """An update of one entity."""

    subject: Mention
    label: str
    properties: dict[str, Any]
    expected_revision: int | None = None
    changes_owner: bool = False
    owner: ActorRef | None = None


def update_of(subject: Mention, label: str, command: Command, *besides: str) -> Update:
    """The update that a command asks for. `besides` are its fields that are no properties."""
    properties = sent(label, command, "expected_revision", "idempotency_key", "owner", *besides)
    for name in properties.keys() & required_names(label).keys():
        if properties[name] is None:
            raise InvalidInput("This cannot be cleared.", path=(name,))
    return Update(
        subject,
        label,
        properties,
        expected_revision=getattr(command, "expected_revision", None),
        changes_owner="owner" in command.model_fields_set,
        owner=getattr(command, "owner", None),
    )


async def updated(writer: Writer, command: Command, update: Update, reason: str | None = None) -> Written:
    """Make an update. Nothing is written, and nothing said, when nothing differs."""
    owner = mention(update.owner, "owner") if update.owner else None
    owners = [owner] if owner else []
    return await changed(
        writer,
        command,
        [update.subject, *owners],
        lambda resolution: Change(
            query=UPDATE,
            action=command.action,
            parameters={
                "id": resolution.require(update.subject).id,
                "label": update.label,
                "properties": update.properties,
                "expectedRevision": update.expected_revision,
                "changesOwner": update.changes_owner,
                "owners": [resolution.require(each).id for each in owners],
            },
            counts={"owners": len(owners)},
            refusals={"stale": stale},
            reason=reason,
        ),
    )


async def archived(
    writer: Writer, command: Command, subject: Mention, *, is_archived: bool, revision: int | None
) -> Written:
    """Put an entity away, or take it out again."""
    (label,) = subject.types
    return await changed(
        writer,
        command,
        [subject],
        lambda resolution: Change(
            query=ARCHIVE,
            action=command.action,
            parameters={
                "id": resolution.require(subject).id,
                "label": label,
                "isArchived": is_archived,
                "expectedRevision": revision,
            },
            refusals={"stale": stale},
        ),
    )
