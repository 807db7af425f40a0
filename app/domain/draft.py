"""A change in the making: what its references stand for, and what it will add to the graph."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.bundle import Bundle
from app.domain.command import OneOf
from app.domain.description import ENTITIES, ReferenceInput
from app.domain.references import DatasetKey, ExternalKey, ModelNumber
from app.domain.resolution import Key, Known, Mention, Resolution, mention, origin
from app.domain.vocabulary import RunStatus
from app.errors import AlreadyExists, PathItem

MODEL_STUB = {"kind": "TRAINED", "lastNumber": 0}
DATASET_STUB = {"kind": "unknown"}
RUN_STUB = {"status": RunStatus.UNKNOWN.value}


def mentions(reference: OneOf, *path: PathItem) -> list[Mention]:
    """What has to be looked up for a reference: itself, and what a stub of it would belong to."""
    own = origin(reference, *path)
    match innermost(reference):
        case ModelNumber(model=name):
            return [own, model_mention(name, *own.path, "model")]
        case DatasetKey(dataset=name):
            return [own, dataset_mention(name, *own.path, "dataset")]
    return [own]


def innermost(reference: OneOf) -> object:
    _, value = reference.given
    return innermost(value) if isinstance(value, OneOf) else value


def model_mention(name: str, *path: PathItem) -> Mention:
    return Mention(Key.of("models_by_name", name=name), ("RegisteredModel",), path)


def dataset_mention(name: str, *path: PathItem) -> Mention:
    return Mention(Key.of("datasets_by_name", name=name), ("Dataset",), path)


def external_mention(reference: ReferenceInput | ExternalKey, *path: PathItem) -> Mention:
    key = Key.of("entities_by_external", system=reference.system, externalId=reference.external_id)
    return Mention(key, ENTITIES, path)


@dataclass(frozen=True)
class Draft:
    """One attempt at a change. `made` remembers what it has added under which key, so that nothing is added twice.

    `recorded` is what was said of snapshots among it.
    """

    resolution: Resolution
    allow_stubs: bool = False
    bundle: Bundle = field(default_factory=Bundle)
    made: dict[Key, str] = field(default_factory=dict)
    recorded: dict[Key, Mapping[str, object]] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)

    def id_of(self, reference: OneOf, *path: PathItem) -> str:
        """The id of what a reference stands for; a stub's, when it is unknown and stubs are allowed."""
        return self.known_or_stub(mention(reference, *path), reference).id

    def known(self, reference: OneOf, *path: PathItem) -> Known:
        """What a reference to an origin stands for; a stub, when it is unknown and stubs are allowed."""
        return self.known_or_stub(origin(reference, *path), reference)

    def known_or_stub(self, own: Mention, reference: OneOf) -> Known:
        if own.key not in self.made:
            known = self.resolution.find(own)
            stub = self.stub_of(innermost(reference), own) if known is None and self.allow_stubs else None
            if stub is None:
                return known or self.resolution.require(own)
            self.made[own.key] = stub
        id = self.made[own.key]
        made = Known(id, self.bundle.label_of(id), is_stub=True)
        return Resolution({own.key: (made,)}).require(own)

    def stub_of(self, value: object, own: Mention) -> str | None:
        """A stub for a natural key, or for the name elsewhere of an asset or a run.

        An id is the registry's own, an alias points to what is there, and a digest tells bytes and not whose: of these
        no stub can be made.
        """
        match value:
            case ModelNumber():
                model_id = self.model(value.model)
                number = {"modelId": model_id, "number": value.number}
                return self.member("ModelVersion", model_id, number)
            case DatasetKey():
                dataset_id = self.dataset(value.dataset)
                key = {"datasetId": dataset_id, "version": value.version, "classifications": []}
                return self.member("DatasetVersion", dataset_id, key)
            case ExternalKey() if "UnknownAsset" in own.types:
                return self.named_elsewhere("UnknownAsset", {"name": f"{value.system}:{value.external_id}"}, value)
            case ExternalKey() if own.types == ("Run",):
                return self.named_elsewhere("Run", RUN_STUB, value)
            case str() if own.key.kind == "assets_by_name":
                return self.bundle.stub("UnknownAsset", {"name": value})
            case str() if own.key.kind == "applications_by_name":
                return self.bundle.stub("Application", {"name": value})
        return None

    def named_elsewhere(self, label: str, properties: Mapping[str, object], key: ExternalKey) -> str:
        id = self.bundle.stub(label, properties)
        self.bundle.describe("ExternalReference", id, key.model_dump(by_alias=True))
        return id

    def member(self, label: str, owner_id: str, properties: Mapping[str, object]) -> str:
        id = self.bundle.stub(label, properties)
        self.bundle.tie("HAS_VERSION", owner_id, id)
        return id

    def model(self, name: str) -> str:
        """The id of the model of that name, a stub's when there is none."""
        return self.named(model_mention(name), "RegisteredModel", {"name": name, **MODEL_STUB})

    def dataset(self, name: str) -> str:
        """The id of the dataset of that name, a stub's when there is none."""
        return self.named(dataset_mention(name), "Dataset", {"name": name, **DATASET_STUB})

    def named(self, own: Mention, label: str, properties: dict[str, object]) -> str:
        if own.key not in self.made:
            known = self.resolution.find(own)
            self.made[own.key] = known.id if known else self.bundle.stub(label, properties)
        return self.made[own.key]

    def completed(self, references: Sequence[ReferenceInput]) -> Known | None:
        """The stub of unknown type that bears one of these references. Whatever else bears one is in the way."""
        bearers: dict[str, Known] = {}
        for index, reference in enumerate(references):
            known = self.resolution.find(external_mention(reference, "references", index))
            if known is None:
                continue
            if known.label != "UnknownAsset" or (bearers and known.id not in bearers):
                message = f"{reference.system}:{reference.external_id} is the {known.label} {known.id} already."
                raise AlreadyExists(message, path=("references", index), id=known.id)
            bearers[known.id] = known
        return next(iter(bearers.values()), None)

    def check_unborne(self, references: Sequence[ReferenceInput]) -> None:
        """Refuse references that something bears already: nothing that was known by name only can be the subject."""
        for index, reference in enumerate(references):
            known = self.resolution.find(external_mention(reference, "references", index))
            if known is not None:
                message = f"{reference.system}:{reference.external_id} is the {known.label} {known.id} already."
                raise AlreadyExists(message, path=("references", index), id=known.id)

    def borne(self, references: Sequence[ReferenceInput]) -> list[ReferenceInput]:
        """Those of the references that the graph has already."""
        return [each for each in references if self.resolution.find(external_mention(each)) is not None]


def external_mentions(references: Iterable[ReferenceInput]) -> Iterator[Mention]:
    """The references of a subject, to see who bears them already."""
    for index, reference in enumerate(references):
        yield external_mention(reference, "references", index)
