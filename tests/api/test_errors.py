"""Failures: a stable code, the field's path, and nothing of our insides."""

import pytest

from tests.api.conftest import Client


async def test_an_unknown_field_is_an_invalid_query(client: Client) -> None:
    error = await client.error("{ registeredModel(name: 1) { id } }")
    assert error["code"] == "INVALID_QUERY"


async def test_a_page_that_is_too_large_fails_alone(client: Client) -> None:
    answer = await client.send("{ a: registeredModels { totalCount } b: registeredModels(first: 101) { totalCount } }")
    assert answer["data"] == {"a": {"totalCount": 0}, "b": None}
    (error,) = answer["errors"]
    assert error["path"] == ["b"]
    assert error["message"] == "`first` must be between 0 and 100."
    assert error["extensions"].items() >= {"code": "INVALID_INPUT", "retryable": False, "path": ["first"]}.items()


async def test_an_input_that_fails_names_the_field(client: Client) -> None:
    error = await client.error(
        """mutation {
          registerModelVersion(input: {model: "m", artifact: {uri: "s3://x", digest: "md5:zz"}}) { created }
        }"""
    )
    assert error["code"] == "INVALID_INPUT"
    assert error["path"] == ["artifact", "digest"]


async def test_a_reference_to_nothing_is_not_found_and_changes_nothing(client: Client) -> None:
    error = await client.error('mutation { registerModelVersion(input: {model: "nobody"}) { created } }')
    assert (error["code"], error["path"]) == ("NOT_FOUND", ["model"])
    assert (await client.data("{ registeredModels { totalCount } }"))["registeredModels"] == {"totalCount": 0}


async def test_a_look_up_of_nothing_is_null(client: Client) -> None:
    data = await client.data(
        """{
          registeredModel(name: "none") { id }
          modelVersion(by: {id: "none"}) { id }
          dataset(name: "none") { id }
          node(id: "none") { id }
          nodes(ids: ["none"]) { id }
          external(system: "mlflow", externalId: "none") { id }
          byDigest(digest: "sha256:none") { id }
        }"""
    )
    assert data == {
        "registeredModel": None,
        "modelVersion": None,
        "dataset": None,
        "node": None,
        "nodes": [None],
        "external": None,
        "byDigest": [],
    }


async def test_every_answer_names_its_request(client: Client) -> None:
    response = await client.http.post("/graphql", json={"query": "{ nope }"}, headers={"X-Request-ID": "mine"})
    assert response.headers["x-request-id"] == "mine"
    assert response.json()["errors"][0]["extensions"]["requestId"] == "mine"


@pytest.mark.parametrize("moment", ["2026-03-03T14:00:00", "yesterday"])
async def test_an_instant_needs_its_offset(client: Client, moment: str) -> None:
    error = await client.error("query ($at: DateTime) { deployments(asOf: $at) { totalCount } }", at=moment)
    assert error["code"] == "INVALID_INPUT"
