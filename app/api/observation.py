"""Tells whoever observes a request which operation it was, and how it ended."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from graphql import GraphQLError
from opentelemetry.trace import Span
from strawberry.extensions import SchemaExtension
from strawberry.types import ExecutionContext

from app.api.errors import told
from app.telemetry.operations import Operation, under_way
from app.telemetry.traces import end, span

NAME = re.compile(r"[_A-Za-z]\w{0,99}", re.ASCII)  # what a client calls an operation goes into logs and metrics


class Observation(SchemaExtension):
    """Names the operation, its cost, and the code of its first error. Never a variable."""

    def on_operation(self) -> Iterator[None]:
        with under_way() as operation, span("GraphQL Operation") as traced:
            execution = self.execution_context
            try:
                yield
            except GraphQLError as error:  # the document could not be read
                execution.pre_execution_errors = [error]
                raise
            finally:
                operation.name = accepted(execution.operation_name)
                operation.cost = cost(execution.context.extensions)
                if errors := execution.pre_execution_errors:
                    operation.code = str(told(errors[0])[1]["code"])
                if traced.is_recording():
                    describe(traced, operation, kind_of(execution))


def describe(traced: Span, operation: Operation, kind: str | None) -> None:
    """Call a span what OpenTelemetry calls that of an operation. The document may hold values: it is not shown."""
    if kind:
        traced.update_name(f"{kind} {operation.name}" if operation.name else kind)
        traced.set_attribute("graphql.operation.type", kind)
    if operation.name:
        traced.set_attribute("graphql.operation.name", operation.name)
    end(traced, operation.code)


def kind_of(execution: ExecutionContext) -> str | None:
    """query, mutation or subscription; None when the document has no such operation."""
    try:
        return execution.operation_type.value
    except RuntimeError:
        return None


def accepted(name: object) -> str | None:
    return name if isinstance(name, str) and NAME.fullmatch(name) else None


def cost(extensions: Mapping[str, Any]) -> float | None:
    """What the operation may cost, if that was computed."""
    found = extensions.get("cost")
    return found["requested"] if isinstance(found, Mapping) else found
