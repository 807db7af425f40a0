"""Where versions run, and what stands on them."""

from typing import Any, Literal, Self

from pydantic import Field, model_validator

from app.domain.command import optional
from app.domain.delivery.environments import named
from app.domain.delivery.placement import usual_share
from app.domain.licenses import license_properties
from app.domain.resolution import Key
from app.domain.scalars import Id, Instant, Line, PastInstant, Percent, Reason, Text, WebAddress
from app.domain.vocabulary import DeploymentKind, DeploymentStatus, TrafficRole
from app.transfer.lines.entity import EntityLine, Mention, UnnamedLine
from app.transfer.lines.interval import Interval
from app.transfer.references import Ref

OPEN = (DeploymentStatus.ROLLING_OUT, DeploymentStatus.ACTIVE)
PLACED = (DeploymentStatus.ACTIVE, DeploymentStatus.SUPERSEDED)  # whoever never was is neither
LOCATION = Field(default="", max_length=250, description="Region or cluster; empty, when there is but one.")


class EnvironmentLine(EntityLine):
    """dev, staging, production ...: ordered."""

    label = "Environment"

    type: Literal["Environment"]
    name: Line = Field(description="Exact and case-sensitive.")
    description: Text | None = optional("What it is for.")
    position: int = Field(description="Its place in the order, smallest first.")
    is_protected: bool | None = optional("Whether only few may change it.")
    locations: tuple[Line, ...] | None = optional("The regions or clusters that it has; any, when none is named.")
    reports_within: int | None = optional("Seconds within which a report of what runs is due.", ge=1)

    @property
    def key(self) -> Key:
        return Key.of("environments_by_name", name=self.name)

    def properties(self) -> dict[str, Any]:
        said = super().properties()
        return {**said, "locations": named(self.locations)} if self.locations else said

    def usual(self) -> dict[str, Any]:
        return {"isProtected": False}


class EndpointLine(EntityLine):
    """The place in an environment and location that serves one answer at a time."""

    label = "Endpoint"

    type: Literal["Endpoint"]
    environment: Line = Field(description="Name of its environment.")
    location: str = LOCATION
    name: Line = Field(description="Name of the endpoint or batch job.")

    @property
    def key(self) -> Key:
        return endpoint_key(self.environment, self.location, self.name)

    def mentions(self) -> dict[str, Mention]:
        return {**super().mentions(), "environmentId": environment(self.environment)}


class DeploymentLine(UnnamedLine, Interval):
    """A version placed at an endpoint, from when to when."""

    label = "Deployment"

    type: Literal["Deployment"]
    version: Ref = Field(description="The version that it serves.")
    environment: Line = Field(description="Name of the environment.")
    location: str = LOCATION
    endpoint: Line = Field(description="Name of the endpoint; it is made when there is none.")
    kind: DeploymentKind | None = optional("How it answers.")
    role: TrafficRole | None = optional("What part it plays at the endpoint.")
    status: DeploymentStatus | None = optional("ACTIVE while it is open; STOPPED afterwards, when nothing is said.")
    active_from: PastInstant | None = optional("When it took its place: when it was placed, if nothing is said.")
    traffic_percent: Percent | None = optional("Its share of the endpoint's traffic.")
    mirror_percent: Percent | None = optional("Share of the traffic that is mirrored to it.")
    reason: Reason | None = optional("Why it was placed.")
    end_reason: Reason | None = optional("Why it ended.")
    replaces_ids: list[Id] | None = optional("While it rolls out: the ids of what it will replace.")
    replaces_all: bool | None = optional("While it rolls out: whether it will replace all that is open.")
    emergency_until: Instant | None = optional("Let in without approvals, which have to be there by then.")
    decision: Ref | None = optional("The decision that let it in; of what was brought back, that of the earlier one.")
    restores: Ref | None = optional("The earlier deployment whose version it has brought back.")
    valid_from: PastInstant = Field(description="When it was placed.")

    @model_validator(mode="after")
    def _is_active_while_it_is_open(self) -> Self:
        if self.status is not None and (self.status in OPEN) != (self.valid_to is None):
            raise ValueError("a deployment is ROLLING_OUT or ACTIVE exactly while it has no validTo")
        if self.active_from is not None and (
            self.status is DeploymentStatus.ROLLING_OUT or self.active_from < self.valid_from
        ):
            raise ValueError("activeFrom is not before validFrom, and absent while a deployment is ROLLING_OUT")
        return self

    def usual(self) -> dict[str, Any]:
        status = DeploymentStatus.ACTIVE if self.valid_to is None else DeploymentStatus.STOPPED
        kind, role = self.kind or DeploymentKind.ONLINE, self.role or TrafficRole.PRIMARY
        return {
            "kind": kind.value,
            "role": role.value,
            "status": status.value,
            "trafficPercent": usual_share(role, kind),
            "mirrorPercent": 0.0,
            **({"activeFrom": self.valid_from} if (self.status or status) in PLACED else {}),
        }

    @property
    def primary_stage(self) -> str | None:
        """How far an open primary has come: no other at its endpoint may be as far."""
        is_open_primary = self.valid_to is None and self.role in (None, TrafficRole.PRIMARY)
        return (self.status or DeploymentStatus.ACTIVE).value if is_open_primary else None

    def mentions(self) -> dict[str, Mention]:
        place = {"environment": self.environment, "location": self.location, "name": self.endpoint}
        endpoint = Mention(endpoint_key(**place), ("Endpoint",), implied={"type": "Endpoint", **place})
        return {
            **super().mentions(),
            "environmentId": environment(self.environment),
            "endpointId": endpoint,
            "versionId": Mention(self.version.key, ("ModelVersion",)),
            **({"decisionId": Mention(self.decision.key, ("PromotionDecision",))} if self.decision else {}),
            **({"restoresId": Mention(self.restores.key, ("Deployment",))} if self.restores else {}),
        }


class ApplicationLine(EntityLine):
    """A product or service that stands on versions."""

    label = "Application"

    type: Literal["Application"]
    name: Line = Field(description="Exact and case-sensitive.")
    description: Text | None = optional("What it is.")
    purpose: Text | None = optional("What it is for.")
    risk_class: Line | None = optional("The organization's or the law's classification.")
    is_user_facing: bool | None = optional("Whether people outside use it.")
    license: Text | None = optional("Its license, in whatever words.")
    license_url: WebAddress | None = optional("Where the text of the license stands.")

    @property
    def key(self) -> Key:
        return Key.of("applications_by_name", name=self.name)

    def properties(self) -> dict[str, Any]:
        said = {**super().properties(), **license_properties(self.license, self.license_url)}
        return {name: value for name, value in said.items() if value is not None}


def endpoint_key(environment: str, location: str, name: str) -> Key:
    return Key.of("endpoints_by_name", environment=environment, location=location, name=name)


def environment(name: str) -> Mention:
    return Mention(Key.of("environments_by_name", name=name), ("Environment",))


LINES = (EnvironmentLine, EndpointLine, DeploymentLine, ApplicationLine)
