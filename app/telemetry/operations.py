"""GraphQL operations: each is counted and timed, and logged as one line once it has been answered."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from time import perf_counter

import structlog

from app.telemetry.codes import INTERNAL, OK
from app.telemetry.metrics import COST, IN_FLIGHT, OPERATION_NAMES, REQUEST_SECONDS, REQUESTS

LOG = structlog.get_logger("pedigree.operations")


@dataclass
class Operation:
    """What is known of an operation. Whom it passes on its way adds what they know."""

    name: str | None = None
    code: str = OK  # of the first error
    cost: float | None = None
    status: int | None = None  # of HTTP
    actor: str | None = None  # id of who asked


_current: ContextVar[Operation | None] = ContextVar("operation", default=None)


@contextmanager
def under_way() -> Iterator[Operation]:
    """The operation that is under way here: that of an HTTP request, or else one of its own, which is observed."""
    if known := _current.get():
        yield known
        return
    with observed(Operation()) as operation:
        yield operation


@contextmanager
def observed(operation: Operation) -> Iterator[Operation]:
    """Count, time and log an operation, which is under way inside."""
    began = perf_counter()
    token = _current.set(operation)
    IN_FLIGHT.inc()
    try:
        yield operation
    except BaseException:
        operation.code = INTERNAL if operation.code == OK else operation.code
        raise
    finally:
        _current.reset(token)
        IN_FLIGHT.dec()
        seconds = perf_counter() - began
        count(operation, seconds)
        tell(operation, seconds)


def ended(code: str) -> None:
    """Say how the operation under way ended, where it was refused or given up before GraphQL had an answer."""
    if operation := _current.get():
        operation.code = code


def count(operation: Operation, seconds: float) -> None:
    name = OPERATION_NAMES.label(operation.name or "anonymous")
    REQUESTS.labels(name, operation.code).inc()
    REQUEST_SECONDS.labels(name).observe(seconds)
    if operation.cost is not None:
        COST.observe(operation.cost)


def tell(operation: Operation, seconds: float) -> None:
    """Say how an operation ended."""
    known = {"cost": operation.cost, "status": operation.status, "actor": operation.actor}
    LOG.info(
        "operation",
        operation=operation.name,
        code=operation.code,
        seconds=round(seconds, 6),
        **{name: value for name, value in known.items() if value is not None},
    )
