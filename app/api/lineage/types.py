"""Answers to questions about lineage. Each says whether it is complete."""

from datetime import datetime

import strawberry

from app.api.data import DatasetVersion
from app.api.delivery import Application, Deployment, Environment
from app.api.fields import planned
from app.api.lineage.vocabulary import LineageEdgeKind, LineageType, TruncationReason
from app.api.nodes import Actor, LineageNode
from app.api.registry import ModelVersion
from app.domain.scalars import JSON
from app.domain.vocabulary import DerivationKind

COMPLETE = "Whether nothing is missing. What decides anything should refuse an answer that is not complete."
TRUNCATION = "What was cut and why; absent when nothing was."
WITHHELD = "Whether the answer is not complete because you may not see everything. Nothing else is said of that."
SETTLED = (
    "False when `asOf` is so recent that a write of that time may not have ended: ask again for the last word. "
    "Absent without `asOf`."
)


@strawberry.type(description="A node of a walk.")
class LineageStop:
    node: LineageNode = strawberry.field(description="The node.")
    depth: int = strawberry.field(description="The least number of edges between it and the start.")


@strawberry.type(description="That one thing came from another.")
class LineageEdge:
    id: strawberry.ID = strawberry.field(description="Its id; retractLineage takes it.")
    kind: LineageEdgeKind = strawberry.field(description="What the later thing has to do with the earlier one.")
    role: str | None = strawberry.field(description="Of USED: train, validation, base, code ...")
    derivation: DerivationKind | None = strawberry.field(description="Of DERIVED_FROM: how it was made.")
    dependency: str | None = strawberry.field(description="Of DEPENDS_ON: base, tokenizer, guard model ...")
    weight: float | None = strawberry.field(description="Share of the source in a merge.")
    detail: JSON | None = strawberry.field(description="What else there is to say.")
    via_id: strawberry.ID | None = strawberry.field(description="Id of the part of the run that really used it.")
    source_id: strawberry.ID = strawberry.field(description="Id of the later thing.")
    target_id: strawberry.ID = strawberry.field(description="Id of what it came from.")
    recorded_at: datetime = strawberry.field(description="When the registry learned of it.")
    valid_from: datetime = strawberry.field(description="First instant at which it holds.")
    valid_to: datetime | None = strawberry.field(description="First instant at which it holds no longer.")
    retraction_reason: str | None = strawberry.field(description="Why it was retracted.")
    replaced_by_id: strawberry.ID | None = strawberry.field(description="Id of the edge that took its place.")
    closes_cycle: bool = strawberry.field(description="Whether imported history closed a cycle with it.")

    @planned
    def source(self) -> LineageNode | None:
        """The later thing."""

    @planned
    def target(self) -> LineageNode | None:
        """What it came from."""

    @planned
    def asserted_by(self) -> Actor | None:
        """Who asserted it."""


@strawberry.type(description="What an answer leaves out.")
class Truncation:
    reason: TruncationReason = strawberry.field(description="Why it was cut.")
    omitted_at_least: int = strawberry.field(
        description="How many nodes are missing at least: those of the next level, as the walk saw no further."
    )


@strawberry.type(description="A walk along lineage: everything that something came from, or that came from it.")
class Lineage:
    start: LineageNode = strawberry.field(description="Where the walk began. It is not among the nodes.")
    nodes: list[LineageStop] = strawberry.field(description="The nodes reported, by depth and id.")
    edges: list[LineageEdge] = strawberry.field(description="All edges among these nodes and the start, by id.")
    complete: bool = strawberry.field(description=COMPLETE)
    withheld: bool = strawberry.field(description=WITHHELD)
    truncation: Truncation | None = strawberry.field(description=TRUNCATION)
    frontier: list[LineageNode] = strawberry.field(
        description="Nodes from which the walk could have gone on, reported or not. Empty when it is complete."
    )
    stubs: list[LineageNode] = strawberry.field(
        description="Reported nodes that are known by name only: what they came from was never recorded."
    )
    as_of_settled: bool | None = strawberry.field(description=SETTLED)


@strawberry.type(description="Number of nodes of one type.")
class LineageTypeCount:
    type: LineageType = strawberry.field(description="The type.")
    count: int = strawberry.field(description="Number of nodes.")


@strawberry.type(description="Number of nodes at one depth.")
class LineageDepthCount:
    depth: int = strawberry.field(description="The depth.")
    count: int = strawberry.field(description="Number of nodes.")


@strawberry.type(description="A walk along lineage in numbers, of any size.")
class LineageCounts:
    total: int = strawberry.field(description="Number of nodes reported.")
    by_type: list[LineageTypeCount] = strawberry.field(description="Number of nodes by type.")
    by_depth: list[LineageDepthCount] = strawberry.field(description="Number of nodes by depth, from 1 on.")
    complete: bool = strawberry.field(description=COMPLETE)
    withheld: bool = strawberry.field(description=WITHHELD)
    as_of_settled: bool | None = strawberry.field(description=SETTLED)


@strawberry.type(description="One way from a thing up to one that it came from. No node is passed twice.")
class LineagePath:
    length: int = strawberry.field(description="Number of edges.")
    nodes: list[LineageNode] = strawberry.field(description="The nodes from the later thing to the earlier one.")
    edges: list[LineageEdge] = strawberry.field(description="The edges between them, in the same order.")


@strawberry.type(description="Ways from a thing up to one that it came from.")
class LineagePaths:
    paths: list[LineagePath] = strawberry.field(description="The paths, the shortest first.")
    complete: bool = strawberry.field(description="Whether there are no more than these.")
    withheld: bool = strawberry.field(description=WITHHELD)


@strawberry.type(description="How far a node is from one of the things compared.")
class AncestorDepth:
    of_id: strawberry.ID = strawberry.field(description="Id of that thing.")
    depth: int = strawberry.field(description="The least number of edges between the two.")


@strawberry.type(description="A node that several things came from.")
class CommonAncestor:
    node: LineageNode = strawberry.field(description="The node.")
    depths: list[AncestorDepth] = strawberry.field(description="Its distances, in the order of the question.")


@strawberry.type(description="The nodes that several things all came from.")
class CommonAncestors:
    nodes: list[CommonAncestor] = strawberry.field(description="The nodes, those first that are near to all.")
    complete: bool = strawberry.field(description=COMPLETE)
    withheld: bool = strawberry.field(description=WITHHELD)
    truncation: Truncation | None = strawberry.field(description=TRUNCATION)
    as_of_settled: bool | None = strawberry.field(description=SETTLED)


@strawberry.type(description="What two things came from, compared.")
class LineageDiff:
    only_a: list[LineageStop] = strawberry.field(description="What only the first came from, the nearest first.")
    only_b: list[LineageStop] = strawberry.field(description="What only the second came from, the nearest first.")
    both: list[LineageStop] = strawberry.field(description="What both came from, with the smaller depth.")
    complete: bool = strawberry.field(description=COMPLETE)
    withheld: bool = strawberry.field(description=WITHHELD)
    truncation: Truncation | None = strawberry.field(description=TRUNCATION)
    as_of_settled: bool | None = strawberry.field(description=SETTLED)


@strawberry.type(description="How much stands on something, whatever the limit kept from the lists.")
class ImpactCounts:
    versions: int = strawberry.field(description="Number of model versions.")
    datasets: int = strawberry.field(description="Number of snapshots of data.")
    applications: int = strawberry.field(description="Number of applications.")
    deployments: int = strawberry.field(description="Number of live deployments.")
    environments: int = strawberry.field(description="Number of environments.")
    owners: int = strawberry.field(description="Number of owners.")


@strawberry.type(description="What stands on something. Each list has the nearest first.")
class Impact:
    versions: list[ModelVersion] = strawberry.field(description="Versions that came from it or need it.")
    datasets: list[DatasetVersion] = strawberry.field(description="Snapshots of data that came from it.")
    applications: list[Application] = strawberry.field(description="Applications that stand on it.")
    deployments: list[Deployment] = strawberry.field(description="Live deployments of it and of these versions.")
    environments: list[Environment] = strawberry.field(description="Where these deployments are, in order.")
    owners: list[Actor] = strawberry.field(
        description="Who answers for these models, datasets and applications, and for what is deployed; by name."
    )
    counts: ImpactCounts = strawberry.field(description="How many there are of each.")
    complete: bool = strawberry.field(description=COMPLETE)
    withheld: bool = strawberry.field(description=WITHHELD)
    truncation: Truncation | None = strawberry.field(description=TRUNCATION)
    as_of_settled: bool | None = strawberry.field(description=SETTLED)
