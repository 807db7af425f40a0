"""What is planned ahead is what is sent."""

import pytest

from app.database.connection import Connection
from app.domain.credentials.sessions import begin_session
from app.domain.credentials.tokens import CreateApiToken, create_api_token
from app.domain.delivery.environments import CreateEnvironment, create_environment
from app.domain.registry.aliases import SetModelAlias, set_model_alias
from app.domain.vocabulary import Role
from app.domain.writing import Writer
from app.planner.warming import statements, warm
from tests.domain.permission.people import somebody
from tests.fixtures.recording import Recording
from tests.fixtures.registration import register
from tests.fixtures.schema import PLANNER


@pytest.mark.parametrize("signs_in", [False, True])
async def test_commands_send_nothing_that_was_not_planned_ahead(writer: Writer, signs_in: bool) -> None:
    by = await somebody(writer, role=Role.ADMIN) if signs_in else writer
    recording = Recording(writer.connection.driver, read_timeout=30, write_timeout=30)
    by = Writer(recording, by.caller)
    id = (await register(by)).id
    await set_model_alias(by, SetModelAlias.model_validate({"alias": "champion", "version": {"id": id}}))
    await create_environment(by, CreateEnvironment(name="production", position=1))
    await create_api_token(by, CreateApiToken(name="ours"))
    if by.caller.principal:
        await begin_session(recording, by.caller.principal, 60)
    texts = {*recording.texts}
    assert len(texts) >= 5
    assert texts - {*statements(PLANNER.kinds, is_guarded=signs_in)} == set()


async def test_every_text_is_planned_once(connection: Connection) -> None:
    texts = ["CYPHER 5 RETURN $given.a AS a", "CYPHER 5 RETURN $given.b AS b", "CYPHER 5 RETURN $given.a AS a"]
    assert await warm(connection, texts) == 2
