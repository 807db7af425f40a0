"""The story of a recall is true: each request of the guide is sent by who it says, and answered as it says."""

import json
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest

from app.database.connection import Connection
from app.domain.credentials.tokens import CreateApiToken, create_api_token
from app.domain.identity import CreateServiceAccount, CreateUser, create_service_account, create_user, ensure_actor
from app.domain.permission.grants import CreateGrant, create_grant
from app.domain.references import ActorRef
from app.domain.vocabulary import Role
from app.domain.writing import Caller, Writer
from app.main import create_app
from app.settings import Settings
from tests.api.conftest import GENEROUS

GUIDE = Path(__file__).parents[2] / "docs/guide/recall.md"
BLOCK = re.compile(r"^```(graphql as=(\w+)|json)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
KEEP = re.compile(r"^# keep (\w+) = ([\w.]+)$", re.MULTILINE)
PEOPLE = ("ada", "rosa", "tom", "dora")
PROGRAM = "ci"
ADMIN = "admin"


@dataclass
class Step:
    """A request of the guide, who sends it, and the answer that is shown, if one is."""

    who: str
    text: str
    shown: Any = None

    @property
    def kept(self) -> dict[str, str]:
        """The names of the values that later steps take, and where they stand in the answer."""
        return dict(KEEP.findall(self.text))

    @property
    def variables(self) -> set[str]:
        """The variables that the request declares."""
        return set(re.findall(r"\$(\w+): ", self.text))


def steps() -> Iterator[Step]:
    waiting: Step | None = None
    for kind, who, text in BLOCK.findall(GUIDE.read_text(encoding="utf-8")):
        if kind == "json":
            assert waiting is not None
            waiting.shown = json.loads(text)
            continue
        if waiting is not None:
            yield waiting
        waiting = Step(who, text)
    assert waiting is not None
    yield waiting


@pytest.fixture
async def tokens(connection: Connection) -> dict[str, str]:
    """The tokens of who takes part. An administrator is there from the beginning."""
    writer = Writer(connection, Caller(await ensure_actor(connection, ADMIN)))
    await create_grant(writer, CreateGrant(to=ActorRef(name=ADMIN), role=Role.ADMIN))
    for name in PEOPLE:
        await create_user(writer, CreateUser(name=name))
    await create_service_account(writer, CreateServiceAccount(name=PROGRAM))
    made = {
        name: await create_api_token(writer, CreateApiToken(name="story", actor=ActorRef(name=name)))
        for name in (ADMIN, *PEOPLE, PROGRAM)
    }
    return {name: token.secret or "" for name, token in made.items()}


@pytest.fixture
async def http(settings: Settings, tokens: dict[str, str]) -> AsyncIterator[httpx2.AsyncClient]:
    """A server on which one has to sign in, while its audit trail is sealed."""
    app = create_app(settings.model_copy(update={**GENEROUS, "auth": True, "credential_cache": 0.0}))
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://localhost") as http,
    ):
        yield http


async def test_the_story_happens_as_it_is_told(http: httpx2.AsyncClient, tokens: dict[str, str]) -> None:
    known: dict[str, str] = {}
    for step in steps():
        body = {"query": step.text, "variables": {name: known[name] for name in step.variables}}
        sent = await http.post("/graphql", json=body, headers={"Authorization": f"Bearer {tokens[step.who]}"})
        answer = sent.json()
        assert "errors" not in answer, (step.text, answer["errors"])
        if step.shown is not None:
            assert answer["data"] == step.shown, step.text
        for name, place in step.kept.items():
            known[name] = at(answer["data"], place)


def at(value: Any, place: str) -> str:
    for name in place.split("."):
        value = value[name]
    return str(value)
