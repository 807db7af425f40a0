"""Snapshots of data, as inputs record them on their way: made when new, the same when known, refused when different."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import Field

from app.domain.agreement import contradictions
from app.domain.bundle import stored
from app.domain.command import Input, OneOf, many, optional
from app.domain.draft import DATASET_STUB, Draft, dataset_mention, mentions
from app.domain.fields import FieldSpecInput, field_specs
from app.domain.licenses import license_properties
from app.domain.references import DatasetVersionRef
from app.domain.resolution import Key, Known, Mention
from app.domain.scalars import ContentDigest, Count, FreeJSON, Instant, Line, Name, Text, Uri, WebAddress
from app.errors import AlreadyExists, PathItem

# What a property is called in a record.
RECORDED_AS = {
    "snapshotSystem": "system",
    "snapshotUri": "uri",
    "snapshotRevision": "revision",
    "schema": "fields",
    "licenseDeclared": "license",
}


class DatasetVersionInput(Input):
    """A snapshot of a dataset: enough to find it again."""

    dataset: Name = Field(description="Name of the dataset; it is made when there is none.")
    version: Line = Field(description="Name of the snapshot within the dataset.")
    system: Line | None = optional("Where it is kept: dvc, lakefs, delta, iceberg, huggingface, sql ...")
    uri: Uri | None = optional("Where it lies.")
    revision: Line | None = optional("Its revision in that system; with it or a digest the snapshot is pinned.")
    digest: ContentDigest | None = optional("Digest of its content.")
    license: Line | None = optional("Its license, in whatever words.")
    license_url: WebAddress | None = optional("Where the text of the license stands.")
    classifications: tuple[Line, ...] = many("PII, confidential ...")
    row_count: Count | None = optional("Rows, documents or files.")
    size_bytes: Count | None = optional("Bytes.")
    fields: tuple[FieldSpecInput, ...] = many("Its schema.", limit=1_000)
    period_from: Instant | None = optional("First instant that the data speaks of.")
    period_to: Instant | None = optional("First instant that it speaks of no longer.")
    consent_basis: Text | None = optional("On what ground the data may be used.")
    metadata: FreeJSON | None = optional("Free metadata, never read by the registry.")


class DatasetVersionUpsert(OneOf):
    """A version of a dataset: one that is there, or one that is recorded on the way."""

    existing: DatasetVersionRef | None = optional("One that is registered already.")
    record: DatasetVersionInput | None = optional(
        "Made when there is none of that name. Of one that is there it says the same, or less."
    )


def key_mention(record: DatasetVersionInput, *path: PathItem) -> Mention:
    key = Key.of("dataset_versions_by_key", dataset=record.dataset, version=record.version)
    return Mention(key, ("DatasetVersion",), (*path, "version"), is_compared=True)


def upsert_mentions(upsert: DatasetVersionUpsert, *path: PathItem) -> Iterator[Mention]:
    if upsert.existing is not None:
        yield from mentions(upsert.existing, *path, "existing")
    if upsert.record is not None:
        yield from record_mentions(upsert.record, *path, "record")


def record_mentions(record: DatasetVersionInput, *path: PathItem) -> Iterator[Mention]:
    yield key_mention(record, *path)
    yield dataset_mention(record.dataset, *path, "dataset")


def upserted(draft: Draft, upsert: DatasetVersionUpsert, *path: PathItem) -> str:
    """The id of the snapshot."""
    if upsert.existing is not None:
        return draft.known(upsert.existing, *path, "existing").id
    assert upsert.record is not None
    return recorded(draft, upsert.record, *path, "record")


def recorded(draft: Draft, record: DatasetVersionInput, *path: PathItem) -> str:
    """The id of the recorded snapshot, which is made, or completed, when it is not there."""
    own = key_mention(record, *path)
    if own.key in draft.made:
        check_same(draft.made[own.key], draft.recorded[own.key], record, *path)
        return draft.made[own.key]
    known = draft.resolution.find(own)
    if known is not None and not known.is_stub:
        check_same(known.id, known.properties, record, *path)
        return known.id
    draft.made[own.key] = snapshot(draft, record, known)
    draft.recorded[own.key] = stored("DatasetVersion", snapshot_properties(record))
    return draft.made[own.key]


def snapshot(draft: Draft, record: DatasetVersionInput, completes: Known | None) -> str:
    """A snapshot, made or completed; its dataset is made with it."""
    dataset = dataset_mention(record.dataset)
    home = draft.resolution.find(dataset)
    if dataset.key not in draft.made and (home is None or home.is_stub):
        draft.made[dataset.key] = draft.bundle.add("Dataset", {"name": record.dataset, **DATASET_STUB}, completes=home)
    dataset_id = draft.dataset(record.dataset)
    id = draft.bundle.add(
        "DatasetVersion", {"datasetId": dataset_id, **snapshot_properties(record)}, completes=completes
    )
    if completes is None or completes.label != "DatasetVersion":
        draft.bundle.tie("HAS_VERSION", dataset_id, id)
    if record.revision is None and record.digest is None:
        draft.warnings.append(f"{record.dataset}/{record.version} is not pinned: it has neither revision nor digest.")
    return id


def check_same(id: str, held: Mapping[str, Any], record: DatasetVersionInput, *path: PathItem) -> None:
    """A snapshot is immutable: what a record says of one that is there is the same, or less."""
    said = snapshot_properties(record)
    if not record.classifications:
        del said["classifications"]
    differing = [RECORDED_AS.get(name, name) for name in contradictions("DatasetVersion", said, held)]
    if differing:
        names = list(dict.fromkeys(differing))
        message = f"{record.dataset}/{record.version} is there already, with another {', '.join(names)}."
        raise AlreadyExists(message, path=(*path, names[0]), id=id, fields=names)


def snapshot_properties(record: DatasetVersionInput) -> dict[str, object]:
    return {
        "version": record.version,
        "snapshotSystem": record.system,
        "snapshotUri": record.uri,
        "snapshotRevision": record.revision,
        "digest": record.digest,
        "schema": field_specs(record.fields),
        "rowCount": record.row_count,
        "sizeBytes": record.size_bytes,
        **license_properties(record.license, record.license_url),
        "classifications": sorted(set(record.classifications)),
        "periodFrom": record.period_from,
        "periodTo": record.period_to,
        "consentBasis": record.consent_basis,
        "metadata": record.metadata,
    }
