"""What stands in the graph already."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from app.database.connection import Connection
from app.database.queries import query
from app.domain.canonical import plain
from app.domain.given import given
from app.transfer.directory import chunks
from graph_schema.model import MODEL

STANDING = query("transfer/standing")
CHUNK = 200

# What tells the nodes of a kind that describe one entity apart.
KEYS = {
    "Tag": ("key",),
    "Link": ("url",),
    "ExternalReference": ("system", "externalId"),
    "FormerName": ("name",),
    "ArtifactFile": ("path",),
    "Parameter": ("name",),
    "MetricSeries": ("name",),
    "Metric": ("name",),
    "Alias": ("name", "validFrom"),
    "VersionLifecycle": ("validFrom",),
    "PolicyAttachment": ("environmentId", "validFrom"),
}
# What it is called when a line contradicts it.
NAMES = {
    "Tag": "tags",
    "Link": "links",
    "ExternalReference": "references",
    "FormerName": "formerNames",
    "ArtifactFile": "artifact",
    "Parameter": "parameters",
    "MetricSeries": "metrics",
    "Metric": "metrics",
    "Alias": "aliases",
    "VersionLifecycle": "lifecycle",
    "PolicyAttachment": "attachments",
}
Properties = Mapping[str, Any]


@dataclass
class Entity:
    """An entity as it stands in the graph."""

    label: str
    properties: Properties
    satellites: list[tuple[str, Properties]] = field(default_factory=list)
    edges: list[Properties] = field(default_factory=list)

    def satellite(self, label: str, said: Properties) -> Properties | None:
        """The node of that kind that a line speaks of, None when there is none."""
        return self.by_name.get(self.name_of(label, said))

    @cached_property
    def by_name(self) -> dict[tuple[Any, ...], Properties]:
        return {self.name_of(label, properties): properties for label, properties in self.satellites}

    def name_of(self, label: str, properties: Properties) -> tuple[Any, ...]:
        first = {"validFrom": self.properties.get("createdAt")}
        return (label, *(plain(properties.get(name) or first.get(name)) for name in KEYS[label]))


async def standing(connection: Connection, ids: Iterable[str]) -> dict[str, Entity]:
    """The entities of these ids."""
    found: dict[str, Entity] = {}
    for some in chunks(sorted(set(ids)), CHUNK):
        row = await connection.ask(STANDING, given({"ids": some}))
        for node in row["nodes"]:
            found[node["properties"]["id"]] = Entity(MODEL.label_of(node["labels"]), node["properties"])
        for each in row["satellites"]:
            found[each["of"]].satellites.append((MODEL.label_of(each["labels"]), each["properties"]))
        for edge in row["edges"]:
            found[edge["from"]].edges.append(edge)
    return found
