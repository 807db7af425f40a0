"""Bad manners on a WebSocket."""

from collections.abc import Mapping
from typing import Any

from tests.web.bad_requests.rows import Raw, Row, Talk

INIT = {"type": "connection_init"}
HANDSHAKE = b"GET /graphql HTTP/1.1\r\nHost: {host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
KEY = b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
MODELS = "{ registeredModels { nodes { versions { totalCount } } } }"
PAGE = "query ($n: Int) { registeredModels(first: $n) { totalCount } }"
WALKS = "{ modelVersions(first: 100) { nodes { upstream { complete } } } }"
BAD, UNAUTHORIZED, NO_PROTOCOL, SLOW, TAKEN, TOO_MANY = 4400, 4401, 4406, 4408, 4409, 4429


def said(name: str, status: int, *messages: Mapping[str, Any] | str | bytes) -> Row:
    """Messages after which the socket is closed."""
    return Row(name, Talk(messages), status)


def asked(name: str, code: str, query: str, **variables: Any) -> Row:
    """An operation that is refused, on a socket that stays open."""
    return Row(name, Talk((INIT, subscribe("1", query, variables=variables))), 101, code)


def subscribe(id: object, query: object = "{ __typename }", **payload: Any) -> dict[str, Any]:
    return {"type": "subscribe", "id": id, "payload": {"query": query, **payload}}


HANDSHAKES = (
    Row("no protocol", Talk(protocols=()), NO_PROTOCOL),
    Row("the legacy protocol", Talk(protocols=("graphql-ws",)), NO_PROTOCOL),
    Row("an unknown protocol", Talk(protocols=("soap", "mqtt")), NO_PROTOCOL),
    Row("a socket of somebody else's page", Talk(headers={"Origin": "https://evil.example"}), 403, "FORBIDDEN"),
    Row("a socket of a page without an origin", Talk(headers={"Origin": "null"}), 403, "FORBIDDEN"),
    Row("a socket at another host", Talk(headers={"Host": "evil.example"}), 421, "FORBIDDEN"),
    Row("a socket at another path", Talk(target="/elsewhere"), 403),
    Row("a handshake without a key", Raw(HANDSHAKE + b"Sec-WebSocket-Version: 13\r\n\r\n"), 400),
    Row("a handshake of another version", Raw(HANDSHAKE + KEY + b"Sec-WebSocket-Version: 7\r\n\r\n"), 400),
)

MESSAGES = (
    said("a client that says nothing", SLOW),
    said("pings instead of a beginning", SLOW, {"type": "ping"}, {"type": "pong"}),
    said("bytes", BAD, b"\x00\x01"),
    said("a text that is no JSON", BAD, "hello"),
    said("a number", BAD, "7"),
    said("a list", BAD, "[]"),
    said("null", BAD, "null"),
    said("JSON too deep", BAD, "[" * 100_000 + "]" * 100_000),
    said("a message with the same key twice", BAD, '{"type": "ping", "type": "connection_init"}'),
    said("no type", BAD, {}),
    said("a message of an unknown type", BAD, {"type": "start"}),
    said("a type that is a number", BAD, {"type": 7}),
    said("a type that is an object", BAD, {"type": {"a": 1}}),
    said("a type of the server", BAD, INIT, {"type": "next", "id": "1", "payload": {}}),
    said("a beginning with a list", BAD, {"type": "connection_init", "payload": []}),
    said("a ping with a text", BAD, INIT, {"type": "ping", "payload": "a"}),
    said("an operation before the beginning", UNAUTHORIZED, subscribe("1")),
    said("two beginnings", TOO_MANY, INIT, INIT),
    said("an operation without an id", BAD, INIT, {"type": "subscribe", "payload": {"query": "{ __typename }"}}),
    said("an id that is a number", BAD, INIT, subscribe(1)),
    said("an empty id", BAD, INIT, subscribe("")),
    said("an id of 10,000 letters", BAD, INIT, subscribe("a" * 10_000)),
    said("an operation without anything", BAD, INIT, {"type": "subscribe", "id": "1"}),
    said("a query that is a number", BAD, INIT, subscribe("1", 7)),
    said("variables that are a list", BAD, INIT, subscribe("1", variables=[1])),
    said("an operation with a key that nobody knows", BAD, INIT, subscribe("1", key=1)),
    said("an id that is taken", TAKEN, INIT, *[subscribe("1", MODELS)] * 2),
    said("the end of nothing", BAD, INIT, {"type": "complete"}),
    said("a message too long", 1009, INIT, subscribe("1", "#" * 300_000)),
    said("a flood of pings", TOO_MANY, INIT, *[{"type": "ping"}] * 100),
)

OPERATIONS = (
    asked("a subscription over a socket", "INVALID_QUERY", "subscription { registeredModels { totalCount } }"),
    asked("a document that breaks off, over a socket", "INVALID_QUERY", "{"),
    asked("an unknown field over a socket", "INVALID_QUERY", "{ nope }"),
    asked(
        "too many aliases over a socket", "TOO_COMPLEX", "{" + " ".join(f"a{i}: __typename" for i in range(31)) + "}"
    ),
    asked(
        "too high a cost over a socket",
        "TOO_COMPLEX",
        WALKS,
    ),
    asked(
        "a wrong variable over a socket",
        "INVALID_INPUT",
        "query ($n: Int) { registeredModels(first: $n) { totalCount } }",
        n="a",
    ),
    asked("a page of 101 over a socket", "INVALID_INPUT", PAGE, n=101),
    Row(
        "eleven operations at a time",
        Talk(
            (
                INIT,
                *(subscribe(str(i), MODELS) for i in range(11)),
            )
        ),
        101,
        "RATE_LIMITED",
    ),
)

ROWS = (*HANDSHAKES, *MESSAGES, *OPERATIONS)
