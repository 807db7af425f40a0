"""Going back: a roll-out ends, or the last good version takes its place again."""

from pydantic import Field

from app.database.queries import query
from app.domain.command import Command
from app.domain.delivery.placement import lead
from app.domain.given import given
from app.domain.governance.clearance import epochs, recalled
from app.domain.idempotency import Claim
from app.domain.identifiers import new_id
from app.domain.permission.asking import need_of
from app.domain.permission.needs import over
from app.domain.references import EndpointRef
from app.domain.resolution import mention
from app.domain.scalars import Reason
from app.domain.writing import Change, Writer, Written, commit, once, refuse
from app.errors import InvalidInput

CANDIDATES = query("delivery/candidates")
ROLL_BACK = query("delivery/roll_back")


class RollBackDeployment(Command):
    """Take back what was placed last as the primary of an endpoint. A roll-out ends, and what has its place keeps it.
    Otherwise the last good version is placed again, at the same instant, in the same transaction: the latest other one
    whose last deployment there ended because another took its place. One that was retired or archived, or that a
    recall reaches, is none."""

    action = "deployment.rollBack"
    needs = over("endpoint")

    endpoint: EndpointRef = Field(description="The endpoint.")
    reason: Reason = Field(description="Why.")


async def roll_back_deployment(writer: Writer, command: RollBackDeployment) -> Written:
    """Go back. Returns the id of the deployment that has the place afterwards, or of the roll-out when there is none.

    What is good is decided with the sight of the registry, whatever who asks may see.
    """
    wanted = mention(command.endpoint, "endpoint")

    async def attempt(claim: Claim | None) -> Written:
        resolution = await writer.resolve([wanted])
        endpoint = resolution.require(wanted).id
        at = await epochs(writer.connection)
        candidates = (await writer.connection.ask(CANDIDATES, given({"endpointId": endpoint})))["versions"]
        change = Change(
            query=ROLL_BACK,
            action=command.action,
            parameters={
                "id": endpoint,
                "epochs": dict(at),
                "takeoverLead": lead(writer),
                "recalled": await recalled(writer.connection, candidates),
                "deploymentId": new_id(),
                "edgeId": new_id(),
                "reason": command.reason,
            },
            counts={"ended": 1},
            refusals={"empty": empty, "no other": no_other},
            reason=command.reason,
            claim=claim,
            need=need_of(command, [wanted], resolution),
        )
        return Written((await commit(writer, change))["id"])

    return await once(writer, command, attempt)


empty = refuse(InvalidInput, "The endpoint has no primary that could be taken back.", "endpoint")
no_other = refuse(
    InvalidInput,
    "No other version was good here: none was replaced by the next that is neither retired, archived nor recalled. "
    "Place a version, or stop the deployment.",
    "endpoint",
)
