"""The sequencer: one process at a time, of all servers on a database, gives events their places in the log.

Writers leave their events waiting and never wait for each other. Every half second each process looks whether events
wait. One of them holds the lease of the log, and each batch that it seals renews it. When it dies the lease runs out,
the next one takes it with a higher fencing number, and a batch of the former holder, should it come late, is refused.
"""

import asyncio
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import structlog

from app.database.connection import Connection, Row, Transaction
from app.database.errors import FAILURES
from app.database.queries import query
from app.domain.audit.checkpoints import Checkpoints
from app.domain.audit.keys import key_of, signer_of
from app.domain.audit.notes import Signer, Verifier
from app.domain.audit.sealing import LEASE, Batch, Fenced, seal
from app.domain.given import given
from app.domain.identifiers import new_id
from app.settings import Settings
from app.telemetry.metrics import SEALED

LOG = structlog.get_logger("pedigree.audit")

WAITING = query("audit/waiting")
FOUND = query("audit/found_log")
TAKE = query("audit/take_lease")
PAUSE = 0.5  # seconds between two looks, about
PAUSE_AFTER_FAILURE = 2.0
STRANGER = "this server lacks the key that the registry is sealed with: give it that file, or rotate the key"


class Sequencer:
    """Seals what waits, as long as it is run."""

    def __init__(self, connection: Connection, key_file: Path, checkpoints: Checkpoints) -> None:
        self.connection = connection
        self.key_file = key_file
        self.checkpoints = checkpoints
        self.holder = new_id()
        self.signer: Signer | None = None
        self.stranger_to: str | None = None

    async def run(self) -> None:
        """Seal what waits until it is cancelled. What goes wrong is logged, and tried again."""
        while True:
            start = time.monotonic()
            try:
                is_more = await self.turn()
                # While much waits, as after an import, requests are left half of the time.
                pause = time.monotonic() - start if is_more else PAUSE * random.uniform(0.8, 1.2)
            except (*FAILURES, OSError) as error:
                LOG.warning("audit events wait to be sealed", reason=str(error))
                pause = PAUSE_AFTER_FAILURE
            await asyncio.sleep(pause)

    async def turn(self) -> bool:
        """Seal a batch, if events wait and nobody else does it. Returns whether more may wait."""
        state = await self.connection.ask(WAITING)
        if not state["isWaiting"]:
            return False
        if state["verifier"] is None:
            await found(self.connection, self.key_file)
            return True
        signer = await self.signer_for(state["verifier"])
        if signer is None or (state["isHeld"] and state["holder"] != self.holder):
            return False
        with suppress(Fenced):
            batch = await seal(self.connection, signer, await self.fence(state))
            return batch is not None and await self.sealed(batch)
        return False

    async def signer_for(self, verifier: str) -> Signer | None:
        """Who signs for the registry; None, and a line in the log, when we have another key."""
        if self.signer is None or str(self.signer.verifier) != verifier:
            self.signer = await asyncio.to_thread(signer_of, self.key_file, verifier)
        if self.signer is None and self.stranger_to != verifier:
            LOG.error("audit events wait to be sealed", reason=STRANGER, wanted=verifier)
            self.stranger_to = verifier
        return self.signer

    async def fence(self, state: Row) -> int:
        """The number of our lease, which is taken unless we have it. Raises Fenced."""
        if state["holder"] == self.holder:
            return int(state["fence"])
        return await take(self.connection, self.holder)

    async def sealed(self, batch: Batch) -> bool:
        """Tell of a batch. Returns whether more wait."""
        SEALED.inc(len(batch.ids))
        await asyncio.to_thread(self.checkpoints.offer, batch.note)
        return batch.is_more


async def take(connection: Connection, holder: str) -> int:
    """Take the lease of the log, and return its fencing number. Raises Fenced when somebody holds it."""

    async def work(transaction: Transaction) -> Row:
        return await transaction.run(TAKE, given({"holder": holder, "milliseconds": LEASE}))

    row = await connection.write(work)
    if row["outcome"] != "done":
        raise Fenced
    return int(row["fence"])


async def found(connection: Connection, key_file: Path) -> None:
    """Begin the log, unless it has begun: its name is new in the world, its first key is ours."""
    origin = f"pedigree/{new_id()}"
    key = await asyncio.to_thread(key_of, key_file)
    verifier = str(Verifier(origin, key.public_key()))

    async def work(transaction: Transaction) -> Row:
        return await transaction.run(FOUND, given({"origin": origin, "verifier": verifier}))

    await connection.write(work)


@asynccontextmanager
async def sealing(connection: Connection, settings: Settings) -> AsyncIterator[None]:
    """Seal what waits in the background, as long as the server runs."""
    if not settings.sequencer:
        yield
        return
    await asyncio.to_thread(key_of, settings.seal_key)
    checkpoints = Checkpoints(settings.checkpoint_file, settings.checkpoint_interval)
    task = asyncio.create_task(Sequencer(connection, settings.seal_key, checkpoints).run())
    task.add_done_callback(tell)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def tell(task: asyncio.Task[None]) -> None:
    """Log that sealing has ended, if it was not meant to."""
    if not task.cancelled() and (error := task.exception()):
        LOG.error("audit events are not sealed any longer", exc_info=error)
