"""The questions that are measured: each is asked over GraphQL, and as one statement written by hand."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import orjson

from bench import workload
from bench.graph.sizes import Sizes
from bench.workload import Variables

QUERIES = Path(__file__).parent / "queries"


@dataclass(frozen=True)
class Case:
    """One question. `slowest` is the most that our p50 may be, in that of the raw statement; `faster` the least that
    our throughput may be, in that of @neo4j/graphql. `fresh` are parameters of the statement that get new ids."""

    name: str
    title: str
    variables: Callable[[Sizes], list[Variables]]
    query: str = ""
    slowest: float | None = None
    faster: float | None = None
    fresh: tuple[str, ...] = ()

    def document(self, suffix: str) -> str:
        """The question as it is put to somebody: the file with this suffix."""
        return (QUERIES / f"{self.query or self.name}.{suffix}").read_text(encoding="utf-8")

    @cached_property
    def statement(self) -> str:
        """The statement written by hand."""
        return f"CYPHER 5\n{self.document('cypher')}"


LOOKUP = Case("lookup", "look-up by alias", workload.aliases, slowest=2)
LINEAGE_1K = Case("lineage_1k", "lineage of 1k nodes", workload.deep, "upstream", slowest=3, faster=3)
READS = (
    LOOKUP,
    Case("page", "page of 50 versions", workload.long_models, slowest=2, faster=1.5),
    Case("neighborhood", "neighborhood of 4 levels", workload.deployed_versions, slowest=2, faster=4),
    LINEAGE_1K,
    Case("lineage_10k", "lineage of 10k nodes", workload.wide, "downstream", slowest=4),
    Case("search", "search with 3 filters", workload.searches),
)
REGISTER = Case(
    "register",
    "register a version with its lineage",
    workload.registrations,
    fresh=("versionId", "runId", "lifeId", "evaluationId", "edgeId", "eventId"),
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


def content(data: Any, without: Collection[str] = ()) -> Any:
    """What an answer says, whoever gave it and however it is put, but for some names: comparable."""
    match data:
        case Mapping():
            said = sorted(name for name, value in data.items() if value is not None and name not in without)
            told = {name: content(data[name], without) for name in said}
            if labels := told.pop("labels", None):
                told["__typename"] = next(label for label in labels if label not in ("Entity", "Actor"))
            if "edges" in told:  # a walk, which is a set: its order is that of ids
                told |= {name: sorted(told[name], key=text) for name in ("nodes", "edges")}
            return told
        case list() | tuple():
            return [content(item, without) for item in data]
        case str() if len(data) > 19 and data[10] == "T" and data[-1] == "Z":
            return data[:19]  # the made-up registry knows whole seconds only
    return data


def text(content: Any) -> bytes:
    return orjson.dumps(content, option=orjson.OPT_SORT_KEYS)
