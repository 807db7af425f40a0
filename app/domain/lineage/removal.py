"""The end of datasets and snapshots that nothing uses."""

from pydantic import Field

from app.domain.command import Command, optional
from app.domain.deletion import deleted
from app.domain.permission.needs import over
from app.domain.references import DatasetRef, DatasetVersionRef
from app.domain.registry.upkeep import REVISION
from app.domain.resolution import mention
from app.domain.scalars import Reason
from app.domain.writing import Writer, Written


class DeleteDatasetVersion(Command):
    """Delete a snapshot that nothing uses. What a run read, or anything came from, stays."""

    action = "datasetVersion.delete"
    needs = over("version")

    version: DatasetVersionRef = Field(description="The snapshot.")
    reason: Reason | None = optional("Why.")
    expected_revision: int | None = optional(REVISION)


class DeleteDataset(Command):
    """Delete a dataset with all of its snapshots, when nothing uses them."""

    action = "dataset.delete"
    needs = over("dataset")

    dataset: DatasetRef = Field(description="The dataset.")
    reason: Reason | None = optional("Why.")
    expected_revision: int | None = optional(REVISION)


async def delete_dataset_version(writer: Writer, command: DeleteDatasetVersion) -> Written:
    """Delete a snapshot. Returns the id that it had."""
    subject = mention(command.version, "version")
    return await deleted(writer, command, subject, reason=command.reason, revision=command.expected_revision)


async def delete_dataset(writer: Writer, command: DeleteDataset) -> Written:
    """Delete a dataset with all of its snapshots. Returns the id that it had."""
    subject, revision = mention(command.dataset, "dataset"), command.expected_revision
    return await deleted(writer, command, subject, reason=command.reason, revision=revision)
