"""A version with an ancestry to speak of, and what the tests of governance do with it."""

from typing import Any

from app.domain.delivery.placement import PlaceDeployment, place_deployment
from app.domain.evaluation import RecordEvaluation, record_evaluation
from app.domain.lineage.datasets import RegisterDatasetVersion, register_dataset_version
from app.domain.registry.aliases import SetModelAlias, set_model_alias
from app.domain.writing import Writer
from tests.fixtures.registration import register

REFERENCE = {"version": {"dataset": "churn-ref", "version": "2026-10"}}
CODE = {"repository": "git@github.com:Org/Churn.git", "sha": "abcdef1"}


def use(dataset: str, version: str = "1", role: str = "train") -> dict[str, Any]:
    return {"role": role, "dataset": {"existing": {"version": {"dataset": dataset, "version": version}}}}


async def data(writer: Writer, dataset: str, version: str = "1", **said: Any) -> str:
    """The id of a snapshot of data under MIT, unless told."""
    record = {"dataset": dataset, "version": version, "revision": "r1", "license": "MIT", **said}
    command = RegisterDatasetVersion.model_validate({"record": record})
    return (await register_dataset_version(writer, command)).id


async def trained(
    writer: Writer,
    model: str = "churn",
    *,
    auc: float | None = 0.93,
    is_clean: bool | None = True,
    inputs: tuple[dict[str, Any], ...] = (),
    **fields: Any,
) -> str:
    """The id of a new version under Apache 2.0, trained on customers and measured on the reference data."""
    clean = {} if is_clean is None else {"isClean": is_clean}
    evaluations = [] if auc is None else [{"on": REFERENCE, "metrics": [{"name": "auc", "value": auc}]}]
    command = {
        "license": "Apache-2.0",
        "run": {"new": {"job": {"name": "train"}, "commit": {**CODE, **clean}}},
        "inputs": [use("customers"), *inputs],
        "evaluations": evaluations,
        **fields,
    }
    return (await register(writer, model, **command)).id


async def measure(writer: Writer, version: str, **said: Any) -> str:
    command = {"version": {"id": version}, "on": REFERENCE, **said}
    return (await record_evaluation(writer, RecordEvaluation.model_validate(command))).id


async def place(writer: Writer, version: str, endpoint: str = "api", environment: str = "production") -> str:
    command = {"version": {"id": version}, "environment": {"name": environment}, "endpoint": endpoint}
    return (await place_deployment(writer, PlaceDeployment.model_validate(command))).id


async def point(writer: Writer, alias: str, version: str) -> None:
    await set_model_alias(writer, SetModelAlias.model_validate({"alias": alias, "version": {"id": version}}))
