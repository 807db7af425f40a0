"""What a selection comes to with the values of one request: a tree of steps, each of which fetches one field for all of
its parents."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.errors import PedigreeError
from app.planner.outline import Outline
from app.planner.pages import Page
from app.planner.relations import Relation


@dataclass(frozen=True)
class Step:
    """One field at one place of the answer with its arguments. What it leads to is asked for in `selection`."""

    outline: Outline
    arguments: Mapping[str, Any]
    selection: tuple["Step", ...]
    error: PedigreeError | None = None
    relation: Relation | None = None
    page: Page | None = None
    where: str = "true"


def instants(steps: Iterable[Step]) -> Iterator[datetime]:
    """The instants that fields are asked as of."""
    for step in steps:
        as_of = step.arguments.get("asOf")
        if as_of is not None:
            yield as_of
        yield from instants(step.selection)
