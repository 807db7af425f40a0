"""What was measured."""

from collections.abc import Iterator
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from app.domain.command import Input, optional
from app.domain.scalars import Count, Figure, Line, PastInstant, Text
from app.domain.vocabulary import EvaluationContext
from app.transfer.lines.entity import Mention, Satellite, UnnamedLine, actor, singly
from app.transfer.references import Ref


class MetricLine(Input):
    """One figure."""

    name: Line = Field(description="auc, f1, latency_p99 ...")
    value: Figure = Field(description="The figure; NaN and infinity are values.")
    low: Figure | None = optional("Lower end of its confidence interval.")
    high: Figure | None = optional("Upper end of its confidence interval.")
    sample_size: Count | None = optional("Number of samples.")
    unit: Line | None = optional("Unit of the value.")


class EvaluationLine(UnnamedLine):
    """One measurement session of a version."""

    label = "Evaluation"

    type: Literal["Evaluation"]
    version: Ref = Field(description="The version that was measured.")
    on: Ref | None = optional("The dataset version it was measured on.")
    slice: Line | None = optional("The part of that data; absent for the whole.")
    context: EvaluationContext | None = optional("Under what circumstances it was measured.")
    deployment: Ref | None = optional("The deployment that was measured.")
    evaluated_at: PastInstant = Field(description="When it was measured.")
    period_from: PastInstant | None = optional("First instant of the traffic that was measured.")
    period_to: PastInstant | None = optional("First instant that it speaks of no longer.")
    retraction_reason: Text | None = optional("Why it was retracted, at `archivedAt`.")
    evaluator: Line | None = optional("Name of who measured.")
    metrics: tuple[MetricLine, ...] = Field(default=(), max_length=10_000, description="The figures.")

    @model_validator(mode="after")
    def _has_a_key(self) -> Self:
        singly("metrics", [each.name for each in self.metrics])
        if self.retraction_reason and self.archived_at is None:
            raise ValueError("what has a retractionReason has an archivedAt")
        return self

    def usual(self) -> dict[str, Any]:
        return {"context": EvaluationContext.OFFLINE.value}

    def mentions(self) -> dict[str, Mention]:
        named = {
            "versionId": Mention(self.version.key, ("ModelVersion",)),
            "onId": Mention(self.on.key, ("DatasetVersion",)) if self.on else None,
            "deploymentId": Mention(self.deployment.key, ("Deployment",)) if self.deployment else None,
            "evaluatorId": actor(self.evaluator) if self.evaluator else None,
        }
        return {**super().mentions(), **{name: value for name, value in named.items() if value}}

    def satellites(self) -> Iterator[Satellite]:
        yield from super().satellites()
        yield from (Satellite("Metric", metric.model_dump(by_alias=True)) for metric in self.metrics)


LINES = (EvaluationLine,)
