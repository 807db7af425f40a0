"""Every request has an id."""

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from app.web.request_ids import RequestIds


async def told(request: Request) -> PlainTextResponse:
    return PlainTextResponse(request.state.request_id)


async def asked(chosen: str = "") -> httpx2.Response:
    app = Starlette(routes=[Route("/", told)], middleware=[Middleware(RequestIds)])
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://localhost") as http:
        return await http.get("/", headers={b"X-Request-ID": chosen.encode("latin-1")})


async def test_a_client_may_choose_it() -> None:
    response = await asked("build-7/step:2")
    assert response.text == response.headers["x-request-id"] == "build-7/step:2"


@pytest.mark.parametrize("chosen", ["", "two words", "x" * 65, 'quote"d', "caf\xe9", "esc\x1b[31m"])
async def test_what_may_not_stand_in_a_log_is_not_taken(chosen: str) -> None:
    response = await asked(chosen)
    assert response.text == response.headers["x-request-id"]
    assert len(response.text) == 32


async def test_two_requests_have_two() -> None:
    assert (await asked()).text != (await asked()).text
