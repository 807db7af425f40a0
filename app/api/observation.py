"""Tells whoever observes a request which operation it was, and how it ended. Never a variable."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from graphql import OperationDefinitionNode
from opentelemetry.trace import Span
from structlog.contextvars import bound_contextvars

from app.api.request import Answer, GraphQLRequest
from app.domain.principal import Principal
from app.telemetry.operations import Operation, under_way
from app.telemetry.traces import end, span

NAME = re.compile(r"[_A-Za-z]\w{0,99}", re.ASCII)  # what a client calls an operation goes into logs and metrics


@dataclass
class Observed:
    """An operation that is observed, and its span."""

    operation: Operation
    traced: Span
    kind: str | None = None

    def meant(self, operation: OperationDefinitionNode) -> None:
        """Note which operation of the document is executed."""
        self.kind = operation.operation.value
        if operation.name:
            self.operation.name = accepted(operation.name.value)

    def answered(self, answer: Answer) -> None:
        """Note what the operation may cost, and the code of its first error."""
        body: dict[str, Any] = answer.body
        self.operation.cost = body.get("extensions", {}).get("cost", {}).get("requested")
        for error in body.get("errors", ())[:1]:
            self.operation.code = error["extensions"]["code"]


@contextmanager
def observed(request: GraphQLRequest, request_id: str, principal: Principal) -> Iterator[Observed]:
    """Observes how a request is answered. On a WebSocket each has an id of its own, which its log lines carry."""
    with (
        bound_contextvars(request_id=request_id),
        under_way() as operation,
        span("GraphQL Operation") as traced,
    ):
        operation.name = accepted(request.operation_name)
        operation.actor = principal.actor_id or None
        observed = Observed(operation, traced)
        try:
            yield observed
        finally:
            if traced.is_recording():
                describe(observed)


def accepted(name: str | None) -> str | None:
    return name if name is not None and NAME.fullmatch(name) else None


def describe(observed: Observed) -> None:
    """Call a span what OpenTelemetry calls that of an operation. The document may hold values: it is not shown."""
    name, kind, traced = observed.operation.name, observed.kind, observed.traced
    if kind:
        traced.update_name(f"{kind} {name}" if name else kind)
        traced.set_attribute("graphql.operation.type", kind)
    if name:
        traced.set_attribute("graphql.operation.name", name)
    end(traced, observed.operation.code)
