"""Which statements Neo4j has planned. It plans a text for everybody who sends it as long as there is no plan of it: of
many who send the same at once, one goes ahead here, and the others wait for the plan.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from neo4j.exceptions import ServiceUnavailable, SessionExpired

KEPT = 1_000  # as many as Neo4j keeps
PATIENCE = 3.0  # seconds: longer than Neo4j plans, but who goes ahead may have to wait for a connection or a lock

Planned = Callable[[], None]


class Plans:
    """The texts that were planned, by their hashes, the oldest first, and those that are sent for the first time. A
    Neo4j that went away (`is_lost`) and answers again may have been started anew, and have no plan any longer."""

    def __init__(self) -> None:
        self.known: dict[int, None] = {}
        self.ahead: dict[str, asyncio.Event] = {}
        self.is_lost = False

    @asynccontextmanager
    async def made_once(self, text: str | None) -> AsyncIterator[Planned]:
        """Within it a text is sent: at once, unless somebody has gone ahead, and there is no plan yet. Gives what is to
        be called when Neo4j has planned it. None is a text that nobody else sends."""
        if text in self.ahead:
            with suppress(TimeoutError):
                async with asyncio.timeout(PATIENCE):
                    while text in self.ahead:
                        await self.ahead[text].wait()
        made = None
        if text is not None and hash(text) not in self.known and text not in self.ahead:
            made = self.ahead[text] = asyncio.Event()

        def planned() -> None:
            if self.is_lost:
                self.known.clear()
                self.is_lost = False
            self.let_go(text, made, is_planned=True)

        try:
            yield planned
        except (ServiceUnavailable, SessionExpired):
            self.is_lost = True
            raise
        finally:
            self.let_go(text, made)

    def let_go(self, text: str | None, made: asyncio.Event | None, *, is_planned: bool = False) -> None:
        """Whoever waits for this one goes on: one ahead of the others, if there is no plan."""
        if text is None or made is None or self.ahead.get(text) is not made:
            return
        if is_planned:
            self.known[hash(text)] = None
            if len(self.known) > KEPT:
                del self.known[next(iter(self.known))]
        del self.ahead[text]
        made.set()
