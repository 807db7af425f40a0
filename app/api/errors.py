"""How failures are told: every error has a stable code, its field's path, and nothing of our insides.

Expected failures are `PedigreeError`s and say what to do. Everything else is a fault of ours: it is logged whole,
and shown as INTERNAL with the id of the request, by which it is found in the log.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import structlog
from graphql import GraphQLError
from strawberry.exceptions import StrawberryInputCoercionError
from strawberry.pydantic import InputValidationError
from strawberry.utils.str_converters import to_camel_case

from app.api.validation import PLACE
from app.errors import PathItem, PedigreeError

LOG = structlog.get_logger("pedigree.api")

INVALID_INPUT = "INVALID_INPUT"
INVALID_QUERY = "INVALID_QUERY"
INTERNAL = "INTERNAL"
# How GraphQL tells of a variable or an argument: its name, the place in its value, and what is wrong there.
VARIABLE = re.compile(r"Variable '\$(\w+)' has invalid (?:default )?value(?: at ([^:]+))?: (.*)", re.DOTALL)
ARGUMENT = re.compile(r"Argument '(\w+)' (?:has invalid value(?: at ([^:]+))?: |of required type )")
ARGUMENT = re.compile(r"Argument '(\w+)' (?:has invalid value(?: at ([^:]+))?: |of required type )")
STEP = re.compile(r"\.(\w+)|\[(\d+)\]")
# What Python said of a value that it could not read: it is told only when the words are ours.
INSIDE = re.compile(r", but encountered error '.*'(?=; found: )", re.DOTALL)
LONGEST_READ = 5_000
LONGEST_MESSAGE = 1_000
MASK = "Something went wrong on our side. It was logged; the request id finds it."


def formatted(error: GraphQLError, request_id: str) -> dict[str, Any]:
    """The error as the client sees it."""
    message, extensions = told(error)
    shown = error.formatted
    return {
        **{key: shown[key] for key in ("locations", "path") if key in shown},
        "message": cut(message),
        "extensions": {**extensions, "requestId": request_id},
    }


def told(error: GraphQLError) -> tuple[str, dict[str, Any]]:
    """The message, and what a program needs to know."""
    if error.path is None and (found := VARIABLE.match(of_value(error))):
        return unfit(placed(found), found[3])
    if place := (error.extensions or {}).get(PLACE):
        return unfit(place, of_value(error))
    for cause in causes(error):
        if isinstance(cause, PedigreeError):
            return cause.message, pedigree(cause)
        if isinstance(cause, InputValidationError):
            return validation(cause)
    if error.path is None and is_of_document(error):
        code = INVALID_INPUT if isinstance(error, StrawberryInputCoercionError) else INVALID_QUERY
        return of_value(error), {"code": code, "retryable": False}
    if of_argument(error) and (found := ARGUMENT.match(error.message)):
        return of_value(error), {"code": INVALID_INPUT, "retryable": False, "path": inside(placed(found))}
    return MASK, {"code": INTERNAL, "retryable": False}


def of(error: PedigreeError) -> GraphQLError:
    """The failure as GraphQL's, in which it is found again."""
    return GraphQLError(error.message, original_error=error)


def of_refusal(error: PedigreeError, request_id: str) -> dict[str, Any]:
    """A failure that has nothing to do with GraphQL, in the same form."""
    return {"message": cut(error.message), "extensions": {**pedigree(error), "requestId": request_id}}


def of_value(error: GraphQLError) -> str:
    """The message, without what Python thought of a value. It may be as long as the request: only its head is read."""
    ours = next((cause for cause in causes(error) if isinstance(cause, PedigreeError)), None)
    told = f": {ours.message}" if ours else ""
    return INSIDE.sub(lambda _: told, error.message[:LONGEST_READ])


def cut(message: str) -> str:
    """A message that repeats what was sent is not as long as what was sent."""
    return message if len(message) <= LONGEST_MESSAGE else f"{message[:LONGEST_MESSAGE]}..."


def log_unexpected(errors: Sequence[GraphQLError], request_id: str) -> None:
    """Log what is masked, once, with its trace."""
    for error in errors:
        if told(error)[1]["code"] == INTERNAL:
            LOG.error("unexpected", request_id=request_id, path=error.path, exc_info=error.original_error)


def pedigree(error: PedigreeError) -> dict[str, Any]:
    path = {"path": list(error.path)} if error.path else {}
    return {"code": error.code, "retryable": error.retryable, **path, **error.details}


def placed(found: re.Match[str]) -> list[PathItem]:
    """The place that a message names: the variable or argument, and what leads to the value inside."""
    return [found[1], *(int(index) if index else field for field, index in STEP.findall(found[2] or ""))]


def inside(place: list[PathItem]) -> list[PathItem]:
    """The path of a place: that in the input, where there is one, or else it begins with the name of the argument."""
    return place[1:] if place[:1] == ["input"] else place


def unfit(place: list[PathItem], reason: str) -> tuple[str, dict[str, Any]]:
    """What is wrong with a value, and where."""
    path = inside(place)
    shown = ".".join(map(str, path or place))
    return f"{shown}: {reason}", {"code": INVALID_INPUT, "retryable": False, "path": path}


def validation(error: InputValidationError) -> tuple[str, dict[str, Any]]:
    """What pydantic found, each with the path of its field in the request."""
    problems = [
        {"path": field_path(detail.location), "message": detail.message.removeprefix("Value error, ")}
        for detail in error.errors
    ]
    first = problems[0]
    message = f"{'.'.join(str(part) for part in first['path'])}: {first['message']}"
    return message, {"code": INVALID_INPUT, "retryable": False, "path": first["path"], "problems": problems}


def field_path(location: list[str]) -> list[str | int]:
    """Where the field stands inside `input`, in the API's own names."""
    return inside([int(part) if part.isdigit() else to_camel_case(part) for part in location])


def causes(error: BaseException | None) -> Iterator[BaseException]:
    """An error and what it was made of."""
    seen = 0
    while error is not None and seen < 10:
        yield error
        error = error.original_error if isinstance(error, GraphQLError) else error.__cause__
        seen += 1


def is_of_document(error: GraphQLError) -> bool:
    """Whether an error of no field is the document's, rather than of something that failed around the execution."""
    ours = isinstance(error.original_error, GraphQLError | None)
    return ours or INSIDE.search(error.message) is not None


def of_argument(error: GraphQLError) -> bool:
    """Whether an argument, put together from variables, did not fit its type."""
    return isinstance(error.original_error, GraphQLError | None) and error.message.startswith("Argument ")
