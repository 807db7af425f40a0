"""The end of a deployment that nothing replaces."""

from pydantic import Field

from app.database.connection import Row
from app.database.queries import query
from app.domain.command import Command, optional
from app.domain.idempotency import Claim
from app.domain.permission.asking import need_of
from app.domain.permission.needs import over
from app.domain.references import DeploymentRef
from app.domain.resolution import mention
from app.domain.scalars import Reason
from app.domain.vocabulary import DeploymentStatus
from app.domain.writing import Change, Writer, Written, commit, once
from app.errors import InvalidInput

STOP_DEPLOYMENT = query("delivery/stop_deployment")
ENDS = (DeploymentStatus.STOPPED, DeploymentStatus.FAILED, DeploymentStatus.ROLLED_BACK)


class StopDeployment(Command):
    """End a deployment. Its endpoint may be left without one."""

    action = "deployment.stop"
    needs = over("deployment")

    deployment: DeploymentRef = Field(description="The deployment to end.")
    status: DeploymentStatus = Field(
        default=DeploymentStatus.STOPPED, description="How it ended: STOPPED, FAILED or ROLLED_BACK."
    )
    reason: Reason | None = optional("Why it ended.")


async def stop_deployment(writer: Writer, command: StopDeployment) -> Written:
    """End a deployment that is open. Returns its id."""
    if command.status not in ENDS:
        raise InvalidInput(f"A deployment ends as {', '.join(ENDS)}.", path=("status",))
    wanted = mention(command.deployment, "deployment")

    async def attempt(claim: Claim | None) -> Written:
        resolution = await writer.resolve((wanted,))
        known = resolution.require(wanted)
        change = Change(
            query=STOP_DEPLOYMENT,
            action=command.action,
            parameters={"id": known.id, "status": command.status.value, "reason": command.reason},
            counts={"ended": 1},
            refusals={"ended": ended},
            reason=command.reason,
            claim=claim,
            need=need_of(command, [wanted], resolution),
        )
        row = await commit(writer, change)
        return Written(row["id"])

    return await once(writer, command, attempt)


def ended(row: Row) -> Exception:
    at = row["validTo"].isoformat()
    return InvalidInput(f"This deployment ended at {at} as {row['status']}.", path=("deployment",))
