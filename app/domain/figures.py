"""Parameters and metrics as the graph keeps them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from math import isnan
from typing import Any, NamedTuple

import orjson
from pydantic import Field

from app.domain.canonical import rfc3339
from app.domain.command import Input, optional
from app.domain.scalars import Count, Figure, Line, PastInstant, Whole
from app.errors import InvalidInput, PathItem

POINT_LIMIT = 1_000
PARAMETER_LIMIT = 2_000
TEXT_LIMIT = 1_000


class MetricValueInput(Input):
    """One figure."""

    name: Line = Field(description="auc, loss, latency_p99 ...")
    value: Figure = Field(description="The figure; NaN and infinity are values.")
    step: Whole | None = optional("Step at which it was measured; 0 when nothing is said.")
    at: PastInstant | None = optional("When it was measured.")
    low: Figure | None = optional("Lower end of its confidence interval.")
    high: Figure | None = optional("Upper end of its confidence interval.")
    sample_size: Count | None = optional("Number of samples.")
    unit: Line | None = optional("Unit of the value.")


class Point(NamedTuple):
    """One point of a series."""

    step: int
    time: str
    value: float


def flattened(parameters: object, *path: PathItem) -> dict[str, Any]:
    """A dictionary of parameters with dots in its names: {"optimizer": {"lr": 0.1}} is optimizer.lr. Lists stay."""
    if parameters is None:
        return {}
    if not isinstance(parameters, Mapping):
        raise InvalidInput("Parameters are an object of names and values.", path=path)
    flat: dict[str, Any] = {}
    for name, value in leaves(parameters, ""):
        if name in flat:
            raise InvalidInput(f"The parameter {name} is given twice.", path=path)
        flat[name] = value
    if len(flat) > PARAMETER_LIMIT:
        raise InvalidInput(f"There may be {PARAMETER_LIMIT} parameters at most.", path=path)
    return flat


def leaves(parameters: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, Any]]:
    for name, value in parameters.items():
        if isinstance(value, Mapping) and value:
            yield from leaves(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def parameter_properties(name: str, value: Any) -> dict[str, Any]:
    """A parameter as the properties of its node: its value with its type, and what an index can find it by."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return {
        "name": name,
        "value": orjson.loads(sorted_text(value)),
        "text": value[:TEXT_LIMIT] if isinstance(value, str) else None,
        "number": float(value) if is_number else None,
    }


def sorted_text(value: Any) -> str:
    """The JSON text of a value, the same for all orders of the names in it."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def points_by_name(metrics: Iterable[MetricValueInput]) -> dict[str, list[Point]]:
    """The points of each series, by step; of two for one step and time the later one counts."""
    series: dict[str, dict[tuple[int, str], Point]] = {}
    for metric in metrics:
        point = Point(metric.step or 0, moment(metric.at), metric.value)
        series.setdefault(metric.name, {})[point.step, point.time] = point
    return {name: sorted(points.values(), key=lambda p: p[:2]) for name, points in series.items()}


def moment(at: datetime | None) -> str:
    return rfc3339(at) if at else ""


def series_properties(name: str, points: list[Point], earlier: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """A series as the properties of its node, with what was logged of it earlier."""
    old = stored_points(earlier) if earlier else []
    merged = {(p.step, p.time): p for p in (*old, *points)}
    ordered = sorted(merged.values(), key=lambda p: p[:2])
    kept = thinned(ordered)
    bounds = [p.value for p in points if not isnan(p.value)]
    bounds += [earlier[end] for end in ("min", "max") if earlier and earlier.get(end) is not None]
    repeated = len(old) + len(points) - len(ordered)
    return {
        "name": name,
        "last": ordered[-1].value,
        "min": min(bounds, default=None),
        "max": max(bounds, default=None),
        "steps": [p.step for p in kept],
        "times": [p.time for p in kept],
        "values": [p.value for p in kept],
        "loggedPoints": (earlier["loggedPoints"] if earlier else 0) + len(points) - repeated,
    }


def stored_points(series: Mapping[str, Any]) -> list[Point]:
    return [Point(*each) for each in zip(series["steps"], series["times"], series["values"], strict=True)]


def thinned(points: list[Point]) -> list[Point]:
    """At most POINT_LIMIT of the points: the first, the last, and evenly spaced ones between. Always the same ones."""
    surplus = len(points) - POINT_LIMIT
    if surplus <= 0:
        return points
    last = len(points) - 1
    return [points[round(i * last / (POINT_LIMIT - 1))] for i in range(POINT_LIMIT)]
