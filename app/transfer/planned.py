"""An entity that will be imported, and how its line becomes nodes of the graph."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.domain.bundle import present, stored
from app.domain.identifiers import new_id
from app.domain.resolution import Known
from app.transfer.directory import Directory
from app.transfer.file import EntityEntry
from app.transfer.lines.entity import Mention, Satellite
from app.transfer.standing import Entity
from graph_schema.model import MODEL

# The tie to what an entity belongs to, by the property that keeps its id. The arrow runs to it, or from it.
TIES = {
    "ModelVersion": ("HAS_VERSION", "modelId", "from"),
    "DatasetVersion": ("HAS_VERSION", "datasetId", "from"),
    "Run": ("OF_JOB", "jobId", "to"),
    "Commit": ("IN_REPOSITORY", "repositoryId", "to"),
    "Endpoint": ("IN", "environmentId", "to"),
    "Deployment": ("AT", "endpointId", "to"),
}
# Ids of what has to be there before it: what was measured, with what, and where something runs.
NEEDED = ("versionId", "onId", "environmentId")
REPEATED = ("versionId", "onId", "slice", "context", "evaluatedAt")
OPEN = {"open": True}
Row = dict[str, Any]


@dataclass
class Planned:
    """An entity of the file under the id that it has, or will have. `stands` is how it stands in the graph."""

    entry: EntityEntry
    id: str
    known: Known | None = None
    stands: Entity | None = None
    satellites: tuple[Satellite, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.satellites = tuple(self.entry.line.satellites())

    @property
    def label(self) -> str:
        return self.entry.line.label

    @property
    def is_new(self) -> bool:
        """Whether there is something to write: it is not there yet, or only as a stub of which more is known now."""
        if self.known is None:
            return True
        return self.known.is_stub and not (self.entry.line.is_stub and self.known.label == self.label)

    @property
    def mentions(self) -> Iterator[Mention]:
        yield from self.entry.line.mentions().values()
        for satellite in self.satellites:
            yield from satellite.mentions.values()

    def properties(self, directory: Directory) -> Row:
        """All its properties, as far as the line says them."""
        return {**self.entry.line.properties(), **ids(self.entry.line.mentions(), directory)}

    def described(self, directory: Directory) -> Iterator[tuple[str, Row]]:
        """The nodes that describe it, as far as the line says them."""
        for satellite in self.satellites:
            said = present(satellite.label, satellite.properties)
            yield satellite.label, {**said, **ids(satellite.mentions, directory)}


def needed(planned: Iterable[Planned], directory: Directory) -> list[str]:
    """The ids of what has to be there before some entities, each once."""
    said = [each.properties(directory) for each in planned]
    return sorted({properties[name] for properties in said for name in NEEDED if name in properties})


def ids(mentions: Mapping[str, Mention], directory: Directory) -> Row:
    found = {name: directory.find(mention.key) for name, mention in mentions.items()}
    return {name: subject.id for name, subject in found.items() if subject is not None}


def node_row(planned: Planned, directory: Directory) -> Row:
    """The entity as the statement takes it."""
    line = planned.entry.line
    properties = planned.properties(directory)
    creator = properties.pop("createdById", None)
    usual = line.usual() if planned.known is None or planned.known.label != planned.label else {}
    completes_unknown = planned.known is not None and planned.known.label != planned.label
    nameless = {"name": None} if completes_unknown and "name" not in properties else {}
    own = {**usual, **properties, **opening(planned, properties)}
    return {
        "id": planned.id,
        "label": planned.label,
        "labels": [planned.label, *MODEL.by_label[planned.label].labels],
        "isStub": line.is_stub,
        "revision": line.revision,
        "createdAt": line.created_at,
        "createdById": creator,
        "isOrphan": "created_by" in line.model_fields_set and creator is None,
        "completesUnknown": completes_unknown,
        "properties": {**stored(planned.label, own), **nameless},
    }


def opening(planned: Planned, properties: Row) -> Row:
    """What marks an open deployment. A primary is alone at its endpoint."""
    if planned.label != "Deployment" or "validTo" in properties:
        return {}
    is_primary = properties.get("role", "PRIMARY") == "PRIMARY"
    return {**OPEN, "openKey": f"{properties['endpointId']}/PRIMARY" if is_primary else None}


def satellite_rows(planned: Planned, directory: Directory) -> Iterator[Row]:
    """What describes the entity and is not there yet, as the statement takes it."""
    properties = {**planned.entry.line.usual(), **planned.properties(directory)}
    for label, said in completed(planned, directory):
        if planned.stands is not None and planned.stands.satellite(label, said) is not None:
            continue
        names = MODEL.by_label[label].property_names
        own = {**said, **belonging(planned, label, said, properties)}
        if "id" in names and "id" not in own:
            own["id"] = new_id()
        yield {
            "of": planned.id,
            "labels": [label, *MODEL.by_label[label].labels],
            "isRecorded": "recordedAt" in names,
            "isInterval": "openKey" in names,
            "isAlias": label == "Alias",
            "properties": stored(label, own),
        }


def completed(planned: Planned, directory: Directory) -> Iterator[tuple[str, Row]]:
    """What the line says, and that a version is active when it says nothing of its life."""
    yield from planned.described(directory)
    line = planned.entry.line
    if planned.label == "ModelVersion" and not line.is_stub and not getattr(line, "lifecycle", ()):
        yield "VersionLifecycle", {"state": "ACTIVE"}


def belonging(planned: Planned, label: str, said: Row, properties: Row) -> Row:
    """What a describing node keeps of its entity."""
    if label == "Alias":
        key = {} if "validTo" in said else {**OPEN, "openKey": f"{properties['modelId']}/{said['name']}"}
        return {"versionId": planned.id, "modelId": properties["modelId"], **key}
    if label == "VersionLifecycle":
        return {"subjectId": planned.id, **({} if "validTo" in said else {**OPEN, "openKey": planned.id})}
    repeated = {name: properties.get(name) for name in REPEATED} if label == "Metric" else {}
    return {"subjectId": planned.id, **repeated}


def tie_rows(planned: Planned, directory: Directory) -> Iterator[Row]:
    """What ties the entity to what it belongs to."""
    if planned.label not in TIES:
        return
    type, name, end = TIES[planned.label]
    other = planned.properties(directory).get(name)
    if other is not None:
        ends = {"from": other, "to": planned.id} if end == "from" else {"from": planned.id, "to": other}
        yield {"type": type, **ends}
