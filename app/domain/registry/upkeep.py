"""The upkeep of models and versions: what may change of them, their names, and putting them away."""

from datetime import date

from pydantic import Field

from app.database.connection import Row
from app.database.queries import query
from app.domain.changing import changed, stale
from app.domain.command import LIST_LIMIT, Command, optional
from app.domain.permission.needs import Needs, over
from app.domain.permission.privacy import NAMELESS
from app.domain.permission.roles import SET_PROTECTED_ALIAS
from app.domain.references import ActorRef, ModelRef, ModelVersionRef
from app.domain.resolution import mention
from app.domain.scalars import FreeJSON, Line, Name, Text, Word
from app.domain.updating import archived, update_of, updated
from app.domain.vocabulary import ModelKind
from app.domain.writing import Change, Writer, Written, refuse
from app.errors import AlreadyExists, InvalidInput

RENAME_MODEL = query("registry/rename_model")
PROTECTED = "Aliases that only who has alias.setProtected moves: champion, production ..."
REVISION = "The revision that you have seen; when it has changed since, nothing is done."


class UpdateRegisteredModel(Command):
    """Change what is said of a model. What is left out stays, null clears."""

    action = "registeredModel.update"
    needs = over("model")

    model: ModelRef = Field(description="The model.")
    kind: ModelKind | None = optional("What kind of model it is.")
    description: Text | None = optional("What it is, for people.")
    task: Line | None = optional("What it is for.")
    intended_use: Text | None = optional("What it was made for.")
    out_of_scope_use: Text | None = optional("What it must not be used for.")
    limitations: Text | None = optional("Where it is known to fail.")
    risk_tier: Line | None = optional("The organization's own classification.")
    next_review_on: date | None = optional("Day on which somebody has to look at it again.")
    protected_aliases: tuple[Word, ...] | None = optional(PROTECTED, max_length=LIST_LIMIT)
    owner: ActorRef | None = optional("Who answers for it.")
    metadata: FreeJSON | None = optional("Free metadata, never read by the registry.")
    expected_revision: int | None = optional(REVISION)

    def takes(self) -> tuple[str, ...]:
        is_about_aliases = "protected_aliases" in self.model_fields_set
        is_about_owner = "owner" in self.model_fields_set
        besides = [SET_PROTECTED_ALIAS] if is_about_aliases else []
        return (self.action, *besides, *(["owner.set"] if is_about_owner else []))


class RenameRegisteredModel(Command):
    """Give a model another name. The former name finds it until another model takes it."""

    action = "registeredModel.rename"
    needs = Needs(over=("model",), within="name")

    model: ModelRef = Field(description="The model.")
    name: Name = Field(description="Its new name.")
    expected_revision: int | None = optional(REVISION)


class ArchiveRegisteredModel(Command):
    """Put a model away: it gets no more versions, and stays findable."""

    action = "registeredModel.archive"
    needs = over("model")

    model: ModelRef = Field(description="The model.")
    expected_revision: int | None = optional(REVISION)


class RestoreRegisteredModel(Command):
    """Take an archived model out again."""

    action = "registeredModel.restore"
    needs = over("model")

    model: ModelRef = Field(description="The model.")
    expected_revision: int | None = optional(REVISION)


class UpdateModelVersion(Command):
    """Change what is said of a version. What identifies it was written once and cannot be changed."""

    action = "modelVersion.update"
    needs = over("version")

    version: ModelVersionRef = Field(description="The version.")
    description: Text | None = optional("What is special about it.")
    metadata: FreeJSON | None = optional("Free metadata, never read by the registry.")
    expected_revision: int | None = optional(REVISION)


async def update_registered_model(writer: Writer, command: UpdateRegisteredModel) -> Written:
    """Change what is said of a model."""
    update = update_of(mention(command.model, "model"), "RegisteredModel", command, "model")
    return await updated(writer, command, update)


async def update_model_version(writer: Writer, command: UpdateModelVersion) -> Written:
    """Change what is said of a version."""
    update = update_of(mention(command.version, "version"), "ModelVersion", command, "version")
    return await updated(writer, command, update)


async def archive_registered_model(writer: Writer, command: ArchiveRegisteredModel) -> Written:
    """Put a model away."""
    subject, revision = mention(command.model, "model"), command.expected_revision
    return await archived(writer, command, subject, is_archived=True, revision=revision)


async def restore_registered_model(writer: Writer, command: RestoreRegisteredModel) -> Written:
    """Take a model out again."""
    subject, revision = mention(command.model, "model"), command.expected_revision
    return await archived(writer, command, subject, is_archived=False, revision=revision)


async def rename_registered_model(writer: Writer, command: RenameRegisteredModel) -> Written:
    """Give a model another name."""
    model = mention(command.model, "model")
    return await changed(
        writer,
        command,
        [model],
        lambda resolution: Change(
            query=RENAME_MODEL,
            action=command.action,
            parameters={
                "id": resolution.require(model).id,
                "name": command.name,
                "expectedRevision": command.expected_revision,
            },
            refusals={"stale": stale, "taken": taken, "private": refuse(InvalidInput, NAMELESS, "name")},
        ),
    )


def taken(row: Row) -> Exception:
    return AlreadyExists("Another model has this name.", path=("name",), id=row["takenId"])
