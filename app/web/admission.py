"""How many operations run at a time, and how many wait for their turn. Whoever comes later is told to come back."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus

from app.errors import RateLimited
from app.settings import Settings
from app.web.refusals import Refused

RETRY_AFTER = {"Retry-After": "1"}


class Admission:
    """The places of the operations that run, and the queue before them. One for all ways that lead to GraphQL."""

    def __init__(self, *, running: int, waiting: int, patience: float) -> None:
        self.places = asyncio.Semaphore(running)
        self.most_waiting = waiting
        self.patience = patience
        self.waiting = 0

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """A place as long as the context lasts. Raises Refused when there is none, and none gets free in time."""
        if self.places.locked():
            await self.queue()
        else:
            await self.places.acquire()
        try:
            yield
        finally:
            self.places.release()

    async def queue(self) -> None:
        """Wait for a place."""
        if self.waiting >= self.most_waiting:
            raise full()
        self.waiting += 1
        try:
            async with asyncio.timeout(self.patience):
                await self.places.acquire()
        except TimeoutError:
            raise full() from None
        finally:
            self.waiting -= 1


def admission(settings: Settings) -> Admission:
    return Admission(running=settings.max_running, waiting=settings.max_waiting, patience=settings.max_wait)


def full() -> Refused:
    return Refused(HTTPStatus.SERVICE_UNAVAILABLE, RateLimited(), RETRY_AFTER)
