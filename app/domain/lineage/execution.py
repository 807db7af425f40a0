"""Runs as they go: started, logged in batches, finished."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from pydantic import Field

from app.database.connection import Row
from app.database.queries import query
from app.domain.adding import added
from app.domain.bundle import stored
from app.domain.canonical import rfc3339
from app.domain.changing import changed
from app.domain.command import Command, many, optional
from app.domain.description import LinkInput, ReferenceInput, TagInput, describe
from app.domain.draft import Draft
from app.domain.figures import (
    MetricValueInput,
    Point,
    flattened,
    parameter_properties,
    points_by_name,
    series_properties,
)
from app.domain.given import given
from app.domain.idempotency import Claim
from app.domain.lineage.commits import CommitInput
from app.domain.lineage.runs import (
    METRIC_LIMIT,
    DataUseInput,
    JobKey,
    NewRunInput,
    RuntimeInput,
    input_mentions,
    new_run,
    new_run_mentions,
    use_data,
)
from app.domain.permission.asking import Need
from app.domain.permission.needs import ANYWHERE
from app.domain.references import ExternalKey, RunRef
from app.domain.resolution import Known, mention
from app.domain.scalars import FreeJSON, Line, PastInstant
from app.domain.vocabulary import RunStatus
from app.domain.writing import Change, Writer, Written, commit, once
from app.errors import InvalidInput

SERIES_OF_RUN = query("lineage/series_of_run")
LOG_RUN = query("lineage/log_run")
FINISH_RUN = query("lineage/finish_run")
OPEN_STATUSES = ("SCHEDULED", "RUNNING", "UNKNOWN")
FINISHED = (RunStatus.SUCCEEDED, RunStatus.FAILED, RunStatus.CANCELLED)


class StartRun(Command):
    """Start a run, and write down what it reads."""

    action = "run.start"
    needs = ANYWHERE

    name: Line | None = optional("For people.")
    job: JobKey | None = optional("The step that it executes.")
    reference: ExternalKey | None = optional(
        "Its name in another system; a run that bears it already is answered, and the stub of one completed."
    )
    started_at: PastInstant | None = optional("When it started; now, when nothing is said.")
    parent: RunRef | None = optional("The run that it is a part of.")
    parameters: FreeJSON | None = optional("Its parameters; nested objects are flattened with dots.")
    commit: CommitInput | None = optional("The code that it runs.")
    runtime: RuntimeInput | None = optional("The environment that it runs in.")
    inputs: tuple[DataUseInput, ...] = many("Data that it reads.", limit=1_000)
    tags: tuple[TagInput, ...] = many("Its tags.")
    links: tuple[LinkInput, ...] = many("Pages about it.")
    allow_stubs: bool = Field(
        default=False,
        description="Make stubs of what is named and not known; a later registration completes them.",
    )


class LogRun(Command):
    """Add parameters and figures to a run until it ends. A parameter is written once; a figure belongs to a step."""

    action = "run.log"
    needs = ANYWHERE

    run: RunRef = Field(description="The run.")
    parameters: FreeJSON | None = optional("Parameters; nested objects are flattened with dots.")
    metrics: tuple[MetricValueInput, ...] = many("Figures.", limit=METRIC_LIMIT)


class FinishRun(Command):
    """Say how a run ended, once."""

    action = "run.finish"
    needs = ANYWHERE

    run: RunRef = Field(description="The run.")
    status: RunStatus = Field(default=RunStatus.SUCCEEDED, description="SUCCEEDED, FAILED or CANCELLED.")
    ended_at: PastInstant | None = optional("When it ended; now, when nothing is said.")
    costs: FreeJSON | None = optional("What it cost, in your own units.")


class OfRun:
    """What a started run carries beside its reference, which names it already."""

    def __init__(self, command: StartRun) -> None:
        self.tags, self.links = command.tags, command.links
        self.references: tuple[ReferenceInput, ...] = ()


async def start_run(writer: Writer, command: StartRun) -> Written:
    """Start a run. `created` is false when a run bears its reference already."""
    own = command.model_dump(include=set(NewRunInput.model_fields) & set(StartRun.model_fields), exclude_unset=True)
    started = command.started_at or datetime.now(UTC)
    run = NewRunInput.model_validate({**own, "status": RunStatus.RUNNING, "started_at": started})

    def compose(draft: Draft) -> str:
        made = new_run(draft, run)
        if any(node["id"] == made.id for node in draft.bundle.nodes):
            describe(draft.bundle, made.id, OfRun(command))
            use_data(draft, made, command.inputs)
        return made.id

    return await added(writer, command, [*new_run_mentions(run), *input_mentions(command.inputs)], compose)


async def finish_run(writer: Writer, command: FinishRun) -> Written:
    """Finish a run that has not ended yet."""
    if command.status not in FINISHED:
        raise InvalidInput("A run ends as SUCCEEDED, FAILED or CANCELLED.", path=("status",))
    subject = mention(command.run, "run")
    return await changed(
        writer,
        command,
        [subject],
        lambda resolution: Change(
            query=FINISH_RUN,
            action=command.action,
            parameters={
                "id": resolution.require(subject).id,
                "endedAt": command.ended_at,
                "properties": stored("Run", {"status": command.status.value, "costs": command.costs}),
                "statuses": OPEN_STATUSES,
            },
            refusals={"ended": ended, "backwards": backwards},
        ),
    )


def ended(row: Row) -> Exception:
    """The refusal of what comes after the end of a run."""
    at = f" at {rfc3339(row['endedAt'])}" if row["endedAt"] else ""
    return InvalidInput(f"This run ended{at} as {row['status']}.", path=("run",), status=row["status"])


def backwards(row: Row) -> Exception:
    return InvalidInput(f"It started later: at {rfc3339(row['startedAt'])}.", path=("endedAt",))


async def log_run(writer: Writer, command: LogRun) -> Written:
    """Add a batch to what a run has logged: read what there is, merge, write it when nobody wrote in between."""
    subject = mention(command.run, "run")
    parameters = flattened(command.parameters, "parameters")
    points = points_by_name(command.metrics)

    async def attempt(claim: Claim | None) -> Written:
        run = (await writer.resolve([subject])).require(subject)
        asked = {"id": run.id, "series": sorted(points), "parameters": sorted(parameters)}
        logged = await writer.connection.ask(SERIES_OF_RUN, given(asked))
        change = log_change(command.action, run, logged, new_only(parameters, logged), points)
        need = Need((command.action,), is_anywhere=True)
        row = await commit(writer, replace(change, claim=claim, need=need))
        return Written(row["id"])

    return await once(writer, command, attempt)


def new_only(parameters: dict[str, Any], logged: Row) -> dict[str, Any]:
    """The parameters that the run has not yet. One that has another value is refused."""
    known = {each["name"]: each["value"] for each in logged["parameters"]}
    new = {name: value for name, value in parameters.items() if name not in known}
    for name, value in parameters.items():
        if name in known and stored("Parameter", parameter_properties(name, value))["value"] != known[name]:
            raise InvalidInput(f"The parameter {name} was logged with another value.", path=("parameters", name))
    return new


def log_change(
    action: str, run: Known, logged: Row, parameters: dict[str, Any], points: dict[str, list[Point]]
) -> Change:
    earlier = {series["name"]: series for series in logged["series"]}
    series = [stored("MetricSeries", series_properties(name, new, earlier.get(name))) for name, new in points.items()]
    said = {"parameters": parameters or None, "metrics": {each["name"]: each["last"] for each in series} or None}
    return Change(
        query=LOG_RUN,
        action=action,
        parameters={
            "id": run.id,
            "revision": logged["revision"],
            "statuses": OPEN_STATUSES,
            "series": series,
            "parameters": [
                stored("Parameter", parameter_properties(name, value)) for name, value in parameters.items()
            ],
        },
        counts={"series": len(series), "parameters": len(parameters)},
        refusals={"ended": ended},
        facts={run.id: {name: value for name, value in said.items() if value}},
    )
