from collections.abc import Iterator

import pytest
from neo4j import Driver, GraphDatabase
from typer.testing import CliRunner

from app.cli import app
from app.database.local import LocalNeo4j
from app.settings import Settings
from graph_schema.definitions import DEFINITIONS
from graph_schema.documentation import page
from graph_schema.migrations import MIGRATIONS
from graph_schema.model import MODEL


@pytest.fixture
def driver(neo4j: LocalNeo4j, monkeypatch: pytest.MonkeyPatch) -> Iterator[Driver]:
    """The database that the command line is set to, without data."""
    monkeypatch.setenv("NEO4J_URI", neo4j.uri)
    monkeypatch.setenv("NEO4J_USERNAME", neo4j.username)
    monkeypatch.setenv("NEO4J_PASSWORD", neo4j.password)
    with GraphDatabase.driver(neo4j.uri, auth=(neo4j.username, neo4j.password)) as driver:
        driver.execute_query("MATCH (n) DETACH DELETE n")
        yield driver
        driver.execute_query("MATCH (n) DETACH DELETE n")


def test_apply_tells_what_it_applied(driver: Driver) -> None:
    runs = [CliRunner().invoke(app, ["schema", "apply"]) for _ in range(2)]
    assert [(run.exit_code, run.stdout) for run in runs] == [
        (0, "".join(f"Applied migration {migration}.\n" for migration in MIGRATIONS)),
        (0, "The schema is up to date.\n"),
    ]


def test_check_ends_well_when_all_is_well(driver: Driver) -> None:
    CliRunner().invoke(app, ["schema", "apply"])
    run = CliRunner().invoke(app, ["schema", "check"])
    assert (run.exit_code, run.stdout) == (0, "Everything is as the model says.\n")


def test_check_prints_a_line_for_each_problem_and_exits_with_1(driver: Driver) -> None:
    CliRunner().invoke(app, ["schema", "apply"])
    driver.execute_query("CREATE (:Step {id: 'a'})")
    run = CliRunner().invoke(app, ["schema", "check"])
    assert run.stdout == "Step: no kind of node has exactly these labels, 1 node, for example a\n"
    assert run.stderr == "Reading the whole graph ...\nProblems: 1.\n"
    assert run.exit_code == 1


def test_diff_prints_nothing_when_the_migrations_build_the_model(driver: Driver) -> None:
    CliRunner().invoke(app, ["schema", "apply"])
    run = CliRunner().invoke(app, ["schema", "diff"])
    assert (run.exit_code, run.stdout) == (0, "")


@pytest.mark.parametrize("command", [["schema", "apply"], ["serve", "--port", "0"], ["export"]])
@pytest.mark.parametrize(
    ("uri", "told"),
    [
        ("bolt://127.0.0.1:1", "No Neo4j answers at bolt://127.0.0.1:1: start it, or set NEO4J_URI.\n"),
        ("neo4j://127.0.0.1:1", "No Neo4j answers at neo4j://127.0.0.1:1: start it, or set NEO4J_URI.\n"),
        ("http://127.0.0.1", "The setting NEO4J_URI is wrong: String should match pattern"),
    ],
)
def test_a_database_that_cannot_be_used_is_one_line(
    command: list[str], uri: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEO4J_URI", uri)
    run = CliRunner().invoke(app, command)
    assert run.stderr.startswith(told)
    assert run.stderr.count("\n") == 1
    assert run.exit_code == 1


REFUSED = " refuses the user: set NEO4J_USERNAME and NEO4J_PASSWORD."


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("NEO4J_PASSWORD", "wrong", REFUSED),
        ("NEO4J_PASSWORD", "", REFUSED),
        ("NEO4J_DATABASE", "elsewhere", " cannot be used: "),
    ],
)
def test_a_database_that_lets_nobody_in_is_one_line(
    driver: Driver, neo4j: LocalNeo4j, monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str
) -> None:
    monkeypatch.setenv(name, value)
    run = CliRunner().invoke(app, ["schema", "apply"])
    assert run.stderr.startswith(f"Neo4j at {neo4j.uri}{told}")
    assert run.stderr.count("\n") == 1
    assert run.exit_code == 1


@pytest.mark.parametrize("command", ["apply", "check", "diff"])
def test_the_folder_of_the_data_can_be_chosen(
    own_settings: Settings, neo4j: LocalNeo4j, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("NEO4J_URI", "")
    run = CliRunner().invoke(app, ["schema", command, "--data-dir", str(own_settings.data_dir)])
    assert run.exit_code == 1
    assert run.stderr.splitlines()[-1].startswith(f"The data folder {own_settings.data_dir}")


def test_statements_prints_the_whole_schema() -> None:
    run = CliRunner().invoke(app, ["schema", "statements"])
    assert run.stdout.splitlines()[0].startswith("CREATE CONSTRAINT ")
    assert len(run.stdout.splitlines()) == len(DEFINITIONS)


def test_docs_prints_the_page_of_the_data_model() -> None:
    assert CliRunner().invoke(app, ["schema", "docs"]).stdout == page(MODEL)
