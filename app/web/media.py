"""What comes and goes: the media types of GraphQL over HTTP, and which of them a client wants."""

from collections.abc import Iterator
from email.message import Message
from http import HTTPStatus

from starlette.datastructures import Headers

from app.web.refusals import JSON, refused

GRAPHQL = "application/graphql-response+json"
READ = (JSON, GRAPHQL)
CHARSETS = ("utf-8", "utf8")


def check_content(headers: Headers) -> None:
    """Raise Refused unless the body is plain JSON in UTF-8. Forms and plain text are what pages of others can send."""
    if headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Send the body as it is: without a Content-Encoding.")
    given = headers.getlist("content-type")
    if given == [JSON]:
        return
    type_, charset = parsed(given[0]) if len(given) == 1 else ("", "")
    if type_ not in READ:
        raise refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"Send JSON, with the header Content-Type: {JSON}.")
    if charset not in CHARSETS:
        raise refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Send JSON in UTF-8.")


def parsed(content_type: str) -> tuple[str, str]:
    """A media type and its charset, in lower case."""
    message = Message()
    message["content-type"] = content_type
    return message.get_content_type(), (message.get_content_charset() or "utf-8")


def wanted(headers: Headers) -> str:
    """The media type of the answer: the first that the client wants most. Plain JSON when it does not say."""
    accept = ",".join(headers.getlist("accept"))
    if not accept.strip():
        return JSON
    for type_, _ in sorted(ranges(accept), key=lambda found: -found[1]):
        if type_ == GRAPHQL:
            return GRAPHQL
        if type_ in (JSON, "application/*", "*/*"):
            return JSON
    raise refused(HTTPStatus.NOT_ACCEPTABLE, f"Answers are {JSON} or {GRAPHQL}: accept one of them.")


def ranges(accept: str) -> Iterator[tuple[str, float]]:
    """The media types of an Accept header with their weight, without those that are not wanted."""
    for part in accept.split(","):
        type_, *parameters = (piece.strip().lower() for piece in part.split(";"))
        weights = [piece.removeprefix("q=") for piece in parameters if piece.startswith("q=")]
        try:
            weight = float(weights[0]) if weights else 1.0
        except ValueError:
            weight = 0.0
        if weight > 0:
            yield type_, weight
