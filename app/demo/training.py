"""How a version comes about: a run of a job, on data, with code; a version; an evaluation."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from app.demo.people import actor
from app.demo.words import (
    GITHUB,
    Line,
    Lines,
    day,
    digest,
    edge,
    entity,
    external,
    reference,
    sha,
    snapshot_of,
    version_of,
)

Data = tuple[str, str, str]  # role, dataset, version


@dataclass(frozen=True)
class Model:
    """A model and who answers for it."""

    name: str
    task: str
    owner: str
    author: str
    description: str
    kind: str = "TRAINED"
    framework: str | None = None
    repository: str | None = None
    license: str | None = None
    risk_tier: str | None = None
    intended_use: str | None = None
    limitations: str | None = None

    def lines(self, at: float) -> Lines:
        yield entity(
            "RegisteredModel",
            at,
            self.author,
            name=self.name,
            kind=self.kind,
            task=self.task,
            description=self.description,
            riskTier=self.risk_tier,
            intendedUse=self.intended_use,
            limitations=self.limitations,
        )
        yield edge("OWNS", actor(self.owner), {"model": self.name}, at, None)


@dataclass(frozen=True)
class Training:
    """One version, and how it was made. `parents` are (kind, model, number, weight)."""

    model: Model
    number: int
    at: float
    data: Sequence[Data] = ()
    parents: Sequence[tuple[str, str, int, float | None]] = ()
    parameters: dict[str, Any] = field(default_factory=dict)
    metrics: dict[str, list[float]] = field(default_factory=dict)
    scores: dict[str, float] = field(default_factory=dict)
    judged_on: tuple[str, str] | None = None
    weights: dict[str, Any] | None = None
    format: str | None = None
    base: tuple[str, int] | None = None
    description: str | None = None
    aliases: Sequence[Line] = ()
    lifecycle: Sequence[Line] = ()

    @property
    def version(self) -> Line:
        return version_of(self.model.name, self.number)

    @property
    def run(self) -> Line:
        return external("airflow", self.run_name)

    @property
    def run_name(self) -> str:
        return f"train-{self.model.name.replace('/', '-')}-{self.number}"

    def lines(self) -> Lines:
        yield from self.run_lines()
        yield self.version_line()
        yield edge("GENERATED_BY", self.version, self.run, self.at, "airflow")
        for kind, name, number, weight in self.parents:
            share = {} if weight is None else {"weight": weight}
            source = version_of(name, number)
            yield edge("DERIVED_FROM", self.version, source, self.at, self.model.author, kind=kind, **share)
        if self.base:
            yield edge("DEPENDS_ON", self.version, version_of(*self.base), self.at, self.model.author, kind="base")
        yield from self.evaluation_lines()

    def run_lines(self) -> Lines:
        repository, commit = f"{GITHUB}/{self.model.repository}", sha(self.model.name, self.number)
        yield entity(
            "Run",
            self.at - 0.2,
            "airflow",
            references=reference("airflow", self.run_name),
            name=self.run_name,
            job={"namespace": "training", "name": f"train-{self.model.name.replace('/', '-')}"},
            status="SUCCEEDED",
            startedAt=day(self.at - 0.2),
            endedAt=day(self.at - 0.01),
            isCommitClean=True,
            parameters=self.parameters,
            metrics=[{"name": name, "values": values} for name, values in self.metrics.items()],
            runtime={"lockDigest": digest("uv.lock", commit), "pythonVersion": "3.12.4", "seed": 17},
        )
        yield entity(
            "Commit", self.at - 0.5, self.model.author, repository=repository, sha=commit, authoredAt=day(self.at - 0.5)
        )
        code = {"repository": repository, "sha": commit}
        yield edge("USED", self.run, code, self.at - 0.2, "airflow", role="code")
        for role, dataset, version in self.data:
            yield edge("USED", self.run, snapshot_of(dataset, version), self.at - 0.2, "airflow", role=role)

    def version_line(self) -> Line:
        name = self.model.name
        files = [("model.bin", "weights"), ("config.json", "config")]
        return entity(
            "ModelVersion",
            self.at,
            self.model.author,
            model=name,
            number=self.number,
            description=self.description,
            framework=self.model.framework,
            format=self.format,
            license=self.model.license,
            artifact={
                "uri": f"s3://harbor-lane-models/{name}/{self.number}",
                "files": [{"path": p, "digest": digest(name, self.number, p), "role": r} for p, r in files],
            },
            weights=self.weights,
            aliases=list(self.aliases) or None,
            lifecycle=list(self.lifecycle) or None,
        )

    def evaluation_lines(self) -> Lines:
        if not self.scores:
            return
        name = f"eval-{self.model.name.replace('/', '-')}-{self.number}"
        yield entity(
            "Evaluation",
            self.at + 0.5,
            "oliver",
            references=reference("evals", name),
            version=self.version,
            on=snapshot_of(*self.judged_on) if self.judged_on else None,
            evaluatedAt=day(self.at + 0.5),
            evaluator="oliver",
            metrics=[{"name": metric, "value": value} for metric, value in self.scores.items()],
        )


def champion(since: float, until: float | None = None, name: str = "champion", by: str = "release-bot") -> Line:
    """An alias that stood for the version from one day to another."""
    return {"name": name, "setBy": by, "validFrom": day(since), **({"validTo": day(until)} if until else {})}


def descending(start: float, end: float, steps: int = 12) -> list[float]:
    """A loss that falls, fast at first."""
    return [round(end + (start - end) * 0.72**step, 4) for step in range(steps)]
