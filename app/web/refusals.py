"""How a request that is none of GraphQL is refused: with the HTTP status that fits, and JSON like errors of GraphQL."""

from collections.abc import Mapping
from http import HTTPStatus

import orjson
from starlette.responses import Response

from app.api.errors import pedigree
from app.errors import PedigreeError

JSON = "application/json"


class Refused(Exception):
    """A request that is not let in."""

    def __init__(self, status: HTTPStatus, error: PedigreeError, headers: Mapping[str, str] | None = None) -> None:
        self.status = status
        self.error = error
        self.headers = dict(headers or {})
        super().__init__(error.message)


def response(refusal: Refused, request_id: str, media_type: str = JSON) -> Response:
    """The refusal as it is sent."""
    error = refusal.error
    told = {"message": error.message, "extensions": {**pedigree(error), "requestId": request_id}}
    return Response(orjson.dumps({"errors": [told]}), refusal.status, refusal.headers, media_type)
