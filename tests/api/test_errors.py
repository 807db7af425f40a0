"""Failures: a stable code, the field's path, and nothing of our insides."""

import pytest

from tests.api.conftest import Client


async def test_an_unknown_field_is_an_invalid_query(client: Client) -> None:
    error = await client.error('{ registeredModel(name: "a") { title } }')
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


@pytest.mark.parametrize(
    ("input", "path"),
    [
        (None, []),
        ({}, []),
        ({"model": 7}, ["model"]),
        ({"model": "m", "surplus": 1}, []),
        ({"model": "m", "parents": [{"kind": "NONE", "source": {"id": "x"}}]}, ["parents", 0, "kind"]),
        ({"model": "m", "parents": [{"kind": "MERGE", "source": {"id": "x", "name": "y"}}]}, ["parents", 0, "source"]),
        ({"model": "m", "run": {"new": {"startedAt": "yesterday"}}}, ["run", "new", "startedAt"]),
        ({"model": "m", "run": {"new": {"endedAt": "2999-01-01T00:00:00Z"}}}, ["run", "new", "endedAt"]),
        (
            {"model": "m", "evaluations": [{"at": "2999-01-01T00:00:00Z", "metrics": [{"name": "auc", "value": 1}]}]},
            ["evaluations", 0, "at"],
        ),
        ({"model": "m", "tags": [{"key": "a b", "value": ""}]}, ["tags", 0, "key"]),
        ({"model": "m", "links": [{"kind": "paper", "url": "javascript:alert(1)"}]}, ["links", 0, "url"]),
        (
            {"model": "m", "references": [{"system": "hf", "externalId": "1", "url": "data:text/html,x"}]},
            ["references", 0, "url"],
        ),
        ({"model": "m", "licenseUrl": "file:///etc/passwd"}, ["licenseUrl"]),
        ({"model": "m", "aliases": ["a"] * 101}, ["aliases"]),
        ({"model": "m" * 251}, ["model"]),
        ({"model": "m", "description": "x" * 10_001}, ["description"]),
        ({"model": "m", "metadata": {"x": "y" * 70_000}}, ["metadata"]),
        ({"model": "m", "weights": {"parameterCount": 2**53}}, ["weights", "parameterCount"]),
    ],
)
async def test_a_value_that_does_not_fit_is_found_by_its_path(
    client: Client, input: object, path: list[object]
) -> None:
    text = """mutation ($input: RegisterModelVersionInput!) {
      registerModelVersion(input: $input) { created } }"""
    error = await client.error(text, input=input)
    assert (error["code"], error["retryable"], error["path"]) == ("INVALID_INPUT", False, path)


async def test_a_variable_beside_the_input_is_named(client: Client) -> None:
    error = await client.error("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=["a", None])
    assert (error["code"], error["path"]) == ("INVALID_INPUT", ["ids", 1])
    text = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } registeredModels { totalCount } }"
    answer = await client.send(text, ids=["a"] * 101)
    assert answer["data"] == {"nodes": None, "registeredModels": {"totalCount": 0}}
    (refused,) = answer["errors"]
    assert (refused["path"], refused["extensions"]["path"]) == (["nodes"], ["ids"])


async def test_a_reference_to_nothing_is_not_found_and_changes_nothing(client: Client) -> None:
    error = await client.error('mutation { registerModelVersion(input: {model: "nobody"}) { created } }')
    assert (error["code"], error["path"]) == ("NOT_FOUND", ["model"])
    assert (await client.data("{ registeredModels { totalCount } }"))["registeredModels"] == {"totalCount": 0}


async def test_a_look_up_of_nothing_is_null(client: Client) -> None:
    data = await client.data(
        """query ($digest: Digest!) {
          registeredModel(name: "none") { id }
          modelVersion(by: {id: "none"}) { id }
          dataset(name: "none") { id }
          node(id: "none") { id }
          nodes(ids: ["none"]) { id }
          external(system: "mlflow", externalId: "none") { id }
          byDigest(digest: $digest) { id }
        }""",
        digest="sha256:" + "0" * 64,
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


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ('{ byDigest(digest: "sha256:none") { id } }', ["digest"]),
        ('{ modelVersion(by: {digest: "sha256"}) { id } }', ["by", "digest"]),
        (f'{{ datasetVersion(by: {{digest: "md5:{"A" * 32}"}}) {{ id }} }}', ["by", "digest"]),
        ('{ modelVersions(where: {or: [{fileDigest: "crc:00"}]}) { totalCount } }', ["where", "or", 0, "fileDigest"]),
        (
            '{ modelVersions(where: {metric: {name: "auc", on: {digest: ""}}}) { totalCount } }',
            ["where", "metric", "on", "digest"],
        ),
        ('{ impact(of: [{datasetVersion: {digest: "x"}}]) { complete } }', ["of", 0, "datasetVersion", "digest"]),
    ],
)
async def test_what_is_no_digest_is_refused_and_not_looked_for(client: Client, text: str, path: list[object]) -> None:
    error = await client.error(text)
    assert (error["code"], error["path"]) == ("INVALID_INPUT", path)
    assert "digest" in error["message"]


async def test_every_answer_names_its_request(client: Client) -> None:
    response = await client.http.post("/graphql", json={"query": "{ nope }"}, headers={"X-Request-ID": "mine"})
    assert response.headers["x-request-id"] == "mine"
    assert response.json()["errors"][0]["extensions"]["requestId"] == "mine"


@pytest.mark.parametrize("moment", ["2026-03-03T14:00:00", "yesterday"])
async def test_an_instant_needs_its_offset(client: Client, moment: str) -> None:
    error = await client.error("query ($at: DateTime) { deployments(asOf: $at) { totalCount } }", at=moment)
    assert error["code"] == "INVALID_INPUT"
