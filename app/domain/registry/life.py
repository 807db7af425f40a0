"""The life of a version: active, deprecated, retired, archived, and sometimes deleted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import Field

from app.database.connection import Row
from app.database.queries import query
from app.domain.changing import changed, stale
from app.domain.command import Command, optional
from app.domain.deletion import deleted
from app.domain.identifiers import new_id
from app.domain.permission.needs import over
from app.domain.references import ModelRef, ModelVersionRef
from app.domain.registry.upkeep import REVISION
from app.domain.resolution import Resolution, mention
from app.domain.scalars import Reason
from app.domain.vocabulary import VersionState
from app.domain.writing import Change, Writer, Written
from app.errors import InvalidInput

CHANGE_LIFE = query("registry/change_life")
IN_USE_STATES = (VersionState.ACTIVE, VersionState.DEPRECATED)
AWAY_STATES = (VersionState.DEPRECATED, VersionState.RETIRED, VersionState.ARCHIVED)


class DeprecateModelVersion(Command):
    """Tell those who use a version to use another."""

    action = "modelVersion.deprecate"
    needs = over("version")

    version: ModelVersionRef = Field(description="The version.")
    reason: Reason = Field(description="Why.")
    successor: ModelVersionRef | None = optional("The version to use instead.")
    retire_on: date | None = optional("Day on which it will be retired.")
    expected_revision: int | None = optional(REVISION)


class RetireModelVersion(Command):
    """Say that a version must not be used any longer."""

    action = "modelVersion.retire"
    needs = over("version")

    version: ModelVersionRef = Field(description="The version.")
    reason: Reason | None = optional("Why.")
    expected_revision: int | None = optional(REVISION)


class ArchiveModelVersion(Command):
    """Put a version away."""

    action = "modelVersion.archive"
    needs = over("version")

    version: ModelVersionRef = Field(description="The version.")
    reason: Reason | None = optional("Why.")
    expected_revision: int | None = optional(REVISION)


class RestoreModelVersion(Command):
    """Make a version active again."""

    action = "modelVersion.restore"
    needs = over("version")

    version: ModelVersionRef = Field(description="The version.")
    reason: Reason | None = optional("Why.")
    expected_revision: int | None = optional(REVISION)


class DeleteModelVersion(Command):
    """Delete a version that nothing uses. What is deployed, aliased or an ancestor is archived instead."""

    action = "modelVersion.delete"
    needs = over("version")

    version: ModelVersionRef = Field(description="The version.")
    reason: Reason | None = optional("Why.")
    expected_revision: int | None = optional(REVISION)


class DeleteRegisteredModel(Command):
    """Delete a model with all of its versions, when nothing uses them."""

    action = "registeredModel.delete"
    needs = over("model")

    model: ModelRef = Field(description="The model.")
    reason: Reason | None = optional("Why.")
    expected_revision: int | None = optional(REVISION)


@dataclass(frozen=True)
class Step:
    """A step in a version's life: from which states it may be taken, and to which it leads."""

    state: VersionState
    states: tuple[VersionState, ...]


STEPS: Mapping[type[Command], Step] = {
    DeprecateModelVersion: Step(VersionState.DEPRECATED, IN_USE_STATES),
    RetireModelVersion: Step(VersionState.RETIRED, IN_USE_STATES),
    ArchiveModelVersion: Step(VersionState.ARCHIVED, (*IN_USE_STATES, VersionState.RETIRED)),
    RestoreModelVersion: Step(VersionState.ACTIVE, AWAY_STATES),
}


async def deprecate_model_version(writer: Writer, command: DeprecateModelVersion) -> Written:
    """Deprecate a version; its successor is another version."""
    successor = mention(command.successor, "successor") if command.successor else None
    version = mention(command.version, "version")

    def compose(resolution: Resolution) -> Change:
        successor_id = resolution.require(successor).id if successor else None
        if successor_id == resolution.require(version).id:
            raise InvalidInput("A version cannot succeed itself.", path=("successor",))
        return life_change(command, resolution, successorId=successor_id, retireOn=command.retire_on)

    return await changed(writer, command, [version, *([successor] if successor else [])], compose)


async def retire_model_version(writer: Writer, command: RetireModelVersion) -> Written:
    """Retire a version."""
    return await live_on(writer, command)


async def archive_model_version(writer: Writer, command: ArchiveModelVersion) -> Written:
    """Archive a version."""
    return await live_on(writer, command)


async def restore_model_version(writer: Writer, command: RestoreModelVersion) -> Written:
    """Make a version active again."""
    return await live_on(writer, command)


LifeCommand = DeprecateModelVersion | RetireModelVersion | ArchiveModelVersion | RestoreModelVersion


async def live_on(writer: Writer, command: LifeCommand) -> Written:
    return await changed(
        writer, command, [mention(command.version, "version")], lambda resolution: life_change(command, resolution)
    )


def life_change(command: LifeCommand, resolution: Resolution, **more: Any) -> Change:
    step = STEPS[type(command)]
    life = {"state": step.state.value, "reason": command.reason, **more}
    return Change(
        query=CHANGE_LIFE,
        action=command.action,
        parameters={
            "id": resolution.require(mention(command.version, "version")).id,
            "lifecycleId": new_id(),
            "states": [state.value for state in step.states],
            "life": {name: value for name, value in life.items() if value is not None},
            "expectedRevision": command.expected_revision,
        },
        refusals={"stale": stale, "wrong state": wrong_state},
        reason=command.reason,
    )


def wrong_state(row: Row) -> Exception:
    return InvalidInput(f"The version is {row['state']}.", path=("version",), state=row["state"])


async def delete_model_version(writer: Writer, command: DeleteModelVersion) -> Written:
    """Delete a version. Its number is never given again."""
    subject, revision = mention(command.version, "version"), command.expected_revision
    return await deleted(writer, command, subject, reason=command.reason, revision=revision)


async def delete_registered_model(writer: Writer, command: DeleteRegisteredModel) -> Written:
    """Delete a model with all of its versions."""
    subject, revision = mention(command.model, "model"), command.expected_revision
    return await deleted(writer, command, subject, reason=command.reason, revision=revision)
