"""What lists can be filtered by. How a filter is answered stands in `app/planner/filters.py`."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any

import strawberry
from strawberry import lazy

from app.domain.references import ActorRef, DatasetVersionRef, EntityRef, LineageRef
from app.domain.scalars import JSON, Digest, Double, Long
from app.domain.vocabulary import (
    AuditOutcome,
    DeploymentKind,
    DeploymentStatus,
    DerivationKind,
    EvaluationContext,
    FindingKind,
    ModelKind,
    RunStatus,
    Severity,
    TrafficRole,
    VersionState,
)


def given(description: str) -> Any:
    return strawberry.field(default=None, description=description)


@strawberry.input(
    description="Compares a text: all operators given must hold. A missing text matches only `ne` and `isNull`."
)
class StringFilter:
    eq: str | None = given("Equal, to the letter.")
    ne: str | None = given("Not equal, or missing.")
    in_: list[str] | None = strawberry.field(name="in", default=None, description="One of these.")
    contains: str | None = given("Has this in it, to the letter.")
    starts_with: str | None = given("Begins with this, to the letter.")
    is_null: bool | None = given("Whether it is missing.")


@strawberry.input(description="Compares an instant. Bounds are half-open, so that intervals meet without overlap.")
class DateTimeFilter:
    gte: datetime | None = given("At this instant or later.")
    lt: datetime | None = given("Before this instant.")


@strawberry.input(description="Compares a whole number: all operators given must hold.")
class LongFilter:
    eq: Long | None = given("Equal.")
    gt: Long | None = given("Greater.")
    gte: Long | None = given("Greater or equal.")
    lt: Long | None = given("Less.")
    lte: Long | None = given("Less or equal.")
    is_null: bool | None = given("Whether it is missing.")


@strawberry.input(description="Matches what has a tag.")
class TagFilter:
    key: str = strawberry.field(description="Key of the tag.")
    value: StringFilter | None = given("What its value must be; any value when left out.")


@strawberry.input(description="Matches versions by the figure of their latest evaluation that has it.")
class MetricFilter:
    name: str = strawberry.field(description="Name of the metric.")
    on: DatasetVersionRef | None = given("Only evaluations on this data.")
    slice: str | None = given("Only evaluations on this slice; without it, only those on the whole.")
    context: EvaluationContext | None = given("Only evaluations under these circumstances.")
    gte: Double | None = given("At least.")
    gt: Double | None = given("More than.")
    lte: Double | None = given("At most.")
    lt: Double | None = given("Less than.")


@strawberry.input(description="Matches by a parameter of the version or of the run that made it.")
class ParameterFilter:
    name: str = strawberry.field(description="Name of the parameter: optimizer.lr.")
    eq: JSON | None = strawberry.field(
        default=strawberry.UNSET,
        description='Equal, with its type: 0.1 is not "0.1". It may be a list, or null: that is a value like others.',
    )
    in_: list[JSON | None] | None = strawberry.field(
        name="in", default=None, description="One of these, compared likewise."
    )
    gte: float | None = given("A number, at least.")
    lte: float | None = given("A number, at most.")


@strawberry.input(description="Which models.")
class RegisteredModelFilter:
    and_: list[Annotated["RegisteredModelFilter", lazy("app.api.filters")]] | None = strawberry.field(
        name="and", default=None, description="All of these."
    )
    or_: list[Annotated["RegisteredModelFilter", lazy("app.api.filters")]] | None = strawberry.field(
        name="or", default=None, description="At least one of these."
    )
    not_: Annotated["RegisteredModelFilter", lazy("app.api.filters")] | None = strawberry.field(
        name="not", default=None, description="What this does not match."
    )
    name: StringFilter | None = given("Its name.")
    task: StringFilter | None = given("What it is for.")
    kind: list[ModelKind] | None = given("One of these kinds.")
    risk_tier: StringFilter | None = given("The organization's classification.")
    owner: StringFilter | None = given("Name of who answers for it now.")
    tag: TagFilter | None = given("A tag of it.")
    created_at: DateTimeFilter | None = given("When it came into being.")
    archived: bool | None = given("Whether it was put away.")


@strawberry.input(description="Which versions.")
class ModelVersionFilter:
    and_: list[Annotated["ModelVersionFilter", lazy("app.api.filters")]] | None = strawberry.field(
        name="and", default=None, description="All of these."
    )
    or_: list[Annotated["ModelVersionFilter", lazy("app.api.filters")]] | None = strawberry.field(
        name="or", default=None, description="At least one of these."
    )
    not_: Annotated["ModelVersionFilter", lazy("app.api.filters")] | None = strawberry.field(
        name="not", default=None, description="What this does not match."
    )
    model: StringFilter | None = given("Name of its model.")
    framework: StringFilter | None = given("Its framework.")
    format: StringFilter | None = given("Format of its weights.")
    license: StringFilter | None = given("Its license as an SPDX expression.")
    tag: TagFilter | None = given("A tag of it.")
    created_at: DateTimeFilter | None = given("When it came into being.")
    digest: Digest | None = given("Digest of its artifact.")
    file_digest: Digest | None = given("Digest of one of its files.")
    state: list[VersionState] | None = given("One of these states of its life, now.")
    alias: StringFilter | None = given("An alias that points to it now.")
    metric: MetricFilter | None = given("A figure of its latest evaluation that has it.")
    parameter: ParameterFilter | None = given("A parameter of it or of the run that made it.")
    deployed_in: str | None = given("Live in the environment of this name.")
    derivation: list[DerivationKind] | None = given("Made from another in one of these ways.")
    recalled: bool | None = given("Whether a recall reaches it now that nothing stops.")


@strawberry.input(description="Which datasets.")
class DatasetFilter:
    and_: list[Annotated["DatasetFilter", lazy("app.api.filters")]] | None = strawberry.field(
        name="and", default=None, description="All of these."
    )
    or_: list[Annotated["DatasetFilter", lazy("app.api.filters")]] | None = strawberry.field(
        name="or", default=None, description="At least one of these."
    )
    not_: Annotated["DatasetFilter", lazy("app.api.filters")] | None = strawberry.field(
        name="not", default=None, description="What this does not match."
    )
    name: StringFilter | None = given("Its name.")
    kind: StringFilter | None = given("Its kind.")
    owner: StringFilter | None = given("Name of who answers for it now.")
    tag: TagFilter | None = given("A tag of it.")
    created_at: DateTimeFilter | None = given("When it came into being.")


@strawberry.input(description="Which snapshots.")
class DatasetVersionFilter:
    and_: list[Annotated["DatasetVersionFilter", lazy("app.api.filters")]] | None = strawberry.field(
        name="and", default=None, description="All of these."
    )
    or_: list[Annotated["DatasetVersionFilter", lazy("app.api.filters")]] | None = strawberry.field(
        name="or", default=None, description="At least one of these."
    )
    not_: Annotated["DatasetVersionFilter", lazy("app.api.filters")] | None = strawberry.field(
        name="not", default=None, description="What this does not match."
    )
    version: StringFilter | None = given("Its name within the dataset.")
    license: StringFilter | None = given("Its license as an SPDX expression.")
    classification: StringFilter | None = given("One of its classifications.")
    pinned: bool | None = given("Whether it is known exactly, by a revision or a digest.")
    recalled: bool | None = given("Whether a recall reaches it now that nothing stops.")
    tag: TagFilter | None = given("A tag of it.")


@strawberry.input(description="Which runs.")
class RunFilter:
    and_: list[Annotated["RunFilter", lazy("app.api.filters")]] | None = strawberry.field(
        name="and", default=None, description="All of these."
    )
    or_: list[Annotated["RunFilter", lazy("app.api.filters")]] | None = strawberry.field(
        name="or", default=None, description="At least one of these."
    )
    not_: Annotated["RunFilter", lazy("app.api.filters")] | None = strawberry.field(
        name="not", default=None, description="What this does not match."
    )
    name: StringFilter | None = given("Its name.")
    status: list[RunStatus] | None = given("How far it has come.")
    job: StringFilter | None = given("Name of its job.")
    tag: TagFilter | None = given("A tag of it.")
    created_at: DateTimeFilter | None = given("When it came into being.")
    started_at: DateTimeFilter | None = given("When it started.")


@strawberry.input(description="Which deployments.")
class DeploymentFilter:
    and_: list[Annotated["DeploymentFilter", lazy("app.api.filters")]] | None = strawberry.field(
        name="and", default=None, description="All of these."
    )
    or_: list[Annotated["DeploymentFilter", lazy("app.api.filters")]] | None = strawberry.field(
        name="or", default=None, description="At least one of these."
    )
    not_: Annotated["DeploymentFilter", lazy("app.api.filters")] | None = strawberry.field(
        name="not", default=None, description="What this does not match."
    )
    live: bool | None = given("Whether it is live now.")
    drifted: bool | None = given("Whether what runs is not what should.")
    recalled: bool | None = given("Whether a recall reaches it now that nothing stops; only of what is live.")
    emergency: bool | None = given("Whether it was let in without approvals.")
    status: list[DeploymentStatus] | None = given("Where it is in its life.")
    kind: list[DeploymentKind] | None = given("How it answers.")
    role: list[TrafficRole] | None = given("What part it plays at its endpoint.")
    location: StringFilter | None = given("Location of its endpoint.")
    endpoint: StringFilter | None = given("Name of its endpoint.")
    environment: StringFilter | None = given("Name of its environment.")


@strawberry.input(description="Which applications.")
class ApplicationFilter:
    and_: list[Annotated["ApplicationFilter", lazy("app.api.filters")]] | None = strawberry.field(
        name="and", default=None, description="All of these."
    )
    or_: list[Annotated["ApplicationFilter", lazy("app.api.filters")]] | None = strawberry.field(
        name="or", default=None, description="At least one of these."
    )
    not_: Annotated["ApplicationFilter", lazy("app.api.filters")] | None = strawberry.field(
        name="not", default=None, description="What this does not match."
    )
    name: StringFilter | None = given("Its name.")
    owner: StringFilter | None = given("Name of who answers for it now.")
    risk_class: StringFilter | None = given("Its classification.")
    is_user_facing: bool | None = given("Whether people outside use it.")
    tag: TagFilter | None = given("A tag of it.")


@strawberry.input(description="Which findings.")
class FindingFilter:
    and_: list[Annotated["FindingFilter", lazy("app.api.filters")]] | None = strawberry.field(
        name="and", default=None, description="All of these."
    )
    or_: list[Annotated["FindingFilter", lazy("app.api.filters")]] | None = strawberry.field(
        name="or", default=None, description="At least one of these."
    )
    not_: Annotated["FindingFilter", lazy("app.api.filters")] | None = strawberry.field(
        name="not", default=None, description="What this does not match."
    )
    open: bool | None = given("Whether it was not closed yet.")
    kind: list[FindingKind] | None = given("One of these kinds.")
    severity: list[Severity] | None = given("One of these.")
    owner: StringFilter | None = given("Name of who sees to it now.")
    due_before: date | None = given("To be closed before this day.")
    tag: TagFilter | None = given("A tag of it.")
    created_at: DateTimeFilter | None = given("When it was recorded.")


@strawberry.input(description="Which recalls.")
class RecallFilter:
    and_: list[Annotated["RecallFilter", lazy("app.api.filters")]] | None = strawberry.field(
        name="and", default=None, description="All of these."
    )
    or_: list[Annotated["RecallFilter", lazy("app.api.filters")]] | None = strawberry.field(
        name="or", default=None, description="At least one of these."
    )
    not_: Annotated["RecallFilter", lazy("app.api.filters")] | None = strawberry.field(
        name="not", default=None, description="What this does not match."
    )
    open: bool | None = given("Whether it was not lifted yet.")
    severity: list[Severity] | None = given("One of these.")
    target: LineageRef | None = given("It recalls this itself.")
    tag: TagFilter | None = given("A tag of it.")
    created_at: DateTimeFilter | None = given("When it was opened.")


@strawberry.input(description="Which requests for approval.")
class ApprovalRequestFilter:
    and_: list[Annotated["ApprovalRequestFilter", lazy("app.api.filters")]] | None = strawberry.field(
        name="and", default=None, description="All of these."
    )
    or_: list[Annotated["ApprovalRequestFilter", lazy("app.api.filters")]] | None = strawberry.field(
        name="or", default=None, description="At least one of these."
    )
    not_: Annotated["ApprovalRequestFilter", lazy("app.api.filters")] | None = strawberry.field(
        name="not", default=None, description="What this does not match."
    )
    open: bool | None = given("Whether it was not withdrawn yet.")
    environment: StringFilter | None = given("Name of the environment.")
    model: StringFilter | None = given("Name of the model of the version.")
    created_at: DateTimeFilter | None = given("When it was made.")


@strawberry.input(description="Which environments.")
class EnvironmentFilter:
    and_: list[Annotated["EnvironmentFilter", lazy("app.api.filters")]] | None = strawberry.field(
        name="and", default=None, description="All of these."
    )
    or_: list[Annotated["EnvironmentFilter", lazy("app.api.filters")]] | None = strawberry.field(
        name="or", default=None, description="At least one of these."
    )
    not_: Annotated["EnvironmentFilter", lazy("app.api.filters")] | None = strawberry.field(
        name="not", default=None, description="What this does not match."
    )
    name: StringFilter | None = given("Its name.")
    is_protected: bool | None = given("Whether only few may change it.")
    tag: TagFilter | None = given("A tag of it.")
    archived: bool | None = given("Whether it was put away.")


@strawberry.enum(description="The kinds of actors, named as their GraphQL types.")
class ActorType(StrEnum):
    User = "User"
    Team = "Team"
    ServiceAccount = "ServiceAccount"


@strawberry.input(description="Which people, teams and programs.")
class ActorFilter:
    and_: list[Annotated["ActorFilter", lazy("app.api.filters")]] | None = strawberry.field(
        name="and", default=None, description="All of these."
    )
    or_: list[Annotated["ActorFilter", lazy("app.api.filters")]] | None = strawberry.field(
        name="or", default=None, description="At least one of these."
    )
    not_: Annotated["ActorFilter", lazy("app.api.filters")] | None = strawberry.field(
        name="not", default=None, description="What this does not match."
    )
    name: StringFilter | None = given("Its name.")
    type: list[ActorType] | None = given("One of these kinds.")
    tag: TagFilter | None = given("A tag of it.")


@strawberry.input(description="Which events.")
class AuditEventFilter:
    and_: list[Annotated["AuditEventFilter", lazy("app.api.filters")]] | None = strawberry.field(
        name="and", default=None, description="All of these."
    )
    or_: list[Annotated["AuditEventFilter", lazy("app.api.filters")]] | None = strawberry.field(
        name="or", default=None, description="At least one of these."
    )
    not_: Annotated["AuditEventFilter", lazy("app.api.filters")] | None = strawberry.field(
        name="not", default=None, description="What this does not match."
    )
    action: StringFilter | None = given("What was done: modelVersion.register ...")
    actor: ActorRef | None = given("Who did it.")
    subject: EntityRef | None = given("What it was done to. By its id, also what was deleted since.")
    at: DateTimeFilter | None = given("When it was done.")
    outcome: list[AuditOutcome] | None = given("Whether it was done, or denied.")
    sequence: LongFilter | None = given("Its place in the sealed log.")
