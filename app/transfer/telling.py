"""How a node of the graph is told of in a line."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import orjson

from app.domain.audit.events import spoken
from app.domain.canonical import plain
from app.transfer.references import reference_to
from app.transfer.standing import KEYS, NAMES, Entity
from graph_schema.elements import Type
from graph_schema.model import MODEL

Names = Mapping[str, Mapping[str, Any]]
Told = dict[str, Any]

# What follows from the rest of the line.
DERIVED = frozenset(
    {
        "licenseSpdx",
        "artifactIsVerified",
        "artifactFileCount",
        "open",
        "openKey",
        "subjectId",
        "pending",
        "scope",
        "scopes",
        "draftOf",
        "changesAt",
    }
)
RENAMED = {"licenseDeclared": "license", "schema": "fields"}
GROUPS = ("artifact", "signature", "weights", "runtime", "snapshot")
GROUPED = {"ModelVersion": GROUPS[:3], "Run": GROUPS[3:4], "DatasetVersion": GROUPS[4:]}
SHORT = (
    "authorId",
    "createdById",
    "setById",
    "revokedById",
    "assertedById",
    "evaluatorId",
    "modelId",
    "datasetId",
    "repositoryId",
    "environmentId",
    "policyId",
    "publishedById",
    "attachedById",
    "approverId",
    "onBehalfOfId",
    "delegatorId",
    "delegateId",
    "teamIds",
)
LISTS = {"teamIds": "teams", "evaluationIds": "evaluations"}
REPEATED = {
    "Deployment": frozenset({"environmentId"}),
    "PromotionDecision": frozenset({"deploymentId"}),
    "Metric": frozenset({"versionId", "onId", "slice", "context", "evaluatedAt"}),
    "Alias": frozenset({"modelId", "versionId", "recordedAt"}),
    "VersionLifecycle": frozenset({"recordedAt"}),
    "PolicyAttachment": frozenset({"policyId", "policyVersionId", "recordedAt"}),
    "MetricSeries": frozenset({"last", "recordedAt"}),
    "Parameter": frozenset({"text", "number"}),
    "FormerName": frozenset({"recordedAt"}),
}


def entity_line(entity: Entity, names: Names) -> Told:
    """The line of an entity."""
    told = {"type": entity.label, **fields(entity.label, entity.properties, names)}
    told.setdefault("createdBy", None)
    if not told["isStub"] and entity.label != "UnknownAsset":
        del told["isStub"]
    for name, value in satellites(entity, names).items():
        if name == "artifact":
            told["artifact"]["files"] = value
        else:
            told[name] = value
    return told


def edge_line(edge: Mapping[str, Any], names: Names) -> Told:
    """The line of an edge."""
    ends = {"from": reference_to(names[edge["from"]]), "to": reference_to(names[edge["to"]])}
    own = dict(edge["properties"])
    texts = {"detail": orjson.loads(own["detail"])} if "detail" in own else {}
    order = next(each.properties for each in MODEL.relationships if each.type == edge["type"])
    said = {p.name: own[p.name] for p in order if p.name in own}
    told: Told = {"type": edge["type"], **ends}
    for name, value in said.items():
        if name == "via":
            told["via"] = {"id": value}
        elif name == "assertedById":
            told["assertedBy"] = names[value]["name"] if value in names else None
        else:
            told[name] = texts.get(name, plain(value))
    if any(p.name == "assertedById" for p in order):
        told.setdefault("assertedBy", None)
    return told


def fields(label: str, properties: Mapping[str, Any], names: Names) -> Told:
    """The properties of a node, in the order of the model, as a line says them."""
    told: Told = {}
    said = spoken(label, properties)
    for name in MODEL.by_label[label].property_names:
        if name in said and name not in DERIVED and name not in REPEATED.get(label, ()):
            told |= one(label, name, said, names, told)
    return told


def one(label: str, name: str, said: Mapping[str, Any], names: Names, told: Told) -> Told:
    """A property as the line says it: what it mentions by references."""
    if name in LISTS:
        return {LISTS[name]: [short(name, id, names) for id in said[name]]}
    return field(name, said[name], names) if is_mention(name) else own(label, name, said[name], told)


def short(name: str, id: str, names: Names) -> Any:
    """A reference, by the name alone where it is clear what is meant."""
    reference = reference_to(names[id]) if id in names else {"id": id}
    return next(iter(reference.values())) if name in SHORT else reference


def is_mention(name: str) -> bool:
    return name.endswith("Id") and name not in ("externalId", "edgeId")


def field(name: str, value: str, names: Names) -> Told:
    """Something else that the node mentions: by its name alone where it is clear what is meant."""
    if value not in names:
        return {}
    reference = reference_to(names[value])
    if name == "endpointId":
        return reference
    if name == "jobId":
        return {"job": {"namespace": reference["namespace"], "name": reference["job"]}}
    return {name.removesuffix("Id"): short(name, value, names)}


def own(label: str, name: str, value: Any, told: Told) -> Told:
    """A property of the node itself, in its group where it has one."""
    group = next((each for each in GROUPED.get(label, ()) if name.startswith(each)), None)
    if group is None:
        return {RENAMED.get(name, name): value if is_json(label, name) else plain(value)}
    inner = name.removeprefix(group)
    member = {inner[0].lower() + inner[1:]: value if is_json(label, name) else plain(value)}
    return {group: {**told.get(group, {}), **member}}


def is_json(label: str, name: str) -> bool:
    return any(p.name == name and p.type is Type.JSON for p in MODEL.by_label[label].properties)


def satellites(entity: Entity, names: Names) -> Told:
    """What describes the entity, by the name that a line has for it."""
    told: Told = {}
    for label in KEYS:
        found = [properties for other, properties in entity.satellites if other == label]
        if found:
            ordered = sorted(found, key=lambda each: [str(plain(each.get(name))) for name in order_of(label)])
            told[NAMES[label]] = SHAPES.get(label, listed)([fields(label, each, names) for each in ordered])
    return told


def order_of(label: str) -> Iterator[str]:
    yield from KEYS[label]
    yield "id"


def listed(described: list[Told]) -> Any:
    return described


def timeless(series: Told) -> Told:
    """A series without its times when nobody knows any."""
    return series if any(series["times"]) else {name: value for name, value in series.items() if name != "times"}


SHAPES: dict[str, Callable[[list[Told]], Any]] = {
    "Tag": lambda tags: {tag["key"]: tag["value"] for tag in tags},
    "FormerName": lambda names: [name["name"] for name in names],
    "MetricSeries": lambda series: [timeless(each) for each in series],
    "Parameter": lambda parameters: {each["name"]: each["value"] for each in parameters},
}


def mentioned(entity: Entity) -> Iterator[str]:
    """The ids of everything that the lines of an entity and its edges mention."""
    for properties in (entity.properties, *(own for _, own in entity.satellites)):
        yield from (value for name, value in properties.items() if name.endswith("Id") and isinstance(value, str))
        yield from (id for name in LISTS for id in properties.get(name, ()))
    for edge in entity.edges:
        yield from (edge["from"], edge["to"])
        yield from (value for name in ("assertedById",) if (value := edge["properties"].get(name)))
