"""A body becomes a request. JSON is read strictly: what two readers could understand differently is refused."""

import json
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

import orjson

from app.api.request import GraphQLRequest
from app.web.refusals import Refused, refused

DEEPEST = 64
LONGEST_NUMBER = 20  # digits of a whole number with its sign
MEMBERS = ("query", "variables", "operationName", "extensions")
NO_BATCHES = "Send one request at a time, as an object with `query`: lists of requests are not answered."


def read_json(text: bytes | str) -> Any:
    """The value of a JSON text. Raises Refused."""
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise wrong(f"This is not JSON in UTF-8: {error}.") from None
    if is_deeper(value, DEEPEST):
        raise wrong(f"JSON may be nested {DEEPEST} deep.")
    # The fast reader takes the last of several equal keys, and makes floats of long numbers.
    json.loads(text, object_pairs_hook=distinct, parse_int=whole)
    return value


def read_request(value: Any) -> GraphQLRequest:
    """The request that an object says. Raises Refused."""
    if isinstance(value, list):
        raise wrong(NO_BATCHES)
    if not isinstance(value, dict):
        raise wrong("A request is an object with `query`, and `variables` if there are any.")
    if strangers := value.keys() - set(MEMBERS):
        raise wrong(f"A request has no {min(strangers)!r}: it has {', '.join(MEMBERS)}.")
    query = value.get("query")
    if not isinstance(query, str):
        raise wrong("`query` is missing, or no text: it is the GraphQL document.")
    variables, name = value.get("variables"), value.get("operationName")
    for member in ("variables", "extensions"):
        if not isinstance(value.get(member), dict | None):
            raise wrong(f"`{member}` is an object, or left out.")
    if not isinstance(name, str | None):
        raise wrong("`operationName` is a text, or left out.")
    return GraphQLRequest(query, variables or {}, name)


def wrong(message: str) -> Refused:
    return refused(HTTPStatus.BAD_REQUEST, message)


def is_deeper(value: Any, depth: int) -> bool:
    """Whether objects and lists are nested deeper than that."""
    level = [value]
    for _ in range(depth):
        level = [item for outer in level for item in inside(outer)]
        if not level:
            return False
    return any(isinstance(item, dict | list) for item in level)


def inside(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys all differ."""
    made = dict(pairs)
    if len(made) < len(pairs):
        raise wrong("An object has the same key twice.")
    return made


def whole(digits: str) -> int:
    """A whole number that can be kept exactly."""
    if len(digits) > LONGEST_NUMBER:
        raise wrong("A whole number is too long.")
    return int(digits)
