"""Statements and transactions are counted, timed and traced, by how they ended."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter

from neo4j.exceptions import DriverError, Neo4jError

from app.database.errors import ConstraintViolated, translate
from app.errors import Conflict, PedigreeError
from app.telemetry.codes import CANCELLED, INTERNAL, OK
from app.telemetry.metrics import QUERY_NAMES, STATEMENT_SECONDS, STATEMENTS, TRANSACTION_SECONDS
from app.telemetry.traces import CLIENT, end, span


@contextmanager
def statement(name: str) -> Iterator[None]:
    """Observe one statement, by the name of its query."""

    def count(code: str, seconds: float) -> None:
        query = QUERY_NAMES.label(name)
        STATEMENTS.labels(query, code).inc()
        STATEMENT_SECONDS.labels(query).observe(seconds)

    with observed(name, count):
        yield


@contextmanager
def transaction() -> Iterator[None]:
    """Observe one transaction that writes."""
    with observed("transaction", lambda code, seconds: TRANSACTION_SECONDS.labels(code).observe(seconds)):
        yield


@contextmanager
def observed(name: str, count: Callable[[str, float], None]) -> Iterator[None]:
    """Trace what happens inside, and have it counted by its code and its seconds."""
    began, code = perf_counter(), OK
    with span(name, CLIENT, {"db.system.name": "neo4j", "db.query.summary": name}) as traced:
        try:
            yield
        except BaseException as error:
            code = code_of(error)
            raise
        finally:
            end(traced, code)
            count(code, perf_counter() - began)


def code_of(error: BaseException) -> str:
    """The code that the API has for a failure."""
    if isinstance(error, asyncio.CancelledError):
        return CANCELLED
    known = translate(error) if isinstance(error, Neo4jError | DriverError) else error
    if isinstance(known, PedigreeError):
        return known.code
    return Conflict.code if isinstance(known, ConstraintViolated) else INTERNAL
