"""How one version comes about: a run on some data, the version, what was measured of it, where it runs."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from bench.graph.data import Snapshot, used
from bench.graph.sizes import FIGURES
from bench.graph.words import Line, Lines, day, edge, entity, identifier, snapshot_of, version_of

FRAMEWORKS = ("xgboost", "pytorch", "sklearn", "lightgbm", "transformers")
LICENSES = ("Apache-2.0", "MIT", "proprietary")
TIERS = ("gold", "silver", "bronze")

Parent = tuple[str, str, int]  # kind, model, number


@dataclass(frozen=True)
class Training:
    """One version, and how it was made."""

    model: str
    number: int
    at: float
    data: Sequence[Snapshot] = ()
    parents: Sequence[Parent] = ()
    code: Line | None = None
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def reference(self) -> Line:
        return version_of(self.model, self.number)

    @property
    def run(self) -> str:
        """The id of the run that made it."""
        return identifier(self.at - 0.1, "run", self.model, self.number)

    def lines(self, random: Random) -> Lines:
        """The lines of the version, its run, and their lineage."""
        yield self.run_line()
        yield from used(self.run, self.data)
        if self.code:
            yield edge("USED", {"id": self.run}, self.code, role="code")
        yield self.version_line(random)
        yield edge("GENERATED_BY", self.reference, {"id": self.run})
        for kind, model, number in self.parents:
            share = {"weight": 1 / len(self.parents)} if kind == "MERGE" else {}
            yield edge("DERIVED_FROM", self.reference, version_of(model, number), kind=kind, **share)

    def run_line(self) -> Line:
        return entity(
            "Run",
            self.at - 0.1,
            id=self.run,
            name=f"train {self.model} {self.number}",
            job={"namespace": "training", "name": f"train-{self.model}"},
            status="SUCCEEDED",
            startedAt=day(self.at - 0.1),
            endedAt=day(self.at - 0.01),
        )

    def version_line(self, random: Random) -> Line:
        own = {"tags": {"tier": random.choice(TIERS)}} if random.random() < 0.5 else {}
        return entity(
            "ModelVersion",
            self.at,
            model=self.model,
            number=self.number,
            artifact={"uri": f"s3://models/{self.model}/{self.number}", "sizeBytes": random.randrange(10**9)},
            framework=random.choice(FRAMEWORKS),
            format="safetensors",
            license=random.choice(LICENSES),
            **own,
            **self.more,
        )


def evaluation(training: Training, on: Snapshot, at: float, random: Random, place: int = 0) -> Line:
    """The line of a session that measured a version."""
    return entity(
        "Evaluation",
        at,
        id=identifier(at, "evaluation", training.model, training.number, place),
        version=training.reference,
        on=snapshot_of(*on),
        evaluatedAt=day(at),
        metrics=[{"name": name, "value": round(0.5 + random.random() / 2, 4)} for name in FIGURES],
    )


def deployment(training: Training, environment: str, since: float, until: float | None = None) -> Line:
    """The line of a placement at the model's own endpoint."""
    ended = {} if until is None else {"validTo": day(until), "status": "SUPERSEDED"}
    return entity(
        "Deployment",
        since,
        id=identifier(since, "deployment", training.model, training.number, environment),
        version=training.reference,
        environment=environment,
        endpoint=training.model.replace("/", "-"),
        validFrom=day(since),
        **ended,
    )
