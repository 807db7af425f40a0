"""The end of a roll-out: a deployment takes its place, and what it replaces ends at the same instant."""

from pydantic import Field

from app.database.queries import query
from app.domain.changing import changed
from app.domain.command import Command, optional
from app.domain.delivery.ending import ended
from app.domain.delivery.placement import lead, overfull, taken
from app.domain.permission.needs import over
from app.domain.references import DeploymentRef
from app.domain.resolution import Resolution, mention
from app.domain.scalars import Reason
from app.domain.writing import Change, Writer, Written

ACTIVATE_DEPLOYMENT = query("delivery/activate_deployment")


class ActivateDeployment(Command):
    """Say that a deployment has rolled out. What it replaces ends at the same instant, in the same transaction."""

    action = "deployment.activate"
    needs = over("deployment")

    deployment: DeploymentRef = Field(description="The deployment that rolls out. One that is active already stays so.")
    reason: Reason | None = optional("Why now.")


async def activate_deployment(writer: Writer, command: ActivateDeployment) -> Written:
    """Let a deployment take its place. Returns its id."""
    path, sight = ("deployment",), writer.caller.sight
    wanted = mention(command.deployment, *path)

    def compose(resolution: Resolution) -> Change:
        return Change(
            query=ACTIVATE_DEPLOYMENT,
            action=command.action,
            parameters={"id": resolution.require(wanted).id, "takeoverLead": lead(writer)},
            counts={"activated": 1},
            refusals={
                "ended": ended,
                "taken": lambda row: taken(row, sight, path),
                "overfull": lambda row: overfull(row, sight, path),
            },
            reason=command.reason,
        )

    return await changed(writer, command, [wanted], compose)
