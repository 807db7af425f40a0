"""Statements and transactions are counted and timed, by how they ended."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

from neo4j.exceptions import DriverError, Neo4jError

from app.database.errors import ConstraintViolated, translate
from app.errors import Conflict, PedigreeError
from app.telemetry.metrics import QUERY_NAMES, STATEMENT_SECONDS, STATEMENTS, TRANSACTION_SECONDS
from app.telemetry.operations import INTERNAL, OK


@contextmanager
def statement(name: str) -> Iterator[None]:
    """Observe one statement, by the name of its query."""
    began, code = perf_counter(), OK
    try:
        yield
    except BaseException as error:
        code = code_of(error)
        raise
    finally:
        query = QUERY_NAMES.label(name)
        STATEMENTS.labels(query, code).inc()
        STATEMENT_SECONDS.labels(query).observe(perf_counter() - began)


@contextmanager
def transaction() -> Iterator[None]:
    """Observe one transaction that writes."""
    began, code = perf_counter(), OK
    try:
        yield
    except BaseException as error:
        code = code_of(error)
        raise
    finally:
        TRANSACTION_SECONDS.labels(code).observe(perf_counter() - began)


def code_of(error: BaseException) -> str:
    """The code that the API has for a failure."""
    if isinstance(error, asyncio.CancelledError):
        return "CANCELLED"
    known = translate(error) if isinstance(error, Neo4jError | DriverError) else error
    if isinstance(known, PedigreeError):
        return known.code
    return Conflict.code if isinstance(known, ConstraintViolated) else INTERNAL
