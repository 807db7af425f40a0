"""What a question about lineage is restricted to: the edges followed, the nodes reported, how far and how many."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from app.domain.lineage.records import NEEDED
from app.domain.permission.sight import WHOLE, Sight
from app.errors import InvalidInput

Direction = Literal["UPSTREAM", "DOWNSTREAM"]

DEFAULT_LIMIT = 1_000
MAX_LIMIT = 10_000
ENDLESS = 2**31


@dataclass(frozen=True)
class Through:
    """The edges that are followed, and the kinds of nodes that a walk may pass. None means any."""

    edge_kinds: Sequence[str] | None = None
    roles: Sequence[str] | None = None
    derivations: Sequence[str] | None = None
    types: Sequence[str] | None = None

    @property
    def parameters(self) -> dict[str, Any]:
        return {
            "edgeKinds": self.edge_kinds,
            "roles": self.roles,
            "derivations": self.derivations,
            "through": self.types,
        }


@dataclass(frozen=True)
class Where:
    """The nodes that are reported. `tests` are operators with their operands, by property: all must hold."""

    types: Sequence[str] | None = None
    tests: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def parameters(self) -> dict[str, Any]:
        return {
            "types": self.types,
            "filters": [
                {"property": name, "tests": [{"operator": o, "operand": operand} for o, operand in tests.items()]}
                for name, tests in self.tests.items()
            ],
        }


@dataclass(frozen=True)
class Stops:
    """Where a recall stops: nodes, and edges, by their ids."""

    nodes: tuple[str, ...] = ()
    edges: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.nodes or self.edges)


@dataclass(frozen=True)
class Scope:
    """The whole restriction, the properties of nodes that the answer needs, and what who asks may see. InvalidInput
    names the argument that makes no sense.

    `untimed`: nobody asks when an edge was recorded, and from when to when it holds. These three take as long as all
    the rest of an edge.
    """

    through: Through = Through()
    where: Where = Where()
    as_of: datetime | None = None
    max_depth: int | None = None
    limit: int = DEFAULT_LIMIT
    properties: Sequence[str] = NEEDED
    untimed: bool = False
    sight: Sight = WHOLE
    stops: Stops = Stops()

    def __post_init__(self) -> None:
        if self.max_depth is not None and self.max_depth < 1:
            raise InvalidInput("`maxDepth` must be at least 1.", path=("maxDepth",))
        if not 1 <= self.limit <= MAX_LIMIT:
            raise InvalidInput(f"`limit` must be between 1 and {MAX_LIMIT}.", path=("limit",))

    @property
    def parameters(self) -> dict[str, Any]:
        """What the parts of a statement read."""
        return {
            **self.through.parameters,
            **self.where.parameters,
            "asOf": self.as_of,
            "maxDepth": self.max_depth or ENDLESS,
            "limit": self.limit,
            "properties": self.properties,
            "untimed": self.untimed,
            "hidden": self.sight.parameter,
            "stopNodes": self.stops.nodes,
            "stopEdges": self.stops.edges,
        }
