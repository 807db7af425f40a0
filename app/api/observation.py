"""Tells whoever observes a request which operation it was, and how it ended. Never a variable."""

import re
from typing import Any

from graphql import OperationDefinitionNode

from app.api.request import Answer, GraphQLRequest
from app.telemetry.operations import Operation

NAME = re.compile(r"[_A-Za-z]\w{0,99}", re.ASCII)  # what a client calls an operation goes into logs and metrics


def name_of(request: GraphQLRequest, operation: OperationDefinitionNode | None = None) -> str | None:
    """What the client calls the operation, if that is a name."""
    own = operation.name.value if operation and operation.name else request.operation_name
    return own if own is not None and NAME.fullmatch(own) else None


def note(operation: Operation, answer: Answer) -> None:
    """Note what an operation may cost, and the code of its first error."""
    body: dict[str, Any] = answer.body
    operation.cost = body.get("extensions", {}).get("cost", {}).get("requested")
    for error in body.get("errors", ())[:1]:
        operation.code = error["extensions"]["code"]
