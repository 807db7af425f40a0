"""The reads that are measured: one question each, asked over GraphQL, and as one statement written by hand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import workload
from bench.graph.sizes import Sizes
from bench.workload import Variables

QUERIES = Path(__file__).parent / "queries"


@dataclass(frozen=True)
class Case:
    """One question. `slowest` is the most that its p50 may be, in that of the raw statement."""

    name: str
    title: str
    variables: Callable[[Sizes], list[Variables]]
    slowest: float | None = None
    query: str = ""
    faster: float | None = None  # the least throughput, in that of @neo4j/graphql

    def text(self, suffix: str) -> str | None:
        """The question as it is put to somebody, None when it is not."""
        file = QUERIES / f"{self.query or self.name}.{suffix}"
        return file.read_text(encoding="utf-8") if file.exists() else None


CASES = (
    Case("lookup", "look-up by alias", workload.aliases, slowest=2),
    Case("page", "page of 50 versions", workload.long_models, slowest=2, faster=1.5),
    Case("neighborhood", "neighborhood, 4 levels", workload.deployed_versions, slowest=2, faster=4),
    Case("lineage_1k", "lineage of 1k nodes", workload.deep, slowest=3, query="upstream", faster=3),
    Case("lineage_10k", "lineage of 10k nodes", workload.wide, slowest=4, query="downstream"),
    Case("search", "search with three filters", workload.searches),
)


def difference(one: Any, other: Any, path: str = "data") -> str | None:
    """Where two contents differ first, None when they do not."""
    match one, other:
        case Mapping(), Mapping() if one.keys() == other.keys():
            pairs = [(f"{path}.{name}", one[name], other[name]) for name in one]
        case list(), list() if len(one) == len(other):
            pairs = [(f"{path}[{place}]", a, b) for place, (a, b) in enumerate(zip(one, other, strict=True))]
        case _:
            return None if one == other else f"{path}: {one!s:.500} or {other!s:.500}"
    return next((found for place, a, b in pairs if (found := difference(a, b, place))), None)


def content(data: Any) -> Any:
    """What an answer says, whoever gave it and however it is put: comparable."""
    match data:
        case Mapping():
            told = {key: content(value) for key, value in data.items() if value is not None}
            if labels := told.pop("labels", None):
                told["__typename"] = next(label for label in labels if label not in ("Entity", "Actor"))
            if "edges" in told:
                told["edges"] = sorted(told["edges"], key=lambda edge: sorted(edge.items()))
            return told
        case list() | tuple():
            return [content(item) for item in data]
        case str() if len(data) > 19 and data[10] == "T" and data[-1] == "Z":
            return data[:19]  # the made-up registry knows whole seconds only
    return data
