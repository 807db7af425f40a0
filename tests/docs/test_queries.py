"""What the guides show is true: their queries are files, and each of them is asked of the demo's registry."""

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from neo4j import AsyncDriver

from app.api.errors import INTERNAL, INVALID_QUERY
from app.database.connection import Connection
from app.demo.load import load
from app.errors import PedigreeError
from app.main import create_app
from app.settings import Settings
from tests.api.conftest import Client
from tests.fixtures.emptying import renewed

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
PAGES = (README, *sorted((ROOT / "docs").glob("*.md")))
HEADLINE = ROOT / "app/demo/headline.graphql"
QUERIES = (HEADLINE, *sorted((ROOT / "docs/queries").glob("*.graphql")))
PATIENCE = 60.0


@pytest.fixture
async def demo(settings: Settings, session_driver: AsyncDriver) -> AsyncIterator[Client]:
    """A client of a server that holds the demo's registry."""
    await renewed(session_driver)
    await load(Connection(session_driver, read_timeout=PATIENCE, write_timeout=PATIENCE))
    timeouts = ("read_timeout", "write_timeout", "execution_timeout")
    app = create_app(settings.model_copy(update=dict.fromkeys(timeouts, PATIENCE)))
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://localhost", timeout=PATIENCE) as http,
    ):
        yield Client(http)


# One test, so that the demo is loaded once.
async def test_the_demo_answers_every_query_and_the_headline_as_the_readme_shows(demo: Client) -> None:
    answers = {file.name: await demo.send(file.read_text(), **variables(file)) for file in QUERIES}
    assert {name: answer["errors"] for name, answer in answers.items() if "errors" in answer} == {}
    assert {name: found for name, answer in answers.items() if (found := empty_fields(answer["data"]))} == {}
    (shown,) = blocks(README, "json")
    assert unordered(answers[HEADLINE.name]) == unordered(json.loads(shown))


def test_every_query_in_a_guide_is_a_file_as_it_is() -> None:
    asked = {file.read_text() for file in QUERIES}
    strangers = [(page.name, block) for page in PAGES for block in blocks(page, "graphql") if block not in asked]
    assert strangers == []


def test_every_query_is_named_after_its_file() -> None:
    names = {file.stem: re.findall(r"^(?:query|mutation) (\w+)", file.read_text(), re.MULTILINE) for file in QUERIES}
    assert names == {stem: ["".join(word.capitalize() for word in stem.split("-"))] for stem in names}


def test_every_query_says_what_it_teaches_and_is_shown_in_a_guide() -> None:
    shown = {block for page in PAGES for block in blocks(page, "graphql")}
    assert [file.name for file in QUERIES if not file.read_text().startswith("# ")] == []
    assert [file.name for file in QUERIES if file.read_text() not in shown] == []


def test_every_link_between_the_guides_leads_somewhere() -> None:
    links = [(page, link) for page in PAGES for link in re.findall(r"\]\(([^):#]+)(?:#[^)]*)?\)", page.read_text())]
    assert [(page.name, link) for page, link in links if not (page.parent / link).exists()] == []


def test_every_code_of_an_error_is_explained() -> None:
    codes = re.findall(r"^\| `([A-Z_]+)` \|.*\| (?:yes|no) \|$", (ROOT / "docs/graphql.md").read_text(), re.MULTILINE)
    assert sorted(codes) == sorted({INTERNAL, INVALID_QUERY, *(error.code for error in PedigreeError.__subclasses__())})


def variables(file: Path) -> dict[str, Any]:
    """The variables of a query: they stand beside it."""
    beside = file.with_suffix(".json")
    found: dict[str, Any] = json.loads(beside.read_text()) if beside.exists() else {}
    return found


def blocks(page: Path, language: str) -> list[str]:
    """The fenced blocks of a page in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", page.read_text(), re.MULTILINE | re.DOTALL)


def empty_fields(data: dict[str, Any]) -> list[str]:
    """Root fields without any value; `nobody` is asked for to show that null is no error."""
    return [name for name, value in data.items() if name != "nobody" and is_empty(value)]


def is_empty(value: Any) -> bool:
    if isinstance(value, dict):
        return all(is_empty(item) for item in value.values())
    return value is None or value == []


def unordered(value: Any) -> Any:
    """The value with its lists in one order: among equals the ids decide, and each registry has its own."""
    if isinstance(value, dict):
        return {key: unordered(item) for key, item in value.items()}
    if isinstance(value, list):
        return sorted((unordered(item) for item in value), key=json.dumps)
    return value
