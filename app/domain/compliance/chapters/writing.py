"""How chapters write what they have in common: instants, yes and no, and tables that may be empty."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from app.domain.compliance.blocks import Block, Paragraph, Table


def instant(moment: datetime | None) -> str:
    """An instant to the second, in UTC; nothing when there is none."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC") if moment else ""


def yes(said: bool | None) -> str:
    return "" if said is None else "yes" if said else "no"


def listed(texts: Iterable[Any]) -> str:
    return ", ".join(str(text) for text in texts)


def tabled(columns: Sequence[str], rows: Iterable[Sequence[str]], otherwise: str) -> Iterator[Block]:
    """A table, or a sentence when there are no rows."""
    found = list(rows)
    yield Table(columns, found) if found else Paragraph(otherwise)
