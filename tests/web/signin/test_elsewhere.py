"""People sign in at an issuer, and come back with a session. The issuer is real, and so is the HTTP to it."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest

from app.database.connection import Connection
from app.main import create_app
from app.settings import Settings
from tests.fixtures.issuer import CLIENT, THERE, TOKEN, Issuer
from tests.fixtures.snapshot import found, snapshot
from tests.web.conftest import visiting
from tests.web.signin.conftest import HOST
from tests.web.signin.test_forms import HTML, OWN_PAGE, notice
from tests.web.signin.test_who_gets_in import VIEWER, ask

GRACE = {"preferred_username": "grace", "name": "Grace Hopper", "sub": "7"}
BACK = f"{HOST}/signin/callback"
SESSIONS = "MATCH (s:BrowserSession) RETURN count(s) AS found"


async def go_there(http: httpx2.AsyncClient) -> httpx2.Response:
    """Begin: where the browser is sent."""
    return await http.get("/signin/with/0")


async def come_back(http: httpx2.AsyncClient, there: httpx2.Response) -> httpx2.Response:
    """Sign in at the issuer, and follow it back."""
    async with httpx2.AsyncClient() as browser:
        place = (await browser.get(there.headers["location"])).headers["location"]
    return await http.get(place.removeprefix(HOST))


def asked(there: httpx2.Response) -> dict[str, str]:
    """What the issuer is asked."""
    query = parse_qs(urlsplit(there.headers["location"]).query, strict_parsing=True)
    return {name: value for name, (value,) in query.items()}


async def test_a_person_signs_in_there_and_is_somebody_here(http: httpx2.AsyncClient, issuer: Issuer) -> None:
    issuer.person = GRACE
    assert 'href="signin/with/0">Sign in with Example</a>' in (await http.get("/signin")).text
    there = await go_there(http)
    assert there.status_code == 303
    assert there.headers["location"].startswith(f"{issuer.url}{THERE}?")
    assert (
        asked(there).items()
        >= {
            "response_type": "code",
            "client_id": CLIENT,
            "redirect_uri": BACK,
            "scope": "openid profile email",
            "code_challenge_method": "S256",
        }.items()
    )
    back = await come_back(http, there)
    assert (back.status_code, back.headers["location"]) == (303, "../")
    assert "Signed in as <strong>grace</strong>" in (await http.get("/", headers=HTML)).text
    assert (await ask(http, VIEWER, OWN_PAGE)).json()["data"]["viewer"]["actor"]["name"] == "grace"
    assert issuer.asked.count(TOKEN) == 1


async def test_what_the_browser_keeps_meanwhile_is_gone_afterwards(http: httpx2.AsyncClient, issuer: Issuer) -> None:
    issuer.person = GRACE
    there = await go_there(http)
    (cookie,) = there.headers.get_list("set-cookie")
    assert cookie.startswith("pedigree_attempt=")
    assert sorted(cookie.split("; ")[1:]) == ["HttpOnly", "Max-Age=600", "Path=/", "SameSite=lax"]
    await come_back(http, there)
    assert set(http.cookies) == {"pedigree"}


async def test_who_comes_back_twice_is_signed_in_once(
    http: httpx2.AsyncClient, connection: Connection, issuer: Issuer
) -> None:
    issuer.person = GRACE
    there = await go_there(http)
    await come_back(http, there)
    again = await come_back(http, there)
    assert again.status_code == 401
    assert notice(again) == "This sign-in was begun in another browser, or too long ago. Begin again."
    assert await found(connection, SESSIONS) == 1


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"state": "other"}, 401),
        ({"state": None}, 401),
        ({"code": None, "error": "access_denied"}, 401),
        ({"code": "code-of-somebody"}, 502),
        ({"iss": "https://evil.example"}, 401),
    ],
)
async def test_what_does_not_belong_to_this_attempt_is_refused(
    http: httpx2.AsyncClient, connection: Connection, issuer: Issuer, changes: dict[str, str | None], status: int
) -> None:
    issuer.person = GRACE
    there = await go_there(http)
    before = await snapshot(connection)
    usual = {"state": asked(there)["state"], "code": issuer_code(issuer, asked(there)), "iss": issuer.url}
    query = {name: value for name, value in (usual | changes).items() if value is not None}
    page = await http.get("/signin/callback", params=query)
    assert page.status_code == status
    assert notice(page)
    assert set(http.cookies) == set()
    assert await snapshot(connection) == before


def issuer_code(issuer: Issuer, asked: dict[str, str]) -> str:
    (code,) = parse_qs(urlsplit(issuer.code(asked)).query)["code"]
    return code


async def test_a_code_that_another_browser_was_given_signs_nobody_in(
    http: httpx2.AsyncClient, strict: Settings, connection: Connection, issuer: Issuer
) -> None:
    """Somebody makes a browser come back with a code of his own, to have it work in his name."""
    issuer.person = GRACE
    async with visiting(create_app(strict)) as other:
        theirs = asked(await go_there(other))
    ours = asked(await go_there(http))
    code = issuer_code(issuer, theirs)
    for state in (theirs["state"], ours["state"]):
        page = await http.get("/signin/callback", params={"state": state, "code": code})
        assert page.status_code in (401, 502)
    assert await found(connection, SESSIONS) == 0


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "other"},
        {"nonce": None},
        {"aud": "other"},
        {"aud": "pedigree"},
        {"azp": "other"},
        {"exp": 1},
        {"preferred_username": None},
        {"preferred_username": "admin"},
    ],
)
async def test_a_token_that_is_not_for_this_attempt_signs_nobody_in(
    http: httpx2.AsyncClient, connection: Connection, issuer: Issuer, claims: dict[str, Any]
) -> None:
    issuer.person = {**GRACE, **claims}
    before = await snapshot(connection)
    page = await come_back(http, await go_there(http))
    assert page.status_code == 401
    assert await snapshot(connection) == before


async def test_a_session_outlasts_the_token_that_told_who_it_is(
    http: httpx2.AsyncClient, connection: Connection, issuer: Issuer
) -> None:
    issuer.person = GRACE
    await come_back(http, await go_there(http))
    lives = "MATCH (s:BrowserSession) RETURN duration.inSeconds(s.startedAt, s.expiresAt).hours AS found"
    assert await found(connection, lives) == 12


async def test_an_issuer_that_is_away_is_told_on_the_page(http: httpx2.AsyncClient, issuer: Issuer) -> None:
    issuer.is_away = True
    page = await go_there(http)
    assert page.status_code == 502
    assert "does not answer" in notice(page)
    assert 'href="../../signin/with/0"' in page.text


async def test_an_issuer_that_there_is_not_is_not_found(http: httpx2.AsyncClient) -> None:
    for number in ("1", "99999", "x"):
        assert (await http.get(f"/signin/with/{number}")).status_code == 404


async def test_behind_a_proxy_people_come_back_to_the_public_address(
    strict: Settings, connection: Connection, issuer: Issuer
) -> None:
    app = create_app(strict.model_copy(update={"public_url": "https://registry.example"}))
    async with visiting(app) as http:
        there = await go_there(http)
        assert asked(there)["redirect_uri"] == "https://registry.example/signin/callback"
        (cookie,) = there.headers.get_list("set-cookie")
        assert cookie.startswith("__Host-pedigree_attempt=")
