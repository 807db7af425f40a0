"""A registry in which something is private: with a client that sees all of it, and one that does not."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any

import httpx2
import pytest

from app.domain.credentials.tokens import CreateApiToken, create_api_token
from app.domain.delivery.environments import CreateEnvironment, create_environment
from app.domain.delivery.placement import PlaceDeployment, place_deployment
from app.domain.identity import CreateServiceAccount, CreateTeam, create_service_account, create_team
from app.domain.lineage.datasets import CreateDataset, create_dataset
from app.domain.permission.grants import CreateGrant, create_grant
from app.domain.registry.models import CreateRegisteredModel, create_registered_model
from app.domain.vocabulary import Visibility
from app.domain.writing import Writer
from app.main import create_app
from app.settings import Settings
from tests.api.conftest import GENEROUS, Client
from tests.fixtures.registration import DIGEST, WHOLE, register

SECRET = "risk/secret"
PRIVATE = Visibility.PRIVATE
RUN = {
    "new": {"job": {"name": "train"}, "parameters": {"seed": 7}, "metrics": [{"name": "loss", "value": 1, "step": 1}]}
}


@dataclass(frozen=True)
class World:
    """A registry with a private model and dataset: who sees all, who does not, and what is to be found by its id."""

    insider: Client
    outsider: Client
    ids: list[str]

    async def both(self, query: str, **variables: Any) -> tuple[Any, Any]:
        """What the insider is answered, and the outsider."""
        return await self.insider.data(query, **variables), await self.outsider.data(query, **variables)


@pytest.fixture
async def world(settings: Settings, writer: Writer) -> AsyncIterator[World]:
    await create_team(writer, CreateTeam(name="risk"))
    await create_registered_model(writer, CreateRegisteredModel(name=SECRET, visibility=PRIVATE))
    await create_dataset(writer, CreateDataset(name="risk/clicks", kind="files", visibility=PRIVATE))
    base = (await register(writer, "base")).id
    inputs = [{"role": "train", "dataset": {"record": {"dataset": "risk/clicks", "version": "1", "digest": DIGEST}}}]
    parents = [{"source": {"modelVersion": {"id": base}}, "kind": "FINE_TUNE"}]
    whole = {**WHOLE, "model": SECRET, "inputs": inputs, "parents": parents, "run": RUN}
    secret = (await register(writer, **whole)).id
    await register(writer, "open", parents=[{"source": {"modelVersion": {"id": secret}}, "kind": "MERGE"}])
    await create_environment(writer, CreateEnvironment(name="production", position=1))
    place = {"environment": {"name": "production"}, "endpoint": "api", "version": {"id": secret}}
    await place_deployment(writer, PlaceDeployment.model_validate(place))
    app = create_app(settings.model_copy(update={**GENEROUS, "auth": True}))
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(app.router.lifespan_context(app))
        clients = []
        for name, role in (("insider", "ADMIN"), ("outsider", None)):
            token = await token_of(writer, name, role)
            http = httpx2.AsyncClient(
                transport=httpx2.ASGITransport(app),
                base_url="http://localhost",
                headers={"Authorization": f"Bearer {token}"},
            )
            clients.append(Client(await stack.enter_async_context(http)))
        insider, outsider = clients
        row = await writer.connection.read(
            "ids", "MATCH (n:Entity) WHERE n.scope IS NOT NULL RETURN collect(n.id) AS ids, collect(n.scope) AS scopes"
        )
        hidden = await writer.connection.read("hidden", "MATCH (n {isPrivate: true}) RETURN collect(n.id) AS ids")
        ids = [id for id, scope in zip(row["ids"], row["scopes"], strict=True) if scope in hidden["ids"]]
        yield World(insider, outsider, ids)


async def token_of(writer: Writer, name: str, role: str | None) -> str:
    await create_service_account(writer, CreateServiceAccount(name=name))
    if role:
        await create_grant(writer, CreateGrant.model_validate({"to": {"name": name}, "role": role}))
    command = CreateApiToken.model_validate({"name": "test", "actor": {"name": name}})
    return str((await create_api_token(writer, command)).secret)
