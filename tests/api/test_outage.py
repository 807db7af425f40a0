"""Neo4j goes away and comes back: requests say so at once, and the server needs no restart."""

import asyncio
import os
import signal

import httpx2
import pytest

from app.cli.database import connected
from app.database.local import local_neo4j
from app.main import create_app
from app.settings import Settings
from tests.api.conftest import Client

READ = "{ registeredModels { totalCount } }"
WRITE = 'mutation { createRegisteredModel(input: {name: "after"}) { registeredModel { name } } }'


@pytest.mark.long
async def test_an_outage_is_told_and_ends_without_a_restart(own_settings: Settings, tmp_path: object) -> None:
    patient = {"write_timeout": 60.0, "execution_timeout": 60.0}
    settings = own_settings.model_copy(update={"data_dir": tmp_path, **patient})
    with local_neo4j(settings) as neo4j:
        app = create_app(connected(settings, neo4j))
        async with (
            app.router.lifespan_context(app),
            httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://localhost") as http,
        ):
            client = Client(http)
            assert await client.data(READ) == {"registeredModels": {"totalCount": 0}}
            neo4j.supervisor.send_signal(signal.SIGSTOP)  # or it would start Neo4j again at once
            os.kill(neo4j.pid, signal.SIGKILL)
            for text in (READ, WRITE):
                async with asyncio.timeout(5):
                    error = await client.error(text)
                assert (error["code"], error["retryable"]) == ("UNAVAILABLE", True)
            neo4j.supervisor.send_signal(signal.SIGCONT)
            async with asyncio.timeout(120):
                while "errors" in (answer := await client.send(READ)):
                    assert answer["errors"][0]["extensions"]["code"] == "UNAVAILABLE"
                    await asyncio.sleep(0.1)  # or asking would take the time that Neo4j needs to start
            assert answer["data"] == {"registeredModels": {"totalCount": 0}}
            assert await client.data(WRITE) == {"createRegisteredModel": {"registeredModel": {"name": "after"}}}
