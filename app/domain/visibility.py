"""Who sees a model or a dataset: everybody, or those alone to whom something over it was granted, and its owner."""

from dataclasses import replace

from pydantic import Field

from app.domain.command import Command, optional
from app.domain.permission.needs import over
from app.domain.permission.privacy import SCOPES, privacy
from app.domain.permission.roles import SET_VISIBILITY
from app.domain.references import EntityRef
from app.domain.registry.upkeep import REVISION
from app.domain.resolution import mention
from app.domain.scalars import Reason
from app.domain.updating import Update, updated
from app.domain.vocabulary import Visibility
from app.domain.writing import Writer, Written


class SetVisibility(Command):
    """Make a model or a dataset private, or show it to everybody again. What belongs to it follows."""

    action = SET_VISIBILITY
    needs = over("entity")

    entity: EntityRef = Field(description="A model or a dataset.")
    visibility: Visibility = Field(description="Who sees it from now on.")
    reason: Reason | None = optional("Why.")
    expected_revision: int | None = optional(REVISION)


async def set_visibility(writer: Writer, command: SetVisibility) -> Written:
    """Set who sees a model or a dataset. Returns its id. Its versions are not touched, however many they are."""
    subject = replace(mention(command.entity, "entity"), types=SCOPES)
    known = (await writer.resolve([subject])).require(subject)
    is_private = privacy(command.visibility, known.name or "", "visibility")
    update = Update(subject, known.label, {"isPrivate": is_private}, command.expected_revision)
    return await updated(writer, command, update, command.reason)
