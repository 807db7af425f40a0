"""What versions come from: datasets, runs, jobs, code."""

from datetime import datetime
from typing import Annotated, Any

import strawberry
from strawberry import lazy

from app.api.fields import computed, connection, everybody, node, planned
from app.api.filters import DatasetFilter, DatasetVersionFilter, RunFilter
from app.api.nodes import Actor, Entity, Licensed, LineageNode, Owned, Retained
from app.api.orders import DatasetOrder, DatasetVersionOrder, RunOrder
from app.api.relay import Connection
from app.api.values import FieldSpec, License, Parameter
from app.domain.references import DatasetVersionRef
from app.domain.scalars import JSON, Digest, Double, Long
from app.domain.vocabulary import RunStatus, Visibility


@strawberry.type(description="Where a snapshot of data lies.")
class Snapshot:
    system: str | None
    uri: str | None
    revision: str | None

    @computed
    def is_pinned(self) -> bool:
        """Whether it is known exactly: by a revision or a digest."""
        return bool(self.revision or self.digest)  # type: ignore[attr-defined]  # a facet sees its whole node


@strawberry.type(description="The time that data speaks of.")
class Period:
    from_: datetime | None = strawberry.field(name="from")
    to: datetime | None


@node
class DatasetVersion(LineageNode, Licensed, Retained):
    version: str
    snapshot: Snapshot | None = strawberry.field(description="Where it lies.")
    digest: Digest | None
    schema: list[FieldSpec] | None = strawberry.field(description="Its fields.")
    row_count: Long | None
    size_bytes: Long | None
    license: License | None = strawberry.field(description="The terms under which it may be used.")
    classifications: list[str]
    period: Period | None = strawberry.field(description="The time it speaks of.")
    consent_basis: str | None
    erased_at: datetime | None

    @planned
    def dataset(self) -> Annotated["Dataset", lazy("app.api.data")]:
        """The dataset it is a snapshot of."""


@node
class Dataset(Owned, Retained):
    name: str
    kind: str
    description: str | None

    @planned
    def visibility(self) -> Visibility:
        """Who sees it, and all that belongs to it."""

    @connection
    def versions(
        self, where: DatasetVersionFilter | None = None, order_by: DatasetVersionOrder | None = None
    ) -> Connection[DatasetVersion] | None:
        """Its snapshots, the oldest first unless ordered otherwise."""

    @planned
    def latest_version(self) -> DatasetVersion | None:
        """The snapshot that was made last."""


@node
class CodeRepository(Entity):
    url: str

    @planned
    def fork_of(self) -> Annotated["CodeRepository", lazy("app.api.data")] | None:
        """The repository it was forked from."""

    @connection
    def commits(self) -> Connection[Annotated["Commit", lazy("app.api.data")]] | None:
        """Revisions that runs used, the latest known first."""


@node
class Commit(LineageNode):
    sha: str
    authored_at: datetime | None
    message: str | None

    @planned
    def repository(self) -> CodeRepository:
        """Where it lives."""

    @planned
    def author(self) -> Actor | None:
        """Who wrote it, as far as that was told."""


@strawberry.type(description="One logged value.")
class MetricPoint:
    step: Long = strawberry.field(description="The step at which it was logged.")
    at: datetime | None = strawberry.field(description="The instant at which it was logged.")
    value: Double = strawberry.field(description="The value.")


def point(step: int, at: str, value: float) -> dict[str, Any]:
    """A logged value as the planner reads it; its instant is kept as text, empty where unknown."""
    return {"step": step, "at": datetime.fromisoformat(at) if at else None, "value": value}


@node
class MetricSeries:
    name: str
    last: Double
    min: Double | None
    max: Double | None
    logged_points: Long

    @computed
    def points(self, last: int = 100) -> list[MetricPoint]:
        """The stored points, at most the last so many, by step."""
        stored = self.steps, self.times, self.values["values"]  # type: ignore[attr-defined]  # a row sees its whole node
        points = list(zip(*stored, strict=True))[-last:] if last > 0 else []
        return [point(*each) for each in points]  # type: ignore[misc]  # the planner reads maps as well

    @computed
    def stored_points(self) -> int:
        """Number of points that are stored."""
        return len(self.steps)  # type: ignore[attr-defined]  # a row sees its whole node

    @computed
    def is_thinned(self) -> bool:
        """Whether points were left out to stay within 1,000."""
        return self.logged_points > len(self.steps)  # type: ignore[attr-defined]  # likewise


@strawberry.type(description="Something that a run used, and for what.")
class RunInput:
    edge_id: strawberry.ID = strawberry.field(description="Id of the lineage edge; retractLineage takes it.")
    role: str = strawberry.field(description="train, validation, base, code ...")
    node: LineageNode = strawberry.field(description="What was used.")


@strawberry.type(description="What a run ran on.")
class RuntimeEnvironment:
    lock_digest: Digest | None
    image: str | None
    image_digest: Digest | None
    python_version: str | None
    accelerator: str | None
    seed: Long | None


@node
class Run(LineageNode):
    name: str | None
    status: RunStatus
    started_at: datetime | None
    ended_at: datetime | None
    is_commit_clean: bool | None
    runtime: RuntimeEnvironment | None = strawberry.field(description="What it ran on.")
    costs: JSON | None

    @planned
    def job(self) -> Annotated["Job", lazy("app.api.data")] | None:
        """The step that it executed."""

    @planned
    def parent(self) -> Annotated["Run", lazy("app.api.data")] | None:
        """The run that it is a part of."""

    @planned
    def parts(self) -> list[Annotated["Run", lazy("app.api.data")]]:
        """The runs that are parts of it."""

    @planned
    def inputs(self, as_of: datetime | None = None) -> list[RunInput]:
        """What it used, as it is known now or was held at an instant."""

    @planned
    def outputs(self, as_of: datetime | None = None) -> list[LineageNode]:
        """What it made, as it is known now or was held at an instant."""

    @planned
    def commit(self, as_of: datetime | None = None) -> Commit | None:
        """The code that it ran, as it is known now or was held at an instant."""

    @planned
    def parameters(self, names: list[str] | None = None) -> list[Parameter] | None:
        """Its parameters, by name."""

    @planned
    def metrics(self, names: list[str] | None = None) -> list[MetricSeries] | None:
        """What it logged, by name."""


@node
class Job(Entity):
    namespace: str
    name: str

    @connection
    def runs(self) -> Connection[Run] | None:
        """Its runs, the latest first."""


@node
class UnknownAsset(LineageNode):
    name: str


@strawberry.type
class DataQuery:
    @everybody
    @planned
    def dataset(self, name: str) -> Dataset | None:
        """The dataset of this name."""

    @everybody
    @connection
    def datasets(
        self, where: DatasetFilter | None = None, order_by: DatasetOrder | None = None
    ) -> Connection[Dataset] | None:
        """All datasets, by name unless ordered otherwise."""

    @everybody
    @planned
    def dataset_version(self, by: DatasetVersionRef) -> DatasetVersion | None:
        """One snapshot: by id, by dataset and version, by digest, or by its name in another system."""

    @everybody
    @planned
    def run(self, id: strawberry.ID) -> Run | None:
        """One run."""

    @everybody
    @connection
    def runs(self, where: RunFilter | None = None, order_by: RunOrder | None = None) -> Connection[Run] | None:
        """All runs, the latest first unless ordered otherwise."""

    @everybody
    @planned
    def job(self, namespace: str, name: str) -> Job | None:
        """One step of a pipeline."""

    @everybody
    @planned
    def code_repository(self, url: str) -> CodeRepository | None:
        """The repository at this address, in its normalized form."""

    @everybody
    @planned
    def commit(self, repository: str, sha: str) -> Commit | None:
        """One revision of the repository at this normalized address."""
