"""The web server of one process: it says when it answers, and finishes what it has accepted before it ends."""

import asyncio
import gc
import socket
from collections.abc import Callable
from time import monotonic
from types import FrameType

import uvicorn

from app.main import create_app
from app.settings import Settings
from app.web.protocols import SocketProtocol, http_protocol

# A large answer is tens of thousands of objects, none of which is garbage before it was sent: one look every so many
# new ones, and not every 700.
SELDOM = (10_000, 20, 20)

ANSWERS = b"!"


class WebServer(uvicorn.Server):
    """Uvicorn, which leaves by returning: what is around it has to end, too."""

    def __init__(self, settings: Settings, *, ready: Callable[[], object]) -> None:
        self.web = create_app(settings)
        super().__init__(
            uvicorn.Config(
                self.web,
                http=http_protocol(settings),
                ws=SocketProtocol,
                ws_max_size=settings.max_body_bytes,
                ws_per_message_deflate=False,
                server_header=False,
                lifespan="on",
                log_config=None,
                log_level="warning",  # its life story is of no use to whom it serves
                access_log=False,
                timeout_graceful_shutdown=settings.shutdown_timeout,
            )
        )
        self.ready = ready
        self.delay = settings.shutdown_delay
        self.closes_at = 0.0

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            gc.freeze()  # what a server stands on is never garbage, and looking through it would hold up a request
            gc.set_threshold(*SELDOM)
            self.ready()

    async def on_tick(self, counter: int) -> bool:
        """Whether to stop accepting: once asked to, and as soon as those who watch `/readyz` may have noticed."""
        if not await super().on_tick(counter):
            return False
        if not self.web.state.health.draining:
            self.web.state.health.draining = True
            self.closes_at = monotonic() + self.delay
        return self.force_exit or monotonic() >= self.closes_at

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Who asks twice does not want to wait."""
        self.force_exit = self.should_exit
        self.should_exit = True


class WorkerServer(WebServer):
    """A web server that hangs on a line: it ends when the line does."""

    def __init__(self, settings: Settings, line: socket.socket) -> None:
        super().__init__(settings, ready=self.answer)
        self.line = line

    def answer(self) -> None:
        self.line.send(ANSWERS)
        asyncio.get_running_loop().add_reader(self.line, self.leave)

    def leave(self) -> None:
        """Nobody is left who would tell us to end."""
        asyncio.get_running_loop().remove_reader(self.line)
        self.delay = 0
        self.should_exit = True
