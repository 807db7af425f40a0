"""Edges of lineage by themselves: which may be, what comes with them, and how a refused cycle is told."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.database.connection import Connection, Row
from app.database.queries import query
from app.domain.given import given
from app.domain.identifiers import new_id
from app.domain.lineage.derivations import BASE
from app.domain.resolution import Known
from app.domain.vocabulary import AssertedEdgeKind, DerivationKind
from app.errors import Cycle, InvalidInput, PathItem
from graph_schema.model import MODEL

LABEL = query("lineage/LineageNode.label")
LABELS = f"""CYPHER 5
UNWIND range(0, size($given.ids) - 1) AS place
MATCH (this:Entity {{id: $given.ids[place]}})
CALL (this) {{
{LABEL.body}
}}
WITH value, place ORDER BY place
RETURN collect(value) AS labels"""
ENDS = {each.type: each for each in MODEL.relationships if each.is_lineage}


@dataclass(frozen=True)
class Edge:
    """An edge to be: from the later thing to what it came from."""

    kind: AssertedEdgeKind
    source: Known
    target: Known
    properties: Mapping[str, Any]

    def rows(self) -> list[dict[str, Any]]:
        """The edge as the statement takes it, and after it those that come with it."""
        return [self.row(self.kind, self.source.id, self.properties), *self.companions()]

    def companions(self) -> list[dict[str, Any]]:
        """What a part used, the whole used, too; an adapter needs its base whenever it runs."""
        if self.kind is AssertedEdgeKind.USED:
            via = {**self.properties, "via": self.source.id}
            return [self.row(self.kind, whole, via) for whole in sorted(set(self.source.wholes))]
        if self.properties.get("kind") == DerivationKind.ADAPTER and self.kind is AssertedEdgeKind.DERIVED_FROM:
            return [self.row(AssertedEdgeKind.DEPENDS_ON, self.source.id, {"kind": BASE})]
        return []

    def row(self, kind: AssertedEdgeKind, source_id: str, properties: Mapping[str, Any]) -> dict[str, Any]:
        ends = {"type": kind.value, "from": source_id, "to": self.target.id, "label": self.source.label}
        likeness = {name: properties.get(name, "") for name in ("role", "kind", "via")}
        return {**ends, **likeness, "properties": {**properties, "id": new_id()}}


def check_ends(kind: str, source_label: str, target: Known, *path: PathItem) -> None:
    """Refuse an edge between things that no such edge can lie between."""
    ends = ENDS[kind]
    if source_label not in ends.sources:
        expected = " or ".join(ends.sources)
        raise InvalidInput(f"{kind} leads from a {expected}; this is a {source_label}.", path=("source",))
    if target.label not in ends.targets:
        expected = " or ".join(ends.targets)
        raise InvalidInput(f"{kind} leads to a {expected}; this is a {target.label}.", path=path)


def closes_cycle(row: Row) -> Exception:
    return Cycle(nodes=row["cycle"])


async def told(connection: Connection, refused: Cycle) -> Cycle:
    """The refusal with the names of what lies on the cycle."""
    ids = refused.details["nodes"]
    row = await connection.read("lineage/labels", LABELS, given({"ids": ids}))
    way = " -> ".join(row["labels"])
    return Cycle(f"This edge would close a cycle: {way}.", path=refused.path, nodes=ids, labels=row["labels"])
