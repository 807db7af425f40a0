"""Which edges of a file are new, which are there already, and which cannot be imported."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.domain.bundle import as_json
from app.domain.canonical import plain
from app.domain.identifiers import new_id
from app.transfer.directory import Directory, Subject
from app.transfer.file import EdgeEntry, File, Problem
from app.transfer.lines.edge import INTERVALS, LINEAGE, TIES
from app.transfer.standing import Entity
from graph_schema.model import MODEL

Likeness = tuple[str, str, str, str, str, str]
KINDS = {type: [each for each in MODEL.relationships if each.type == type] for type in LINEAGE | TIES}
SAID_ELSEWHERE = frozenset({"id", "validFrom", "role", "kind", "via", "closesCycle"})


class Misfit(Exception):
    """An edge that cannot be, and why."""


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge between two ids. `text` puts edges into an order; one without a number follows from other lines."""

    type: str
    source: Subject
    target: Subject
    properties: Mapping[str, Any]
    text: bytes
    number: int | None = None
    asserted_by: str | None = None
    is_orphan: bool = False

    @property
    def likeness(self) -> Likeness:
        """What edges have in common that differ by their interval only."""
        role, kind, via = (str(self.properties.get(name) or "") for name in ("role", "kind", "via"))
        return self.type, self.source.id, self.target.id, role, kind, via

    @property
    def valid_from(self) -> str | None:
        return instant(self.properties.get("validFrom"))

    @property
    def row(self) -> dict[str, Any]:
        """As the statement takes it."""
        _, source, target, role, kind, via = self.likeness
        own = {"id": new_id()} if self.type in LINEAGE else {}
        detail = self.properties.get("detail")
        texts = {"detail": as_json(detail)} if detail is not None else {}
        return {
            "type": self.type,
            "from": source,
            "to": target,
            "role": role,
            "kind": kind,
            "via": via,
            "isLineage": self.type in LINEAGE,
            "isInterval": self.type in INTERVALS,
            "isOrphan": self.is_orphan,
            "assertedById": self.asserted_by,
            "properties": {**own, **self.properties, **texts},
        }


def instant(value: Any) -> str | None:
    return None if value is None else str(plain(value))


@dataclass
class Edges:
    """The edges of a file on their way into the graph. `standing` are those that are there, by likeness."""

    directory: Directory
    problems: list[Problem]
    standing: dict[Likeness, list[Mapping[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    seen: dict[Likeness, dict[str | None, int | None]] = field(default_factory=lambda: defaultdict(dict))
    new: list[Edge] = field(default_factory=list)
    known: list[Edge] = field(default_factory=list)

    def learn(self, stands: Mapping[str, Entity]) -> None:
        """Remember the edges that leave some entities of the graph."""
        for entity in stands.values():
            for edge in entity.edges:
                self.standing[likeness_of(edge)].append(edge["properties"])

    def take(self, entry: EdgeEntry) -> None:
        """Place one edge that a line tells of."""
        try:
            self.place(self.edge_of(entry))
        except Misfit as misfit:
            self.problems.append(Problem(entry.number, str(misfit)))

    def edge_of(self, entry: EdgeEntry) -> Edge:
        ends = self.subject(entry.source), self.subject(entry.target)
        check_ends(entry.type, *ends)
        properties = {**entry.properties, "via": self.subject(entry.via).id} if entry.via else entry.properties
        author = self.subject(entry.author).id if entry.author else None
        return Edge(entry.type, *ends, properties, entry.text, entry.number, author, entry.is_orphan)

    def subject(self, key: Any) -> Subject:
        found = self.directory.find(key)
        if found is None:
            raise Misfit(f"there is nothing with {key}")
        return found

    def place(self, edge: Edge) -> None:
        before = self.seen[edge.likeness]
        twins = [first for first in before if first is None or edge.valid_from in (None, first)]
        if twins:
            raise Misfit(f"line {before[twins[0]]} tells of the same edge")
        before[edge.valid_from] = edge.number
        held = self.held(edge)
        if held is None:
            self.new.append(edge)
            return
        self.known.append(edge)
        differing = differences(edge, held)
        if differing:
            raise Misfit(f"this edge is there already, with another {', '.join(differing)}")

    def held(self, edge: Edge) -> Mapping[str, Any] | None:
        """The same edge in the graph. Without a first instant it is any that is like it."""
        alike = self.standing.get(edge.likeness, ())
        wanted = edge.valid_from
        return next((each for each in alike if wanted in (None, instant(each.get("validFrom")))), None)

    def follow(self, edge: Edge) -> None:
        """Place an edge that follows from lines, unless one like it is there or is told of, in any interval."""
        if not self.seen[edge.likeness] and edge.likeness not in self.standing:
            self.seen[edge.likeness][None] = None
            self.new.append(edge)


def likeness_of(edge: Mapping[str, Any]) -> Likeness:
    own = edge["properties"]
    role, kind, via = (str(own.get(name) or "") for name in ("role", "kind", "via"))
    return edge["type"], edge["from"], edge["to"], role, kind, via


def check_ends(type: str, source: Subject, target: Subject) -> None:
    if not any(source.label in kind.sources and target.label in kind.targets for kind in KINDS[type]):
        raise Misfit(f"{type} does not lead from a {source.label} to a {target.label}")


def differences(edge: Edge, held: Mapping[str, Any]) -> list[str]:
    said = {name: value for name, value in edge.row["properties"].items() if name not in SAID_ELSEWHERE}
    return sorted(name for name, value in said.items() if plain(held.get(name)) != plain(value))


def plan_said(file: File, directory: Directory, stands: Mapping[str, Entity]) -> Edges:
    """The edges that lines tell of. Those with a first instant go before those without."""
    edges = Edges(directory, file.problems)
    edges.learn(stands)
    for entry in sorted(file.edges, key=lambda entry: ("validFrom" not in entry.properties, entry.number)):
        edges.take(entry)
    return edges
