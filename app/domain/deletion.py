"""Deletion: only what nothing uses and nobody has to keep can be deleted, and what hangs on it alone goes with it."""

from app.database.connection import Row
from app.database.queries import query
from app.domain.canonical import rfc3339
from app.domain.changing import changed, stale
from app.domain.command import Command
from app.domain.resolution import Mention
from app.domain.writing import Change, Writer, Written
from app.errors import InUse
from graph_schema.model import MODEL

DELETE = query("registry/delete")
ARCHIVABLE = frozenset({"RegisteredModel", "ModelVersion"})


async def deleted(
    writer: Writer, command: Command, subject: Mention, *, reason: str | None, revision: int | None
) -> Written:
    """Delete a version, or a model or a dataset with all of its versions. InUse names who stands in the way, or says
    until when it is kept."""
    return await changed(
        writer,
        command,
        [subject],
        lambda resolution: Change(
            query=DELETE,
            action=command.action,
            parameters={
                "id": resolution.require(subject).id,
                "expectedRevision": revision,
                "hidden": writer.caller.sight.parameter,
            },
            refusals={
                "stale": stale,
                "in use": lambda row: in_use(row, can_archive=subject.types[0] in ARCHIVABLE),
                "retained": retained,
            },
            reason=reason,
        ),
    )


def retained(row: Row) -> Exception:
    """Says until when it is kept."""
    until = rfc3339(row["retainedUntil"])
    return InUse(f"It is kept until {until}, and cannot be deleted before. setRetention says so.", until=until)


def in_use(row: Row, *, can_archive: bool) -> Exception:
    """Names the users, so that they can be asked, and says whether there are some that one may not see."""
    users = [
        {
            "id": user["id"],
            "type": MODEL.label_of(user["labels"]),
            "label": user["label"],
        }
        for user in row["users"]
    ]
    named = ", ".join(
        [f"{user['type']} {user['label']}" for user in users] + ["what you may not see"] * row["andHidden"]
    )
    instead = " Archive it instead." if can_archive else ""
    return InUse(
        f"It is in use by {named} and cannot be deleted.{instead}",
        users=users,
        andHidden=row["andHidden"],
    )
