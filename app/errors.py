"""Every failure that a caller may expect, with its stable code. An error's docstring is its message.

The codes are part of the API: they never change their meaning. What is not listed here is a fault of ours: it is
logged, masked, and shown as INTERNAL.
"""

from collections.abc import Sequence
from typing import ClassVar

PathItem = str | int


class PedigreeError(Exception):
    """Something went wrong."""

    code: ClassVar[str] = "INTERNAL"
    retryable: ClassVar[bool] = False

    def __init__(self, message: str | None = None, *, path: Sequence[PathItem] = (), **details: object) -> None:
        self.message = message or type(self).__doc__ or ""
        self.path = tuple(path)
        self.details = details
        super().__init__(self.message)


class InvalidInput(PedigreeError):
    """The input is not valid."""

    code = "INVALID_INPUT"


class InvalidBookmark(PedigreeError):
    """The header X-Pedigree-Bookmark holds no bookmark of this registry. Send it as you got it, or leave it out."""

    code = "INVALID_BOOKMARK"


class InvalidRequest(PedigreeError):
    """The request is not one that is understood here."""

    code = "INVALID_REQUEST"


class InvalidQuery(PedigreeError):
    """The document is no query of this schema."""

    code = "INVALID_QUERY"


class NotFound(PedigreeError):
    """There is no such object."""

    code = "NOT_FOUND"


class AlreadyExists(PedigreeError):
    """An object with this key exists already."""

    code = "ALREADY_EXISTS"


class Conflict(PedigreeError):
    """Another change came in between. Try again; should you have decided by what you read, read it again first."""

    code = "CONFLICT"
    retryable = True


class StaleRevision(PedigreeError):
    """The object has changed since the revision you expected. Read it again and decide anew."""

    code = "STALE_REVISION"


class InUse(PedigreeError):
    """It is in use and cannot be deleted. Archive it instead."""

    code = "IN_USE"


class Blocked(PedigreeError):
    """What was decided of this stands in the way."""

    code = "BLOCKED"


class Cycle(PedigreeError):
    """This edge would make something its own ancestor."""

    code = "CYCLE"


class Unauthenticated(PedigreeError):
    """Sign in: send the header Authorization: Bearer with a token, or begin a session at /signin."""

    code = "UNAUTHENTICATED"


class Forbidden(PedigreeError):
    """This is not allowed."""

    code = "FORBIDDEN"


class RateLimited(PedigreeError):
    """The server has more to do than it takes on at a time. Try again in a moment."""

    code = "RATE_LIMITED"
    retryable = True


class TooComplex(PedigreeError):
    """This needs more memory than one request may use. Ask for less: a smaller limit or depth, fewer fields."""

    code = "TOO_COMPLEX"


class TimedOut(PedigreeError):
    """The database did not finish in time. Ask for less, or try again later."""

    code = "TIMEOUT"
    retryable = True


class Unavailable(PedigreeError):
    """The database cannot be reached. Try again in a moment."""

    code = "UNAVAILABLE"
    retryable = True
