import re
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware

from app.database.connection import Connection, connect, sent
from app.domain.delivery.environments import CreateEnvironment, create_environment
from app.domain.delivery.placement import PlaceDeployment, place_deployment
from app.domain.visibility import SetVisibility, set_visibility
from app.domain.writing import Writer
from app.main import create_app
from app.settings import Settings
from app.web import pages
from app.web.graphiql import FOR_GOOD
from app.web.headers import GRAPHIQL, STRICT
from app.web.landing import COUNTS, TEXT
from app.web.refusals import HANDLERS
from app.web.request_ids import RequestIds
from tests.cypher.plans import explaining
from tests.fixtures.registration import register
from tests.fixtures.schema import SCHEMA
from tests.web.conftest import visiting

HTML = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
LINK = re.compile(r'(?:href|src)="([^"]+)"')
QUERY = "{ registeredModels { totalCount } }"
SECRET_VERSION = {"number": {"model": "team/secret", "number": 1}}


NOTHING = "There is nothing at this address. GraphQL is at /graphql."


def assert_not_found(answer: httpx2.Response, message: str) -> None:
    assert answer.status_code == 404
    assert answer.json()["errors"][0]["message"] == message
    assert code(answer) == "NOT_FOUND"


async def test_the_landing_page_counts_what_is_there_with_one_statement(
    http: httpx2.AsyncClient, writer: Writer
) -> None:
    await register(writer, "churn", run={"new": {"job": {"name": "train"}}})
    await register(writer, "churn")
    names: list[str] = []
    token = sent.set(names)

    page = await http.get("/", headers=HTML)

    sent.reset(token)
    assert names == ["registry/counts"]
    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert figures(page.text) == {
        "models": "1",
        "versions": "2",
        "datasets": "0",
        "runs": "1",
        "live deployments": "0",
        "applications": "0",
    }
    assert "cannot be reached" not in page.text


async def test_the_landing_page_counts_nothing_that_is_private(http: httpx2.AsyncClient, writer: Writer) -> None:
    for name in ("team/secret", "churn"):
        await register(writer, name, run={"new": {"job": {"name": "train"}}})
    place = {"environment": {"name": "production"}, "endpoint": "api", "version": SECRET_VERSION}
    await create_environment(writer, CreateEnvironment(name="production", position=1))
    await place_deployment(writer, PlaceDeployment.model_validate(place))
    counted = ("models", "versions", "runs", "live deployments")
    before = figures((await http.get("/", headers=HTML)).text)
    hide = {"entity": {"model": "team/secret"}, "visibility": "PRIVATE"}
    await set_visibility(writer, SetVisibility.model_validate(hide))
    after = figures((await http.get("/", headers=HTML)).text)
    assert [before[name] for name in counted] == ["2", "2", "2", "1"]
    assert [after[name] for name in counted] == ["1", "1", "1", "0"]


async def test_the_counts_are_read_without_looking_at_the_nodes(connection: Connection) -> None:
    async with connection.driver.session() as session:
        summary = await (await session.run(explaining(COUNTS.text))).consume()

    assert summary.plan is not None
    leaves = sorted(name for name in operators(summary.plan) if "Count" in name or "Seek" in name or "Scan" in name)
    assert leaves == ["NodeCountFromCountStore"] * 5 + ["NodeIndexSeek"] * 5


async def test_without_a_database_the_landing_page_says_so() -> None:
    app = Starlette(routes=pages.routes(schema=str, wants_graphiql=True))
    async with connect("bolt://127.0.0.1:1", None) as nowhere, visiting(app) as http:
        app.state.connection = nowhere
        page = await http.get("/", headers=HTML)

    assert page.status_code == 200
    assert "The database cannot be reached" in page.text
    assert set(figures(page.text).values()) == {"&ndash;"}


async def test_a_program_reads_text_where_a_browser_sees_a_page(http: httpx2.AsyncClient) -> None:
    answer = await http.get("/")

    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.text == TEXT
    assert answer.headers["vary"] == "accept"


async def test_graphiql_is_for_browsers_that_ask_nothing(http: httpx2.AsyncClient, connection: Connection) -> None:
    page = await http.get("/graphql", headers=HTML)
    query = await http.get("/graphql", headers=HTML, params={"query": QUERY})
    post = await http.post("/graphql", headers=HTML, json={"query": QUERY})

    assert '<div id="graphiql">' in page.text
    assert page.headers["vary"] == "accept"
    assert query.status_code == 405
    assert post.json()["data"] == {"registeredModels": {"totalCount": 0}}


async def test_graphiql_can_be_turned_off(settings: Settings, connection: Connection) -> None:
    off = settings.model_copy(update={"graphiql": False})
    async with visiting(create_app(off)) as http:
        page = await http.get("/graphql", headers=HTML)
        landing = await http.get("/", headers=HTML)
        post = await http.post("/graphql", headers=HTML, json={"query": QUERY})

    assert_not_found(page, "There is no GraphiQL here. GraphQL answers what is sent with POST.")
    assert "graphql" not in LINK.findall(landing.text)
    assert post.json()["data"] == {"registeredModels": {"totalCount": 0}}


async def test_where_nobody_bundled_it_there_is_no_graphiql_and_all_else_works(tmp_path: Path) -> None:
    app = Starlette(
        routes=pages.routes(schema=str, wants_graphiql=True, bundle=tmp_path),
        middleware=[Middleware(RequestIds)],
        exception_handlers=HANDLERS,
    )
    async with visiting(app) as http:
        assert (await http.get("/graphql", headers=HTML)).status_code == 404
        assert (await http.get("/docs/", headers=HTML)).status_code == 200


async def test_the_schema_is_served_as_the_file_is(http: httpx2.AsyncClient) -> None:
    answer = await http.get("/schema.graphql")

    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.text == SCHEMA.as_str()


async def test_a_schema_that_is_not_to_be_seen_is_neither_served_nor_linked(http: httpx2.AsyncClient) -> None:
    app = Starlette(routes=pages.routes(schema=None, wants_graphiql=True))
    async with connect("bolt://127.0.0.1:1", None) as nowhere, visiting(app) as closed:
        app.state.connection = nowhere
        assert "schema.graphql" in LINK.findall((await http.get("/", headers=HTML)).text)
        assert "schema.graphql" not in LINK.findall((await closed.get("/", headers=HTML)).text)
        assert (await closed.get("/schema.graphql")).status_code == 404


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("GET", "/graphql?query={__typename}", 405),
        ("GET", "/schema.graphql", 200),
        ("GET", "/static/pedigree.css", 200),
        ("GET", "/docs/quickstart.md", 200),
        ("GET", "/nothing", 404),
        ("DELETE", "/", 405),
    ],
)
async def test_every_answer_has_the_headers_that_keep_a_browser_safe(
    http: httpx2.AsyncClient, method: str, path: str, status: int
) -> None:
    answer = await http.request(method, path)

    assert answer.status_code == status
    assert answer.headers["content-security-policy"] == STRICT
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"


def test_the_policies_allow_nothing_from_elsewhere_and_no_code_in_a_page() -> None:
    for policy in (STRICT, GRAPHIQL):
        rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
        assert rules["default-src"] == rules["frame-ancestors"] == rules["base-uri"] == rules["form-action"] == "'none'"
        assert rules["script-src"] == "'self'"
        assert set(" ".join(rules.values()).split()) <= {"'none'", "'self'", "'unsafe-inline'", "data:"}
    assert "unsafe" not in STRICT
    assert GRAPHIQL.count("unsafe") == 1


async def test_the_bundle_is_kept_for_good_and_the_rest_is_asked_for_again(http: httpx2.AsyncClient) -> None:
    page = await http.get("/graphql", headers=HTML)
    (script,) = re.findall(r'src="(bundle/[^"]+)"', page.text)
    bundled = await http.get(f"/{script}")
    style = await http.get("/static/pedigree.css")
    again = await http.get("/static/pedigree.css", headers={"if-none-match": style.headers["etag"]})

    assert page.headers["content-security-policy"] == GRAPHIQL
    assert page.headers["cache-control"] == style.headers["cache-control"] == "no-cache"
    assert bundled.headers["cache-control"] == FOR_GOOD
    assert bundled.headers["content-encoding"] == "gzip"
    assert again.status_code == 304


@pytest.mark.parametrize("folder", ["", "static/", "bundle/", "docs/", "docs/%2e%2e/"])
async def test_what_is_not_there_is_said_in_json(http: httpx2.AsyncClient, folder: str) -> None:
    answer = await http.get(f"/{folder}main.py", headers=HTML)

    assert_not_found(answer, NOTHING)


async def test_a_method_that_is_not_meant_is_refused_in_json(http: httpx2.AsyncClient) -> None:
    answer = await http.post("/schema.graphql")

    assert answer.status_code == 405
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD"}
    assert code(answer) == "INVALID_REQUEST"


def code(answer: httpx2.Response) -> str:
    """The code of the only error of an answer in JSON."""
    (error,) = answer.json()["errors"]
    assert error["message"]
    return str(error["extensions"]["code"])


def figures(html: str) -> dict[str, str]:
    """What the landing page counts."""
    return dict(re.findall(r"<dt>([^<]+)</dt><dd>([^<]+)</dd>", html))


def operators(plan: dict[str, object]) -> Iterator[str]:
    yield str(plan["operatorType"]).partition("@")[0]
    children = plan.get("children", [])
    assert isinstance(children, list)
    for child in children:
        yield from operators(child)
