"""What was measured."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry
from strawberry import lazy

from app.api.fields import node, planned
from app.api.nodes import Actor, LineageNode
from app.domain.scalars import Double, Long
from app.domain.vocabulary import EvaluationContext

if TYPE_CHECKING:
    from app.api.data import DatasetVersion, Period
    from app.api.delivery import Deployment
    from app.api.registry import ModelVersion


@node
class Metric:
    name: str
    value: Double
    low: Double | None
    high: Double | None
    sample_size: Long | None
    unit: str | None
    evaluated_at: datetime

    @planned
    def evaluation(self) -> Annotated["Evaluation", lazy("app.api.evaluation")]:
        """The evaluation that it is a figure of."""


@node
class Evaluation(LineageNode):
    slice: str | None
    context: EvaluationContext
    evaluated_at: datetime
    period: Annotated["Period", lazy("app.api.data")] | None = strawberry.field(
        description="The time of the traffic that was measured."
    )
    retraction_reason: str | None = strawberry.field(
        description="Why it was retracted, at `archivedAt`: its figures count no longer."
    )

    @planned
    def version(self) -> Annotated["ModelVersion", lazy("app.api.registry")]:
        """The version that was measured."""

    @planned
    def on(self) -> Annotated["DatasetVersion", lazy("app.api.data")] | None:
        """The data it was measured on."""

    @planned
    def deployment(self) -> Annotated["Deployment", lazy("app.api.delivery")] | None:
        """The deployment that was measured."""

    @planned
    def evaluator(self) -> Actor | None:
        """Who measured."""

    @planned
    def judges(self) -> list[Annotated["ModelVersion", lazy("app.api.registry")]]:
        """Models that gave the verdict."""

    @planned
    def metrics(self, names: list[str] | None = None) -> list[Metric] | None:
        """Its figures, by name."""

    @planned
    def is_on_training_data(self) -> bool | None:
        """Whether the data it was measured on is an ancestor of the version; null when there is no such data."""
