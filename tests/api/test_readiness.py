"""Whether a version would be let in, over HTTP: what cannot be asked says why."""

import pytest

from tests.api.conftest import Client

SETUP = """mutation {
  createEnvironment(input: {name: "production", position: 1}) { environment { id } }
  registerModelVersion(input: {model: "churn", createModel: true}) { modelVersion { id } }
}"""
ARCHIVE = 'mutation { archiveEnvironment(input: {environment: {name: "production"}}) { environment { id } } }'
READY = """query ($asOf: DateTime, $number: Int = 1, $name: String = "production") {
  promotionReadiness(version: {number: {model: "churn", number: $number}}, environment: {name: $name}, asOf: $asOf) {
    allowed blockers { kind } at
  }
}"""


@pytest.fixture
async def churn(client: Client) -> Client:
    """A version, and an environment without policies."""
    await client.data(SETUP)
    return client


async def test_where_nothing_is_let_in_any_longer_nothing_is_ready(churn: Client) -> None:
    before = (await churn.data(READY))["promotionReadiness"]
    assert (before["allowed"], before["blockers"]) == (True, [])
    await churn.data(ARCHIVE)
    error = await churn.error(READY)
    assert (error["code"], error["path"]) == ("INVALID_INPUT", ["environment", "name"])
    then = (await churn.data(READY, asOf=before["at"]))["promotionReadiness"]
    assert then["allowed"] is True


async def test_what_there_is_not_is_not_found(churn: Client) -> None:
    for given, path in (({"number": 9}, ["version", "number"]), ({"name": "nowhere"}, ["environment", "name"])):
        error = await churn.error(READY, **given)
        assert (error["code"], error["path"]) == ("NOT_FOUND", path)
