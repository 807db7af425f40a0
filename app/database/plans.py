"""Which statements Neo4j has planned. It plans a text for everybody who sends it as long as there is no plan of it: of
many who send the same at once, one goes ahead here, and the others wait for the plan.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

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
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                while text in self.ahead:
                    await self.ahead[text].wait()
        if text is None or hash(text) in self.known or text in self.ahead:
            yield self.answered
            return
        made = self.ahead[text] = asyncio.Event()

        def planned() -> None:
            self.answered()
            self.remember(text)
            self.let_go(text, made)

        try:
            yield planned
        finally:
            self.let_go(text, made)

    def answered(self) -> None:
        """Neo4j answers."""
        if self.is_lost:
            self.known.clear()
            self.is_lost = False

    def remember(self, text: str) -> None:
        self.known[hash(text)] = None
        if len(self.known) > KEPT:
            del self.known[next(iter(self.known))]

    def let_go(self, text: str, made: asyncio.Event) -> None:
        """Whoever waits goes on: one ahead of the others, if there is no plan."""
        if self.ahead.get(text) is made:
            del self.ahead[text]
        made.set()
