"""What is noted of credentials beside the requests that bring them, and never in their way."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Coroutine
from contextlib import suppress
from contextvars import Context
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from app.database.connection import Connection
from app.domain.credentials.bookkeeping import forget_expired, note_use
from app.errors import PedigreeError

MINUTE, HOUR = 60.0, 3600.0
MOST_TOKENS = 10_000


@dataclass
class Notes:
    """The notes of one process. What another one has just written is not written again."""

    clock: Callable[[], float] = monotonic
    used: OrderedDict[str, float] = field(default_factory=OrderedDict)
    tidied: float = float("-inf")
    writing: set[asyncio.Task[None]] = field(default_factory=set)

    def use(self, connection: Connection, token_id: str) -> None:
        """Note that a token is used: once a minute, however often it is."""
        now = self.clock()
        if now - self.used.get(token_id, float("-inf")) < MINUTE:
            return
        self.used[token_id] = now
        self.used.move_to_end(token_id)
        if len(self.used) > MOST_TOKENS:
            self.used.popitem(last=False)
        self.begin(note_use(connection, token_id))

    def tidy(self, connection: Connection) -> None:
        """Have what expired forgotten, once an hour."""
        if self.clock() - self.tidied >= HOUR:
            self.tidied = self.clock()
            self.begin(forget_expired(connection))

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        # In a context of its own: it is no part of the request's log, trace or bookmark.
        task = asyncio.create_task(attempted(work), context=Context())
        self.writing.add(task)
        task.add_done_callback(self.writing.discard)

    async def settled(self) -> None:
        """Return when nothing is written any longer."""
        await asyncio.gather(*self.writing, return_exceptions=True)


async def attempted(work: Coroutine[Any, Any, None]) -> None:
    with suppress(PedigreeError):  # it is noted next time
        await work
