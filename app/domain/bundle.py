"""What one write adds to the graph: nodes, what describes them, lineage between them, and what belongs together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from app.domain.identifiers import new_id
from app.domain.permission.privacy import SCOPES
from app.domain.resolution import Known
from graph_schema.elements import Type
from graph_schema.model import MODEL

JSON_FIELDS = {node.label: frozenset(p.name for p in node.properties if p.type is Type.JSON) for node in MODEL.nodes}
# Free JSON that a node must have: null is one of its values.
NEEDED_JSON = {
    node.label: frozenset(p.name for p in node.properties if p.type is Type.JSON and p.required) for node in MODEL.nodes
}
INTERVALS = frozenset({"OWNS", "MEMBER_OF"})
Properties = Mapping[str, Any]


@dataclass(frozen=True)
class Bundle:
    """Lists for a write statement. Labels and relationship types come from our code, never from a client.

    `nodes` have ids and are merged by them, so that a stub is completed; `satellites` have none and are created.
    `edges` are lineage and know who asserted them, `ties` are not. `guards` are the edges that could close a cycle,
    because their source was there before. `fresh` are the ids of the nodes that this bundle makes.
    """

    nodes: list[dict[str, Any]] = field(default_factory=list)
    satellites: list[dict[str, Any]] = field(default_factory=list)
    edges: list[dict[str, Any]] = field(default_factory=list)
    ties: list[dict[str, Any]] = field(default_factory=list)
    guards: list[dict[str, str]] = field(default_factory=list)
    fresh: set[str] = field(default_factory=set)
    facts: dict[str, dict[str, Any]] = field(default_factory=dict)
    stubs: list[str] = field(default_factory=list)

    def add(self, label: str, properties: Properties, *, completes: Known | None = None) -> str:
        """A new node, or the description of a stub that has been waiting for it. Returns its id."""
        id = completes.id if completes else self.reserve()
        was_unknown = completes is not None and completes.label == "UnknownAsset"
        nameless = {"name": None} if was_unknown and "name" not in properties else {}
        self.nodes.append(
            {**node(label, id, properties, is_stub=False), "completesUnknown": was_unknown and label != "UnknownAsset"}
        )
        self.nodes[-1]["properties"].update(nameless)
        return id

    def fill(self, label: str, id: str, properties: Properties) -> None:
        """What was not known of a node before: nothing of it must have been said meanwhile."""
        self.nodes.append({**node(label, id, properties, is_stub=False), "fillsIn": True})

    def reserve(self) -> str:
        """The id of a node that will be added."""
        id = new_id()
        self.fresh.add(id)
        return id

    def stub(self, label: str, properties: Properties) -> str:
        """A node of which only the name is known. Returns its id."""
        id = self.reserve()
        self.nodes.append(node(label, id, properties, is_stub=True))
        self.stubs.append(id)
        return id

    @property
    def made_by_runs(self) -> set[str]:
        """What a run is told to have made, and stubs of unknown type of which that may have been told before."""
        told = {edge["from"] for edge in self.edges if edge["type"] == "GENERATED_BY"}
        return told | {node["id"] for node in self.nodes if node["completesUnknown"]}

    @property
    def new_names(self) -> list[str]:
        """The names of the models and datasets that it makes, stubs among them."""
        return [str(node["properties"]["name"]) for node in self.nodes if node["label"] in SCOPES]

    def label_of(self, id: str) -> str:
        """The label of a node that this bundle adds."""
        return next(str(node["label"]) for node in self.nodes if node["id"] == id)

    def describe(self, label: str, subject_id: str, properties: Properties) -> None:
        """A tag, parameter, metric, file ... of a node."""
        names = MODEL.by_label[label].property_names
        own = {"id": new_id()} if "id" in names else {}
        self.satellites.append(
            {
                "labels": [label, *MODEL.by_label[label].labels],
                "isRecorded": "recordedAt" in names,
                "properties": {**own, **stored(label, properties), "subjectId": subject_id},
            }
        )

    def lineage(self, type: str, source: str, target: str, **properties: Any) -> None:
        """An edge from the later thing to what it came from. Properties that are None are left out."""
        given = {name: value for name, value in properties.items() if value is not None}
        likeness = {name: given.get(name, "") for name in ("role", "kind", "via")}
        is_new = source in self.fresh
        ends = {"type": type, "from": source, "to": target, "isNew": is_new}
        self.edges.append({**ends, **likeness, "properties": {"id": new_id(), **given}})
        if not is_new:
            self.guards.append({"from": source, "to": target})

    def tie(self, type: str, source: str, target: str) -> None:
        """A relationship that is not lineage."""
        is_interval = type in INTERVALS
        self.ties.append({"type": type, "from": source, "to": target, "isInterval": is_interval})

    def mark(self, subject_id: str, **facts: Any) -> None:
        """What the audit event of an entity says beside its properties."""
        said = {name: value for name, value in facts.items() if value not in (None, (), [], {})}
        self.facts.setdefault(subject_id, {}).update(said)

    def parameters(self) -> dict[str, Any]:
        """As the statements take them."""
        return {
            "nodes": self.nodes,
            "satellites": self.satellites,
            "edges": self.edges,
            "ties": self.ties,
            "guards": self.guards,
            "describes": bool({node["id"] for node in self.nodes} - self.fresh),
            "makers": sorted(self.made_by_runs),
            "takenNames": [n["properties"]["name"] for n in self.nodes if n["label"] == "RegisteredModel"],
        }

    def counts(self) -> dict[str, int]:
        """As the statements must confirm them."""
        return {
            "nodes": len(self.nodes),
            "satellites": len(self.satellites),
            "edges": len(self.edges),
            "ties": len(self.ties),
        }


def node(label: str, id: str, properties: Properties, *, is_stub: bool) -> dict[str, Any]:
    return {
        "id": id,
        "label": label,
        "labels": [label, *MODEL.by_label[label].labels],
        "isStub": is_stub,
        "completesUnknown": False,
        "fillsIn": False,
        "properties": stored(label, properties),
    }


def stored(label: str, properties: Properties) -> dict[str, Any]:
    """Properties as the graph keeps them: JSON as text; what is absent is left out."""
    json = JSON_FIELDS[label]
    return {name: as_json(value) if name in json else value for name, value in present(label, properties).items()}


def present(label: str, properties: Properties) -> dict[str, Any]:
    """The properties that are there. None means that one is not; but where JSON must be, it is the null of JSON."""
    needed = NEEDED_JSON[label]
    return {name: value for name, value in properties.items() if value is not None or name in needed}


def as_json(value: Any) -> str:
    return orjson.dumps(value).decode()
