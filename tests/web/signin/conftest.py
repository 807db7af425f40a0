"""A server on which one has to sign in, and who does."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

import httpx2
import pytest
from neo4j import AsyncDriver
from starlette.applications import Starlette

from app.access.access import Access
from app.access.notes import Notes
from app.access.oidc.configuration import issuers_of
from app.access.oidc.issuers import Issuers
from app.database.connection import Connection
from app.domain.credentials.tokens import CreateApiToken, create_api_token
from app.domain.identity import ensure_actor
from app.domain.permission.grants import CreateGrant, create_grant
from app.domain.references import ActorRef
from app.domain.vocabulary import Role
from app.domain.writing import Caller, Writer
from app.main import create_app
from app.settings import Settings
from tests.api.conftest import GENEROUS
from tests.fixtures.issuer import AUDIENCE, CLIENT, CLIENT_SECRET, Issuer, issuing
from tests.web.wire import endpoint

HOST = "http://localhost"
TRUSTED = """
[[issuers]]
issuer = "{url}"
audience = "{audience}"
people = {{}}
groups = {{teams = {{"ml-risk" = "risk"}}}}
rules = [{{when = {{repository = "acme/*"}}, service_account = "ci/{{repository}}", permissions = ["alias.set"]}}]
client = {{id = "{client}", secret_file = "{secret}", title = "Example"}}
"""


@dataclass(frozen=True)
class Token:
    """An API token, with its id."""

    id: str
    text: str

    @property
    def header(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.text}"}


@pytest.fixture(scope="session")
def listening() -> Iterator[Issuer]:
    with issuing() as issuer:
        yield issuer


@pytest.fixture
def issuer(listening: Issuer) -> Issuer:
    """An issuer that nobody has asked yet."""
    listening.is_away, listening.person = False, {}
    listening.answers.set()
    listening.reached.clear()
    listening.asked.clear()
    listening.codes.clear()
    return listening


@pytest.fixture(scope="session")
def strict(settings: Settings, listening: Issuer, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a server on which one has to sign in, which trusts the issuer and remembers nobody."""
    folder = tmp_path_factory.mktemp("oidc")
    secret, file = folder / "secret", folder / "oidc.toml"
    secret.write_text(f"{CLIENT_SECRET}\n")
    file.write_text(TRUSTED.format(url=listening.url, audience=AUDIENCE, client=CLIENT, secret=secret))
    return settings.model_copy(update={**GENEROUS, "auth": True, "credential_cache": 0.0, "oidc_file": file})


@pytest.fixture(scope="session")
async def running(strict: Settings, session_driver: AsyncDriver) -> AsyncIterator[Starlette]:
    app = create_app(strict)
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture
async def app(running: Starlette, strict: Settings, connection: Connection) -> Starlette:
    """The server, whose registry is empty and who has asked no issuer yet."""
    access = access_of(running)
    await access.close()
    access.issuers, access.notes = Issuers(issuers_of(strict.oidc_file)), Notes()
    return running


@pytest.fixture
async def http(app: Starlette) -> AsyncIterator[httpx2.AsyncClient]:
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url=HOST) as http:
        yield http


@pytest.fixture
async def ada(connection: Connection) -> Token:
    """A token of a user."""
    return await token_of(connection, "ada")


async def token_of(connection: Connection, name: str, permissions: tuple[str, ...] | None = None) -> Token:
    """A new token of a user, who is made when there is none."""
    writer = Writer(connection, Caller(await ensure_actor(connection, name)))
    written = await create_api_token(writer, CreateApiToken(name="test", permissions=permissions))
    return Token(written.id, str(written.secret))


async def granted(connection: Connection, name: str, role: Role = Role.CONTRIBUTOR) -> None:
    """Give a user a role over everything."""
    boss = Writer(connection, Caller(await ensure_actor(connection, "boss")))
    await create_grant(boss, CreateGrant(to=ActorRef(name=name), role=role))


async def settled(app: Starlette) -> None:
    """Return once it is noted who used which token."""
    await access_of(app).notes.settled()


def access_of(app: Starlette) -> Access:
    return endpoint(app).entrance.access
