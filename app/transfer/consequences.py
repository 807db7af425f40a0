"""Edges that follow from what lines say: nobody has to write them down, and lineage is complete with them.

They follow from what is there already, too: an import may have been killed between an entity and its edges.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from app.transfer.directory import Directory, Subject
from app.transfer.edges import Edge, Edges, plan_said
from app.transfer.entities import Entities
from app.transfer.file import File
from app.transfer.planned import Planned
from app.transfer.standing import Entity

LINEAGE_OF = {"Evaluation": {"versionId": "EVALUATED", "onId": "ON"}, "Deployment": {"versionId": "SERVES"}}


def plan_edges(file: File, entities: Entities, stands: Mapping[str, Entity]) -> Edges:
    """The edges that a file tells of, and those that follow."""
    edges = plan_said(file, entities.directory, stands)
    for edge in (*adapted(edges), *carried_up(edges, entities), *measured_and_served(entities)):
        edges.follow(edge)
    return edges


def adapted(edges: Edges) -> Iterator[Edge]:
    """An adapter needs its base whenever it runs."""
    for edge in (*edges.new, *edges.known):
        if edge.properties.get("kind") == "ADAPTER" and edge.type == "DERIVED_FROM":
            interval = {name: edge.properties[name] for name in ("validFrom", "validTo") if name in edge.properties}
            yield replace(edge, type="DEPENDS_ON", properties={"kind": "base", **interval}, number=None)


def measured_and_served(entities: Entities) -> Iterator[Edge]:
    """What evaluations and deployments say of versions and data is lineage, too."""
    for planned in entities.planned.values():
        if planned.label in LINEAGE_OF:
            yield from lineage_of(planned, entities.directory)


def lineage_of(planned: Planned, directory: Directory) -> Iterator[Edge]:
    source = Subject(planned.id, planned.label, planned.entry.number)
    said = planned.entry.line.properties()
    interval: dict[str, Any] = {name: said[name] for name in ("validFrom", "validTo") if name in said}
    mentions = planned.entry.line.mentions()
    creator = mentions.get("createdById")
    author = directory.find(creator.key) if creator else None
    for name, type in LINEAGE_OF[planned.label].items():
        target = directory.find(mentions[name].key) if name in mentions else None
        if target is not None:
            text = f"{type} {planned.entry.line.key} {mentions[name].key}".encode()
            yield Edge(type, source, target, interval, text, asserted_by=author.id if author else None)


def carried_up(edges: Edges, entities: Entities) -> Iterator[Edge]:
    """What a part of a run used, the whole used, too."""
    wholes = whole_runs(edges, entities)
    for edge in [edge for edge in (*edges.new, *edges.known) if edge.type == "USED" and "via" not in edge.properties]:
        for whole in wholes.get(edge.source.id, {}).values():
            own = {name: value for name, value in edge.properties.items() if name not in ("id", "closesCycle")}
            text = edge.text + whole.id.encode()
            yield replace(edge, source=whole, properties={**own, "via": edge.source.id}, text=text, number=None)


def whole_runs(edges: Edges, entities: Entities) -> dict[str, dict[str, Subject]]:
    """The runs that each run is a part of, at any depth, by id."""
    directly: dict[str, list[Subject]] = defaultdict(list)
    for edge in (*edges.new, *edges.known):
        if edge.type == "PART_OF":
            directly[edge.source.id].append(edge.target)
    for subject in set(entities.directory.file.values()) | {e.source for e in (*edges.new, *edges.known)}:
        if subject.known is not None:
            directly[subject.id].extend(Subject(id, "Run") for id in subject.known.wholes)
    return {id: closure(id, directly) for id in list(directly)}


def closure(id: str, directly: Mapping[str, Iterable[Subject]]) -> dict[str, Subject]:
    found: dict[str, Subject] = {}
    waiting = list(directly.get(id, ()))
    while waiting:
        subject = waiting.pop()
        if subject.id not in found and subject.id != id:
            found[subject.id] = subject
            waiting.extend(directly.get(subject.id, ()))
    return found
