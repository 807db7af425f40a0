"""The questions about lineage at the root."""

from typing import Annotated, TypeAlias

import strawberry

from app.api.fields import everybody, planned
from app.api.lineage.inputs import Depth, Instant, Limit, Passing, Reported
from app.api.lineage.types import CommonAncestors, Impact, Lineage, LineageCounts, LineageDiff, LineagePaths
from app.api.lineage.vocabulary import LineageDirection
from app.domain.lineage.scope import DEFAULT_LIMIT
from app.domain.references import LineageRef

Of: TypeAlias = Annotated[LineageRef, strawberry.argument(description="Where to start.")]
Way: TypeAlias = Annotated[LineageDirection, strawberry.argument(description="Up or down.")]
Thing: TypeAlias = Annotated[LineageRef, strawberry.argument(description="One of the two things.")]
Later: TypeAlias = Annotated[LineageRef, strawberry.argument(name="from", description="The later thing.")]
Earlier: TypeAlias = Annotated[LineageRef, strawberry.argument(description="What it came from.")]
First: TypeAlias = Annotated[int, strawberry.argument(description="How many paths: 10 unless told, at most 100.")]
Several: TypeAlias = Annotated[list[LineageRef], strawberry.argument(description="The things, 2 to 10.")]
Sources: TypeAlias = Annotated[list[LineageRef], strawberry.argument(description="What it is about, 1 to 100 things.")]


@strawberry.type
class LineageQuery:
    @everybody
    @planned
    def lineage(
        self,
        of: Of,
        direction: Way,
        max_depth: Depth = None,
        through: Passing = None,
        where: Reported = None,
        limit: Limit = DEFAULT_LIMIT,
        as_of: Instant = None,
    ) -> Lineage | None:
        """Everything that something came from, or that came from it."""

    @everybody
    @planned
    def lineage_counts(
        self,
        of: Of,
        direction: Way,
        max_depth: Depth = None,
        through: Passing = None,
        where: Reported = None,
        as_of: Instant = None,
    ) -> LineageCounts | None:
        """The same in numbers, of any size."""

    @everybody
    @planned
    def lineage_paths(
        self, from_: Later, to: Earlier, first: First = 10, through: Passing = None, as_of: Instant = None
    ) -> LineagePaths | None:
        """The ways from a thing up to one that it came from, the shortest first."""

    @everybody
    @planned
    def common_ancestors(
        self,
        of: Several,
        through: Passing = None,
        where: Reported = None,
        limit: Limit = DEFAULT_LIMIT,
        as_of: Instant = None,
    ) -> CommonAncestors | None:
        """What several things all came from. One of them counts when all the others came from it."""

    @everybody
    @planned
    def lineage_diff(
        self,
        a: Thing,
        b: Thing,
        through: Passing = None,
        where: Reported = None,
        limit: Limit = DEFAULT_LIMIT,
        as_of: Instant = None,
    ) -> LineageDiff | None:
        """What only the one came from, what only the other, and what both."""

    @everybody
    @planned
    def impact(
        self, of: Sources, through: Passing = None, limit: Limit = DEFAULT_LIMIT, as_of: Instant = None
    ) -> Impact | None:
        """What stands on something: versions, data, applications, where they run, and who answers for them."""
