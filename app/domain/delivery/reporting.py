"""What whoever deploys sees: reports of what runs, and how far a roll-out has come."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from pydantic import Field

from app.database.queries import query
from app.domain.command import Command, optional
from app.domain.delivery.activation import ActivateDeployment, activate_deployment
from app.domain.delivery.ending import StopDeployment, stop_deployment
from app.domain.given import given
from app.domain.idempotency import Claim
from app.domain.identifiers import new_id
from app.domain.permission.asking import Need, need_of
from app.domain.permission.needs import over
from app.domain.references import DeploymentRef, EndpointRef, ModelVersionRef
from app.domain.resolution import Key, Mention, Resolution, mention
from app.domain.scalars import ContentDigest, PastInstant, Reason, WebAddress
from app.domain.vocabulary import DeploymentStatus, TrafficRole
from app.domain.writing import Change, Writer, Written, commit, once, permit
from app.errors import InvalidInput

REPORT_DEPLOYMENT = query("delivery/report_deployment")
OPEN_AT = query("delivery/open_at")
ENDS = (DeploymentStatus.FAILED, DeploymentStatus.STOPPED)
REPORTED = (DeploymentStatus.ROLLING_OUT, DeploymentStatus.ACTIVE, *ENDS)


class ReportDeployment(Command):
    """Report what runs at an endpoint. What is reported as before leaves no event, and moves the time of the last
    report alone. With neither version nor digest, nothing runs."""

    action = "deployment.report"
    needs = over("endpoint")

    endpoint: EndpointRef = Field(description="The endpoint.")
    role: TrafficRole = Field(default=TrafficRole.PRIMARY, description="The part that it plays there.")
    version: ModelVersionRef | None = optional("The version that runs.")
    digest: ContentDigest | None = optional("Digest of what runs, instead of its version.")
    is_healthy: bool | None = optional("Whether it is well.")
    status: DeploymentStatus | None = optional(
        "How far the deployment has come, if that is known: ACTIVE activates one that rolls out, FAILED and STOPPED "
        "end it, and take the permission for that; ROLLING_OUT changes nothing."
    )
    url: WebAddress | None = optional("Where to look at it.")
    last_used_at: PastInstant | None = optional("When it was used last: of a batch job.")
    reason: Reason | None = optional("Why it ended.")

    def takes(self) -> tuple[str, ...]:
        moves = {DeploymentStatus.ACTIVE: (ActivateDeployment.action,), **dict.fromkeys(ENDS, (StopDeployment.action,))}
        return (self.action, *(moves.get(self.status, ()) if self.status else ()))


async def report_deployment(writer: Writer, command: ReportDeployment) -> Written:
    """Note what runs. Returns the id of the observation.

    It is of the deployment that is open at the endpoint in that part: the one of the version, if there is one, or else
    the latest. A change of the deployment's life comes first, in a transaction of its own, and is safe to repeat.
    """
    check_command(command)
    place = mention(command.endpoint, "endpoint")
    seen = list(named(command))

    async def attempt(claim: Claim | None) -> Written:
        resolution = await writer.resolve((place, *seen))
        version = resolution.require(seen[0]).id if command.version else known(seen, resolution)
        endpoint = resolution.require(place).id
        need = need_of(command, [place], resolution)
        deployment = matching(await open_at(writer, endpoint), command.role, version)
        if deployment is not None and version in (None, deployment["versionId"]):
            await move(writer, command, deployment, need)
        change = Change(
            query=REPORT_DEPLOYMENT,
            action=command.action,
            parameters={
                "id": new_id(),
                "endpointId": endpoint,
                "deploymentId": None if deployment is None else deployment["id"],
                "seen": observation(command, version),
            },
        )
        row = await commit(writer, replace(change, claim=claim, need=need))
        return Written(row["id"], created=True)

    return await once(writer, command, attempt)


def check_command(command: ReportDeployment) -> None:
    if command.version is not None and command.digest is not None:
        raise InvalidInput("Either version or digest is given.", path=("digest",))
    if command.status is not None and command.status not in REPORTED:
        raise InvalidInput(f"What runs is {', '.join(REPORTED)}.", path=("status",))


def named(command: ReportDeployment) -> Sequence[Mention]:
    """What it says that runs."""
    if command.version is not None:
        return [mention(command.version, "version")]
    if command.digest is not None:
        return [Mention(Key.of("model_versions_by_digest", digest=command.digest), ("ModelVersion",), ("digest",))]
    return []


def known(seen: Sequence[Mention], resolution: Resolution) -> str | None:
    """The version with the digest that was seen, if there is one."""
    found = resolution.find(seen[0]) if seen else None
    return None if found is None else found.id


async def open_at(writer: Writer, endpoint_id: str) -> list[Mapping[str, Any]]:
    """What is open at an endpoint, whatever who asks may see of it."""
    row = await writer.connection.ask(OPEN_AT, given({"endpointId": endpoint_id}))
    return list(row["found"])


def matching(
    present: Sequence[Mapping[str, Any]], role: TrafficRole, version_id: str | None
) -> Mapping[str, Any] | None:
    """The deployment that a report is of."""
    own = [each for each in present if each["role"] == role]
    of_version = (each for each in own if each["versionId"] == version_id)
    settled = (each for each in own if each["status"] == DeploymentStatus.ACTIVE)
    return next(of_version, next(settled, next(iter(own), None)))


async def move(writer: Writer, command: ReportDeployment, deployment: Mapping[str, Any], need: Need) -> None:
    """Bring the deployment as far as it is reported to have come, for who may report it."""
    if len(need.permissions) > 1:
        await permit(writer, command, need)
    wanted = DeploymentRef(id=deployment["id"])
    if command.status is DeploymentStatus.ACTIVE and deployment["status"] == DeploymentStatus.ROLLING_OUT:
        await activate_deployment(writer, ActivateDeployment(deployment=wanted, reason=command.reason))
    elif command.status in ENDS:
        await stop_deployment(writer, StopDeployment(deployment=wanted, status=command.status, reason=command.reason))


def observation(command: ReportDeployment, version_id: str | None) -> dict[str, Any]:
    return {
        "role": command.role.value,
        "versionId": version_id,
        "digest": command.digest if version_id is None else None,
        "isRunning": version_id is not None or command.digest is not None,
        "isHealthy": command.is_healthy,
        "url": command.url,
        "lastUsedAt": command.last_used_at,
    }
