"""The lines of a file: entities and edges, each with its number, and what could not be read."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

import orjson

from app.domain.resolution import Key
from app.transfer.lines.edge import EdgeLine
from app.transfer.lines.entity import EntityLine, Mention, Satellite
from app.transfer.lines.parsing import Unreadable, parse
from graph_schema.model import MODEL


@dataclass(frozen=True, order=True)
class Problem:
    """Why a line was not imported."""

    number: int
    reason: str

    def __str__(self) -> str:
        return f"line {self.number}: {self.reason}"


@dataclass(frozen=True)
class EntityEntry:
    """An entity as a line tells of it. Without a number, it was named by other lines only."""

    number: int | None
    line: EntityLine

    @cached_property
    def satellites(self) -> tuple[Satellite, ...]:
        """What describes it."""
        return tuple(self.line.satellites())

    @property
    def mentions(self) -> Iterator[Mention]:
        """Everything that it names."""
        yield from self.line.mentions().values()
        yield from (each for some in self.line.lists().values() for each in some)
        yield from self.line.presupposes()
        for satellite in self.satellites:
            yield from satellite.mentions.values()


@dataclass(frozen=True, slots=True)
class EdgeEntry:
    """An edge as a line tells of it: what it mentions by keys, what it says of itself. Most lines of a file are edges.

    `text` is the same for all ways to write the line down.
    """

    number: int
    type: str
    source: Key
    target: Key
    via: Key | None
    author: Key | None
    is_orphan: bool
    properties: Mapping[str, Any]
    text: bytes

    @property
    def ends(self) -> Iterator[tuple[Key, str | None]]:
        """Its two ends, each with the label that alone may stand there, if there is but one."""
        source, target = sole_labels(self.type)
        yield self.source, source
        yield self.target, target

    @property
    def keys(self) -> Iterator[Key]:
        """Everything that it mentions."""
        yield from (key for key in (self.source, self.target, self.via, self.author) if key is not None)


@cache
def sole_labels(edge: str) -> tuple[str | None, str | None]:
    """The label that alone may stand at the source of edges of a type, and at their target."""
    kinds = [kind for kind in MODEL.relationships if kind.type == edge]
    sources = {label for kind in kinds for label in kind.sources}
    targets = {label for kind in kinds for label in kind.targets}
    return sole(sources), sole(targets)


def sole(labels: set[str]) -> str | None:
    return next(iter(labels)) if len(labels) == 1 else None


@dataclass(frozen=True)
class File:
    """What a file says."""

    entities: list[EntityEntry] = field(default_factory=list)
    edges: list[EdgeEntry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    keys: dict[Key, Key] = field(default_factory=dict)

    def add(self, number: int, text: bytes) -> None:
        """One more line."""
        try:
            line = parse(text)
        except Unreadable as error:
            self.problems.append(Problem(number, str(error)))
            return
        if isinstance(line, EdgeLine):
            self.edges.append(self.edge(number, line))
        else:
            self.entities.append(EntityEntry(number, line))

    def edge(self, number: int, line: EdgeLine) -> EdgeEntry:
        return EdgeEntry(
            number,
            line.type,
            source=self.shared(line.source.key),
            target=self.shared(line.target.key),
            via=self.shared(line.via.key) if line.via else None,
            author=self.shared(line.author) if line.author else None,
            is_orphan="asserted_by" in line.model_fields_set and line.author is None,
            properties=line.properties(),
            text=text_of(line),
        )

    def shared(self, key: Key) -> Key:
        """The key as it was read first: many edges mention the same."""
        return self.keys.setdefault(key, key)


def text_of(line: EdgeLine) -> bytes:
    text = orjson.dumps(line.model_dump(mode="json", exclude_none=True), option=orjson.OPT_SORT_KEYS)
    return bytes(memoryview(text))  # orjson leaves four kilobytes allocated


def read(lines: Iterable[bytes]) -> File:
    """Read all lines. Empty ones say nothing."""
    file = File()
    for number, text in numbered(lines):
        file.add(number, text)
    return file


def numbered(lines: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    for number, line in enumerate(lines, start=1):
        text = line.removeprefix(b"\xef\xbb\xbf").strip() if number == 1 else line.strip()
        if text:
            yield number, text
