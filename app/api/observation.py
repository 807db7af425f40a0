"""Tells whoever observes a request which operation it was, and how it ended."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from strawberry.extensions import SchemaExtension

from app.api.errors import told
from app.telemetry.operations import observed

NAME = re.compile(r"[_A-Za-z]\w{0,99}", re.ASCII)  # what a client calls an operation goes into logs and metrics


class Observation(SchemaExtension):
    """Names the operation, its cost, and the code of its first error. Never a variable."""

    def on_operation(self) -> Iterator[None]:
        with observed() as operation:
            try:
                yield
            finally:
                execution = self.execution_context
                operation.name = accepted(execution.operation_name)
                operation.cost = cost(execution.context.extensions)
                if errors := execution.pre_execution_errors:
                    operation.code = str(told(errors[0])[1]["code"])


def accepted(name: object) -> str | None:
    return name if isinstance(name, str) and NAME.fullmatch(name) else None


def cost(extensions: Mapping[str, Any]) -> float | None:
    """What the operation may cost, if that was computed."""
    found = extensions.get("cost")
    return found["requested"] if isinstance(found, Mapping) else found
