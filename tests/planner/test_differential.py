"""Random documents on random graphs: the API and the naive reference give the same answer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

import pytest
from graphql import parse
from neo4j import AsyncDriver

from app.api.context import Context
from app.api.limits import Limits
from app.api.schema import Schema, build
from app.database.connection import Connection
from app.database.schema import apply
from app.domain.writing import Writer
from app.planner.binding import Planner
from tests.planner.comparison import Pairs, answer, differences, ordered
from tests.planner.coverage import missing
from tests.planner.documents import Document, random_document
from tests.planner.graph import Graph, load
from tests.planner.graphs import random_graph
from tests.planner.reference.execution import Reference
from tests.planner.reference.fields import ANSWERS, exercised

HALVES = 2  # one for each worker
GRAPHS = 5
DOCUMENTS = 170  # for each graph; those with cursors are asked twice
CASES = 1_000
FIRST_FURTHER = HALVES * GRAPHS * DOCUMENTS  # seeds from here on are for what was not asked for by then
FURTHER = 1_000


async def nobody(request_id: str) -> Writer:
    raise AssertionError("a query does not write")


@dataclass(frozen=True)
class Bench:
    """The API on a database, and the reference beside it."""

    schema: Schema
    planner: Planner
    connection: Connection
    reference: Reference

    async def compare(self, graph: Graph, document: Document, variables: Mapping[str, Any], pairs: Pairs) -> list[str]:
        """Where the two answers differ. The reference is given its own cursors for those of the API."""
        context = Context(self.connection, self.planner, nobody, "request")
        result = await self.schema.execute(document.text, variable_values=dict(variables), context_value=context)
        ours = answer(result.data, list(result.errors or ()))
        mapped = {
            name: pairs.theirs.get(value, value) if isinstance(value, str) else value
            for name, value in variables.items()
        }
        theirs = self.reference.answer(graph, document.tree, mapped)
        return list(differences(ours, {**theirs, "errors": ordered(theirs["errors"])}, pairs))

    async def both(self, seed: int, graph: Graph) -> tuple[int, list[str]]:
        """How many cases the document of a seed gave, with the lines that reproduce what differed."""
        document = random_document(seed, self.reference.schema, graph)
        pairs = Pairs()
        cases = 1
        found = await self.compare(graph, document, document.variables, pairs)
        further = dict(later(seed, document, pairs))
        if further and not found:
            cases += 1
            found = await self.compare(graph, document, {**document.variables, **further}, pairs)
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
    return Bench(schema, planner, Connection(session_driver, read_timeout=60), Reference(schema.as_str()))


@pytest.mark.parametrize("half", range(HALVES))
async def test_the_api_answers_as_the_reference_does(bench: Bench, half: int) -> None:
    exercised.clear()
    cases, report = 0, list[str]()
    for number, seeds in plan(half):
        graph = random_graph(number)
        await load(bench.connection.driver, graph)
        for seed in seeds:
            if seed >= FIRST_FURTHER and not missing(bench.planner.kinds, exercised):
                break
            more, lines = await bench.both(seed, graph)
            cases += more
            report.extend([f"graph {number}", *lines] if lines else [])
    assert not report, "\n".join(report)
    assert cases >= CASES
    assert missing(bench.planner.kinds, exercised) == []


def plan(half: int) -> Iterator[tuple[int, range]]:
    """The graphs of a half with the seeds of their documents; on the last, more until everything was asked for."""
    numbers = range(half * GRAPHS, (half + 1) * GRAPHS)
    yield from ((number, range(number * DOCUMENTS, (number + 1) * DOCUMENTS)) for number in numbers)
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
