"""What an orchestrator asks: does the process live, and may it be sent requests?"""

import asyncio
from dataclasses import dataclass
from typing import ClassVar

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from app.database import schema
from app.database.connection import Connection
from app.errors import PedigreeError

SECONDS = 2.0  # an orchestrator that asks waits about as long
NEVER_STORED = {"Cache-Control": "no-store"}


class NotReady(Exception):
    """Why no requests should be sent."""

    reason: ClassVar[str]


class Draining(NotReady):
    """The server finishes what it has accepted, and ends."""

    reason = "DRAINING"


class DatabaseAway(NotReady):
    """The database does not answer."""

    reason = "DATABASE"


class SchemaLacking(NotReady):
    """The schema in the database is not that of this version."""

    reason = "SCHEMA"


@dataclass
class Health:
    """Answers `/healthz` and `/readyz`. The connection is set once the application has started."""

    connection: Connection | None = None
    draining: bool = False
    seconds: float = SECONDS

    def routes(self) -> list[Route]:
        return [Route("/healthz", self.alive), Route("/readyz", self.ready)]

    async def alive(self, request: Request) -> JSONResponse:
        """The process lives. The database is not asked: a restart would not mend it."""
        return JSONResponse({"status": "alive"}, headers=NEVER_STORED)

    async def ready(self, request: Request) -> JSONResponse:
        """Whether requests may be sent here: the database answers in time, and its schema is that of this version."""
        try:
            await self.check()
        except NotReady as problem:
            told = {"status": "unavailable", "reason": problem.reason, "message": str(problem) or problem.__doc__}
            return JSONResponse(told, status_code=503, headers=NEVER_STORED)
        return JSONResponse({"status": "ready"}, headers=NEVER_STORED)

    async def check(self) -> None:
        """Raises NotReady."""
        if self.draining:
            raise Draining
        if self.connection is None:
            raise DatabaseAway
        try:
            async with asyncio.timeout(self.seconds):
                problems = await schema.lacking(self.connection)
        except (PedigreeError, TimeoutError) as error:
            raise DatabaseAway from error
        if problems:
            raise SchemaLacking("; ".join(problems))
