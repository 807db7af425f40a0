import re
from pathlib import Path
from urllib.parse import urljoin

import httpx2

from app.web import guides
from tests.web.test_pages import HTML, LINK

DOCS = Path(__file__).parents[2] / "docs"
HERE = "http://localhost/"


async def test_every_link_of_every_page_leads_somewhere_and_to_every_guide(http: httpx2.AsyncClient) -> None:
    statuses: dict[str, int] = {}
    waiting = {HERE}
    while waiting:
        address = waiting.pop()
        answer = await http.get(address, headers=HTML)
        statuses[address] = answer.status_code
        if answer.headers["content-type"].startswith("text/html"):
            waiting |= links(address, answer.text) - statuses.keys()

    assert {address: status for address, status in statuses.items() if status != 200} == {}
    written = {f"{HERE}docs/{file.relative_to(DOCS)}" for file in DOCS.rglob("*.md")} - {f"{HERE}docs/README.md"}
    assert written - statuses.keys() == set()


async def test_a_link_into_a_guide_leads_to_its_heading(http: httpx2.AsyncClient) -> None:
    page = await http.get("/docs/graphql.md", headers=HTML)

    assert '<h2 id="as-of-an-instant">As of an instant</h2>' in page.text


def test_what_lies_outside_of_the_guides_is_named_without_a_link() -> None:
    html = guides.markdown().render("[Rules](../CONTRIBUTING.md) and [lineage](lineage.md)")

    assert html == '<p><span>Rules</span> and <a href="lineage.md">lineage</a></p>\n'


async def test_a_folder_shows_its_files_by_their_titles(http: httpx2.AsyncClient) -> None:
    page = await http.get("/docs/decisions/", headers=HTML)

    titles = dict(re.findall(r'<a href="([^"]+\.md)">([^<]+)</a>', page.text))
    assert titles == {file.name: file.read_text().partition("\n")[0][2:] for file in (DOCS / "decisions").iterdir()}


async def test_a_query_is_served_as_it_is(http: httpx2.AsyncClient) -> None:
    answer = await http.get("/docs/queries/paths.graphql", headers=HTML)

    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.text == (DOCS / "queries/paths.graphql").read_text()


def links(address: str, html: str) -> set[str]:
    """Where a page leads on this server, without what stands behind #."""
    found = (urljoin(address, link).partition("#")[0] for link in LINK.findall(html))
    return {link for link in found if link.startswith(HERE)}
