"""What was told by ids, as it is shown: as the nodes and edges that these stand for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Record = Mapping[str, Any]


@dataclass
class Shelf:
    """The nodes and edges that records name, as far as they may be seen. It remembers whether something was hidden."""

    nodes: Mapping[str, Record]
    edges: Mapping[str, Record]
    is_partial: bool = False
    missed: set[str] = field(default_factory=set)

    def node(self, id: str | None) -> Record | None:
        if id is not None and id not in self.nodes:
            self.missed.add(id)
        return self.nodes.get(id or "")

    def some(self, ids: Sequence[str]) -> list[Record]:
        return [found for id in ids if (found := self.node(id)) is not None]

    def path(self, way: Sequence[Sequence[str]]) -> Record | None:
        """A way as a path; nothing when there is none, or something on it must not be seen."""
        if not way:
            return None
        ids = [way[0][1], *(target for _, _, target in way)]
        nodes = self.some(ids)
        if len(nodes) < len(ids):
            return None
        return {"length": len(way), "nodes": nodes, "edges": [self.edges[edge] for edge, _, _ in way]}


def shown_subjects(told: Record, shelf: Shelf) -> Record:
    """What a rule is about, and the way there. Who may not see everything is shown what they see the way to, and not
    how much there is, nor why it could not be judged."""
    subjects, path = shelf.some(told["subjectIds"]), shelf.path(told["way"])
    if not shelf.is_partial:
        return {"subjects": subjects, "path": path}
    seen = subjects[:1] if path else []
    return {"subjects": seen, "path": path, "subjectCount": len(seen), "reason": None}


def shown_rule(rule: Record, shelf: Shelf) -> dict[str, Any]:
    return {**rule, **shown_subjects(rule, shelf)}
