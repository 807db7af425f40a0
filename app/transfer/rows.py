"""How an entity of a file becomes nodes of the graph: the rows that the statement takes.

Instants travel as text: the driver needs fifty microseconds for each, and a large file has millions.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from app.domain.bundle import stored
from app.domain.identifiers import new_id
from app.transfer.directory import Directory
from app.transfer.planned import Planned, Row, alias_key, attachment_key, draft_key, open_key
from graph_schema.model import MODEL

# The ties to what an entity belongs to, by the properties that keep the ids. An arrow runs to it, or from it.
ADMISSION = (("FOR", "versionId", "to"), ("TO", "environmentId", "to"))
TIES = {
    "ModelVersion": (("HAS_VERSION", "modelId", "from"),),
    "DatasetVersion": (("HAS_VERSION", "datasetId", "from"),),
    "Run": (("OF_JOB", "jobId", "to"),),
    "Commit": (("IN_REPOSITORY", "repositoryId", "to"),),
    "Endpoint": (("IN", "environmentId", "to"),),
    "Deployment": (("AT", "endpointId", "to"),),
    "Mitigation": (("MITIGATES", "recallId", "to"),),
    "PolicyVersion": (("HAS_VERSION", "policyId", "from"),),
    "PolicyAttachment": (("ATTACHES", "policyVersionId", "to"), ("HOLDS_IN", "environmentId", "to")),
    "ApprovalRequest": ADMISSION,
    "PromotionDecision": ADMISSION,
    "Approval": (("DECIDES", "requestId", "to"),),
}
REPEATED = ("versionId", "onId", "slice", "context", "evaluatedAt")
FACTS = ("Deployment", "Finding", "Recall", "Mitigation", "LicenseWaiver", "ApprovalRequest", "Approval")
OPEN = {"open": True}
UNTOLD = ("record",)  # the audit log holds its digest


@dataclass(frozen=True)
class Rows:
    """What one entity adds to the lists of the statement. `said` is what its new node says, for the audit event."""

    node: Row
    satellites: list[Row]
    ties: list[Row]
    said: Row


def rows_of(planned: Planned, directory: Directory) -> Rows:
    """The rows of an entity, once everything that it names is known."""
    line = planned.entry.line
    properties = planned.properties(directory)
    creator = properties.pop("createdById", None)
    is_relabelled = planned.known is not None and planned.known.label != planned.label
    usual = line.usual() if planned.known is None or is_relabelled else {}
    nameless = {"name": None} if is_relabelled and "name" not in properties else {}
    own = {**stored(planned.label, {**usual, **properties, **opening(planned, properties)}), **nameless}
    node = {
        "id": planned.id,
        "label": planned.label,
        "labels": [planned.label, *MODEL.by_label[planned.label].labels],
        "isStub": line.is_stub,
        "revision": line.revision,
        "createdAt": line.created_at.isoformat() if line.created_at else None,
        "createdById": creator,
        "isOrphan": "created_by" in line.model_fields_set and creator is None,
        "completesUnknown": is_relabelled,
        **told(own),
    }
    told_of = {name: value for name, value in own.items() if name not in UNTOLD}
    said = {**told_of, "isStub": line.is_stub, **({"createdAt": line.created_at} if line.created_at else {})}
    satellites = list(satellite_rows(planned, directory, {**line.usual(), **properties}))
    ties = [*tie_rows(planned.label, planned.id, properties), *ties_of(satellites)]
    return Rows(node, satellites, ties, said)


def told(properties: Row) -> Row:
    """Properties as they are sent: instants by themselves, as text."""
    instants = [[name, value.isoformat()] for name, value in properties.items() if isinstance(value, datetime)]
    others = {name: value for name, value in properties.items() if not isinstance(value, datetime)}
    return {"properties": others, "instants": instants}


def opening(planned: Planned, properties: Row) -> Row:
    """What marks a fact that is open, and the draft of a policy."""
    if planned.label == "PolicyVersion":
        return {"draftOf": draft_key(properties)}
    if planned.label not in FACTS or "validTo" in properties:
        return {}
    return {**OPEN, "openKey": open_key(planned, properties)}


def satellite_rows(planned: Planned, directory: Directory, properties: Row) -> Iterator[Row]:
    """What describes the entity and is not there yet."""
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
            **told(stored(label, own)),
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
        key = alias_key(properties, said)
        return {"versionId": planned.id, "modelId": properties["modelId"], **({**OPEN, "openKey": key} if key else {})}
    if label == "PolicyAttachment":
        key = attachment_key(properties, said)
        ids = {"policyVersionId": planned.id, "policyId": properties["policyId"]}
        return {**ids, **({**OPEN, "openKey": key} if key else {})}
    if label == "VersionLifecycle":
        return {"subjectId": planned.id, **({} if "validTo" in said else {**OPEN, "openKey": planned.id})}
    repeated = {name: properties.get(name) for name in REPEATED} if label == "Metric" else {}
    return {"subjectId": planned.id, **repeated}


def tie_rows(label: str, id: str, properties: Row) -> Iterator[Row]:
    """What ties an entity to what it belongs to, which others may belong to, too."""
    for type, name, end in TIES.get(label, ()):
        other = properties.get(name)
        if other is not None:
            ends = {"from": other, "to": id} if end == "from" else {"from": id, "to": other}
            yield {"type": type, "belongsTo": other, **ends}


def ties_of(satellites: Iterable[Row]) -> Iterator[Row]:
    """What ties those that describe an entity, and have an id of their own, to what they belong to."""
    for row in satellites:
        label = row["labels"][0]
        if label in TIES:
            yield from tie_rows(label, row["properties"]["id"], row["properties"])
