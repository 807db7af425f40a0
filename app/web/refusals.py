"""How a request that is none of GraphQL is refused: with the HTTP status that fits, and JSON like errors of GraphQL."""

from collections.abc import Mapping
from http import HTTPStatus

import orjson
import structlog
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from app.api.errors import INTERNAL, MASK, of_refusal
from app.errors import InvalidRequest, NotFound, PedigreeError
from app.telemetry.operations import ended
from app.web.request_ids import request_id_of

LOG = structlog.get_logger("pedigree.web")

JSON = "application/json"


class Refused(Exception):
    """A request that is not let in."""

    def __init__(self, status: HTTPStatus, error: PedigreeError, headers: Mapping[str, str] | None = None) -> None:
        self.status = status
        self.error = error
        self.headers = dict(headers or {})
        super().__init__(error.message)


def refused(status: HTTPStatus, message: str, **headers: str) -> Refused:
    """A refusal of a request that is not understood here. `Allow="POST"` is a header."""
    return Refused(status, InvalidRequest(message), {name.replace("_", "-"): value for name, value in headers.items()})


def response(refusal: Refused, request_id: str, media_type: str = JSON) -> Response:
    """The refusal as it is sent. Whoever observes the request learns its code."""
    ended(refusal.error.code)
    content = orjson.dumps({"errors": [of_refusal(refusal.error, request_id)]})
    return Response(content, refusal.status, refusal.headers, media_type)


async def on_refusal(request: Request, refusal: Exception) -> Response:
    assert isinstance(refusal, Refused)
    return response(refusal, request_id_of(request.scope))


async def on_http_error(request: Request, error: Exception) -> Response:
    """What the routes have to say: there is no such page, or it cannot be asked for like this."""
    assert isinstance(error, HTTPException)
    status = HTTPStatus(error.status_code)
    told: PedigreeError = InvalidRequest(f"{status.phrase}.")
    if status == HTTPStatus.NOT_FOUND:
        told = NotFound("There is nothing at this address. GraphQL is at /graphql.")
    return response(Refused(status, told, error.headers), request_id_of(request.scope))


async def on_fault(request: Request, error: Exception) -> Response:
    """A fault of ours, outside of GraphQL: logged and masked."""
    request_id = request_id_of(request.scope)
    LOG.error("unexpected", request_id=request_id, exc_info=error)
    extensions = {"code": INTERNAL, "retryable": False, "requestId": request_id}
    content = orjson.dumps({"errors": [{"message": MASK, "extensions": extensions}]})
    return Response(content, HTTPStatus.INTERNAL_SERVER_ERROR, {"x-request-id": request_id}, JSON)


HANDLERS = {Refused: on_refusal, HTTPException: on_http_error, Exception: on_fault}
