"""How far an import or an export has come, for whoever wants to be told."""

from collections.abc import Callable
from typing import Protocol

Advance = Callable[[int], None]


class Report(Protocol):
    """Is told what is being done, and how much of it there is; gives back what counts it."""

    def __call__(self, doing: str, total: int | None = None) -> Advance: ...


def silent(doing: str, total: int | None = None) -> Advance:
    """The report to nobody."""
    return lambda amount: None
