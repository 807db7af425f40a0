"""Who is who: what a key stands for, in the file that is imported and in the graph."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

from app.database.connection import Connection
from app.domain.resolution import Key, Known, resolve
from app.domain.resolution import Mention as Asked

CHUNK = 1_000
# Which field of a key is the name of a model, which it may have borne before.
NAMED = {"models_by_name": "name", "model_versions_by_number": "model"}
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a key stands for. `number` is the line that tells of it, `known` is how the graph knows it."""

    id: str
    label: str
    number: int | None = None
    known: Known | None = None


@dataclass
class Directory:
    """Keys and what they stand for. The file goes before the graph, a name before a former name."""

    graph: dict[Key, Known] = field(default_factory=dict)
    file: dict[Key, Subject] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)

    async def learn(self, connection: Connection, keys: Iterable[Key]) -> None:
        """Look up what the graph knows of these keys."""
        for some in chunks(sorted(set(keys)), CHUNK):
            resolution = await resolve(connection, [Asked(key, ()) for key in some])
            self.graph |= {key: known[0] for key, known in resolution.found.items() if known}

    def find(self, key: Key) -> Subject | None:
        """What the key stands for, None when nobody knows."""
        found = self.file.get(key)
        if found is not None:
            return found
        current = self.current(key)
        found = self.file.get(current)
        if found is not None:
            return found
        known = self.graph.get(key) or self.graph.get(current)
        return Subject(known.id, known.label, known=known) if known else None

    def current(self, key: Key) -> Key:
        """The key with the name that the model has now."""
        column = NAMED.get(key.kind)
        if column is None or not self.renamed:
            return key
        fields = dict(key.fields)
        now = self.renamed.get(str(fields[column]))
        return Key.of(key.kind, **{**fields, column: now}) if now else key


def homes(key: Key) -> Iterator[Key]:
    """What a stub with this key would belong to."""
    fields = dict(key.fields)
    if key.kind == "model_versions_by_number":
        yield Key.of("models_by_name", name=fields["model"])
    if key.kind == "dataset_versions_by_key":
        yield Key.of("datasets_by_name", name=fields["dataset"])


def chunks(items: Iterable[Item], size: int) -> Iterator[Sequence[Item]]:
    """The items, some at a time."""
    left = iter(items)
    while some := list(islice(left, size)):
        yield some
