"""Aliases: movable names for the versions of a model."""

from pydantic import Field

from app.database.queries import query
from app.domain.changing import changed
from app.domain.command import Command, optional
from app.domain.identifiers import new_id
from app.domain.permission.needs import over
from app.domain.references import ModelRef, ModelVersionRef
from app.domain.resolution import Resolution, mention
from app.domain.scalars import Word
from app.domain.writing import Change, Writer, Written, refuse
from app.errors import InvalidInput, NotFound, StaleRevision

SET_ALIAS = query("registry/set_alias")
REMOVE_ALIAS = query("registry/remove_alias")


class SetModelAlias(Command):
    """Let an alias point to a version from now on. Where it pointed until now stays known."""

    action = "alias.set"
    needs = over("version")

    alias: Word = Field(description="champion, candidate ...")
    version: ModelVersionRef = Field(description="The version.")
    expected_version: ModelVersionRef | None = optional(
        "The version that it points to now; when it is another, nothing is done."
    )

    def moves(self) -> tuple[str, ...]:
        return (self.alias,)


class RemoveModelAlias(Command):
    """Let an alias point nowhere from now on."""

    action = "alias.remove"
    needs = over("model")

    model: ModelRef = Field(description="The model.")
    alias: Word = Field(description="champion, candidate ...")

    def moves(self) -> tuple[str, ...]:
        return (self.alias,)


async def set_model_alias(writer: Writer, command: SetModelAlias) -> Written:
    """Move an alias. Returns the id of the version."""
    version = mention(command.version, "version")
    expected = mention(command.expected_version, "expectedVersion") if command.expected_version else None

    def compose(resolution: Resolution) -> Change:
        known = resolution.require(version)
        return Change(
            query=SET_ALIAS,
            action=command.action,
            parameters={
                "id": new_id(),
                "modelId": known.model_id,
                "versionId": known.id,
                "name": command.alias,
                "expectedVersionId": resolution.require(expected).id if expected else None,
            },
            refusals={
                "other model": refuse(InvalidInput, "The version is of another model.", "version"),
                "moved": refuse(StaleRevision, "The alias points to another version.", "expectedVersion"),
            },
        )

    return await changed(writer, command, [version, *([expected] if expected else [])], compose)


async def remove_model_alias(writer: Writer, command: RemoveModelAlias) -> Written:
    """Remove an alias. Returns the id of the model."""
    model = mention(command.model, "model")
    return await changed(
        writer,
        command,
        [model],
        lambda resolution: Change(
            query=REMOVE_ALIAS,
            action=command.action,
            parameters={"modelId": resolution.require(model).id, "name": command.alias},
            refusals={"no alias": refuse(NotFound, f"The model has no alias {command.alias}.", "alias")},
        ),
    )
