"""Second gear: what comes again becomes one statement, in the background, within bounds, and with the same answer."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from neo4j import AsyncDriver

from app.api.context import Context
from app.api.schema import Schema, build
from app.database.connection import Connection, Parameters, Row, sent
from app.domain.principal import Principal
from app.domain.vocabulary import CredentialKind
from app.domain.writing import Writer
from app.errors import TimedOut
from app.planner import gearbox as bounds
from app.planner.binding import Planner
from app.planner.gearbox import Gearbox
from app.planner.recollection import Recollection
from tests.cypher.plans import Statement, explain
from tests.cypher.sample import fill
from tests.fixtures.registration import register
from tests.planner.documents import random_document
from tests.planner.graphs import random_graph
from tests.planner.reference.execution import Reference

DOCUMENT = """
query ($first: Int) {
  modelVersions(first: $first) {
    nodes { number model { name } run { job { name } inputs { role node { id label } } } }
  }
}
"""
SAME = """
query Other($n: Int) {
  all: modelVersions(first: $n) { edges { node { ...Facts } } }
}
fragment Facts on ModelVersion {
  made: run { inputs { node { ... on LineageNode { is: label } } } work: job { id } }
  of: model { owner @include(if: false) { name } name kind }
}
"""
OTHER = "{ modelVersions { nodes { model { name } aliases { name } } } }"
COMPOSED = "registry/Query.modelVersions#composed"
SEEDS = range(24)


@dataclass(frozen=True)
class Bench:
    """The API on a database."""

    schema: Schema
    planner: Planner
    connection: Connection

    async def ask(self, text: str = DOCUMENT, principal: str = "anybody") -> tuple[Any, list[str]]:
        """The answer, and the names of the statements that it took."""
        names: list[str] = []
        token = sent.set(names)
        context = Context(
            self.connection, self.planner, nobody, "request", Principal(principal, principal, CredentialKind.NOBODY)
        )
        result = await self.schema.execute(text, {}, context)
        sent.reset(token)
        assert result.errors is None
        return result.data, names

    async def planned(self) -> None:
        """Return once nothing waits for its plan."""
        if self.planner.gearbox.worker is not None:
            await self.planner.gearbox.worker


@dataclass(frozen=True)
class Failing(Connection):
    """Runs out of time on every composed statement."""

    async def read(self, name: str, text: str, parameters: Parameters | None = None) -> Row:
        if name.endswith("#composed"):
            raise TimedOut
        return await super().read(name, text, parameters)


@dataclass(frozen=True)
class Deaf(Connection):
    """Remembers the composed statements that it was given, and finds nothing."""

    texts: list[str] = field(default_factory=list)

    async def read(self, name: str, text: str, parameters: Parameters | None = None) -> Row:
        if name.endswith("#composed"):
            self.texts.append(text)
        return {"rows": [], "found": []}


async def nobody(request_id: str) -> Writer:
    raise AssertionError("a query does not write")


@pytest.fixture
async def bench(writer: Writer) -> Bench:
    """Two versions, and a planner that composes what it sees a second time."""
    for job in ("train", "tune"):
        inputs = [{"role": "train", "dataset": {"record": {"dataset": "clicks", "version": job}}}]
        await register(writer, run={"new": {"job": {"name": job}}}, inputs=inputs)
    schema, planner = build()
    planner.gearbox = Gearbox(1)
    return Bench(schema, planner, writer.connection)


async def test_what_comes_again_becomes_one_statement_with_the_same_answer(bench: Bench) -> None:
    first, names = await bench.ask()
    assert len(names) == 6
    _, names = await bench.ask()
    assert len(names) == 6
    await bench.planned()
    again, names = await bench.ask()
    assert names == [COMPOSED]
    assert again == first
    assert [len(each["run"]["inputs"]) for each in first["modelVersions"]["nodes"]] == [1, 1]


async def test_documents_that_lead_the_same_way_share_a_statement(bench: Bench) -> None:
    for text in (DOCUMENT, SAME):
        await bench.ask(text)
    await bench.planned()
    assert [(await bench.ask(text))[1] for text in (DOCUMENT, SAME)] == [[COMPOSED], [COMPOSED]]
    assert bench.planner.gearbox.figures == {"known": 1, "waiting": 0, "composed": 1}


async def test_who_set_it_never_composes_in_first_gear_alone(bench: Bench) -> None:
    bench.planner.gearbox = Gearbox(None)
    for _ in range(4):
        _, names = await bench.ask()
        assert len(names) == 6


async def test_what_fails_composed_is_answered_level_by_level_and_given_up_in_the_end(bench: Bench) -> None:
    right, _ = await bench.ask()
    await bench.ask()
    await bench.planned()
    inner = bench.connection
    failing = Bench(bench.schema, bench.planner, Failing(inner.driver, inner.database, 30, 30, inner.bookmarks))
    for _ in range(bounds.FAILURES):
        assert (await failing.ask())[0] == right
    assert bench.planner.gearbox.composed == []
    _, names = await bench.ask()
    assert len(names) == 6


async def test_nobody_has_more_composed_than_their_share(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "COMPOSED_FOR_ONE", 1)
    for text, principal in ((OTHER, "somebody"), (DOCUMENT, "anybody")):
        for _ in range(2):
            await bench.ask(text, principal)
        await bench.planned()
    assert len(bench.planner.gearbox.composed) == 2
    for _ in range(2):
        await bench.ask("{ modelVersions { nodes { lifecycle { state } } } }", "anybody")
    await bench.planned()
    assert len(bench.planner.gearbox.composed) == 2
    assert (await bench.ask(OTHER, "somebody"))[1] == [COMPOSED]
    assert len((await bench.ask(DOCUMENT, "anybody"))[1]) == 6


async def test_only_the_trees_seen_last_are_known(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "KNOWN", 1)
    for text in (DOCUMENT, OTHER, DOCUMENT, OTHER):
        await bench.ask(text)
    assert bench.planner.gearbox.figures == {"known": 1, "waiting": 0, "composed": 0}


async def test_what_was_composed_in_the_last_run_is_composed_from_the_start(bench: Bench, tmp_path: Path) -> None:
    bench.planner.gearbox = Gearbox(1, recollection=Recollection(tmp_path))
    for _ in range(2):
        await bench.ask()
    await bench.planned()
    bench.planner.gearbox = Gearbox(1, recollection=Recollection(tmp_path))
    await bench.planner.gearbox.recall(bench.connection)
    assert (await bench.ask())[1] == [COMPOSED]
    assert len((await bench.ask(OTHER))[1]) == 3


async def test_a_recollection_that_cannot_be_read_is_none(tmp_path: Path) -> None:
    recollection = Recollection(tmp_path / "folder")
    assert recollection.read() == []
    recollection.write(["one", "two"])
    assert recollection.read() == ["two", "one"]
    recollection.file.write_text("not JSON")
    assert recollection.read() == []


async def test_composed_statements_are_found_by_indexes(connection: Connection) -> None:
    await fill(connection.driver)
    statements = await composed(connection.driver)
    assert len(statements) > len(SEEDS) / 2
    plans = await explain(connection.driver, statements)
    assert [problem for plan in plans for problem in plan.problems] == []


async def composed(driver: AsyncDriver) -> list[Statement]:
    """The composed statements of random documents."""
    schema, planner = build()
    planner.gearbox = Gearbox(0)
    deaf, reference = Deaf(driver), Reference(schema.as_str())
    for seed in SEEDS:
        document = random_document(seed, reference.schema, random_graph(0))
        context = Context(deaf, planner, nobody, "request")
        await schema.execute(document.text, dict(document.variables), context)
    return [Statement(f"composed {number}", text, scans_index=True) for number, text in enumerate(deaf.texts)]
