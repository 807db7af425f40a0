"""Who answers for a model, a dataset, an application or a finding."""

from dataclasses import replace

from pydantic import Field

from app.domain.command import Command, optional
from app.domain.permission.needs import over
from app.domain.references import ActorRef, EntityRef
from app.domain.registry.upkeep import REVISION
from app.domain.resolution import mention
from app.domain.scalars import Reason
from app.domain.updating import Update, updated
from app.domain.writing import Writer, Written

OWNED = ("RegisteredModel", "Dataset", "Application", "Finding")


class SetOwner(Command):
    """Say who answers for a model, a dataset, an application or a finding from now on."""

    action = "owner.set"
    needs = over("entity")

    entity: EntityRef = Field(description="A model, a dataset, an application or a finding.")
    owner: ActorRef | None = Field(description="A user, a team or a service account; null, when nobody does.")
    reason: Reason | None = optional("Why.")
    expected_revision: int | None = optional(REVISION)


async def set_owner(writer: Writer, command: SetOwner) -> Written:
    """Set who owns an entity: the interval of the one before ends. Returns the id of the entity."""
    subject = replace(mention(command.entity, "entity"), types=OWNED)
    known = (await writer.resolve([subject])).require(subject)
    update = Update(
        subject,
        known.label,
        properties={},
        expected_revision=command.expected_revision,
        changes_owner=True,
        owner=command.owner,
    )
    return await updated(writer, command, update, command.reason)
