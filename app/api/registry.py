"""Models, their versions, aliases and life."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import strawberry
from strawberry import lazy

from app.api.fields import connection, everybody, node, planned
from app.api.filters import DeploymentFilter, ModelVersionFilter, RegisteredModelFilter
from app.api.nodes import Actor, Entity, Licensed, LineageNode, Node, Owned, Retained
from app.api.orders import DeploymentOrder, ModelOrder, ModelVersionOrder
from app.api.relay import Connection
from app.api.values import FieldSpec, License, Parameter
from app.domain.references import DatasetVersionRef, ModelVersionRef
from app.domain.scalars import JSON, Digest, Long
from app.domain.vocabulary import ModelKind, VersionState, Visibility

if TYPE_CHECKING:
    from app.api.approval.types import ApprovalRequest
    from app.api.data import Commit, DatasetVersion, Run
    from app.api.delivery import Deployment
    from app.api.evaluation import Evaluation, Metric
    from app.api.promotion.types import PromotionDecision

EvaluationLink = Annotated["Evaluation", lazy("app.api.evaluation")]


@node
class ArtifactFile(Node):
    path: str
    digest: Digest
    size_bytes: Long | None
    media_type: str | None
    role: str | None


@strawberry.type(description="What a version consists of.")
class Artifact:
    uri: str | None
    digest: Digest | None
    is_verified: bool | None
    size_bytes: Long | None
    file_count: int | None
    signature_bundle_uri: str | None

    @connection
    def files(self) -> Connection[ArtifactFile] | None:
        """The files of its manifest, by path."""


@strawberry.type(description="What goes into a model and what comes out.")
class ModelSignature:
    inputs: list[FieldSpec] | None = strawberry.field(description="Fields that go in.")
    outputs: list[FieldSpec] | None = strawberry.field(description="Fields that come out.")
    params: list[FieldSpec] | None = strawberry.field(description="Parameters of inference.")
    original: JSON | None
    example: JSON | None


@strawberry.type(description="Facts about the weights of a language model.")
class WeightFacts:
    parameter_count: Long | None
    active_parameter_count: Long | None
    dtype: str | None
    quantization: str | None
    bits_per_weight: float | None
    context_length: int | None
    tokenizer_digest: Digest | None
    chat_template_digest: Digest | None


@node
class Alias(Node):
    name: str
    valid_from: datetime
    valid_to: datetime | None
    recorded_at: datetime

    @planned
    def version(self) -> Annotated["ModelVersion", lazy("app.api.registry")]:
        """The version it stands for."""

    @planned
    def set_by(self) -> Actor | None:
        """Who set it."""


@node
class VersionLifecycle(Node):
    state: VersionState
    reason: str | None
    retire_on: date | None
    valid_from: datetime
    valid_to: datetime | None

    @planned
    def successor(self) -> Annotated["ModelVersion", lazy("app.api.registry")] | None:
        """The version to use instead."""

    @planned
    def set_by(self) -> Actor | None:
        """Who set it."""


@strawberry.type(description="Data that a version learned from, or was chosen with.")
class DataUse:
    role: str = strawberry.field(description="train, validation, test, pretrain, preference ...")
    dataset: Annotated["DatasetVersion", lazy("app.api.data")] = strawberry.field(description="The data.")
    via: Annotated["Run", lazy("app.api.data")] | None = strawberry.field(description="The run that used it.")


@node
class ModelVersion(LineageNode, Licensed, Retained):
    number: int
    display_version: str | None
    description: str | None
    artifact: Artifact | None = strawberry.field(description="What it consists of; absent for a hosted model.")
    framework: str | None
    framework_version: str | None
    flavor: str | None
    format: str | None
    license: License | None = strawberry.field(description="The license of the weights.")
    signature: ModelSignature | None = strawberry.field(description="What goes in and what comes out.")
    weights: WeightFacts | None = strawberry.field(description="Facts about the weights of a language model.")

    @planned
    def model(self) -> Annotated["RegisteredModel", lazy("app.api.registry")]:
        """The model it is a version of."""

    @planned
    def uri(self) -> str:
        """Its address in this registry: models:/churn/7."""

    @planned
    def parameters(self, names: list[str] | None = None) -> list[Parameter] | None:
        """Its parameters and those of the run that made it, by name. What the version says of itself comes first."""

    @planned
    def lifecycle(self, as_of: datetime | None = None) -> VersionLifecycle | None:
        """The state of its life, now or at an instant; null before it came into being, and while it is a stub."""

    @planned
    def aliases(self, as_of: datetime | None = None) -> list[Alias]:
        """The names that point to it, now or at an instant, by name."""

    @planned
    def run(self, as_of: datetime | None = None) -> Annotated["Run", lazy("app.api.data")] | None:
        """The run that made it, as it is known now or was held at an instant."""

    @connection
    def children(
        self, as_of: datetime | None = None
    ) -> Connection[Annotated["ModelVersion", lazy("app.api.registry")]] | None:
        """Versions that were made from it, as it is known now or was held at an instant."""

    @connection
    def where_used(self, as_of: datetime | None = None) -> Connection[Entity] | None:
        """What stands directly on it, now or at an instant: deployments that run it, applications and versions that
        need it, what was made from it, runs that read it, evaluations that it judged. `impact` finds the rest."""

    @planned
    def training_data(self, as_of: datetime | None = None) -> list[DataUse]:
        """The data that the run which made it used, as it is known now or was held at an instant."""

    @planned
    def commits(self, as_of: datetime | None = None) -> list[Annotated["Commit", lazy("app.api.data")]]:
        """The code that the run which made it used, as it is known now or was held at an instant."""

    @connection
    def evaluations(
        self, on: DatasetVersionRef | None = None, slice: str | None = None
    ) -> Connection[EvaluationLink] | None:
        """Its evaluations, the latest first."""

    @planned
    def metric(
        self, name: str, on: DatasetVersionRef | None = None, slice: str | None = None
    ) -> Annotated["Metric", lazy("app.api.evaluation")] | None:
        """One figure, of the latest evaluation that has it: on that data, or on whatever data when `on` is left out; on
        that slice, or on the whole of the data when `slice` is left out."""

    @connection
    def approval_requests(
        self, as_of: datetime | None = None
    ) -> Connection[Annotated["ApprovalRequest", lazy("app.api.approval.types")]] | None:
        """Requests to admit it somewhere, the latest first: all that ever were, or those open at an instant."""

    @connection
    def promotion_decisions(
        self,
    ) -> Connection[Annotated["PromotionDecision", lazy("app.api.promotion.types")]] | None:
        """What was decided when it was to be promoted, the latest first."""

    @connection
    def deployments(
        self,
        where: DeploymentFilter | None = None,
        as_of: datetime | None = None,
        order_by: DeploymentOrder | None = None,
    ) -> Connection[Annotated["Deployment", lazy("app.api.delivery")]] | None:
        """Where it was placed, the latest first: all its history, or what was live at an instant."""

    @planned
    def missing_evidence(self) -> list[str]:
        """What nobody has recorded of it, so that nobody can know: artifact, digest, run, data ..."""


@node
class RegisteredModel(Owned, Retained):
    name: str
    description: str | None
    task: str | None
    kind: ModelKind
    intended_use: str | None
    out_of_scope_use: str | None
    limitations: str | None
    risk_tier: str | None
    next_review_on: date | None
    protected_aliases: list[str] | None

    @planned
    def visibility(self) -> Visibility:
        """Who sees it, and all that belongs to it."""

    @planned
    def former_names(self) -> list[str]:
        """Names it had before and that still find it."""

    @connection
    def versions(
        self, where: ModelVersionFilter | None = None, order_by: ModelVersionOrder | None = None
    ) -> Connection[ModelVersion] | None:
        """Its versions, the first number first unless ordered otherwise."""

    @planned
    def latest_version(self) -> ModelVersion | None:
        """The version with the highest number."""

    @planned
    def version(self, number: int) -> ModelVersion | None:
        """The version with this number."""

    @planned
    def alias(self, name: str, as_of: datetime | None = None) -> Alias | None:
        """The alias of this name, now or at an instant."""

    @planned
    def aliases(self, as_of: datetime | None = None) -> list[Alias]:
        """Its aliases, now or at an instant, by name."""


@strawberry.type
class RegistryQuery:
    @everybody
    @planned
    def registered_model(self, name: str) -> RegisteredModel | None:
        """The model of this name, or that had it before."""

    @everybody
    @connection
    def registered_models(
        self, where: RegisteredModelFilter | None = None, order_by: ModelOrder | None = None
    ) -> Connection[RegisteredModel] | None:
        """All models, by name unless ordered otherwise."""

    @everybody
    @planned
    def model_version(self, by: ModelVersionRef, as_of: datetime | None = None) -> ModelVersion | None:
        """One version: by id, number, alias, digest of its artifact, or its name in another system."""

    @everybody
    @connection
    def model_versions(
        self, where: ModelVersionFilter | None = None, order_by: ModelVersionOrder | None = None
    ) -> Connection[ModelVersion] | None:
        """All versions of all models, the latest first unless ordered otherwise."""
