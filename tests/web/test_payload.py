"""JSON is read strictly, and a request has a form."""

import pytest

from app.api.request import GraphQLRequest
from app.web.payload import DEEPEST, read_json, read_request
from app.web.refusals import Refused


def nested(depth: int) -> str:
    return "[" * depth + "]" * depth


def test_json_is_read() -> None:
    text = '{"a": [1, -2.5, 1e3, true, null, "\\u00fc\\ud83d\\ude00"], "b": {"a": 9007199254740993}}'
    assert read_json(text) == {"a": [1, -2.5, 1000.0, True, None, "ü😀"], "b": {"a": 9007199254740993}}
    read_json(nested(DEEPEST))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "{} {}",
        "NaN",
        "-Infinity",
        "1e999",
        "'a'",
        '{"a": 1,}',
        '"\\ud800"',
        "\ufeff{}",
        '{"a": 1, "a": 2}',
        '[{"b": {"a": 1, "\\u0061": 2}}]',
        "9" * 4_301,
        "[" + "9" * 21 + "]",
        nested(DEEPEST + 1),
        nested(100_000),
        "// a comment\n{}",
    ],
)
def test_what_readers_could_understand_differently_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_json(text)
    assert refusal.value.status == 400


@pytest.mark.parametrize("body", [b"\xff\xfe{\x00}\x00", b'{"query": "\xe4"}', b"\x1f\x8b\x08\x00"])
def test_what_is_not_utf_8_is_refused(body: bytes) -> None:
    with pytest.raises(Refused):
        read_json(body)


def test_a_request_is_a_document_with_variables() -> None:
    assert read_request({"query": "q"}) == GraphQLRequest("q")
    assert read_request({"query": "q", "variables": None, "operationName": None, "extensions": None}) == (
        GraphQLRequest("q", {}, None)
    )
    assert read_request({"query": "q", "variables": {"a": 1}, "operationName": "o", "extensions": {}}) == (
        GraphQLRequest("q", {"a": 1}, "o")
    )


@pytest.mark.parametrize(
    "value",
    [
        None,
        7,
        "{ a }",
        [],
        [{"query": "q"}],
        {},
        {"query": None},
        {"query": 7},
        {"query": {"a": 1}},
        {"query": "q", "variables": []},
        {"query": "q", "variables": "{}"},
        {"query": "q", "operationName": 1},
        {"query": "q", "operationName": ["o"]},
        {"query": "q", "extensions": "e"},
        {"query": "q", "operationname": "o"},
        {"id": "persisted"},
    ],
)
def test_anything_else_is_no_request(value: object) -> None:
    with pytest.raises(Refused) as refusal:
        read_request(value)
    assert refusal.value.status == 400
