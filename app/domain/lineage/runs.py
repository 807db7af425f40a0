"""Runs: what made a version, with which code, data, parameters and figures."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from pydantic import Field

from app.domain.command import Input, OneOf, many, optional
from app.domain.draft import Draft, external_mention
from app.domain.figures import MetricValueInput, flattened, parameter_properties, points_by_name, series_properties
from app.domain.lineage.commits import CommitInput, commit_id, commit_mentions
from app.domain.lineage.data import DatasetVersionUpsert, upsert_mentions, upserted
from app.domain.references import ExternalKey, RunRef
from app.domain.resolution import Key, Known, Mention, mention
from app.domain.scalars import ContentDigest, FreeJSON, Id, Line, PastInstant, Whole
from app.domain.vocabulary import RunStatus
from app.errors import Cycle, InvalidInput, PathItem

METRIC_LIMIT = 10_000
CODE = "code"


class JobKey(Input):
    """A step of a pipeline; it is made when there is none."""

    namespace: Line = Field(default="default", description="Where the name is unique.")
    name: Line = Field(description="The step's name.")


class RuntimeInput(Input):
    """The environment that a run ran in."""

    lock_digest: ContentDigest | None = optional("Digest of the lock file of its packages.")
    image: Line | None = optional("Container image.")
    image_digest: ContentDigest | None = optional("Digest of that image.")
    python_version: Line | None = optional("Version of Python.")
    accelerator: Line | None = optional("8x H100 ...")
    seed: Whole | None = optional("Seed of its random numbers.")


class DataUseInput(Input):
    """Data that a run read."""

    role: Line = Field(description="train, validation, test, pretrain, sft, preference, retrieval ...")
    dataset: DatasetVersionUpsert = Field(description="The data.")


class NewRunInput(Input):
    """A run that is recorded on the way."""

    name: Line | None = optional("For people.")
    job: JobKey | None = optional("The step that it executed.")
    reference: ExternalKey | None = optional(
        "Its name in another system. When a run bears it already, that run is meant and the rest is left unread; the "
        "stub of a run is completed."
    )
    status: RunStatus = Field(default=RunStatus.SUCCEEDED, description="How far it came.")
    started_at: PastInstant | None = optional("When it started; not in the future.")
    ended_at: PastInstant | None = optional("When it ended.")
    parent: RunRef | None = optional("The run that it is a part of.")
    parameters: FreeJSON | None = optional("Its parameters; nested objects are flattened with dots.")
    metrics: tuple[MetricValueInput, ...] = many("What it measured.", limit=METRIC_LIMIT)
    commit: CommitInput | None = optional("The code that it ran.")
    runtime: RuntimeInput | None = optional("The environment that it ran in.")
    costs: FreeJSON | None = optional("What it cost, in your own units.")


class RunInputRef(OneOf):
    """The run that made something: one that is there, or one that is recorded on the way."""

    existing: Id | None = optional("Id of a run.")
    external: ExternalKey | None = optional("Its name in another system.")
    new: NewRunInput | None = optional("A new one.")


def run_mentions(run: RunInputRef, *path: PathItem) -> Iterator[Mention]:
    if run.new is None:
        yield known_run_mention(run, *path)
    else:
        yield from new_run_mentions(run.new, *path, "new")


def new_run_mentions(run: NewRunInput, *path: PathItem) -> Iterator[Mention]:
    if run.parent is not None:
        yield mention(run.parent, *path, "parent")
    if run.reference is not None:
        yield external_mention(run.reference, *path, "reference")
    if run.job is not None:
        yield job_mention(run.job)
    if run.commit is not None:
        yield from commit_mentions(run.commit, *path, "commit")


def input_mentions(inputs: Sequence[DataUseInput]) -> Iterator[Mention]:
    for index, use in enumerate(inputs):
        yield from upsert_mentions(use.dataset, "inputs", index, "dataset")


def known_run_mention(run: RunInputRef, *path: PathItem) -> Mention:
    if run.existing is not None:
        return Mention(Key.of("ids", id=run.existing), ("Run",), (*path, "existing"))
    return mention(RunRef(external=run.external), *path)


def job_mention(job: JobKey) -> Mention:
    return Mention(Key.of("jobs_by_name", namespace=job.namespace, name=job.name), ("Job",))


def run_of(draft: Draft, run: RunInputRef, *path: PathItem) -> Known:
    """The run, made when it is new; a stub, when nobody knows its name elsewhere and stubs are allowed."""
    if run.new is None:
        return draft.known_or_stub(known_run_mention(run, *path), run)
    return new_run(draft, run.new, *path, "new")


def new_run(draft: Draft, run: NewRunInput, *path: PathItem) -> Known:
    """A run made from its record, or the one that bears its reference already. A stub that bears it is completed."""
    bearer = draft.resolution.find(external_mention(run.reference, *path, "reference")) if run.reference else None
    if bearer is not None and bearer.label not in ("Run", "UnknownAsset"):
        raise InvalidInput(f"A {bearer.label} bears this reference.", path=(*path, "reference"))
    if bearer is not None and bearer.label == "Run" and not bearer.is_stub:
        return bearer
    check_order(run.started_at, run.ended_at, *path)
    parent = draft.known(run.parent, *path, "parent") if run.parent else None
    if bearer is not None and parent is not None and bearer.id in (parent.id, *parent.wholes):
        raise Cycle("A run cannot be a part of itself, on whatever way.", path=(*path, "parent"))
    id = draft.bundle.add("Run", run_properties(draft, run), completes=bearer)
    made = Known(id, "Run", wholes=(parent.id, *parent.wholes) if parent else ())
    if parent is not None:
        draft.bundle.tie("PART_OF", id, parent.id)
    for role, target, via in bearer.used if bearer else ():
        for whole in made.wholes:
            draft.bundle.lineage("USED", whole, target, role=role, via=via)
    describe_run(draft, made, run, bearer is None, *path)
    return made


def check_order(started_at: datetime | None, ended_at: datetime | None, *path: PathItem) -> None:
    """Refuse a run that ended before it started."""
    if started_at is not None and ended_at is not None and ended_at < started_at:
        raise InvalidInput("It started later.", path=(*path, "endedAt"))


def unknown_run(draft: Draft) -> Known:
    """A run of which nothing is known but what it read: that data was used is a fact about a run."""
    return Known(draft.bundle.add("Run", {"status": RunStatus.UNKNOWN.value}), "Run")


def run_properties(draft: Draft, run: NewRunInput) -> dict[str, object]:
    runtime = run.runtime or RuntimeInput()
    return {
        "name": run.name,
        "jobId": job_id(draft, run.job) if run.job else None,
        "status": run.status.value,
        "startedAt": run.started_at,
        "endedAt": run.ended_at,
        "isCommitClean": run.commit.is_clean if run.commit else None,
        "runtimeLockDigest": runtime.lock_digest,
        "runtimeImage": runtime.image,
        "runtimeImageDigest": runtime.image_digest,
        "runtimePythonVersion": runtime.python_version,
        "runtimeAccelerator": runtime.accelerator,
        "runtimeSeed": runtime.seed,
        "costs": run.costs,
    }


def describe_run(draft: Draft, made: Known, run: NewRunInput, is_new_reference: bool, *path: PathItem) -> None:
    bundle = draft.bundle
    parameters = flattened(run.parameters, *path, "parameters")
    for name, value in parameters.items():
        bundle.describe("Parameter", made.id, parameter_properties(name, value))
    series = points_by_name(run.metrics)
    for name, points in series.items():
        bundle.describe("MetricSeries", made.id, series_properties(name, points))
    if run.reference is not None and is_new_reference:
        bundle.describe("ExternalReference", made.id, run.reference.model_dump(by_alias=True))
    if run.job is not None:
        bundle.tie("OF_JOB", made.id, job_id(draft, run.job))
    if run.commit is not None:
        read(draft, made, commit_id(draft, run.commit, *path, "commit"), CODE)
    bundle.mark(made.id, parameters=parameters, metrics=sorted(series))


def job_id(draft: Draft, job: JobKey) -> str:
    own = job_mention(job)
    known = draft.resolution.find(own)
    if known is not None:
        return known.id
    if own.key not in draft.made:
        draft.made[own.key] = draft.bundle.add("Job", {"namespace": job.namespace, "name": job.name})
    return draft.made[own.key]


def use_data(draft: Draft, run: Known, inputs: Sequence[DataUseInput]) -> None:
    """Write down what a run read."""
    seen: set[tuple[str, str]] = set()
    for index, use in enumerate(inputs):
        target = upserted(draft, use.dataset, "inputs", index, "dataset")
        if (use.role, target) in seen:
            raise InvalidInput("This is given twice.", path=("inputs", index))
        seen.add((use.role, target))
        read(draft, run, target, use.role)
    draft.bundle.mark(run.id, inputs=[{"role": role, "targetId": target} for role, target in sorted(seen)])


def read(draft: Draft, run: Known, target: str, role: str) -> None:
    """A run read something, and so did every run that it is a part of."""
    draft.bundle.lineage("USED", run.id, target, role=role)
    for whole in run.wholes:
        draft.bundle.lineage("USED", whole, target, role=role, via=run.id)
