"""A value that does not fit is refused by its place in the input, be it written out or in a variable."""

from typing import Any

import pytest

from tests.api.conftest import Client

REGISTER = "mutation ($input: RegisterModelVersionInput!) { registerModelVersion(input: $input) { created } }"
SOURCE = ["parents", 0, "source"]


def written(text: str) -> str:
    return f'mutation {{ registerModelVersion(input: {{model: "m", {text}}}) {{ created }} }}'


@pytest.mark.parametrize(
    ("text", "source", "path"),
    [
        ('{id: "x", asset: "y"}', {"id": "x", "asset": "y"}, SOURCE),
        ("{}", {}, SOURCE),
        ("{id: null}", {"id": None}, [*SOURCE, "id"]),
        ('{id: "x", asset: null}', {"id": "x", "asset": None}, SOURCE),
        ('{nobody: "x"}', {"nobody": "x"}, SOURCE),
        ("{run: {}}", {"run": {}}, [*SOURCE, "run"]),
    ],
)
async def test_exactly_one_way_to_name_a_thing_is_given(
    client: Client, text: str, source: object, path: list[object]
) -> None:
    by_literal = await errors(client, written(f"parents: [{{kind: MERGE, source: {text}}}]"))
    by_variable = await errors(client, REGISTER, input={"model": "m", "parents": [{"kind": "MERGE", "source": source}]})
    for each in (by_literal, by_variable):
        assert each != []
        assert {(error["code"], tuple(error["path"])) for error in each} == {("INVALID_INPUT", tuple(path))}


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("surplus: 1", []),
        ("artifact: 7", ["artifact"]),
        ("artifact: {}", ["artifact"]),
        ('parents: [{kind: MERGE, source: {id: "x"}}, {kind: NONE, source: {id: "y"}}]', ["parents", 1, "kind"]),
        ("aliases: [true]", ["aliases", 0]),
        ('run: {new: {startedAt: "yesterday"}}', ["run", "new", "startedAt"]),
        ("weights: {parameterCount: 9007199254740992}", ["weights", "parameterCount"]),
        ("metadata: {x: [18446744073709551616]}", ["metadata"]),
        ("parameters: {x: 1e400}", ["parameters"]),
    ],
)
async def test_a_value_that_is_written_out_is_found_by_its_path(client: Client, text: str, path: list[object]) -> None:
    (error,) = await errors(client, written(text))
    assert (error["code"], error["retryable"], error["path"]) == ("INVALID_INPUT", False, path)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("{ nodes(ids: [1.5]) { id } }", ["ids", 0]),
        ("{ registeredModels(where: {not: {kind: [NONE]}}) { totalCount } }", ["where", "not", "kind", 0]),
        ('query ($first: Int = "all") { registeredModels(first: $first) { totalCount } }', ["first"]),
        ("query ($name: Int!) { registeredModel(name: $name) { id } }", ["name"]),
        ('query ($x: Int) { nodes(ids: ["a", $x]) { id } }', ["ids", 1]),
        (
            "query ($x: String) { modelVersions(where: {and: [{}, {digest: $x}]}) { totalCount } }",
            ["where", "and", 1, "digest"],
        ),
        ("query ($x: ID) { modelVersion(by: {id: $x}) { id } }", ["by"]),
        (
            '{ modelVersions(where: {parameter: {name: "x", eq: 18446744073709551616}}) { totalCount } }',
            ["where", "parameter", "eq"],
        ),
    ],
)
async def test_beside_an_input_the_argument_is_named(client: Client, text: str, path: list[object]) -> None:
    (error,) = await errors(client, text)
    assert (error["code"], error["path"]) == ("INVALID_INPUT", path)


@pytest.mark.parametrize("text", ["{ nope }", "{ registeredModel { id } }", "{ registeredModel(id: 1) { id } }", "{"])
async def test_what_is_no_query_is_an_invalid_query(client: Client, text: str) -> None:
    assert "INVALID_QUERY" in {error["code"] for error in await errors(client, text)}


async def test_a_fragment_may_come_before_the_query_whose_variables_it_uses(client: Client) -> None:
    text = "fragment F on Query { modelVersion(by: {id: $id}) { id } } query ($id: ID!) { ...F }"
    assert await client.data(text, id="nobody") == {"modelVersion": None}


async def test_a_client_sees_which_inputs_take_one_of_their_fields(client: Client) -> None:
    data = await client.data(
        '{ ref: __type(name: "RunRef") { isOneOf } filter: __type(name: "RunFilter") { isOneOf } }'
    )
    assert data == {"ref": {"isOneOf": True}, "filter": {"isOneOf": False}}


async def errors(client: Client, text: str, **variables: Any) -> list[dict[str, Any]]:
    """The extensions of all errors of an answer that has no data."""
    answer = await client.send(text, **variables)
    assert not any((answer.get("data") or {}).values())
    return [error["extensions"] for error in answer["errors"]]
