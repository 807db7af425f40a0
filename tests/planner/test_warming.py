"""What is planned ahead is what is sent."""

from dataclasses import dataclass, field

import pytest

from app.database.connection import Connection, Parameters, Row, Transaction
from app.database.queries import Query
from app.domain.credentials.sessions import begin_session
from app.domain.credentials.tokens import CreateApiToken, create_api_token
from app.domain.delivery.environments import CreateEnvironment, create_environment
from app.domain.registry.aliases import SetModelAlias, set_model_alias
from app.domain.vocabulary import Role
from app.domain.writing import Writer
from app.planner.warming import statements, warm
from tests.domain.permission.people import somebody
from tests.fixtures.registration import register
from tests.fixtures.schema import PLANNER


@dataclass(frozen=True)
class Overheard(Connection):
    """Keeps the texts that it sends to be read."""

    texts: set[str] = field(default_factory=set)

    async def read(self, name: str, text: str, parameters: Parameters | None = None) -> Row:
        self.texts.add(text)
        return await super().read(name, text, parameters)


@pytest.mark.parametrize("signs_in", [False, True])
async def test_commands_send_nothing_that_was_not_planned_ahead(
    writer: Writer, monkeypatch: pytest.MonkeyPatch, signs_in: bool
) -> None:
    by = await somebody(writer, role=Role.ADMIN) if signs_in else writer
    overheard = Overheard(writer.connection.driver, read_timeout=30, write_timeout=30)
    run = Transaction.run

    async def heard(transaction: Transaction, query: Query, parameters: Parameters) -> Row:
        overheard.texts.add(query.text)
        return await run(transaction, query, parameters)

    monkeypatch.setattr(Transaction, "run", heard)
    by = Writer(overheard, by.caller)
    id = (await register(by)).id
    await set_model_alias(by, SetModelAlias.model_validate({"alias": "champion", "version": {"id": id}}))
    await create_environment(by, CreateEnvironment(name="production", position=1))
    await create_api_token(by, CreateApiToken(name="ours"))
    if by.caller.principal:
        await begin_session(overheard, by.caller.principal, 60)
    assert len(overheard.texts) >= 5
    assert overheard.texts - {*statements(PLANNER.kinds, is_guarded=signs_in)} == set()


async def test_every_text_is_planned_once(connection: Connection) -> None:
    texts = ["CYPHER 5 RETURN $given.a AS a", "CYPHER 5 RETURN $given.b AS b", "CYPHER 5 RETURN $given.a AS a"]
    assert await warm(connection, texts) == 2
