"""What a selection comes to with the values of one request: a tree of steps, each of which fetches one field for all of
its parents."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from functools import cached_property
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
    branches: dict[str, Any] = field(default_factory=dict, compare=False)  # what it is in composed statements, by part

    @cached_property
    def values(self) -> Mapping[str, Any]:
        """The parameters of its part of a statement, as the driver takes them."""
        page = self.page.parameters if self.page else {}
        given = {**self.arguments, **page, "properties": self.outline.properties, "parts": self.outline.parts}
        return {name: plain(value) for name, value in given.items()}


def instants(steps: Iterable[Step]) -> Iterator[datetime]:
    """The instants that fields are asked as of."""
    for step in steps:
        as_of = step.arguments.get("asOf")
        if as_of is not None:
            yield as_of
        yield from instants(step.selection)


def plain(value: Any) -> Any:
    """An argument as the driver takes it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {name: plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, str) and type(value) is not str:
        return str(value)
    return value
