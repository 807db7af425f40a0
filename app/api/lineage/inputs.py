"""What questions about lineage can be restricted to, and what their arguments mean."""

from datetime import datetime
from typing import Annotated, TypeAlias

import strawberry

from app.api.filters import StringFilter, given
from app.api.lineage.vocabulary import LineageEdgeKind, LineageType
from app.domain.lineage.scope import DEFAULT_LIMIT, MAX_LIMIT
from app.domain.vocabulary import DerivationKind


@strawberry.input(description="Which edges a walk follows, and what it may pass. What is left out restricts nothing.")
class LineageThrough:
    edge_kinds: list[LineageEdgeKind] | None = given("Only edges of these kinds.")
    roles: list[str] | None = given("Of USED only those in one of these roles: train, validation, code ...")
    derivations: list[DerivationKind] | None = given("Of DERIVED_FROM only those of these kinds.")
    types: list[LineageType] | None = given("Pass only nodes of these types; others may end a walk.")


@strawberry.input(
    description="Which nodes are reported: all conditions must hold. The walk goes on through those that are not."
)
class LineageWhere:
    types: list[LineageType] | None = given("Of one of these types.")
    license: StringFilter | None = given("The license as an SPDX expression.")
    declared_license: StringFilter | None = given("The license as it was declared, word for word.")
    classification: StringFilter | None = given("One of its classifications.")
    framework: StringFilter | None = given("The framework of a model version.")
    status: StringFilter | None = given("The status of a run or deployment.")
    is_stub: bool | None = given("Whether it is known by name only.")


Depth: TypeAlias = Annotated[
    int | None, strawberry.argument(description="Go at most so many edges far, 1 or more. Without it, to the end.")
]
Passing: TypeAlias = Annotated[
    LineageThrough | None, strawberry.argument(description="Which edges are followed, and what is passed.")
]
Reported: TypeAlias = Annotated[LineageWhere | None, strawberry.argument(description="Which nodes are reported.")]
Limit: TypeAlias = Annotated[
    int,
    strawberry.argument(
        description=f"Report at most so many nodes: {DEFAULT_LIMIT:,} unless told, at most {MAX_LIMIT:,}. "
        "A walk stops at the last whole level that fits."
    ),
]
Instant: TypeAlias = Annotated[
    datetime | None, strawberry.argument(description="As the registry knew it at this instant. Without it, now.")
]
