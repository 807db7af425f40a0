"""The real graph is imported, and every question about it is answered over HTTP."""

from collections.abc import AsyncIterator
from typing import Any

import httpx2
import orjson
import pytest
from neo4j import AsyncDriver

from app.database.connection import Connection
from app.database.schema import apply
from app.main import create_app
from app.settings import Settings
from app.transfer.exporting import export_lines
from app.transfer.importing import Options, import_lines
from tests.api.conftest import GENEROUS, Client
from tests.ecosystem.answers import Questions
from tests.ecosystem.conversion import Ecosystem, load
from tests.fixtures.emptying import emptied

ASKED = (
    *("upstream_all", "downstream_all", "shortest_path", "common_ancestors", "license_taint", "depth"),
    *("recall_impact", "roots_datasets", "top_transitive", "orphans"),
)


@pytest.fixture(scope="module")
def ecosystem() -> Ecosystem:
    return Ecosystem(load("ecosystem_graph.json"))


@pytest.fixture(scope="module")
def asked() -> dict[str, list[dict[str, Any]]]:
    """The questions by kind."""
    questions = load("lineage_questions.json")
    return {kind: [each for each in questions if each["kind"] == kind] for kind in ASKED}


@pytest.fixture(scope="module")
async def questions(settings: Settings, session_driver: AsyncDriver, ecosystem: Ecosystem) -> AsyncIterator[Questions]:
    """Somebody who asks a server that holds the real graph."""
    await emptied(session_driver)
    await apply(session_driver)
    connection = Connection(session_driver, read_timeout=30, write_timeout=30)
    imported = await import_lines(connection, ecosystem.text(), Options("importer", strict=True))
    assert imported.problems == ()
    lines = [orjson.loads(line) async for page in export_lines(connection) for line in page]
    app = create_app(settings.model_copy(update=GENEROUS))
    transport = httpx2.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=transport, base_url="http://localhost") as http,
    ):
        yield Questions(Client(http), ecosystem, lines)


def test_every_kind_of_question_is_known() -> None:
    assert {each["kind"] for each in load("lineage_questions.json")} == set(ASKED)


def test_every_record_is_there_and_every_edge(questions: Questions, ecosystem: Ecosystem) -> None:
    counts = {type: len([line for line in questions.lines if line["type"] == type]) for type in TYPES}
    assert counts == {
        "RegisteredModel": len(ecosystem.names("model")),
        "ModelVersion": len(ecosystem.names("model")),
        "Dataset": len(ecosystem.names("dataset")),
        "DatasetVersion": len(ecosystem.names("dataset")),
        "Application": len(ecosystem.names("application")),
        "UnknownAsset": len(ecosystem.names("external")),
    }
    edges = [line for line in questions.lines if "from" in line]
    assert len(edges) == sum(len(node["dependencies"]) for node in ecosystem.nodes.values())


TYPES = ("RegisteredModel", "ModelVersion", "Dataset", "DatasetVersion", "Application", "UnknownAsset")


@pytest.mark.parametrize("kind", ["upstream_all", "downstream_all", "common_ancestors"])
async def test_a_walk_names_everything(questions: Questions, asked: dict[str, list[Any]], kind: str) -> None:
    for question in asked[kind]:
        assert await getattr(questions, kind)(**question["params"]) == question["answer"], question["id"]


async def test_the_shortest_path_is_one_of_the_shortest(questions: Questions, asked: dict[str, list[Any]]) -> None:
    for question in asked["shortest_path"]:
        path = await questions.shortest_path(**question["params"])
        assert path in question["all_shortest_paths"], question["id"]
        assert len(path) - 1 == question["answer"], question["id"]


async def test_a_license_taints_what_learned_from_it(questions: Questions, asked: dict[str, list[Any]]) -> None:
    for question in asked["license_taint"]:
        license = question["params"]["license"]
        assert await questions.licensed(license) == question["datasets"], question["id"]
        assert await questions.license_taint(license) == question["answer"], question["id"]
        for name in question["answer"]:
            above = await questions.tainted_ancestors(name, license)
            assert above, question["id"]
            assert set(above) <= set(question["datasets"]), question["id"]


async def test_the_depth_is_the_longest_chain(questions: Questions, asked: dict[str, list[Any]]) -> None:
    for question in asked["depth"]:
        assert await questions.depth(**question["params"]) == question["answer"], question["id"]


async def test_a_recall_reaches_models_and_applications(questions: Questions, asked: dict[str, list[Any]]) -> None:
    for question in asked["recall_impact"]:
        hops = await questions.recall_impact(**question["params"])
        assert hops == question["hops"], question["id"]
        assert sorted(hops) == question["answer"], question["id"]
        assert sorted(name for name, depth in hops.items() if depth == 1) == question["directly"], question["id"]


async def test_the_datasets_with_most_below_them(questions: Questions, asked: dict[str, list[Any]]) -> None:
    for question in asked["top_transitive"]:
        assert await questions.top_transitive(question["count"]) == question["answer"], question["id"]


@pytest.mark.parametrize("kind", ["roots_datasets", "orphans"])
def test_a_figure_about_the_whole_graph(questions: Questions, asked: dict[str, list[Any]], kind: str) -> None:
    for question in asked[kind]:
        assert getattr(questions, kind)() == question["answer"], question["id"]
