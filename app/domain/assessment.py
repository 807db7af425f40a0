"""An evaluation that is recorded by itself: by people, pipelines or monitors, long after the version was registered."""

from dataclasses import replace

from pydantic import Field

from app.database.queries import query
from app.domain.adding import added
from app.domain.command import RepeatableCommand, optional
from app.domain.draft import Draft
from app.domain.evaluation import EvaluationInput, evaluate, session_mentions
from app.domain.given import given
from app.domain.references import DeploymentRef, ModelVersionRef
from app.domain.resolution import mention, resolve
from app.domain.writing import Writer, Written
from app.errors import InvalidInput

SERVED_VERSION = query("evaluation/served_version")


class RecordEvaluation(RepeatableCommand, EvaluationInput):
    """Record what was measured of a version. Who records it is the evaluator."""

    action = "evaluation.record"

    version: ModelVersionRef = Field(description="The version that was measured.")
    deployment: DeploymentRef | None = optional("The deployment that was measured; it serves the version.")


async def record_evaluation(writer: Writer, command: RecordEvaluation) -> Written:
    """Record an evaluation with its metrics. Returns its id."""
    version = replace(mention(command.version, "version"), types=("ModelVersion",))
    deployment_id, served_id = await served(writer, command.deployment)

    def compose(draft: Draft) -> str:
        version_id = draft.resolution.require(version).id
        if served_id not in (None, version_id):
            raise InvalidInput("This deployment serves another version.", path=("deployment",))
        facts = {"evaluatorId": writer.caller.actor_id, "deploymentId": deployment_id}
        return evaluate(draft, version_id, command, **facts)

    return await added(writer, command, [version, *session_mentions(command)], compose)


async def served(writer: Writer, reference: DeploymentRef | None) -> tuple[str | None, str | None]:
    """The ids of a deployment and of the version that it serves."""
    if reference is None:
        return None, None
    wanted = replace(mention(reference, "deployment"), types=("Deployment",))
    known = (await resolve(writer.connection, [wanted])).require(wanted)
    row = await writer.connection.ask(SERVED_VERSION, given({"id": known.id}))
    return known.id, row["versionId"]
