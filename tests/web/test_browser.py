"""A person opens the demo in Chromium. No request leaves this machine, and the browser complains of nothing."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from neo4j import GraphDatabase
from playwright.sync_api import BrowserType, Locator, Page, expect, sync_playwright

from app.database.local import LocalNeo4j
from app.settings import Settings
from tests.fixtures.emptying import empty
from tests.fixtures.pedigree_process import served
from tests.web.browser import PATIENCE_MS, executable, visit

pytestmark = pytest.mark.long

# Models, versions, datasets, runs, live deployments and applications.
IN_THE_DEMO = ["16", "60", "13", "57", "16", "5"]

TABS = ["Headline", "Paths", "Upstream", "Evidence", "BestVersion", "AsOf"]

Scheme = Literal["light", "dark"]


@pytest.fixture(scope="module")
def chromium() -> Iterator[BrowserType]:
    executable()
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        yield playwright.chromium


@pytest.fixture(scope="module")
def demo(settings: Settings, neo4j: LocalNeo4j) -> Iterator[str]:
    """Where `pedigree serve --demo` answers, on the worker's Neo4j."""
    with GraphDatabase.driver(neo4j.uri, auth=(neo4j.username, neo4j.password)) as driver:
        empty(driver)
    patient = {"port": 0, "read_timeout": 60.0, "write_timeout": 60.0}
    with served(settings.model_copy(update=patient), "--demo") as server:
        yield server.url


@pytest.mark.parametrize(
    ("name", "scheme", "width"),
    [("landing-light", "light", 1280), ("landing-dark", "dark", 1280), ("landing-phone", "light", 390)],
)
def test_the_landing_page_shows_what_is_there(
    chromium: BrowserType, demo: str, tmp_path: Path, name: str, scheme: Scheme, width: int
) -> None:
    with visit(chromium, tmp_path, scheme=scheme, width=width) as seen:
        seen.page.goto(demo)

        expect(seen.page.get_by_role("heading", level=1)).to_contain_text("Which models learned from this data")
        assert counts(seen.page) == IN_THE_DEMO
        assert background(seen.page) == {"light": "rgb(251, 250, 247)", "dark": "rgb(21, 25, 27)"}[scheme]
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
        seen.photograph(name)


def test_a_click_leads_to_graphiql_which_answers_the_headline(chromium: BrowserType, demo: str, tmp_path: Path) -> None:
    with visit(chromium, tmp_path) as seen:
        seen.page.goto(demo)
        seen.page.get_by_role("link", name="GraphiQL").click()

        expect(seen.page.locator(".graphiql-tab-button")).to_have_text(TABS)
        wait_for_editors(seen.page)
        seen.page.get_by_role("button", name="Execute query").click()
        expect(answer(seen.page)).to_contain_text('"support-chat"')
        seen.photograph("graphiql-light")


def test_another_tab_is_asked_by_keyboard_with_its_variables(chromium: BrowserType, demo: str, tmp_path: Path) -> None:
    with visit(chromium, tmp_path, scheme="dark") as seen:
        seen.page.goto(f"{demo}/graphql")
        wait_for_editors(seen.page)
        seen.page.get_by_role("button", name="AsOf").click()
        expect(beside(seen.page)).to_contain_text('"then"')
        operation(seen.page).click()
        seen.page.keyboard.press("Control+Enter")

        expect(answer(seen.page)).to_contain_text('"llm/support-assistant/5"')
        seen.photograph("graphiql-dark")


def test_the_explorer_opens_and_writes_a_field_into_the_query(chromium: BrowserType, demo: str, tmp_path: Path) -> None:
    with visit(chromium, tmp_path) as seen:
        seen.page.goto(f"{demo}/graphql")
        wait_for_editors(seen.page)
        seen.page.get_by_role("button", name="New tab").click()
        seen.page.get_by_role("button", name="Show GraphiQL Explorer").click()
        explorer = seen.page.locator(".graphiql-explorer-root")
        explorer.get_by_text("environments", exact=True).first.click()

        expect(operation(seen.page)).to_contain_text("environments")
        seen.photograph("graphiql-explorer")


def test_a_token_has_its_place_and_is_sent_but_not_kept(chromium: BrowserType, demo: str, tmp_path: Path) -> None:
    with visit(chromium, tmp_path) as seen:
        seen.page.goto(f"{demo}/graphql")
        wait_for_editors(seen.page)
        seen.page.get_by_role("button", name="Headers").click()
        expect(beside(seen.page)).to_contain_text("Bearer <token>")
        beside(seen.page).click()
        seen.page.keyboard.press("Control+A")
        seen.page.keyboard.insert_text('{"Authorization": "Bearer sesame"}')
        seen.page.keyboard.press("Control+Shift+End")  # what the editor closed by itself
        seen.page.keyboard.press("Delete")
        expect(beside(seen.page)).to_have_text('{"Authorization": "Bearer sesame"}')
        with seen.page.expect_request(lambda request: request.headers.get("authorization") == "Bearer sesame"):
            seen.page.get_by_role("button", name="Execute query").click()

        expect(answer(seen.page)).to_contain_text('"support-chat"')
        assert "sesame" not in seen.page.evaluate("JSON.stringify(localStorage)")


def test_a_subscription_opens_a_socket_at_the_same_address(chromium: BrowserType, demo: str, tmp_path: Path) -> None:
    with visit(chromium, tmp_path) as seen:
        seen.page.goto(f"{demo}/graphql")
        wait_for_editors(seen.page)
        operation(seen.page).click()
        seen.page.keyboard.press("Control+A")
        seen.page.keyboard.insert_text("subscription Changes { __typename }")
        expect(seen.page.get_by_role("button", name="Changes")).to_be_visible()
        with seen.page.expect_websocket() as opened:
            seen.page.keyboard.press("Control+Enter")

        seen.complaints.clear()  # there is nothing to subscribe to yet, and the server says so
        assert opened.value.url == f"{demo.replace('http', 'ws')}/graphql"


def counts(page: Page) -> list[str]:
    """The numbers of the landing page, which is shown without them rather than late."""
    numbers = page.locator(".counts dd")
    while not all(each.isdigit() for each in numbers.all_inner_texts()):
        page.reload()
    return numbers.all_inner_texts()


def wait_for_editors(page: Page) -> None:
    """Return once GraphiQL hears what is clicked and typed."""
    expect(operation(page)).to_contain_text("query Headline")
    expect(answer(page)).to_have_attribute("data-mode-id", "json")


def operation(page: Page) -> Locator:
    """The editor of the query."""
    return page.get_by_label("Operation Editor").locator(".view-lines")


def beside(page: Page) -> Locator:
    """The editor below it: of the variables, or of the headers."""
    return page.locator(".graphiql-editor-tool .graphiql-editor:not(.hidden) .view-lines")


def answer(page: Page) -> Locator:
    return page.locator(".result-window")


def background(page: Page) -> str:
    """The color behind everything."""
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))
