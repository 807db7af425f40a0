"""Datasets and their snapshots."""

from collections.abc import Iterator

from pydantic import Field

from app.domain.adding import added
from app.domain.command import Command, many, optional
from app.domain.description import LinkInput, ReferenceInput, TagInput, describe
from app.domain.draft import Draft, dataset_mention, external_mentions
from app.domain.lineage.data import DatasetVersionInput, check_same, key_mention, record_mentions, snapshot
from app.domain.lineage.derivations import DerivationInput, derivation_mentions, derive
from app.domain.permission.needs import Needs, over, within
from app.domain.permission.privacy import privacy
from app.domain.references import ActorRef, DatasetRef
from app.domain.registry.upkeep import REVISION
from app.domain.resolution import mention
from app.domain.scalars import FreeJSON, Line, Name, Text
from app.domain.updating import update_of, updated
from app.domain.vocabulary import Visibility
from app.domain.writing import Writer, Written
from app.errors import AlreadyExists


class CreateDataset(Command):
    """Create a dataset: data under one name."""

    action = "dataset.create"
    needs = within("name")

    name: Name = Field(description="Exact and case-sensitive; may hold a namespace, team/data.")
    kind: Line = Field(description="table, files, text, images, stream ...")
    visibility: Visibility = Field(default=Visibility.PUBLIC, description="Who sees it.")
    description: Text | None = optional("What it holds, for people.")
    owner: ActorRef | None = optional("Who answers for it.")
    tags: tuple[TagInput, ...] = many("Its tags.")
    metadata: FreeJSON | None = optional("Free metadata, never read by the registry.")
    links: tuple[LinkInput, ...] = many("Pages about it.")
    references: tuple[ReferenceInput, ...] = many("Its names in other systems.")


class UpdateDataset(Command):
    """Change what is said of a dataset. What is left out stays, null clears."""

    action = "dataset.update"
    needs = over("dataset")

    dataset: DatasetRef = Field(description="The dataset.")
    kind: Line | None = optional("table, files, text, images, stream ...")
    description: Text | None = optional("What it holds, for people.")
    owner: ActorRef | None = optional("Who answers for it.")
    metadata: FreeJSON | None = optional("Free metadata, never read by the registry.")
    expected_revision: int | None = optional(REVISION)

    def takes(self) -> tuple[str, ...]:
        return (self.action, "owner.set") if "owner" in self.model_fields_set else (self.action,)


class RegisterDatasetVersion(Command):
    """Register a snapshot of a dataset. One that is there already is left as it is, and another of its name refused."""

    action = "datasetVersion.register"
    needs = Needs(over=("record",), within="record")

    record: DatasetVersionInput = Field(description="The snapshot.")
    parents: tuple[DerivationInput, ...] = many("What it was made from.")
    tags: tuple[TagInput, ...] = many("Its tags.")
    links: tuple[LinkInput, ...] = many("Pages about it.")
    references: tuple[ReferenceInput, ...] = many("Its names in other systems.")
    allow_stubs: bool = Field(
        default=False,
        description="Make stubs of what is named and not known; a later registration completes them.",
    )


async def create_dataset(writer: Writer, command: CreateDataset) -> Written:
    """Create a dataset, or describe the stub of one."""
    owner = [mention(command.owner, "owner")] if command.owner else []
    own = dataset_mention(command.name, "name")

    def compose(draft: Draft) -> str:
        known = draft.resolution.find(own)
        if known is not None and not known.is_stub:
            raise AlreadyExists(f"There is a dataset {command.name} already.", path=("name",), id=known.id)
        properties = command.model_dump(by_alias=True, include={"name", "kind", "description", "metadata"})
        properties["isPrivate"] = privacy(command.visibility, command.name, "visibility")
        id = draft.bundle.add("Dataset", properties, completes=draft.completed(command.references) or known)
        describe(draft.bundle, id, command, draft.borne(command.references))
        if command.owner is not None:
            draft.bundle.tie("OWNS", draft.id_of(command.owner, "owner"), id)
        return id

    return await added(writer, command, [own, *owner, *external_mentions(command.references)], compose)


async def update_dataset(writer: Writer, command: UpdateDataset) -> Written:
    """Change what is said of a dataset."""
    update = update_of(mention(command.dataset, "dataset"), "Dataset", command, "dataset")
    return await updated(writer, command, update)


async def register_dataset_version(writer: Writer, command: RegisterDatasetVersion) -> Written:
    """Register a snapshot with what it was made from. `created` is false when it was there already."""
    mentions = [
        *record_mentions(command.record, "record"),
        *derivation_mentions(command.parents),
        *external_mentions(command.references),
    ]

    def compose(draft: Draft) -> str:
        known = draft.resolution.find(key_mention(command.record, "record"))
        if known is not None and not known.is_stub:
            check_same(known.id, known.properties, command.record, "record")
            draft.warnings.extend(unread(command))
            return known.id
        id = snapshot(draft, command.record, draft.completed(command.references) or known)
        describe(draft.bundle, id, command, draft.borne(command.references))
        derive(draft, id, command.parents)
        return id

    return await added(writer, command, mentions, compose)


def unread(command: RegisterDatasetVersion) -> Iterator[str]:
    """What a command said in vain of a snapshot that was there already."""
    said = [name for name in ("parents", "tags", "links", "references") if getattr(command, name)]
    if said:
        named = f"{command.record.dataset}/{command.record.version}"
        yield f"{named} was there already, so these were left unread: {', '.join(said)}."
