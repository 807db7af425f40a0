"""Which entities of a file are new, which are there already, and which cannot be imported.

An import adds, and never changes what is there: a line that says something else than the graph is a problem. Only a
stub is completed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from app.database.connection import Connection
from app.domain.identifiers import new_id
from app.domain.resolution import Key, Known
from app.transfer.directory import Directory, Subject, homes
from app.transfer.file import EntityEntry, File, Problem
from app.transfer.lines.entity import EntityLine, Mention
from app.transfer.lines.parsing import implied
from app.transfer.planned import Planned
from app.transfer.stubs import stub_of

BY_ITSELF = frozenset({"ids", "entities_by_external"})


class Refused(Exception):
    """A line that cannot be imported, and why."""


@dataclass
class Entities:
    """The entities of a file on their way into the graph."""

    directory: Directory
    problems: list[Problem]
    allow_stubs: bool = False
    planned: dict[str, Planned] = field(default_factory=dict)
    claimed: dict[tuple[Any, ...], int | None] = field(default_factory=dict)
    hopeless: set[Key] = field(default_factory=set)

    def take(self, entry: EntityEntry) -> None:
        """Find out who an entry speaks of."""
        try:
            self.enter(entry)
        except Refused as refused:
            self.give_up(entry, str(refused))

    def enter(self, entry: EntityEntry) -> None:
        line = entry.line
        for key in line.keys:
            if key in self.directory.file:
                raise Refused(f"line {self.directory.file[key].number} speaks of {key} already")
        known = who(line, self.directory)
        self.claim(entry)
        id = known.id if known else line.id or new_id()
        subject = Subject(id, line.label, entry.number, known)
        self.directory.file |= dict.fromkeys((*line.keys, Key.of("ids", id=id)), subject)
        self.directory.renamed |= {former: str(dict(line.key.fields)["name"]) for former in former_names(line)}
        self.planned[id] = Planned(entry, id, known)

    def claim(self, entry: EntityEntry) -> None:
        """Take what only one line may have."""
        claims = list(claims_of(entry.line))
        taken = next((claim for claim in claims if claim in self.claimed), None)
        if taken is not None:
            raise Refused(f"{' '.join(map(str, taken))} is taken by line {self.claimed[taken]} already")
        self.claimed |= dict.fromkeys(claims, entry.number)

    def give_up(self, entry: EntityEntry, reason: str) -> None:
        """Leave an entry out. Who is named by other lines only has no line to blame: those lines will be."""
        self.hopeless.add(entry.line.key)
        if entry.number is not None:
            self.problems.append(Problem(entry.number, reason))

    def drop(self, planned: Planned, reason: str) -> None:
        """Leave out what had been planned already."""
        del self.planned[planned.id]
        for key in (*planned.entry.line.keys, Key.of("ids", id=planned.id)):
            self.directory.file.pop(key, None)
        self.give_up(planned.entry, reason)

    def settle(self) -> None:
        """Leave out what names something that nobody knows, and then what names that, and so on."""
        while True:
            count = len(self.planned)
            dropped = False
            for planned in list(self.planned.values()):
                missing = next((reason for m in planned.entry.mentions if (reason := self.missing(m))), None)
                if missing is not None:
                    self.drop(planned, missing)
                    dropped = True
            if not dropped and len(self.planned) == count:
                return

    def missing(self, mention: Mention) -> str | None:
        """Why a mention leads nowhere, None when it leads somewhere. What it implies is made."""
        subject = self.find(mention.key, implied(mention.implied) if mention.implied else None)
        if subject is None:
            return f"there is no {' or '.join(mention.labels)} with {mention.key}"
        if subject.label not in mention.labels:
            return f"{mention.key} is a {subject.label}; a {' or '.join(mention.labels)} is expected here"
        return None

    def find(self, key: Key, line: EntityLine | None = None, label: str | None = None) -> Subject | None:
        """What a key stands for; a stub, when nobody knows it and stubs are allowed. `label` is what it has to be."""
        subject = self.directory.find(key)
        if subject is not None or key in self.hopeless:
            return subject
        made = line or (stub_of(key, label) if self.allow_stubs else None)
        if made is None:
            return None
        self.take(EntityEntry(None, made))
        return self.directory.find(key)

    def leave_out(self, reasons: dict[str, str]) -> None:
        """Leave out planned entities, by id, with reasons; then what names them."""
        for id, reason in reasons.items():
            self.drop(self.planned[id], reason)
        if reasons:
            self.settle()


def who(line: EntityLine, directory: Directory) -> Known | None:
    """How the graph knows who a line speaks of, None when it does not. Refuses what belongs to somebody else."""
    known = directory.graph.get(line.key)
    if known is not None and line.key.kind == "models_by_name" and known.name != dict(line.key.fields)["name"]:
        known = None
    for key in line.keys:
        other = directory.graph.get(key)
        if other is None or other == known or (key == line.key and line.key.kind not in BY_ITSELF):
            continue
        if known is not None and key.kind == "ids":
            continue
        if known is not None or not may_be(line, other, key):
            raise Refused(f"{key} is the {other.label} {other.name or other.id} already")
        known = other
    if known is not None and known.label not in (line.label, "UnknownAsset"):
        raise Refused(f"{line.key} is a {known.label} already")
    return known


def may_be(line: EntityLine, known: Known, key: Key) -> bool:
    """Whether a line speaks of what bears its id or one of its references."""
    if known.label == "UnknownAsset" and line.label != "UnknownAsset":
        return True
    return known.label == line.label and key == line.key


def former_names(line: EntityLine) -> tuple[str, ...]:
    names: tuple[str, ...] = getattr(line, "former_names", ())
    return names


def claims_of(line: EntityLine) -> Iterator[tuple[Any, ...]]:
    """What only one line may have beside its keys."""
    yield from (("the former name", name) for name in former_names(line))
    yield from (("the id", each.id) for each in getattr(line, "aliases", ()) if each.id)
    yield from (("the id", each.id) for each in getattr(line, "lifecycle", ()) if each.id)
    artifact = getattr(line, "artifact", None)
    yield from (("the id", file.id) for file in (artifact.files if artifact else ()) if file.id)
    for alias in getattr(line, "aliases", ()):
        if alias.valid_to is None:
            yield ("the alias", alias.name, "of", getattr(line, "model", None))
    stage = getattr(line, "primary_stage", None)
    if stage:
        endpoint = line.mentions()["endpointId"].key
        yield ("the primary that is", stage, "at", str(endpoint))


async def plan_entities(connection: Connection, file: File, *, allow_stubs: bool) -> Entities:
    """The entities of a file, each with its id, and everything that it names found."""
    directory = Directory()
    await directory.learn(connection, keys_of(file))
    entities = Entities(directory, file.problems, allow_stubs)
    for entry in file.entities:
        entities.take(entry)
    for edge in file.edges:
        for key, label in edge.ends:
            entities.find(key, label=label)
        for key in edge.keys:
            entities.find(key)
    entities.settle()
    return entities


def keys_of(file: File) -> Iterator[Key]:
    """Every key that the file mentions."""
    for entry in file.entities:
        yield from entry.line.keys
        for mention in entry.mentions:
            yield mention.key
            yield from homes(mention.key)
    for edge in file.edges:
        for key in edge.keys:
            yield key
            yield from homes(key)
