"""What was measured of a version, on which data, and that it was measured wrongly."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from pydantic import Field

from app.database.queries import query
from app.domain.adding import added
from app.domain.changing import changed, stale
from app.domain.command import Command, Input, many, optional
from app.domain.description import LinkInput, check_single
from app.domain.draft import Draft, mentions
from app.domain.figures import MetricValueInput
from app.domain.given import given
from app.domain.permission.needs import over
from app.domain.references import DatasetVersionRef, DeploymentRef, EvaluationRef, ModelVersionRef
from app.domain.registry.upkeep import REVISION
from app.domain.resolution import Mention, mention
from app.domain.scalars import Line, PastInstant, Reason
from app.domain.vocabulary import EvaluationContext
from app.domain.writing import Change, Writer, Written
from app.errors import InvalidInput, PathItem

SERVED_VERSION = query("evaluation/served_version")
RETRACT = query("evaluation/retract_evaluation")


class EvaluationInput(Input):
    """One measurement session of a version."""

    on: DatasetVersionRef | None = optional("The data it was measured on.")
    slice: Line | None = optional("The part of that data; absent for the whole.")
    context: EvaluationContext = Field(
        default=EvaluationContext.OFFLINE, description="Under what circumstances it was measured."
    )
    judges: tuple[ModelVersionRef, ...] = many("The models that gave the verdict.")
    metrics: tuple[MetricValueInput, ...] = Field(min_length=1, max_length=1_000, description="The figures.")
    links: tuple[LinkInput, ...] = many("Reports and other pages.")
    at: PastInstant | None = optional("When it was measured; now, when nothing is said. Not in the future.")
    period_from: PastInstant | None = optional("First instant of the traffic that was measured.")
    period_to: PastInstant | None = optional("First instant that it speaks of no longer.")


class RecordEvaluation(Command, EvaluationInput):
    """Record what was measured of a version. Who records it is the evaluator."""

    action = "evaluation.record"
    needs = over("version")

    version: ModelVersionRef = Field(description="The version that was measured.")
    deployment: DeploymentRef | None = optional("The deployment that was measured; it serves the version.")


class RetractEvaluation(Command):
    """Retract what was measured wrongly: it stays, with its figures, and they count no longer. What is right is
    recorded anew. Nothing is done when it was retracted before."""

    action = "evaluation.retract"
    needs = over("evaluation")

    evaluation: EvaluationRef = Field(description="The evaluation.")
    reason: Reason = Field(description="Why it is wrong.")
    expected_revision: int | None = optional(REVISION)


def evaluation_mentions(evaluations: Sequence[EvaluationInput], *path: PathItem) -> Iterator[Mention]:
    for index, evaluation in enumerate(evaluations):
        yield from session_mentions(evaluation, *path, index)


def session_mentions(evaluation: EvaluationInput, *path: PathItem) -> Iterator[Mention]:
    if evaluation.on is not None:
        yield from mentions(evaluation.on, *path, "on")
    for number, judge in enumerate(evaluation.judges):
        yield from mentions(judge, *path, "judges", number)


def evaluate(draft: Draft, version_id: str, evaluation: EvaluationInput, *path: PathItem, **facts: str | None) -> str:
    """Add an evaluation with its metrics. `facts` are further properties of its node. Returns its id."""
    check_single([metric.name for metric in evaluation.metrics], *path, "metrics")
    check_single([link.url for link in evaluation.links], *path, "links")
    on = draft.id_of(evaluation.on, *path, "on") if evaluation.on else None
    session = {
        "versionId": version_id,
        "onId": on,
        "slice": evaluation.slice,
        "context": evaluation.context.value,
        "evaluatedAt": evaluation.at or datetime.now(UTC),
    }
    period = {"periodFrom": evaluation.period_from, "periodTo": evaluation.period_to}
    id = draft.bundle.add("Evaluation", {**session, **period, **facts})
    draft.bundle.lineage("EVALUATED", id, version_id)
    if on is not None:
        draft.bundle.lineage("ON", id, on)
    for judge in sorted({draft.id_of(each, *path, "judges", n) for n, each in enumerate(evaluation.judges)}):
        draft.bundle.lineage("JUDGED_BY", id, judge)
    for metric in evaluation.metrics:
        draft.bundle.describe("Metric", id, {**metric_properties(metric), **session})
    for link in evaluation.links:
        draft.bundle.describe("Link", id, link.model_dump(by_alias=True))
    draft.bundle.mark(id, metrics={metric.name: metric.value for metric in evaluation.metrics})
    return id


def metric_properties(metric: MetricValueInput) -> dict[str, object]:
    return {
        "name": metric.name,
        "value": metric.value,
        "low": metric.low,
        "high": metric.high,
        "sampleSize": metric.sample_size,
        "unit": metric.unit,
    }


async def record_evaluation(writer: Writer, command: RecordEvaluation) -> Written:
    """Record an evaluation with its metrics. Returns its id."""
    version = mention(command.version, "version")
    deployment_id, served_id = await served(writer, command.deployment)

    def compose(draft: Draft) -> str:
        version_id = draft.resolution.require(version).id
        if served_id not in (None, version_id):
            raise InvalidInput("This deployment serves another version.", path=("deployment",))
        facts = {"evaluatorId": writer.caller.actor_id, "deploymentId": deployment_id}
        return evaluate(draft, version_id, command, **facts)

    return await added(writer, command, [version, *session_mentions(command)], compose)


async def retract_evaluation(writer: Writer, command: RetractEvaluation) -> Written:
    """Retract an evaluation. Returns its id."""
    subject = mention(command.evaluation, "evaluation")
    return await changed(
        writer,
        command,
        [subject],
        lambda resolution: Change(
            query=RETRACT,
            action=command.action,
            parameters={
                "id": resolution.require(subject).id,
                "reason": command.reason,
                "expectedRevision": command.expected_revision,
            },
            refusals={"stale": stale},
            reason=command.reason,
        ),
    )


async def served(writer: Writer, reference: DeploymentRef | None) -> tuple[str | None, str | None]:
    """The ids of a deployment and of the version that it serves."""
    if reference is None:
        return None, None
    wanted = mention(reference, "deployment")
    known = (await writer.resolve([wanted])).require(wanted)
    row = await writer.connection.ask(SERVED_VERSION, given({"id": known.id}))
    return known.id, row["versionId"]
