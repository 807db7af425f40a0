"""A person who starts the demo is signed in by the link that it prints, asks, and signs out. In Chromium."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from neo4j import GraphDatabase
from playwright.sync_api import BrowserType, expect

from app.database.local import LocalNeo4j
from app.settings import Settings
from tests.cli.test_sign_in import LINK
from tests.fixtures.emptying import empty
from tests.fixtures.pedigree_process import PedigreeProcess, served
from tests.web.browser import visit
from tests.web.test_browser import IN_THE_DEMO, answer, counts, wait_for_editors
from tests.web.test_browser import chromium as chromium

pytestmark = pytest.mark.long

TOKEN = r"Authorization: Bearer (pdg_t[0-9A-Za-z]{49})"


@pytest.fixture(scope="module")
def demo(settings: Settings, neo4j: LocalNeo4j) -> Iterator[PedigreeProcess]:
    """`pedigree serve --demo` as it comes, on the worker's Neo4j."""
    with GraphDatabase.driver(neo4j.uri, auth=(neo4j.username, neo4j.password)) as driver:
        empty(driver)
    usual = {"auth": True, "port": 0, "read_timeout": 60.0, "write_timeout": 60.0}
    with served(settings.model_copy(update=usual), "--demo") as server:
        yield server


def test_the_link_of_the_demo_signs_in_and_graphiql_answers(
    chromium: BrowserType, demo: PedigreeProcess, tmp_path: Path
) -> None:
    with visit(chromium, tmp_path) as seen:
        seen.page.goto(demo.heard(LINK))
        assert seen.page.url == f"{demo.url}/"
        expect(seen.page.locator(".who")).to_contain_text("Signed in as admin")
        assert counts(seen.page) == IN_THE_DEMO
        seen.photograph("landing-signed-in")

        seen.page.get_by_role("link", name="GraphiQL").click()
        wait_for_editors(seen.page)
        seen.page.get_by_role("button", name="Execute query").click()
        expect(answer(seen.page)).to_contain_text('"support-chat"')

        seen.page.goto(demo.url)
        seen.page.get_by_role("button", name="Sign out").click()
        expect(seen.page.locator(".notice")).to_have_text("Sign in to see what is here, and to ask.")
        assert seen.page.context.cookies() == []


def test_the_token_of_the_demo_can_be_pasted(chromium: BrowserType, demo: PedigreeProcess, tmp_path: Path) -> None:
    token = demo.heard(TOKEN)
    with visit(chromium, tmp_path) as seen:
        seen.page.goto(demo.url)
        seen.page.get_by_role("link", name="Sign in").click()
        seen.photograph("sign-in")
        seen.page.get_by_label("An API token").fill(token)
        seen.page.get_by_role("button", name="Sign in").click()
        expect(seen.page.locator(".who")).to_contain_text("Signed in as admin")
        (cookie,) = seen.page.context.cookies()
        assert (cookie["httpOnly"], cookie["sameSite"], token in cookie["value"]) == (True, "Lax", False)
