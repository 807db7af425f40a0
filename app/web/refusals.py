"""What is refused before GraphQL, or given up without it, is answered as GraphQL would: errors with a code."""

import orjson
from starlette.responses import Response

from app.api.errors import pedigree
from app.errors import PedigreeError


def refusal(error: PedigreeError, *, status: int, request_id: str) -> Response:
    """The answer that tells of one failure, and nothing else."""
    told = {"message": error.message, "extensions": {**pedigree(error), "requestId": request_id}}
    headers = {"Retry-After": "1"} if error.retryable else None
    return Response(orjson.dumps({"errors": [told]}), status, headers, media_type="application/json")
