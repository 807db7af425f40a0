"""What lines say of new entities that have to fit together, and the graph of those that they name."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from app.domain.resolution import Key
from app.transfer.entities import Entities
from app.transfer.lines.delivery import DeploymentLine
from app.transfer.planned import Planned, Row
from app.transfer.standing import Properties

JUDGED = ("Approval", "PromotionDecision", "Deployment")


@dataclass(frozen=True)
class Said:
    """What the file says of new entities, and the graph of those that they name."""

    entities: Entities
    graph: Mapping[str, Properties]
    delegated: Sequence[Properties]
    rows: dict[str, Row] = field(default_factory=dict)

    def of(self, id: str) -> Properties:
        """What is said of what has an id."""
        planned = self.entities.planned.get(id)
        if planned is None or not planned.is_new:
            return self.graph[id]
        if id not in self.rows:
            self.rows[id] = row(planned, self.entities)
        return self.rows[id]

    def at(self, key: Key) -> Properties:
        """What is said of what a key stands for."""
        subject = self.entities.directory.find(key)
        assert subject is not None
        return self.of(subject.id)

    @cached_property
    def delegations(self) -> Sequence[Properties]:
        """Who delegated what to whom: in the graph, and in the file."""
        return [*self.delegated, *(self.of(each.id) for each in new(self.entities, ("Delegation",)))]

    @cached_property
    def placed(self) -> Mapping[str, str]:
        """The new deployment that each decision let in, by their ids; the first, when several say so."""
        placed: dict[str, str] = {}
        for each in judged(self.entities):
            own = self.of(each.id)
            if "decisionId" in own and "restoresId" not in own:
                placed.setdefault(own["decisionId"], each.id)
        return placed


def row(planned: Planned, entities: Entities) -> Row:
    """What a line says, with what it says of its origin."""
    at = planned.entry.line.created_at
    return {**planned.properties(entities.directory), "id": planned.id, **({"createdAt": at} if at else {})}


def new(entities: Entities, labels: Sequence[str]) -> Iterator[Planned]:
    """The new entities of some kinds."""
    yield from (each for each in entities.planned.values() if each.label in labels and each.is_new)


def judged(entities: Entities) -> Iterator[Planned]:
    """The new entities that have to fit to others: of deployments, most were let in by nobody."""
    for each in new(entities, JUDGED):
        line = each.entry.line
        if not isinstance(line, DeploymentLine) or line.decision or line.restores:
            yield each
