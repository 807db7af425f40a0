"""What a client has seen of the database, so that it never sees less.

Each write ends with a bookmark: a name that Neo4j gives to the state that it made. A read that brings a bookmark waits
until its server has got to that state. This process does so for its own writes anyway; a client whose next request may
reach another process takes the bookmark along.
"""

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass
class Seen:
    """The bookmark that a client sent, whether Neo4j refused it, and the bookmark of the last write since."""

    sent: str | None = None
    refused: bool = False
    written: str | None = None


# Of the request that is under way.
seen: ContextVar[Seen | None] = ContextVar("seen", default=None)
