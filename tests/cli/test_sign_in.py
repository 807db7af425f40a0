"""The first start invites an administrator, `--no-auth` lets everybody in, and no secret is written down anywhere."""

from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import pytest
from neo4j import Driver
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from app.domain.credentials.secret import SecretKind, new_secret
from app.settings import Settings
from tests.fixtures.collector import collecting
from tests.fixtures.command import command
from tests.fixtures.issuer import AUDIENCE, Issuer, issuing
from tests.fixtures.pedigree_process import PedigreeProcess, served, spawn

pytestmark = pytest.mark.long

LINK = r"Sign in as admin, once and within the hour: (http://\S+)\n"
VIEWER = {"query": "{ viewer { actor { name } } }"}
TRUSTED = '[[issuers]]\nissuer = "{url}"\naudience = "{audience}"\npeople = {{}}\n'


@pytest.fixture
def strict(settings: Settings) -> Settings:
    """Settings of a server on which one has to sign in."""
    changes = {"auth": True, "port": 0, "credential_cache": 0.0, "log_level": "debug"}
    return settings.model_copy(update=changes)


def made(settings: Settings, *arguments: str) -> tuple[int, str]:
    """The exit code and the output of `pedigree token`."""
    done = command(settings, "token", *arguments)
    return done.exit_code, done.output


def name(http: httpx2.Client, headers: dict[str, str]) -> object:
    answer = http.post("/graphql", json=VIEWER, headers=headers)
    return answer.json()["data"]["viewer"]["actor"]["name"] if answer.status_code == 200 else answer.status_code


def test_the_first_start_prints_a_link_for_the_administrator_and_later_ones_none(
    strict: Settings, graph: Driver
) -> None:
    with served(strict) as server:
        link = server.heard(LINK)
        assert link.startswith(f"{server.url}/signin?token=pdg_l")
        with server.client() as http:
            assert http.get(link).headers["location"] == "./"
            assert "Signed in as <strong>admin</strong>" in http.get("/", headers={"Accept": "text/html"}).text
            assert name(http, {"Origin": server.url}) == "admin"
        assert server.get(link).status_code == 401
        server.interrupt()
        assert "Sign in" not in server.output().partition("\n")[2]
    with served(strict) as server:
        assert server.get("/healthz").status_code == 200
        server.interrupt()
        assert server.output() == ""


def test_the_link_can_be_left_out(strict: Settings, graph: Driver) -> None:
    with served(strict.model_copy(update={"sign_in_link": False})) as server:
        assert server.get("/healthz").status_code == 200
        server.interrupt()
        assert server.output() == ""


def test_without_authentication_everybody_is_one_user(strict: Settings, graph: Driver) -> None:
    with served(strict, "--no-auth") as server:
        create = 'mutation { createRegisteredModel(input: {name: "x"}) { registeredModel { createdBy { name } } } }'
        answer = server.ask(create).json()
        assert answer["data"]["createRegisteredModel"]["registeredModel"] == {"createdBy": {"name": "local"}}
        assert server.get("/signin").status_code == 404
        server.interrupt()
        assert "Sign in" not in server.output()


def test_a_token_is_made_listed_and_revoked_at_the_command_line(strict: Settings, graph: Driver) -> None:
    code, output = made(strict, "create", "--actor", "robot")
    assert (code, output) == (1, "There is no User or Team or ServiceAccount with name robot.\n")
    code, token = made(strict, "create", "--actor", "robot", "--make", "service-account", "--name", "ci", "--days", "7")
    assert (code, token[:5], len(token)) == (0, "pdg_t", 55)
    _, listed = made(strict, "list", "--actor", "robot")
    (line,) = listed.splitlines()
    id, prefix, *_ = line.split()
    assert prefix == f"{token[:12]}..."
    assert line.endswith("never used  ci")
    with served(strict) as server, server.client() as http:
        bearer = {"Authorization": f"Bearer {token.strip()}"}
        assert name(http, bearer) == "robot"
        assert made(strict, "revoke", id) == (0, f"Nobody is let in by the token {id} any longer.\n")
        assert name(http, bearer) == 401
    assert "revoked" in made(strict, "list", "--actor", "robot")[1]
    assert made(strict, "revoke", "unknown") == (1, "You have no token with this id.\n")


def test_a_file_of_issuers_that_is_wrong_is_told_before_anything_is_started(strict: Settings, tmp_path: Path) -> None:
    file = tmp_path / "oidc.toml"
    file.write_text("[[issuers]]\n")
    with spawn(strict.model_copy(update={"oidc_file": file}), "serve") as process:
        output, _ = process.communicate()
    assert process.returncode == 1
    assert f"{file}: issuers.0.issuer: Field required." in output
    assert "Traceback" not in output


def test_no_secret_is_found_in_logs_metrics_and_traces_or_in_the_graph(
    strict: Settings, graph: Driver, tmp_path: Path
) -> None:
    file = tmp_path / "oidc.toml"
    with issuing() as issuer, collecting() as collector:
        file.write_text(TRUSTED.format(url=issuer.url, audience=AUDIENCE))
        telling = strict.model_copy(update={"oidc_file": file, "otlp_endpoint": collector.url})
        with served(telling) as server:
            invited = server.heard(LINK)
            secrets = used(server, invited, issuer)
            said = server.get("/metrics").text
            server.interrupt()
            said += server.output().replace(invited, "")
    traces = b"".join(collector.bodies)
    found = graph.execute_query(
        "MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN collect([properties(n), properties(r)]) AS x"
    )
    whole = str(found.records[0]["x"])
    assert whole.count("ApiToken") > 0
    assert len(secrets) == 9
    assert len(traces) > 0
    for secret in secrets:
        assert secret not in said
        assert secret.encode() not in traces
        assert secret not in whole


def used(server: PedigreeProcess, invited: str, issuer: Issuer) -> list[str]:
    """Secrets of every kind, each presented in every way, good ones and bad ones."""
    make = {"query": 'mutation { createApiToken(input: {name: "ci"}) { token apiToken { id } } }'}
    with server.client({"Origin": server.url}) as http:
        http.get(invited)
        link, session = invited.partition("token=")[2], str(next(iter(http.cookies.values())))
        tokens = [http.post("/graphql", json=make).json()["data"]["createApiToken"] for _ in range(2)]
        first, second = [str(each["token"]) for each in tokens]
        http.post(
            "/graphql",
            json={
                "query": f'mutation {{ revokeApiToken(input: {{id: "{tokens[1]["apiToken"]["id"]}"}}) {{ replayed }} }}'
            },
        )
        theirs, expired = issuer.token(preferred_username="grace"), issuer.token(preferred_username="grace", exp=1)
        strangers = [new_secret(kind).text for kind in SecretKind]
        every = [link, session, first, second, theirs, expired, *strangers]
        for secret in every:
            present(server, secret)
        http.post("/signout")
    return every


def present(server: PedigreeProcess, secret: str) -> None:
    cookie = f"pedigree_{urlsplit(server.url).port}"
    with server.client() as http:
        http.post("/graphql", json=VIEWER, headers={"Authorization": f"Bearer {secret}"})
        http.post("/graphql", json=VIEWER, headers={"Authorization": f"Basic {secret}"})
        http.post("/graphql", json=VIEWER, headers={"Cookie": f"{cookie}={secret}", "Origin": server.url})
        http.post("/signin", data={"token": secret}, headers={"Origin": server.url})
        http.get("/signin", params={"token": secret})
        http.get("/nowhere", params={"token": secret}, headers={"Accept": "text/html"})
    with connect(f"{server.url.replace('http', 'ws')}/graphql", subprotocols=["graphql-transport-ws"]) as socket:  # type: ignore[list-item]
        socket.send(f'{{"type": "connection_init", "payload": {{"Authorization": "Bearer {secret}"}}}}')
        with suppress(ConnectionClosed):  # if it is closed already
            socket.send('{"type": "nonsense"}')
