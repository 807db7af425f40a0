"""What HTTP says of a failure outside GraphQL: JSON in the form that GraphQL gives its own."""

from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse

from app.errors import InvalidInput, NotFound, PedigreeError


def failure(error: PedigreeError, status: int, headers: dict[str, str] | None = None) -> JSONResponse:
    """An error as the client sees it."""
    extensions = {"code": error.code, "retryable": error.retryable}
    return JSONResponse({"errors": [{"message": error.message, "extensions": extensions}]}, status, headers)


async def refused(request: Request, error: Exception) -> JSONResponse:
    """The answer to what no route takes: an address that is none, a method that is not meant."""
    assert isinstance(error, HTTPException)
    headers = dict(error.headers or {})
    if error.status_code == HTTPStatus.NOT_FOUND:
        return failure(NotFound(f"There is nothing at {request.url.path}"), error.status_code, headers)
    return failure(InvalidInput(f"{request.method} {request.url.path}: {error.detail}"), error.status_code, headers)
