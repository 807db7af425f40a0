"""Random documents on random graphs: the API and the naive reference give the same answer, whichever way it is made.

Every case is asked with and without the fast path; one document in so many in second gear, too, which Neo4j has to plan
anew for nearly each of them. `make differential` asks three times as many, and all of them in every way. A document is
asked of its own graph and of those after it, which know few of the names and ids in it; now and then by somebody from
whom a part of the graph is hidden: the answer is that of a graph without that part.
"""

import os
import re
from collections import ChainMap, Counter, deque
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any, ClassVar

import orjson
import pytest
from graphql import parse
from neo4j import AsyncDriver

from app.api.context import Context
from app.api.limits import Limits
from app.api.schema import Schema, build
from app.database.connection import Connection, Parameters, Row, note, sent
from app.database.schema import apply
from app.domain.permission.sight import WHOLE, Sight
from app.domain.writing import Writer
from app.planner.binding import Planner
from app.planner.execution import PlannedExecution
from app.planner.gearbox import Gearbox
from app.planner.outlines import Outlines
from app.planner.shaping import stock
from tests.planner.comparison import Pairs, answer, differences, ordered
from tests.planner.coverage import missing
from tests.planner.documents import Document, random_document
from tests.planner.graph import Graph, load
from tests.planner.graphs import random_graph
from tests.planner.reference.execution import Reference
from tests.planner.reference.fields import ANSWERS, exercised

# A reference by a name in another system, in a document or among its variables.
EXTERNAL = re.compile(r"""external'?: \{'?system'?: ["'](\w+)["'], '?externalId'?: (["'])(.*?)\2""")
HALVES = 2  # one for each worker; the last asks on until it has asked for everything
LAST = HALVES - 1
GRAPHS = 10
FURTHER_GRAPHS = 9  # that a document is asked of beside its own, at most
IS_WHOLE = os.environ.get("PEDIGREE_DIFFERENTIAL") == "whole"
DOCUMENTS = 80 if IS_WHOLE else 17  # for each graph; those with cursors are asked twice
CASES = 1_000
FIRST_FURTHER = HALVES * GRAPHS * DOCUMENTS  # seeds from here on are for what was not asked for by then
FURTHER = 5_000  # most are not asked: they say nothing of what is lacking
PARTIAL = 1 if IS_WHOLE else GRAPHS  # one graph in so many
COMPOSED = 1 if IS_WHOLE else 64  # one document in so many


@dataclass(frozen=True)
class Way:
    """One way to make an answer: in which gear, and with the fast path or without."""

    is_composed: bool
    is_shaped: bool

    def take(self, planner: Planner) -> None:
        planner.gearbox = Gearbox(0 if self.is_composed else None)
        planner.outlines = Outlines(planner.kinds, planner.outlines.own, are_shaped=self.is_shaped)


USUAL = (Way(is_composed=False, is_shaped=True), Way(is_composed=False, is_shaped=False))
COMPOSING = (Way(is_composed=True, is_shaped=True), Way(is_composed=True, is_shaped=False))


class CountingExecution(PlannedExecution):
    """Counts the objects that the fast path showed, with all below them, and those that it gave up."""

    shown: ClassVar[Counter[str]] = Counter()

    def complete_object_value(self, return_type: Any, details: Any, info: Any, path: Any, result: Any, at: Any) -> Any:
        is_shaped = getattr(result, "shape", None) not in (None, stock)
        completed = super().complete_object_value(return_type, details, info, path, result, at)
        if is_shaped:
            self.shown["shaped" if result.shape is not None else "given up"] += 1
        return completed


async def nobody(request_id: str) -> Writer:
    raise AssertionError("a query does not write")


@dataclass(frozen=True)
class Remembering(Connection):
    """Asks Neo4j once for what several ways of making an answer read alike."""

    rows: dict[str, Row] = field(default_factory=dict)

    async def read(self, name: str, text: str, parameters: Parameters | None = None) -> Row:
        asked = f"{text}{parameters}"
        if asked not in self.rows:
            self.rows[asked] = await super().read(name, text, parameters)
        else:
            note(name)
        return self.rows[asked]


@dataclass(frozen=True)
class Bench:
    """The API on a database, and the reference beside it."""

    schema: Schema
    planner: Planner
    connection: Remembering
    reference: Reference
    composed: list[str] = field(default_factory=list)
    sight: Sight = WHOLE

    async def ask(self, way: Way, document: Document, variables: Mapping[str, Any]) -> dict[str, Any]:
        """The API's answer, made in one way."""
        way.take(self.planner)
        context = Context(self.connection, self.planner, nobody, "request", sight=self.sight)
        names: list[str] = []
        listening = sent.set(names)
        try:
            result = await self.schema.execute(document.text, variable_values=dict(variables), context_value=context)
        finally:
            sent.reset(listening)
        self.composed.extend(name for name in names if name.endswith("#composed"))
        return answer(result.data, list(result.errors or ()))

    async def compare(
        self, graph: Graph, document: Document, variables: Mapping[str, Any], pairs: Pairs, *others: Way
    ) -> list[str]:
        """Where the answers differ. The reference is given its own cursors for those of the API."""
        self.connection.rows.clear()
        ours = await self.ask(USUAL[0], document, variables)
        told = orjson.dumps(ours)
        for way in (*USUAL[1:], *others):
            if orjson.dumps(await self.ask(way, document, variables)) != told:
                return [f"{way} gives another answer"]
        mapped = {
            name: pairs.theirs.get(value, value) if isinstance(value, str) else value
            for name, value in variables.items()
        }
        theirs = self.reference.answer(graph, document.tree, mapped)
        return list(differences(ours, {**theirs, "errors": ordered(theirs["errors"])}, pairs))

    async def both(self, seed: int, document: Document, graph: Graph) -> tuple[int, list[str]]:
        """How many cases the document of a seed gave, with the lines that reproduce what differed."""
        pairs = Pairs()
        cases = 1
        others = COMPOSING if seed % COMPOSED == 0 else ()
        found = await self.compare(graph, document, document.variables, pairs, *others)
        further = dict(later(seed, document, pairs))
        if further and not found:
            cases += 1
            found = await self.compare(graph, document, {**document.variables, **further}, pairs, *others)
        if not found:
            return cases, []
        told = [f"document {seed}: {document.text}", f"  variables: {dict(document.variables)} {further}"]
        return cases, [*told, *(f"  {line}" for line in found[:5])]


def later(seed: int, document: Document, pairs: Pairs) -> Iterator[tuple[str, str]]:
    """Cursors of the first answer for the document's variables: of the same list, or now and then of another."""
    rng = Random(seed)
    for variable, path in document.cursors.items():
        own = [cursor for place, cursor in pairs.at if place[1 : 1 + len(path)] == path]
        others = [cursor for _, cursor in pairs.at]
        pool = own if own and rng.random() < 0.9 else others
        if pool:
            yield variable, rng.choice(pool)


@pytest.fixture
async def bench(session_driver: AsyncDriver) -> Bench:
    await apply(session_driver)
    schema, planner = build(Limits(aliases=FIRST_FURTHER))
    schema.execution_context_class = CountingExecution
    CountingExecution.shown.clear()
    return Bench(schema, planner, Remembering(session_driver, read_timeout=60), Reference(schema.as_str()))


@pytest.mark.planning
@pytest.mark.parametrize("half", range(HALVES))
async def test_the_api_answers_as_the_reference_does(bench: Bench, half: int) -> None:
    exercised.clear()
    cases, report = 0, list[str]()
    asked, former = set[int](), deque[dict[int, Document]](maxlen=FURTHER_GRAPHS)
    for number, seeds in plan(half):
        graph = random_graph(number)
        await load(bench.connection.driver, graph)
        hidden = random_part(number, graph)
        partial, seen = replace(bench, sight=Sight(tuple(sorted(hidden)))), graph.without(hidden)
        again, own = {} if number in asked else dict(ChainMap(*former)), dict[int, Document]()
        asked.add(number)
        for seed in (*again, *seeds):
            lacking = missing(bench.planner.kinds, exercised) if seed >= FIRST_FURTHER else None
            if lacking == []:
                break
            document = again.get(seed) or random_document(seed, bench.reference.schema, graph, lacking or ())
            if lacking is not None and not is_about(document, lacking):
                continue
            if seed in again and is_ambiguous(document, graph):
                continue
            asker, known = (partial, seen) if seed in again and (number + 1) % PARTIAL == 0 else (bench, graph)
            more, lines = await asker.both(seed, document, known)
            cases += more
            report.extend([f"graph {number}", *lines] if lines else [])
            if seed not in again:
                own[seed] = document
        former.append(own)
    assert not report, "\n".join(report)
    assert cases >= CASES
    assert half < LAST or missing(bench.planner.kinds, exercised) == []
    assert len(bench.composed) >= cases // (2 * COMPOSED)
    shown = CountingExecution.shown
    assert shown["shaped"] >= cases
    assert shown["given up"] < shown["shaped"] / 4  # random graphs lack what must not be null


def random_part(number: int, graph: Graph) -> Set[str]:
    """Some of the models and datasets of a graph, one at least."""
    ids = [node["id"] for label in ("RegisteredModel", "Dataset") for node in graph.of(label)]
    rng = Random(number)
    return frozenset(rng.sample(ids, rng.randint(1, len(ids) // 2)))


def is_ambiguous(document: Document, graph: Graph) -> bool:
    """Whether a document names something by what may stand for something else in another graph, which is refused: by a
    digest that two snapshots have, or by a name in another system that anything has there."""
    digests = Counter(version["digest"] for version in graph.of("DatasetVersion"))
    said = f"{document.text} {document.variables}"
    if any(digest in said for digest, count in digests.items() if digest and count > 1):
        return True
    names = {(name["system"], name["externalId"]) for name in graph.of("ExternalReference")}
    return any((system, name) in names for system, _, name in EXTERNAL.findall(said))


def is_about(document: Document, lacking: Sequence[str]) -> bool:
    """Whether a document may exercise something that is lacking: ModelVersionFilter.digest, or `first after ASC`."""
    said = f"{document.text} {document.variables}"
    return any(word in said for each in lacking for word in re.findall(r"\.(\w+)|^\w+ (\w+)", each)[0] if word)


def plan(half: int) -> Iterator[tuple[int, range]]:
    """The graphs of a half with the seeds of their documents; at the very last, more until everything was asked for."""
    numbers = range(half * GRAPHS, (half + 1) * GRAPHS)
    yield from ((number, range(number * DOCUMENTS, (number + 1) * DOCUMENTS)) for number in numbers)
    if half == LAST:
        yield numbers[-1], range(FIRST_FURTHER, FIRST_FURTHER + FURTHER)


async def test_a_wrong_answer_is_found(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    graph = random_graph(0)
    await load(bench.connection.driver, graph)
    right = ANSWERS["RegisteredModel", "versions"]

    def without_the_last(graph: Graph, source: Any, arguments: Mapping[str, Any]) -> Any:
        page = right(graph, source, arguments)
        return {**page, "nodes": page["nodes"][:-1]}

    monkeypatch.setitem(ANSWERS, ("RegisteredModel", "versions"), without_the_last)
    text = "{ registeredModels { nodes { versions { nodes { id } } } } }"
    document = Document(text, parse(text), {})
    found = await bench.compare(graph, document, {}, Pairs())
    assert found
    assert all(line.startswith("data.registeredModels.nodes.versions.nodes:") for line in found)
