"""What versions come from: datasets, runs, code, and what is known by name only."""

from collections.abc import Iterator
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from app.domain.code import normalized_repository
from app.domain.command import Input, many, optional
from app.domain.fields import FieldSpecInput, field_specs
from app.domain.figures import Point, flattened, parameter_properties, series_properties
from app.domain.licenses import license_properties
from app.domain.lineage.runs import JobKey, RuntimeInput
from app.domain.resolution import Key
from app.domain.scalars import (
    ContentDigest,
    Count,
    Figure,
    FreeJSON,
    Instant,
    Line,
    Name,
    Parameters,
    PastInstant,
    Text,
    Uri,
    WebAddress,
    Whole,
)
from app.domain.vocabulary import RunStatus
from app.transfer.lines.entity import (
    EntityLine,
    Mention,
    RetainedLine,
    Satellite,
    ScopeLine,
    UnnamedLine,
    actor,
    singly,
)
from app.transfer.references import key


class DatasetLine(ScopeLine):
    """Data under one name."""

    label = "Dataset"

    type: Literal["Dataset"]
    kind: Line | None = optional("table, files, text, images, stream ...")
    description: Text | None = optional("What it holds, for people.")

    @property
    def key(self) -> Key:
        return Key.of("datasets_by_name", name=self.name)

    def usual(self) -> dict[str, Any]:
        return {"kind": "unknown"}


class SnapshotLine(Input):
    """Where a version of a dataset is kept."""

    system: Line | None = optional("dvc, lakefs, delta, iceberg, huggingface, sql ...")
    uri: Uri | None = optional("Where it lies.")
    revision: Line | None = optional("Its revision in that system; with it or a digest the snapshot is pinned.")


class DatasetVersionLine(RetainedLine):
    """One immutable snapshot of a dataset."""

    label = "DatasetVersion"

    type: Literal["DatasetVersion"]
    dataset: Name = Field(description="Name of its dataset.")
    version: Line = Field(description="Name of the snapshot within the dataset.")
    snapshot: SnapshotLine | None = optional("Where it is kept.")
    digest: ContentDigest | None = optional("Digest of its content.")
    license: Text | None = optional("Its license, in whatever words.")
    license_url: WebAddress | None = optional("Where the text of the license stands.")
    classifications: tuple[Line, ...] | None = optional("PII, confidential ...")
    row_count: Count | None = optional("Rows, documents or files.")
    size_bytes: Count | None = optional("Bytes.")
    fields: tuple[FieldSpecInput, ...] = many("Its schema.", limit=1_000)
    period_from: Instant | None = optional("First instant that the data speaks of.")
    period_to: Instant | None = optional("First instant that it speaks of no longer.")
    consent_basis: Text | None = optional("On what ground the data may be used.")
    erased_at: Instant | None = optional("When the content was erased at its place.")

    @property
    def key(self) -> Key:
        return Key.of("dataset_versions_by_key", dataset=self.dataset, version=self.version)

    def usual(self) -> dict[str, Any]:
        return {"classifications": []}

    def properties(self) -> dict[str, Any]:
        snapshot = self.snapshot or SnapshotLine()
        said = {
            **super().properties(),
            "snapshotSystem": snapshot.system,
            "snapshotUri": snapshot.uri,
            "snapshotRevision": snapshot.revision,
            "schema": field_specs(self.fields),
            "classifications": None if self.classifications is None else sorted(set(self.classifications)),
            **license_properties(self.license, self.license_url),
        }
        return {name: value for name, value in said.items() if value is not None}

    def mentions(self) -> dict[str, Mention]:
        dataset = Mention(Key.of("datasets_by_name", name=self.dataset), ("Dataset",))
        return {**super().mentions(), "datasetId": dataset}


class JobLine(EntityLine):
    """A step of a pipeline."""

    label = "Job"

    type: Literal["Job"]
    namespace: Line = Field(default="default", description="Where the name is unique.")
    name: Line = Field(description="The step's name.")

    @property
    def key(self) -> Key:
        return Key.of("jobs_by_name", namespace=self.namespace, name=self.name)


class SeriesLine(Input):
    """What a run logged under one name: the points that were kept, step by step."""

    name: Line = Field(description="loss, accuracy ...")
    values: tuple[Figure, ...] = Field(min_length=1, description="The values.")
    steps: tuple[Whole, ...] = many("Their steps, ascending; 0, 1, 2 ... when nothing is said.", limit=100_000)
    times: tuple[str, ...] = many("Their instants, RFC 3339, empty where unknown.", limit=100_000)
    min: Figure | None = optional("Smallest value, also of points that were not kept.")
    max: Figure | None = optional("Largest value, also of points that were not kept.")
    logged_points: Count | None = optional("Points that were logged, those that were not kept included.")

    @model_validator(mode="after")
    def _has_lists_of_one_length(self) -> Self:
        if any(each and len(each) != len(self.values) for each in (self.steps, self.times)):
            raise ValueError("steps, times and values have the same length")
        if len(set(zip(self._steps, self._times, strict=True))) != len(self.values):
            raise ValueError("two points have the same step and time")
        return self

    @property
    def _steps(self) -> tuple[int, ...]:
        return self.steps or tuple(range(len(self.values)))

    @property
    def _times(self) -> tuple[str, ...]:
        return self.times or ("",) * len(self.values)

    def properties(self) -> dict[str, Any]:
        """The series as the graph keeps it, thinned when it is long."""
        points = sorted(map(Point, self._steps, self._times, self.values), key=lambda point: point[:2])
        said = {"min": self.min, "max": self.max, "loggedPoints": self.logged_points}
        return {**series_properties(self.name, points), **{k: v for k, v in said.items() if v is not None}}


class RunLine(UnnamedLine):
    """One execution, of a job or on its own."""

    label = "Run"

    type: Literal["Run"]
    name: Line | None = optional("For people.")
    job: JobKey | None = optional("The step that it executed; it is made when there is none.")
    status: RunStatus | None = optional("How far it came.")
    started_at: PastInstant | None = optional("When it started.")
    ended_at: PastInstant | None = optional("When it ended.")
    is_commit_clean: bool | None = optional("Whether the work tree had no change beside its commit.")
    runtime: RuntimeInput | None = optional("The environment that it ran in.")
    costs: FreeJSON | None = optional("What it cost, in your own units.")
    parameters: Parameters = Field(default={}, description="Its parameters; objects in it are flattened with dots.")
    metrics: tuple[SeriesLine, ...] = many("What it logged.", limit=10_000)

    @model_validator(mode="after")
    def _has_a_key(self) -> Self:
        singly("metrics", [each.name for each in self.metrics])
        flattened(self.parameters, "parameters")
        if self.started_at is not None and self.ended_at is not None and self.ended_at < self.started_at:
            raise ValueError("endedAt is before startedAt")
        return self

    def usual(self) -> dict[str, Any]:
        return {"status": RunStatus.UNKNOWN.value}

    def properties(self) -> dict[str, Any]:
        runtime = self.runtime.model_dump(by_alias=True, exclude_none=True) if self.runtime else {}
        prefixed = {f"runtime{name[0].upper()}{name[1:]}": value for name, value in runtime.items()}
        return {**super().properties(), **prefixed}

    def mentions(self) -> dict[str, Mention]:
        if self.job is None:
            return super().mentions()
        fields = self.job.model_dump(by_alias=True)
        job = Mention(key("jobs_by_name", fields), ("Job",), implied={"type": "Job", **fields})
        return {**super().mentions(), "jobId": job}

    def satellites(self) -> Iterator[Satellite]:
        yield from super().satellites()
        for name, value in flattened(self.parameters).items():
            yield Satellite("Parameter", parameter_properties(name, value))
        for series in self.metrics:
            yield Satellite("MetricSeries", series.properties())


class CodeRepositoryLine(EntityLine):
    """Where code lives."""

    label = "CodeRepository"

    type: Literal["CodeRepository"]
    url: Uri = Field(description="Its URL, in any of its spellings.")

    @property
    def key(self) -> Key:
        return key("repositories_by_url", {"url": self.url})

    def properties(self) -> dict[str, Any]:
        return {**super().properties(), "url": normalized_repository(self.url)}


class CommitLine(EntityLine):
    """One revision of a repository."""

    label = "Commit"

    type: Literal["Commit"]
    repository: Uri = Field(description="URL of its repository; it is made when there is none.")
    sha: str = Field(pattern="^[0-9a-fA-F]{7,64}$", description="Its hash.")
    authored_at: Instant | None = optional("When it was written.")
    message: Text | None = optional("Its message.")
    author: Line | None = optional("Name of who wrote it.")

    @property
    def key(self) -> Key:
        return key("commits_by_sha", {"url": self.repository, "sha": self.sha})

    def properties(self) -> dict[str, Any]:
        return {**super().properties(), "sha": self.sha.lower()}

    def mentions(self) -> dict[str, Mention]:
        implied = {"type": "CodeRepository", "url": self.repository}
        repository = Mention(key("repositories_by_url", {"url": self.repository}), ("CodeRepository",), implied)
        author = {"authorId": actor(self.author)} if self.author else {}
        return {**super().mentions(), "repositoryId": repository, **author}


class UnknownAssetLine(EntityLine):
    """Something that lineage names and nobody has described yet."""

    label = "UnknownAsset"

    type: Literal["UnknownAsset"]
    name: Line = Field(description="The name by which it was named.")
    is_stub: bool = Field(default=True, description="Nothing but its name is known.")

    @property
    def key(self) -> Key:
        return Key.of("assets_by_name", name=self.name)


LINES = (DatasetLine, DatasetVersionLine, JobLine, RunLine, CodeRepositoryLine, CommitLine, UnknownAssetLine)
