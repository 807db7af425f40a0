"""What is asked about: the variables of each case, the same for everybody who is measured."""

from collections.abc import Sequence
from random import Random
from typing import Any

from bench.graph import data, landmarks
from bench.graph.data import Snapshot
from bench.graph.models import CHAMPION, models
from bench.graph.sizes import Sizes
from bench.graph.training import FRAMEWORKS, TIERS

Variables = dict[str, Any]
SEED = 7
VARIETY = 200  # different sets of variables for a case


def aliases(sizes: Sizes) -> list[Variables]:
    """Champions of all sorts of models."""
    names = [model.name for model in models(sizes)]
    Random(SEED).shuffle(names)
    return [{"model": name, "alias": CHAMPION} for name in names[:VARIETY]]


def long_models(sizes: Sizes) -> list[Variables]:
    """Models with more than a page of fifty versions."""
    names = [model.name for model in models(sizes) if len(model.days) > 50]
    Random(SEED).shuffle(names)
    return [{"model": name} for name in names[:VARIETY]]


def deployed_versions(sizes: Sizes) -> list[Variables]:
    """Versions that were in production and that others were made from."""
    found = [(m.name, number) for m in models(sizes) for number in m.deployed[:-1]]
    Random(SEED).shuffle(found)
    return [{"model": name, "number": number} for name, number in found[:VARIETY]]


def deep(sizes: Sizes) -> list[Variables]:
    return [{"model": landmarks.DEEP, "number": landmarks.deep_last(sizes.deep)}]


def wide(sizes: Sizes) -> list[Variables]:
    dataset, version = landmarks.SOURCE
    return [{"dataset": dataset, "version": version}]


def searches(sizes: Sizes) -> list[Variables]:
    """Every framework with every tier and several bounds."""
    bounds = (0.6, 0.7, 0.8, 0.9)
    return [{"framework": f, "tier": t, "least": least} for f in FRAMEWORKS for t in TIERS for least in bounds]


def registrations(sizes: Sizes) -> list[Variables]:
    """What training jobs of many models report at their end."""
    snapshots = data.names(sizes)
    random = Random(SEED)
    return [{"input": registration(each["model"], random.sample(snapshots, 2))} for each in aliases(sizes)]


def registration(model: str, snapshots: Sequence[Snapshot]) -> Variables:
    """A version with its run, two snapshots, a parent and two figures."""
    return {
        "model": model,
        "artifact": {"uri": f"s3://models/{model}/new"},
        "framework": "xgboost",
        "run": {
            "new": {
                "job": {"namespace": "training", "name": f"train-{model}"},
                "startedAt": "2026-01-01T00:00:00Z",
                "endedAt": "2026-01-01T01:00:00Z",
                "status": "SUCCEEDED",
                "parameters": {"depth": 6, "rate": 0.1},
            }
        },
        "inputs": [
            {"role": role, "dataset": {"existing": {"version": {"dataset": dataset, "version": version}}}}
            for role, (dataset, version) in zip(("train", "validation"), snapshots, strict=True)
        ],
        "parents": [{"kind": "RETRAIN", "source": {"modelVersion": {"number": {"model": model, "number": 1}}}}],
        "evaluations": [{"metrics": [{"name": "auc", "value": 0.91}, {"name": "f1", "value": 0.88}]}],
    }
