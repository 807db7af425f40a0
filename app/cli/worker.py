"""A worker: `python -m app.cli.worker LISTENER LINE`, two file descriptors. `app/cli/workers.py` starts it."""

import asyncio
import pickle
import socket
import sys

from app.cli.server import WebServer
from app.settings import Settings

ANSWERS = b"!"


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


def main(listener: int, line: int) -> None:
    with socket.socket(fileno=line) as ours, socket.socket(fileno=listener) as shared:
        with ours.makefile("rb") as orders:
            settings = pickle.load(orders)
        WorkerServer(settings, ours).run(sockets=[shared])


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
