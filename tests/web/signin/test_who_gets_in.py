"""Who gets in with what: every kind of credential, over HTTP, and what is told to those who do not."""

import asyncio
from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette

from app.access.access import MOST_LOOKUPS
from app.access.presented import Presented
from app.database.connection import Connection
from app.domain.credentials.recognition import holder_of_token
from app.domain.credentials.secret import SecretKind, new_secret, read_secret
from app.domain.credentials.sessions import begin_session, make_link
from app.domain.credentials.tokens import RevokeApiToken, revoke_api_token
from app.domain.identity import CreateTeam, create_team, ensure_actor
from app.domain.writing import Caller, Writer
from app.main import create_app
from app.settings import Settings
from app.web.media import GRAPHQL
from tests.fixtures.issuer import Issuer
from tests.fixtures.snapshot import found, snapshot
from tests.web.conftest import visiting
from tests.web.signin.conftest import HOST, Token, access_of, granted, token_of

VIEWER = "{ viewer { actor { name __typename } credential { kind id permissions } } }"
CREATE = 'mutation { createRegisteredModel(input: {name: "churn"}) { registeredModel { createdBy { name } } } }'
OWN_PAGE = {"Origin": HOST}


async def ask(http: httpx2.AsyncClient, query: str, headers: dict[str, str] | None = None) -> httpx2.Response:
    return await http.post("/graphql", json={"query": query}, headers=headers)


async def viewer(http: httpx2.AsyncClient, headers: dict[str, str]) -> Any:
    """Who the server takes somebody for."""
    answer = await ask(http, VIEWER, headers)
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]["viewer"]


def refusal(answer: httpx2.Response) -> tuple[int, str, str | None, str]:
    """The status, the code, the reason and the challenge of a refusal."""
    (error,) = answer.json()["errors"]
    extensions = error["extensions"]
    return answer.status_code, extensions["code"], extensions.get("reason"), answer.headers.get("www-authenticate", "")


def refused_for(reason: str) -> tuple[int, str, str, str]:
    told = f'Bearer realm="pedigree", error="invalid_token", error_description="{reason.lower()}"'
    return 401, "UNAUTHENTICATED", reason, told


async def test_a_token_lets_its_actor_in(http: httpx2.AsyncClient, connection: Connection, ada: Token) -> None:
    limited = await token_of(connection, "ada", ("modelVersion.register",))
    assert await viewer(http, ada.header) == {
        "actor": {"name": "ada", "__typename": "User"},
        "credential": {"kind": "API_TOKEN", "id": ada.id, "permissions": None},
    }
    assert (await viewer(http, limited.header))["credential"]["permissions"] == ["modelVersion.register"]
    assert await viewer(http, {"authorization": f"bearer   {ada.text} "}) is not None
    await granted(connection, "ada")
    changed = await ask(http, CREATE, ada.header)
    created = changed.json()["data"]["createRegisteredModel"]["registeredModel"]
    assert created == {"createdBy": {"name": "ada"}}


async def test_who_presents_nothing_is_asked_to_sign_in_and_changes_nothing(
    http: httpx2.AsyncClient, connection: Connection
) -> None:
    before = await snapshot(connection)
    for query in (VIEWER, CREATE, "{ __typename }", "{ nope }", "{ __schema { queryType { name } } }"):
        for accept in ("application/json", GRAPHQL):
            answer = await ask(http, query, {"Accept": accept})
            assert refusal(answer) == (401, "UNAUTHENTICATED", None, 'Bearer realm="pedigree"')
    assert await snapshot(connection) == before


Wrong = Callable[[str], str]
WRONG: dict[str, tuple[Wrong, str]] = {
    "of another scheme": (lambda token: f"Basic {token}", "MALFORMED"),
    "without a scheme": (lambda token: token, "MALFORMED"),
    "without a token": (lambda token: "Bearer ", "MALFORMED"),
    "empty": (lambda token: "", "MALFORMED"),
    "cut off": (lambda token: f"Bearer {token[:-1]}", "MALFORMED"),
    "with a typo": (lambda token: f"Bearer {token[:20]}{'a' if token[20] != 'a' else 'b'}{token[21:]}", "MALFORMED"),
    "in small letters": (lambda token: f"Bearer {token.lower()}", "MALFORMED"),
    "with something behind": (lambda token: f"Bearer {token} x", "MALFORMED"),
    "of a session": (lambda token: f"Bearer {new_secret(SecretKind.SESSION).text}", "MALFORMED"),
    "of a link": (lambda token: f"Bearer {new_secret(SecretKind.LINK).text}", "MALFORMED"),
    "that nobody made": (lambda token: f"Bearer {new_secret(SecretKind.TOKEN).text}", "UNKNOWN"),
    "of three parts that say nothing": (lambda token: "Bearer a.b.c", "MALFORMED"),
    "of letters that no header has": (lambda token: "Bearer tökèn", "MALFORMED"),
}


@pytest.mark.parametrize("name", WRONG)
async def test_a_header_that_is_wrong_lets_nobody_in(http: httpx2.AsyncClient, ada: Token, name: str) -> None:
    make, reason = WRONG[name]
    given = [(b"authorization", make(ada.text).encode("latin-1")), (b"content-type", b"application/json")]
    answer = await http.post("/graphql", content=b'{"query": "{ __typename }"}', headers=given)
    assert refusal(answer) == refused_for(reason)
    assert ada.text not in answer.text


async def test_two_headers_let_nobody_in(http: httpx2.AsyncClient, ada: Token) -> None:
    value = ada.header["Authorization"].encode()
    headers = [(b"authorization", value), (b"authorization", value), (b"content-type", b"application/json")]
    answer = await http.post("/graphql", content=b'{"query": "{ __typename }"}', headers=headers)
    assert refusal(answer) == refused_for("MALFORMED")


async def test_a_token_that_is_revoked_or_has_expired_lets_nobody_in(
    http: httpx2.AsyncClient, connection: Connection, ada: Token
) -> None:
    other = await token_of(connection, "ada")
    revoked = f'mutation {{ revokeApiToken(input: {{id: "{ada.id}"}}) {{ apiToken {{ name validTo }} }} }}'
    answer = (await ask(http, revoked, ada.header)).json()["data"]["revokeApiToken"]["apiToken"]
    assert (answer["name"], answer["validTo"] is not None) == ("test", True)
    assert refusal(await ask(http, VIEWER, ada.header)) == refused_for("UNKNOWN")
    assert (await viewer(http, other.header))["actor"]["name"] == "ada"
    await connection.driver.execute_query("MATCH (t:ApiToken) SET t.expiresAt = datetime()")
    assert refusal(await ask(http, VIEWER, other.header)) == refused_for("EXPIRED")


async def test_a_revocation_holds_within_seconds_where_credentials_are_remembered(
    strict: Settings, connection: Connection, ada: Token
) -> None:
    app = create_app(strict.model_copy(update={"credential_cache": 5.0}))
    now = 0.0
    access_of(app).admitted.clock = lambda: now
    async with visiting(app) as http:
        await viewer(http, ada.header)
        writer = Writer(connection, Caller("somebody"))
        await revoke_api_token(writer, RevokeApiToken.model_validate({"id": ada.id}))
        now = 4.9
        await viewer(http, ada.header)
        now = 5.1
        assert refusal(await ask(http, VIEWER, ada.header)) == refused_for("UNKNOWN")


async def test_when_a_token_was_used_is_seen_by_whom_it_belongs_to(
    http: httpx2.AsyncClient, app: Starlette, connection: Connection, ada: Token
) -> None:
    await token_of(connection, "bob")
    tokens = (
        "{ viewer { tokens { totalCount nodes { id name prefix lastUsedAt actor { name } createdBy { name } } } } }"
    )
    await ask(http, tokens, ada.header)
    await access_of(app).notes.settled()
    answer = (await ask(http, tokens, ada.header)).json()["data"]["viewer"]["tokens"]
    (shown,) = answer["nodes"]
    assert answer["totalCount"] == 1
    assert shown["lastUsedAt"] is not None
    assert (shown["id"], shown["name"], shown["prefix"]) == (ada.id, "test", ada.text[:12])
    assert shown["actor"] == shown["createdBy"] == {"name": "ada"}


async def test_no_id_leads_to_a_token(http: httpx2.AsyncClient, ada: Token) -> None:
    answer = await ask(http, f'{{ node(id: "{ada.id}") {{ id }} }}', ada.header)
    assert answer.json()["data"] == {"node": None}


async def test_a_token_is_made_over_the_api_and_shown_once(http: httpx2.AsyncClient, ada: Token) -> None:
    make = """mutation { createApiToken(input: {name: "ci", permissions: ["alias.set"], idempotencyKey: "once"}) {
      token replayed apiToken { name prefix permissions actor { name } } } }"""
    first, again = [(await ask(http, make, ada.header)).json()["data"]["createApiToken"] for _ in range(2)]
    assert read_secret(first["token"]) is not None
    assert first["apiToken"]["prefix"] == first["token"][:12]
    assert first["apiToken"].items() >= {"name": "ci", "permissions": ["alias.set"], "actor": {"name": "ada"}}.items()
    assert (again["token"], again["replayed"], again["apiToken"]) == (None, True, first["apiToken"])
    made = {"Authorization": f"Bearer {first['token']}"}
    assert (await viewer(http, made))["credential"]["permissions"] == ["alias.set"]


async def test_a_person_comes_with_a_token_of_an_issuer(
    http: httpx2.AsyncClient, app: Starlette, connection: Connection, issuer: Issuer
) -> None:
    writer = Writer(connection, Caller(await ensure_actor(connection, "boss")))
    team = await create_team(writer, CreateTeam(name="risk"))
    token = issuer.token(preferred_username="grace", name="Grace Hopper", groups=["ml-risk", "other"])
    assert await viewer(http, {"Authorization": f"Bearer {token}"}) == {
        "actor": {"name": "grace", "__typename": "User"},
        "credential": {"kind": "OIDC", "id": None, "permissions": None},
    }
    assert (await access_of(app).admit(Presented(token))).teams == (team.id,)


async def test_a_job_comes_with_a_token_of_an_issuer_as_its_service_account(
    http: httpx2.AsyncClient, issuer: Issuer
) -> None:
    token = issuer.token(repository="acme/churn", sub="repo:acme/churn")
    assert await viewer(http, {"Authorization": f"Bearer {token}"}) == {
        "actor": {"name": "ci/acme/churn", "__typename": "ServiceAccount"},
        "credential": {"kind": "OIDC", "id": None, "permissions": ["alias.set"]},
    }


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        ({"aud": "other", "preferred_username": "grace"}, "UNKNOWN"),
        ({"exp": 1, "preferred_username": "grace"}, "EXPIRED"),
        ({"iss": "https://other.example", "preferred_username": "grace"}, "UNKNOWN"),
        ({}, "UNKNOWN"),
        ({"preferred_username": "admin"}, "UNKNOWN"),
        ({"preferred_username": "ada"}, "UNKNOWN"),
    ],
)
async def test_a_token_of_an_issuer_that_means_nobody_lets_nobody_in(
    http: httpx2.AsyncClient, connection: Connection, issuer: Issuer, ada: Token, claims: dict[str, Any], reason: str
) -> None:
    before = await snapshot(connection)
    token = issuer.token(**claims)
    assert refusal(await ask(http, VIEWER, {"Authorization": f"Bearer {token}"})) == refused_for(reason)
    assert await snapshot(connection) == before


async def test_an_issuer_that_is_away_is_told_and_others_get_in(
    http: httpx2.AsyncClient, issuer: Issuer, ada: Token
) -> None:
    token = issuer.token(preferred_username="grace")
    issuer.is_away = True
    answer = await ask(http, VIEWER, {"Authorization": f"Bearer {token}"})
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
    assert answer.json()["errors"][0]["extensions"].items() >= {"code": "UNAVAILABLE", "retryable": True}.items()
    assert (await viewer(http, ada.header))["actor"]["name"] == "ada"


async def test_an_issuer_that_is_slow_keeps_waiting_those_alone_who_come_from_there(
    http: httpx2.AsyncClient, issuer: Issuer, ada: Token
) -> None:
    issuer.answers.clear()
    tokens = [issuer.token(sub=str(number), preferred_username=f"user-{number}") for number in range(2 * MOST_LOOKUPS)]
    waiting = [asyncio.create_task(viewer(http, {"Authorization": f"Bearer {token}"})) for token in tokens]
    await asyncio.to_thread(issuer.reached.wait)
    assert (await viewer(http, ada.header))["actor"]["name"] == "ada"
    assert not any(each.done() for each in waiting)
    issuer.answers.set()
    names = {seen["actor"]["name"] for seen in await asyncio.gather(*waiting)}
    assert names == {f"user-{number}" for number in range(2 * MOST_LOOKUPS)}


@pytest.fixture
async def cookie(connection: Connection, ada: Token) -> str:
    """The cookie of a browser that is signed in."""
    secret = read_secret(ada.text)
    assert secret is not None
    session = await begin_session(connection, await holder_of_token(connection, secret), 3600)
    return f"pedigree={session.text}"


async def test_a_cookie_counts_for_pages_of_our_own(http: httpx2.AsyncClient, cookie: str) -> None:
    seen = await viewer(http, {"Cookie": cookie, **OWN_PAGE})
    assert (seen["actor"]["name"], seen["credential"]["kind"]) == ("ada", "SESSION")


@pytest.mark.parametrize("origin", [None, "null", "https://evil.example", "http://localhost.evil.example"])
async def test_a_cookie_counts_for_no_other_page(
    http: httpx2.AsyncClient, connection: Connection, cookie: str, origin: str | None
) -> None:
    before = await snapshot(connection)
    headers = {"Cookie": cookie, **({"Origin": origin} if origin else {})}
    answer = await ask(http, CREATE, headers)
    assert refusal(answer)[:2] == (403, "FORBIDDEN")
    assert await snapshot(connection) == before


async def test_a_token_in_the_header_counts_more_than_a_cookie(
    http: httpx2.AsyncClient, connection: Connection, cookie: str
) -> None:
    bob = await token_of(connection, "bob")
    assert (await viewer(http, {"Cookie": cookie, **bob.header}))["actor"]["name"] == "bob"
    wrong = {"Cookie": cookie, "Authorization": "Bearer nothing", **OWN_PAGE}
    assert refusal(await ask(http, VIEWER, wrong)) == refused_for("MALFORMED")


@pytest.mark.parametrize("text", ["", "nothing", "a.b.c", "{token}"])
async def test_a_cookie_that_is_no_session_lets_nobody_in(
    http: httpx2.AsyncClient, ada: Token, issuer: Issuer, text: str
) -> None:
    answer = await ask(http, VIEWER, {"Cookie": f"pedigree={text.format(token=ada.text)}", **OWN_PAGE})
    assert refusal(answer)[:2] == (401, "UNAUTHENTICATED")


async def test_a_session_of_another_port_is_not_looked_at(http: httpx2.AsyncClient, cookie: str) -> None:
    other = {"Host": "localhost:8001", "Origin": "http://localhost:8001"}
    assert refusal(await ask(http, VIEWER, {"Cookie": cookie, **other}))[:2] == (401, "UNAUTHENTICATED")
    here = {"Cookie": cookie.replace("pedigree=", "pedigree_8001="), **other}
    assert (await viewer(http, here))["actor"]["name"] == "ada"


async def test_where_nobody_signs_in_everybody_is_the_same_user(strict: Settings, connection: Connection) -> None:
    app = create_app(strict.model_copy(update={"auth": False}))
    async with visiting(app) as http:
        for headers in ({}, {"Authorization": "Bearer nothing"}, {"Cookie": "pedigree=nothing"}):
            seen = await viewer(http, headers)
            assert seen == {"actor": None, "credential": {"kind": "NOBODY", "id": None, "permissions": None}}
        assert await found(connection, "MATCH (a:Actor) RETURN count(a) AS found") == 0
        changed = (await ask(http, CREATE)).json()["data"]["createRegisteredModel"]["registeredModel"]
        assert changed == {"createdBy": {"name": "local"}}
        assert (await http.get("/signin")).status_code == 404


async def test_a_stranger_makes_nobody_wait_for_a_bookmark(http: httpx2.AsyncClient, ada: Token) -> None:
    bookmark = {"X-Pedigree-Bookmark": "FB:" + "A" * 28}
    assert refusal(await ask(http, VIEWER, bookmark))[0] == 401
    unknown = {"Authorization": f"Bearer {new_secret(SecretKind.TOKEN).text}", **bookmark}
    assert refusal(await ask(http, VIEWER, unknown)) == refused_for("UNKNOWN")


async def test_a_link_is_no_token(http: httpx2.AsyncClient, connection: Connection) -> None:
    link = await make_link(connection, await ensure_actor(connection, "admin"), 3600)
    before = await snapshot(connection)
    assert refusal(await ask(http, VIEWER, {"Authorization": f"Bearer {link.text}"})) == refused_for("MALFORMED")
    assert await snapshot(connection) == before


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
async def test_an_orchestrator_needs_no_token(http: httpx2.AsyncClient, path: str) -> None:
    assert (await http.get(path)).status_code == 200


@pytest.mark.parametrize(("client", "status"), [("127.0.0.1", 200), ("::1", 200), ("192.0.2.7", 401)])
async def test_metrics_are_open_to_this_machine(app: Starlette, ada: Token, client: str, status: int) -> None:
    transport = httpx2.ASGITransport(app, client=(client, 1))
    async with httpx2.AsyncClient(transport=transport, base_url=HOST) as http:
        assert (await http.get("/metrics")).status_code == status
        assert (await http.get("/metrics", headers=ada.header)).status_code == 200


async def test_credentials_are_counted_by_what_was_found(http: httpx2.AsyncClient, ada: Token) -> None:
    async def counted() -> str:
        return (await http.get("/metrics")).text

    await viewer(http, ada.header)
    await ask(http, VIEWER, {"Authorization": f"Bearer {new_secret(SecretKind.TOKEN).text}"})
    for code in ("OK", "UNKNOWN"):
        assert f'pedigree_authentications_total{{code="{code}"}}' in await counted()
