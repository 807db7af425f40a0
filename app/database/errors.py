"""Neo4j's errors in our own words."""

import re

from neo4j.exceptions import (
    ConstraintError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
)

from app.errors import Conflict, TimedOut, Unavailable

TIMEOUTS = frozenset(
    {
        "Neo.ClientError.Transaction.TransactionTimedOut",
        "Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration",
        "Neo.ClientError.Transaction.LockAcquisitionTimeout",
        "Neo.TransientError.Transaction.LockAcquisitionTimeout",
    }
)
VANISHED = "Neo.ClientError.Statement.EntityNotFound"  # deleted by somebody else between being found and being changed
VIOLATION = re.compile(
    r"with (?:label|relationship type|type) `(?P<label>\w+)` and propert(?:y|ies) `(?P<property>\w+)`"
)


class ConstraintViolated(Exception):
    """A uniqueness constraint refused the write: `label` and the first `property` of the constraint say which."""

    def __init__(self, label: str, property: str) -> None:
        self.label = label
        self.property = property
        super().__init__(f"{label}.{property}")


def is_timeout(error: Exception) -> bool:
    """Whether a statement ran out of its time."""
    return isinstance(error, Neo4jError) and error.code in TIMEOUTS


def translate(error: Neo4jError | DriverError) -> Exception:
    """The error that the rest of Pedigree knows. What is a fault of ours, a syntax error say, stays what it is."""
    if is_timeout(error):
        return TimedOut()
    if isinstance(error, ConstraintError):
        return violation(error)
    if isinstance(error, TransientError) or (isinstance(error, Neo4jError) and error.code == VANISHED):
        return Conflict()
    if isinstance(error, ServiceUnavailable | SessionExpired):
        return Unavailable()
    return error


def violation(error: ConstraintError) -> Exception:
    """Neo4j names the label and the properties in the message, nowhere else."""
    found = VIOLATION.search(error.message or "")
    return ConstraintViolated(found["label"], found["property"]) if found else error
