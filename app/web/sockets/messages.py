"""What a client may say over a WebSocket."""

from dataclasses import dataclass, field
from typing import Any

from app.api.request import GraphQLRequest
from app.web.payload import read_json, read_request
from app.web.refusals import Refused

BAD_MESSAGE = 4400
LONGEST_REASON = 100  # the protocol of WebSockets has room for 123 bytes
LONGEST_ID = 128


class Closed(Exception):
    """The socket is closed, with a code and the reason."""

    def __init__(self, code: int, reason: str) -> None:
        self.code = code
        self.reason = reason.encode("ascii", "replace").decode()[:LONGEST_REASON]
        super().__init__(self.reason)


@dataclass(frozen=True)
class Init:
    """The client begins, and may say who it is, as in the header Authorization."""

    authorization: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Ping:
    """Is the server there?"""


@dataclass(frozen=True)
class Pong:
    """The client is there."""


@dataclass(frozen=True)
class Subscribe:
    """An operation, under an id that its answers carry."""

    id: str
    request: GraphQLRequest


@dataclass(frozen=True)
class Complete:
    """The client wants no more answers of an operation."""

    id: str


Message = Init | Ping | Pong | Subscribe | Complete


def read_message(text: str) -> Message:
    """The message of a text. Raises Closed."""
    try:
        value = read_json(text)
    except Refused as refusal:
        raise bad(str(refusal)) from None
    if not isinstance(value, dict):
        raise bad("A message is an object.")
    match value.get("type"):
        case "connection_init":
            check_payload(value)
            return Init(read_authorization(value.get("payload") or {}))
        case "ping":
            check_payload(value)
            return Ping()
        case "pong":
            check_payload(value)
            return Pong()
        case "subscribe":
            return Subscribe(read_id(value), read_operation(value))
        case "complete":
            return Complete(read_id(value))
    raise bad("The type of the message is not known.")


def read_operation(message: dict[str, Any]) -> GraphQLRequest:
    try:
        return read_request(message.get("payload"))
    except Refused as refusal:
        raise bad(str(refusal)) from None


def read_authorization(payload: dict[str, Any]) -> str | None:
    """What the client presents: clients write its name large or small, as headers are written."""
    found = [value for name, value in payload.items() if name.lower() == "authorization"]
    if len(found) > 1 or not all(isinstance(each, str) for each in found):
        raise bad("`Authorization` is a text.")
    return found[0] if found else None


def read_id(message: dict[str, Any]) -> str:
    id = message.get("id")
    if not isinstance(id, str) or not 0 < len(id) <= LONGEST_ID:
        raise bad(f"An operation has an id, a text of 1 to {LONGEST_ID} characters.")
    return id


def check_payload(message: dict[str, Any]) -> None:
    if not isinstance(message.get("payload"), dict | None):
        raise bad("The payload is an object, or left out.")


def bad(reason: str) -> Closed:
    return Closed(BAD_MESSAGE, reason)
