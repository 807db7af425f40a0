"""Neo4j's errors in our own words."""

import re

from neo4j.exceptions import (
    ConstraintError,
    DriverError,
    IncompleteCommit,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
)

from app.errors import Conflict, InvalidBookmark, PedigreeError, TimedOut, TooComplex, Unavailable

LOST = "The database went away before it said whether the change was made. Look before you send it again."
TIMEOUTS = frozenset(
    {
        "Neo.ClientError.Transaction.TransactionTimedOut",
        "Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration",
        "Neo.ClientError.Transaction.LockAcquisitionTimeout",
        "Neo.TransientError.Transaction.LockAcquisitionTimeout",
        # Its time ran out while it waited for a lock.
        "Neo.ClientError.Transaction.LockClientStopped",
        "Neo.TransientError.Transaction.LockClientStopped",
        # The server did not get to the state that a bookmark stands for.
        "Neo.TransientError.Transaction.BookmarkTimeout",
    }
)
# More memory than one transaction, or all together, may use.
MEMORY = frozenset(
    {
        "Neo.TransientError.General.MemoryPoolOutOfMemoryError",
        "Neo.TransientError.General.OutOfMemoryError",
        "Neo.TransientError.General.StackOverFlowError",
        "Neo.TransientError.General.TransactionMemoryLimit",
    }
)
BAD_BOOKMARK = "Neo.ClientError.Transaction.InvalidBookmark"
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


# All that a read or a write may raise.
FAILURES = (PedigreeError, ConstraintViolated, Neo4jError, DriverError)


def is_timeout(error: Exception) -> bool:
    """Whether a statement ran out of its time."""
    return isinstance(error, Neo4jError) and error.code in TIMEOUTS


def is_too_large(error: Exception) -> bool:
    """Whether a statement ran out of memory."""
    return isinstance(error, Neo4jError) and error.code in MEMORY


def translate_write(error: Neo4jError | DriverError) -> Exception:
    """The same of a transaction: whether it was committed is known, unless the answer to the commit was lost."""
    told = translate(error)
    if isinstance(error, IncompleteCommit):
        return Unavailable(LOST, committed="unknown")
    if isinstance(told, TimedOut | Unavailable):
        told.details["committed"] = False
    return told


def translate(error: Neo4jError | DriverError) -> Exception:
    """The error that the rest of Pedigree knows. What is a fault of ours, a syntax error say, stays what it is."""
    if is_timeout(error):
        return TimedOut()
    if is_too_large(error):
        return TooComplex()
    if isinstance(error, Neo4jError) and error.code == BAD_BOOKMARK:
        return InvalidBookmark()
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
