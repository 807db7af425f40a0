"""The import of a file: it is read, everything that it names is found, then what is new is written."""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from app.database.connection import Connection
from app.domain.identity import ensure_actor
from app.domain.resolution import Key
from app.domain.writing import Caller, Writer
from app.transfer.batches import settle_scopes, write_edges, write_entities
from app.transfer.coherence import check_coherence
from app.transfer.comparison import compare, make_room
from app.transfer.consequences import plan_edges
from app.transfer.directory import Directory
from app.transfer.edges import Edge, Edges
from app.transfer.entities import Entities, plan_entities
from app.transfer.file import File, Problem, read
from app.transfer.flags import flag
from app.transfer.planned import Planned
from app.transfer.progress import Report, silent
from app.transfer.standing import standing


@dataclass(frozen=True)
class Options:
    """How to import. `actor` is the name of who imports."""

    actor: str
    strict: bool = False
    allow_stubs: bool = False
    report: Report = silent


@dataclass(frozen=True)
class Imported:
    """What an import did."""

    entities: int = 0
    edges: int = 0
    unchanged: int = 0
    stubs: int = 0
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What a file asks for, beside what is there."""

    file: File
    entities: Entities
    edges: Edges
    flagged: list[Edge]

    @property
    def new(self) -> list[Planned]:
        """The entities that have to be written."""
        return [each for each in self.entities.planned.values() if each.is_new]

    def good_edges(self) -> list[Edge]:
        """The new edges, without those of bad lines and those that follow from them."""
        bad = {problem.number for problem in self.file.problems}
        return [edge for edge in self.flagged if not bad.intersection(lines_of(edge))]

    def result(self, *, is_written: bool) -> Imported:
        """What was done of it."""
        bad = {problem.number for problem in self.file.problems}
        good = [each for each in self.entities.planned.values() if each.entry.number not in bad]
        new = [each for each in good if each.is_new] if is_written else []
        return Imported(
            entities=len(new),
            edges=len(self.good_edges()) if is_written else 0,
            unchanged=len([each for each in good if not each.is_new])
            + len([edge for edge in self.edges.known if edge.number not in bad]),
            stubs=len([each for each in new if each.entry.line.is_stub]),
            problems=tuple(sorted(self.file.problems)),
        )


def lines_of(edge: Edge) -> tuple[int | None, ...]:
    """The line that tells of an edge; of one that follows, those that tell of its ends."""
    return (edge.number,) if edge.number is not None else (edge.source.number, edge.target.number)


async def import_lines(connection: Connection, lines: Iterable[bytes], options: Options) -> Imported:
    """Import lines. What is there already stays as it is; with `strict`, one bad line lets nothing be written."""
    with kept():
        options.report("Reading")
        file = read(lines)
        options.report("Comparing with what is there")
        plan = await planned_of(connection, file, options)
    if options.strict and file.problems:
        return plan.result(is_written=False)
    await write(connection, plan, options)
    return plan.result(is_written=True)


@contextmanager
def kept() -> Iterator[None]:
    """What is made here is kept to the end: looking for garbage in it would take as long as reading it."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


async def planned_of(connection: Connection, file: File, options: Options) -> Plan:
    """Find everything that a file names, and see what of it is there."""
    entities = await plan_entities(connection, file, allow_stubs=options.allow_stubs)
    await compare(connection, entities)
    await make_room(connection, entities)
    await check_coherence(connection, entities)
    sources = {entities.directory.find(entry.source) for entry in file.edges}
    known = {subject.id for subject in sources if subject is not None and subject.known is not None}
    stands = {each.id: each.stands for each in entities.planned.values() if each.stands is not None}
    edges = plan_edges(file, entities, {**stands, **await standing(connection, known - stands.keys())})
    return Plan(file, entities, edges, await flag(connection, edges))


async def write(connection: Connection, plan: Plan, options: Options) -> None:
    """Write what is new: first the entities, then the edges between them."""
    planned = plan.new
    if not planned and not plan.flagged:
        return
    writer = Writer(connection, Caller(await importer(connection, plan.entities.directory, options.actor)))
    advance = options.report("Writing", len(planned) + len(plan.flagged))
    plan.file.problems.extend(await write_entities(writer, planned, plan.entities.directory, advance))
    plan.file.problems.extend(await write_edges(writer, plan.good_edges(), advance))
    await settle_scopes(writer, planned)


async def importer(connection: Connection, directory: Directory, name: str) -> str:
    """The id of who imports, who may be among those who are imported."""
    key = Key.of("actors_by_name", name=name)
    await directory.learn(connection, [key])
    subject = directory.find(key)
    return subject.id if subject else await ensure_actor(connection, name)
