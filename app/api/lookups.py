"""Look-ups that lead to any kind of node."""

import strawberry

from app.api.fields import everybody, planned
from app.api.nodes import Entity, LineageNode, Node
from app.domain.scalars import Digest


@strawberry.type
class LookupQuery:
    @everybody
    @planned
    def node(self, id: strawberry.ID) -> Node | None:
        """Anything by its id."""

    @everybody
    @planned
    def nodes(self, ids: list[strawberry.ID]) -> list[Node | None] | None:
        """Several by their ids, in the order of the ids; null where there is none. At most 100."""

    @everybody
    @planned
    def external(self, system: str, external_id: str) -> Entity | None:
        """Anything by its name in another system."""

    @everybody
    @planned
    def by_digest(self, digest: Digest) -> list[LineageNode] | None:
        """Versions and snapshots with this digest, and versions that have a file with it."""
