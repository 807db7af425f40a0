"""A browser is signed in with a token or a link, and out again."""

import re

import httpx2
import pytest
from starlette.applications import Starlette

from app.database.connection import Connection
from app.domain.credentials.secret import SecretKind, new_secret
from app.domain.credentials.sessions import make_link
from app.domain.identity import ensure_actor
from app.main import create_app
from app.settings import Settings
from app.web.headers import FORM
from tests.fixtures.issuer import Issuer
from tests.fixtures.snapshot import snapshot
from tests.web.conftest import visiting
from tests.web.signin.conftest import HOST, Token, granted, settled, token_of
from tests.web.signin.test_who_gets_in import CREATE, VIEWER, ask

HTML = {"accept": "text/html"}
OWN_PAGE = {"Origin": HOST}
MODELS = re.compile(r"<dt>models</dt><dd>([^<]+)</dd>")


async def sign_in(http: httpx2.AsyncClient, token: str, headers: dict[str, str] = OWN_PAGE) -> httpx2.Response:
    return await http.post("/signin", data={"token": token}, headers=headers)


def notice(page: httpx2.Response) -> str:
    """What the page says has gone wrong."""
    found = re.search(r'<p class="notice" role="alert">(.*)</p>', page.text)
    return found[1] if found else ""


async def test_a_token_that_is_pasted_begins_a_session(http: httpx2.AsyncClient, ada: Token) -> None:
    answer = await sign_in(http, f"  {ada.text}\n")
    assert (answer.status_code, answer.headers["location"]) == (303, "./")
    (cookie,) = answer.headers.get_list("set-cookie")
    name, *attributes = cookie.split("; ")
    assert name.startswith("pedigree=pdg_s")
    assert sorted(attributes) == ["HttpOnly", "Max-Age=43200", "Path=/", "SameSite=lax"]
    assert ada.text not in cookie
    page = await http.get("/", headers=HTML)
    assert "Signed in as <strong>ada</strong>" in page.text
    assert MODELS.findall(page.text) == ["0"]
    seen = (await ask(http, VIEWER, OWN_PAGE)).json()["data"]["viewer"]
    assert (seen["actor"]["name"], seen["credential"]["kind"]) == ("ada", "SESSION")


async def test_the_session_of_a_limited_token_is_limited(http: httpx2.AsyncClient, connection: Connection) -> None:
    await sign_in(http, (await token_of(connection, "ada", ("alias.set",))).text)
    seen = (await ask(http, VIEWER, OWN_PAGE)).json()["data"]["viewer"]
    assert seen["credential"]["permissions"] == ["alias.set"]


async def test_a_token_of_an_issuer_begins_a_session_that_ends_with_it(
    http: httpx2.AsyncClient, issuer: Issuer
) -> None:
    await sign_in(http, issuer.token(preferred_username="grace"))
    seen = (await ask(http, "{ viewer { actor { name } credential { kind expiresAt } } }", OWN_PAGE)).json()["data"]
    assert seen["viewer"]["actor"] == {"name": "grace"}
    assert seen["viewer"]["credential"]["kind"] == "SESSION"


async def test_with_tls_the_cookie_travels_by_tls_alone(strict: Settings, connection: Connection, ada: Token) -> None:
    app = create_app(strict.model_copy(update={"public_url": "https://registry.example"}))
    async with visiting(app) as http:
        answer = await sign_in(http, ada.text, {"Origin": "https://registry.example"})
        (cookie,) = answer.headers.get_list("set-cookie")
        assert cookie.startswith("__Host-pedigree=pdg_s")
        assert "; Secure" in cookie
        sent = {"Cookie": cookie.partition(";")[0], "Origin": "https://registry.example"}
        assert (await ask(http, VIEWER, sent)).json()["data"]["viewer"]["actor"] == {
            "name": "ada",
            "__typename": "User",
        }


@pytest.mark.parametrize(
    ("token", "status", "told"),
    [
        ("", 401, "Paste a token."),
        ("nothing", 401, "This is no token"),
        ("pdg_t" + "0" * 49, 401, "This is no token"),
        ("<script>alert(1)</script>", 401, "This is no token"),
        (new_secret(SecretKind.TOKEN).text, 401, "Nobody is known by this credential."),
        (new_secret(SecretKind.LINK).text, 401, "Nobody is known by this credential."),
        (new_secret(SecretKind.SESSION).text, 401, "This is no token"),
    ],
    ids=["no", "a word", "zeroes", "markup", "a token nobody made", "a link nobody made", "a session"],
)
async def test_what_opens_nothing_is_told_on_the_page_and_not_repeated(
    http: httpx2.AsyncClient, connection: Connection, token: str, status: int, told: str
) -> None:
    before = await snapshot(connection)
    page = await sign_in(http, token)
    assert page.status_code == status
    assert notice(page).startswith(told)
    assert "set-cookie" not in page.headers
    assert not token or token not in page.text
    assert await snapshot(connection) == before


@pytest.mark.parametrize("origin", [None, "null", "https://evil.example"])
@pytest.mark.parametrize("path", ["/signin", "/signout"])
async def test_a_form_of_another_page_is_refused(
    http: httpx2.AsyncClient, app: Starlette, connection: Connection, ada: Token, path: str, origin: str | None
) -> None:
    await sign_in(http, ada.text)
    await settled(app)
    before = await snapshot(connection)
    headers = {"Origin": origin} if origin else {}
    answer = await http.post(path, data={"token": ada.text}, headers=headers)
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (403, "FORBIDDEN")
    assert await snapshot(connection) == before
    assert (await ask(http, VIEWER, OWN_PAGE)).status_code == 200


async def test_what_is_no_form_or_too_long_is_refused(http: httpx2.AsyncClient, ada: Token) -> None:
    answer = await http.post("/signin", json={"token": ada.text}, headers=OWN_PAGE)
    assert answer.status_code == 415
    assert (await sign_in(http, "x" * 30_000)).status_code == 413


async def test_a_link_signs_in_once(http: httpx2.AsyncClient, connection: Connection) -> None:
    link = await make_link(connection, await ensure_actor(connection, "admin"), 3600)
    assert (await http.head("/signin", params={"token": link.text})).status_code == 200  # who looks ahead uses nothing
    answer = await http.get("/signin", params={"token": link.text})
    assert (answer.status_code, answer.headers["location"]) == (303, "./")
    assert answer.headers["cache-control"] == "no-store"
    assert "Signed in as <strong>admin</strong>" in (await http.get("/", headers=HTML)).text
    again = await http.get("/signin", params={"token": link.text})
    assert again.status_code == 401
    assert notice(again).startswith("Nobody is known by this credential.")
    assert link.text not in again.text


async def test_who_signs_out_is_out_everywhere(
    http: httpx2.AsyncClient, strict: Settings, connection: Connection, ada: Token
) -> None:
    await sign_in(http, ada.text)
    kept = dict(http.cookies)
    answer = await http.post("/signout", headers=OWN_PAGE)
    assert (answer.status_code, answer.headers["location"]) == (303, "./")
    assert dict(http.cookies) == {}
    assert "Sign in to see what is here" in (await http.get("/", headers=HTML)).text
    stolen = {"Cookie": f"pedigree={kept['pedigree']}", **OWN_PAGE}
    assert (await ask(http, VIEWER, stolen)).status_code == 401
    async with visiting(create_app(strict)) as other:
        assert (await ask(other, VIEWER, stolen)).status_code == 401
    assert (await http.post("/signout", headers=stolen)).status_code == 303


async def test_a_stranger_sees_the_page_without_its_numbers(http: httpx2.AsyncClient) -> None:
    page = await http.get("/", headers=HTML)
    assert page.status_code == 200
    assert MODELS.findall(page.text) == ["&ndash;"]
    assert '<a class="who" href="signin">Sign in</a>' in page.text
    assert "Signed in as" not in page.text
    assert '-H "Authorization: Bearer $PEDIGREE_TOKEN" \\' in page.text


@pytest.mark.parametrize("path", ["/", "/signin"])
async def test_pages_with_a_form_send_it_to_us_alone_and_are_not_kept(http: httpx2.AsyncClient, path: str) -> None:
    page = await http.get(path, headers=HTML)
    assert page.headers["content-security-policy"] == FORM
    assert "form-action 'self'" in FORM
    assert page.headers["referrer-policy"] == "same-origin"  # or a browser would not name the origin of its form
    assert page.headers["cache-control"] == "no-store"
    assert "<script" not in page.text


async def test_a_name_is_shown_as_text(http: httpx2.AsyncClient, connection: Connection) -> None:
    await sign_in(http, (await token_of(connection, "<b>&")).text)
    assert "<strong>&lt;b&gt;&amp;</strong>" in (await http.get("/", headers=HTML)).text


async def test_a_session_changes_what_its_user_may_change(
    http: httpx2.AsyncClient, connection: Connection, ada: Token
) -> None:
    await sign_in(http, ada.text)
    (denied,) = (await ask(http, CREATE, OWN_PAGE)).json()["errors"]
    assert denied["extensions"]["code"] == "FORBIDDEN"
    assert denied["extensions"]["permissions"] == ["registeredModel.create"]
    await granted(connection, "ada")
    answer = (await ask(http, CREATE, OWN_PAGE)).json()["data"]["createRegisteredModel"]
    assert answer == {"registeredModel": {"createdBy": {"name": "ada"}}}


@pytest.fixture
async def closed(strict: Settings, connection: Connection) -> Starlette:
    return create_app(strict.model_copy(update={"public_pages": False}))


async def test_pages_can_be_kept_from_strangers(closed: Starlette, ada: Token) -> None:
    pages = {"/docs/": "../signin", "/docs/queries/": "../../signin", "/graphql": "signin", "/schema.graphql": "signin"}
    async with visiting(closed) as http:
        for path, place in pages.items():
            led = await http.get(path, headers=HTML)
            assert (led.status_code, led.headers["location"]) == (303, place)
            program = await http.get(path)
            assert (program.status_code, program.headers["www-authenticate"]) == (401, 'Bearer realm="pedigree"')
        for path in ("/", "/signin", "/static/pedigree.css"):
            assert (await http.get(path, headers=HTML)).status_code == 200
        assert (await http.get("/schema.graphql", headers=ada.header)).status_code == 200
        await sign_in(http, ada.text)
        for path in pages:
            assert (await http.get(path, headers=HTML)).status_code == 200


async def test_pages_are_open_unless_they_are_closed(http: httpx2.AsyncClient) -> None:
    for path in ("/docs/", "/graphql", "/schema.graphql"):
        assert (await http.get(path, headers=HTML)).status_code == 200
