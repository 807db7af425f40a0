"""How the lines of the made-up registry are written: an entity, an edge, an instant, an id."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from random import Random
from typing import Any
from uuid import UUID

Line = dict[str, Any]
Lines = Iterator[Line]

BEGINNING = datetime(2024, 1, 1, tzinfo=UTC)
DAYS = 730.0  # that the story takes
TRAINER = "trainer"


def day(number: float) -> datetime:
    """An instant: so many days after the story begins, in whole seconds."""
    return BEGINNING + timedelta(seconds=round(number * 86_400))


def identifier(at: float, *words: object) -> str:
    """A UUIDv7 of that day, always the same for the same words."""
    milliseconds = round(day(at).timestamp() * 1000)
    rest = int.from_bytes(blake2b("/".join(map(str, words)).encode(), digest_size=8).digest())
    return str(UUID(int=milliseconds << 80 | 0x7 << 76 | (rest >> 52) << 64 | 0b10 << 62 | rest & (1 << 62) - 1))


def entity(type: str, at: float, **fields: Any) -> Line:
    """The line of an entity that was made on a day."""
    return {"type": type, "createdAt": day(at), "createdBy": TRAINER, **fields}


def edge(type: str, source: Line, target: Line, **fields: Any) -> Line:
    """The line of an edge: `source` came from `target`. It holds since `source` came into being."""
    return {"type": type, "from": source, "to": target, **fields}


def version_of(model: str, number: int) -> Line:
    return {"model": model, "number": number}


def snapshot_of(dataset: str, version: str) -> Line:
    return {"dataset": dataset, "version": version}


def by_power_law(random: Random, size: int) -> int:
    """A place in a list of this size. The n-th is chosen as often as 1/n (Zipf's law)."""
    return int((size + 1) ** random.random()) - 1
