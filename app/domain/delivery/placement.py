"""Deployments: a version takes a place at an endpoint, and what it replaces ends at the same instant.

What takes a while is placed as rolling out: until it is activated, what it will replace keeps its place.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import Field

from app.database.connection import Row
from app.database.queries import query
from app.domain.command import Command, optional
from app.domain.governance.clearance import check_nobody_decides, check_not_recalled, epochs
from app.domain.idempotency import Claim
from app.domain.identifiers import new_id
from app.domain.permission.asking import Need, need_of
from app.domain.permission.needs import over
from app.domain.permission.sight import Sight
from app.domain.references import DeploymentRef, EnvironmentRef, ModelVersionRef
from app.domain.resolution import Known, in_use, mention
from app.domain.scalars import Line, Percent, Reason
from app.domain.vocabulary import DeploymentKind, DeploymentStatus, TrafficRole
from app.domain.writing import Change, Writer, Written, commit, forbidden_first, once, refuse
from app.errors import AlreadyExists, InvalidInput, PathItem

PLACE_DEPLOYMENT = query("delivery/place_deployment")
WHOLE = 100.0
SHARE = ("trafficPercent",)
UNSEEN = "Something that you may not see"


class PlaceDeployment(Command):
    """Place a version at an endpoint. What it replaces ends at the same instant, in the same transaction; or when it is
    activated, if it is still to roll out."""

    action = "deployment.place"
    needs = over("environment")

    version: ModelVersionRef = Field(description="The version to place.")
    environment: EnvironmentRef = Field(description="Where.")
    endpoint: Line = Field(description="Name of the endpoint or batch job; it is made on its first use.")
    location: Line | None = optional("Region or cluster; nothing, when there is but one.")
    kind: DeploymentKind = Field(default=DeploymentKind.ONLINE, description="How it answers.")
    role: TrafficRole = Field(default=TrafficRole.PRIMARY, description="What part it plays at the endpoint.")
    traffic_percent: Percent | None = optional(
        "Its share of the endpoint's traffic: 100 for a primary and 0 for any other, when nothing is said. "
        "The shares of all that answer online at an endpoint are 100 at most; a shadow answers nobody and has 0, and "
        "so has a batch job."
    )
    mirror_percent: Percent = Field(default=0.0, description="Share of the traffic that is mirrored to it.")
    replaces: tuple[DeploymentRef, ...] | None = optional(
        "The deployments at the endpoint that it replaces: those of the same role, when nothing is said; none of "
        "them, with an empty list.",
        max_length=100,
    )
    replace_all: bool = Field(default=False, description="Whether it replaces all that is open at the endpoint.")
    is_rolling_out: bool = Field(
        default=False,
        description="Whether it is still on its way: it takes its place with activateDeployment, and what it replaces "
        "keeps it until then.",
    )
    reason: Reason | None = optional("Why it is placed.")


@dataclass(frozen=True)
class Placing:
    """What a placement names, looked up, and what it takes."""

    version: Known
    environment: Known
    replaced: list[str]
    need: Need
    path: tuple[PathItem, ...]  # of the version in the input


async def place_deployment(writer: Writer, command: PlaceDeployment) -> Written:
    """Place a version. Returns the id of the deployment.

    The endpoint is the lock: of two placements at one endpoint the later one sees, and ends, the earlier one. Raises
    Blocked for a version that a recall reaches, and where policies decide. When a recall is opened, a policy attached
    or lineage changes meanwhile, it is asked anew.
    """
    check_command(command)

    async def attempt(claim: Claim | None) -> Written:
        placing = await looked_up(writer, command)
        async with forbidden_first(writer, command, placing.need):
            at = await epochs(writer.connection)
            await check_nobody_decides(writer.connection, placing.environment.id, "environment")
            await check_not_recalled(writer.connection, placing.version.id, writer.caller.sight, placing.path)
        change = change_of(writer, command, placing, at)
        row = await commit(writer, replace(change, claim=claim, need=placing.need))
        return Written(row["id"], created=True)

    return await once(writer, command, attempt)


async def looked_up(writer: Writer, command: PlaceDeployment) -> Placing:
    """What a placement names."""
    version, environment = mention(command.version, "version"), mention(command.environment, "environment")
    replaced = [mention(each, "replaces", index) for index, each in enumerate(command.replaces or ())]
    resolution = await writer.resolve((version, environment, *replaced))
    return Placing(
        in_use(resolution, version),
        in_use(resolution, environment),
        sorted({resolution.require(each).id for each in replaced}),
        need_of(command, [environment], resolution),
        version.path,
    )


def check_command(command: PlaceDeployment) -> None:
    if command.replace_all and command.replaces is not None:
        raise InvalidInput("Either replaces or replaceAll is given.", path=("replaceAll",))
    if command.role is TrafficRole.SHADOW and command.traffic_percent:
        raise InvalidInput("A shadow answers nobody: mirror traffic to it.", path=SHARE)
    if command.kind is DeploymentKind.BATCH and command.traffic_percent:
        raise InvalidInput("A batch job has no share of the traffic.", path=SHARE)


def lead(writer: Writer) -> int:
    """How long after it was written a deployment takes over from another, in milliseconds."""
    return round(writer.connection.takeover_lead * 1000)


def change_of(
    writer: Writer,
    command: PlaceDeployment,
    placing: Placing,
    at: Mapping[str, int],
    decision: Mapping[str, Any] | None = None,
) -> Change:
    """The placement, which holds as long as the epochs do. `decision` is what let the version in, if anything had to:
    it is kept with it."""
    sight = writer.caller.sight
    return Change(
        query=PLACE_DEPLOYMENT,
        action=command.action,
        parameters={
            "versionId": placing.version.id,
            "environmentId": placing.environment.id,
            "location": command.location or "",
            "name": command.endpoint,
            "endpointId": new_id(),
            "edgeId": new_id(),
            "deployment": deployment_properties(command, placing.replaced),
            "replaceAll": command.replace_all,
            "replaces": None if command.replaces is None else placing.replaced,
            "epochs": dict(at),
            "takeoverLead": lead(writer),
            "decision": decision,
        },
        counts={"placed": 1},
        refusals={
            "not open": not_open,
            "taken": lambda row: taken(row, sight),
            "overfull": lambda row: overfull(row, sight),
            "archived": archived,
            "elsewhere": elsewhere,
            "past": refuse(InvalidInput, "This is in the past.", "emergency", "expiresAt"),
        },
        reason=command.reason,
    )


def deployment_properties(command: PlaceDeployment, replaced: list[str]) -> dict[str, object]:
    """What a deployment is born with. One that rolls out remembers what it will replace."""
    status = DeploymentStatus.ROLLING_OUT if command.is_rolling_out else DeploymentStatus.ACTIVE
    usual, share = usual_share(command.role, command.kind), command.traffic_percent
    return {
        "id": new_id(),
        "kind": command.kind.value,
        "role": command.role.value,
        "status": status.value,
        "trafficPercent": usual if share is None else share,
        "mirrorPercent": command.mirror_percent,
        "reason": command.reason,
        "replacesIds": replaced if command.is_rolling_out and command.replaces is not None else None,
        "replacesAll": True if command.is_rolling_out and command.replace_all else None,
    }


def usual_share(role: TrafficRole, kind: DeploymentKind) -> float:
    """The share of the traffic of a deployment of which none is said."""
    return WHOLE if role is TrafficRole.PRIMARY and kind is not DeploymentKind.BATCH else 0.0


def not_open(row: Row) -> Exception:
    ids = ", ".join(row["unknown"])
    return InvalidInput(f"Not open at this endpoint: {ids}.", path=("replaces",), deployments=row["unknown"])


def elsewhere(row: Row) -> Exception:
    known = ", ".join(row["locations"])
    return InvalidInput(f"The environment has no such location: it has {known}.", path=("location",))


def taken(row: Row, sight: Sight, path: Sequence[PathItem] = ("replaces",)) -> Exception:
    primary = row["primaries"][0]
    if sight.hides(primary["scope"]):
        return AlreadyExists(f"{UNSEEN} is the primary of this endpoint.", path=path, andHidden=True)
    message = f"{primary['id']} is the primary of this endpoint: replace it."
    return AlreadyExists(message, path=path, id=primary["id"], andHidden=False)


def overfull(row: Row, sight: Sight, path: Sequence[PathItem] = SHARE) -> Exception:
    """The refusal says what every deployment has, as far as one may see them."""
    asked, seen = row["share"], [each for each in row["shares"] if not sight.hides(each["scope"])]
    shares = [{"id": each["id"], "trafficPercent": each["trafficPercent"]} for each in seen]
    told: dict[str, Any] = {"deployments": shares, "andHidden": len(seen) < len(row["shares"])}
    if told["andHidden"]:
        return InvalidInput(f"{UNSEEN} has a share of this endpoint, too: {asked:g} % is too much.", path=path, **told)
    total = asked + sum(each["trafficPercent"] for each in shares)
    message = f"{asked:g} % on top of the {total - asked:g} % that stay make {total:g} %; {WHOLE:g} % is all there is."
    return InvalidInput(message, path=path, total=total, **told)


archived = refuse(InvalidInput, "The endpoint is archived.", "endpoint")
