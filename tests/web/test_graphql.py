"""GraphQL over HTTP: statuses, places, and what happens when something is wrong with us."""

from collections.abc import AsyncIterator

import httpx2
import pytest
from starlette.applications import Starlette

from app.main import create_app
from app.settings import Settings
from app.web.admission import Admission
from app.web.media import GRAPHQL
from app.web.refusals import JSON
from tests.api.conftest import Client
from tests.web.wire import endpoint

WRONG = "{ nope }"
PARTLY = "{ a: registeredModels { totalCount } b: registeredModels(first: 101) { totalCount } }"


@pytest.mark.parametrize(
    ("accept", "query", "status", "members"),
    [
        (JSON, WRONG, 200, {"errors"}),
        ("*/*", WRONG, 200, {"errors"}),
        (GRAPHQL, WRONG, 400, {"errors"}),
        (GRAPHQL, PARTLY, 200, {"data", "errors", "extensions"}),
        (GRAPHQL, "{ __typename }", 200, {"data", "extensions"}),
    ],
)
async def test_the_status_says_whether_anything_was_executed_to_those_who_know(
    client: Client, accept: str, query: str, status: int, members: set[str]
) -> None:
    response = await client.http.post("/graphql", json={"query": query}, headers={"Accept": accept})
    assert (response.status_code, response.headers["content-type"]) == (status, GRAPHQL if accept == GRAPHQL else JSON)
    assert response.json().keys() == members


async def test_every_answer_tells_its_cost(client: Client) -> None:
    answer = await client.send("query ($n: Int) { registeredModels(first: $n) { nodes { id } } }", n=7)
    assert answer["extensions"] == {"cost": {"requested": 7, "limit": 1_000_000}}


async def test_a_request_that_finds_no_place_is_told_to_come_back(
    client: Client, app: Starlette, monkeypatch: pytest.MonkeyPatch
) -> None:
    admission = Admission(running=1, waiting=0, patience=1)
    monkeypatch.setattr(endpoint(app), "admission", admission)
    async with admission.place():
        response = await client.http.post("/graphql", json={"query": "{ __typename }"})
    assert (response.status_code, response.headers["retry-after"]) == (503, "1")
    (error,) = response.json()["errors"]
    assert error["extensions"].items() >= {"code": "RATE_LIMITED", "retryable": True}.items()
    assert (await client.http.post("/graphql", json={"query": "{ __typename }"})).status_code == 200


@pytest.fixture
async def broken() -> AsyncIterator[httpx2.AsyncClient]:
    """A client of a server that was never started."""
    transport = httpx2.ASGITransport(create_app(Settings(auth=False)), raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url="http://localhost") as http:
        yield http


async def test_a_fault_of_ours_is_masked_and_has_the_id_of_its_request(broken: httpx2.AsyncClient) -> None:
    response = await broken.post("/graphql", json={"query": "{ __typename }"}, headers={"X-Request-ID": "mine"})
    assert (response.status_code, response.headers["x-request-id"]) == (500, "mine")
    (error,) = response.json()["errors"]
    assert error == {
        "message": "Something went wrong on our side. It was logged; the request id finds it.",
        "extensions": {"code": "INTERNAL", "retryable": False, "requestId": "mine"},
    }


@pytest.mark.parametrize("given", ["", "a b", "<script>", "a" * 65, "ä", "a\tb"])
async def test_an_id_that_is_none_is_replaced(broken: httpx2.AsyncClient, given: str) -> None:
    response = await broken.get("/nowhere", headers=[(b"x-request-id", given.encode())])
    assert response.status_code == 404
    assert len(response.headers["x-request-id"]) == 32
    assert response.json()["errors"][0]["extensions"]["requestId"] == response.headers["x-request-id"]


async def test_introspection_can_be_turned_off(settings: Settings) -> None:
    app = create_app(settings.model_copy(update={"introspection": False}))
    transport = httpx2.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=transport, base_url="http://localhost") as http,
    ):
        client = Client(http)
        for query in ("{ __schema { types { name } } }", '{ __type(name: "Query") { name } }'):
            errors = (await client.send(query))["errors"]
            assert {error["extensions"]["code"] for error in errors} == {"INVALID_QUERY"}
        assert await client.data("{ __typename }") == {"__typename": "Query"}
