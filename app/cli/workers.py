"""Several processes that serve on one socket. One that ends is started again.

Each hangs on a line: a pair of sockets, whose other end only this process holds. The line brings the settings, the
password with them, and tells when the worker answers. When this process ends, however it ends, the kernel closes the
line, and the worker ends, too.
"""

import os
import pickle
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from select import select
from tempfile import TemporaryDirectory
from time import monotonic

import structlog
from prometheus_client.multiprocess import mark_process_dead

from app.errors import PedigreeError
from app.settings import Settings
from app.telemetry.log import configure

LOG = structlog.get_logger("pedigree.workers")

PAUSE = 1.0  # seconds between two starts of the same worker
GRACE = 5.0  # seconds that a worker may take longer to stop than it was given


class WorkerFailed(PedigreeError):
    """A worker ended before it had answered. It has said why."""


@dataclass
class Worker:
    """A process that serves."""

    number: int
    process: subprocess.Popen[bytes]
    line: socket.socket
    answers: bool = False
    born: float = field(default_factory=monotonic)


def serve(settings: Settings, listener: socket.socket, *, ready: Callable[[], object]) -> None:
    """Serve with as many workers as the settings say, until a signal comes. Closes the listener.

    `ready` is called once all of them answer. Raises WorkerFailed when one cannot.
    """
    configure(settings)
    with TemporaryDirectory(prefix="pedigree-metrics-") as metrics, signals() as told:
        workers = Workers(settings.model_copy(update={"metrics_dir": Path(metrics)}), listener)
        try:
            workers.run(told, ready)
        finally:
            listener.close()
            workers.end(told)


class Workers:
    """The workers of one server."""

    def __init__(self, settings: Settings, listener: socket.socket) -> None:
        self.settings = settings
        self.listener = listener
        self.alive: list[Worker] = []
        self.due = dict.fromkeys(range(settings.workers), 0.0)  # number of a worker to be started -> not before
        self.are_ready = False
        self.is_ending = False

    def run(self, told: socket.socket, ready: Callable[[], object]) -> None:
        """Keep the workers running until a signal is told."""
        while True:
            self.start_those_due()
            if self.listen(told, PAUSE if self.due else None):
                return
            if not self.are_ready and not self.due and all(worker.answers for worker in self.alive):
                self.are_ready = True
                ready()

    def end(self, told: socket.socket) -> None:
        """Let the workers finish what they have accepted. A signal hurries them, and who does not end is killed."""
        self.is_ending = True
        deadline = monotonic() + self.settings.shutdown_delay + self.settings.shutdown_timeout + GRACE
        self.terminate()
        while self.alive and monotonic() < deadline:
            if self.listen(told, deadline - monotonic()):
                self.terminate()
        for worker in tuple(self.alive):
            worker.process.kill()
            self.bury(worker)

    def listen(self, told: socket.socket, seconds: float | None) -> bool:
        """Wait, hear who of the workers answers or has ended, and return whether a signal was told."""
        readable, _, _ = select([told, *(worker.line for worker in self.alive)], [], [], seconds)
        for worker in [worker for worker in self.alive if worker.line in readable]:
            if heard(worker.line):
                worker.answers = True
            else:
                self.lose(worker)
        return told in readable and heard(told)

    def lose(self, worker: Worker) -> None:
        """A worker has ended, which it should not before we do."""
        self.bury(worker)
        if self.is_ending:
            return
        if not self.are_ready:
            raise WorkerFailed
        LOG.error("worker ended", worker=worker.number, pid=worker.process.pid, exit_code=worker.process.returncode)
        self.due[worker.number] = worker.born + PAUSE

    def terminate(self) -> None:
        for worker in self.alive:
            worker.process.terminate()

    def bury(self, worker: Worker) -> None:
        worker.line.close()
        worker.process.wait()
        self.alive.remove(worker)
        mark_process_dead(worker.process.pid, str(self.settings.metrics_dir))  # type: ignore[no-untyped-call]

    def start_those_due(self) -> None:
        for number in [number for number, moment in self.due.items() if moment <= monotonic()]:
            del self.due[number]
            self.alive.append(self.started(number))

    def started(self, number: int) -> Worker:
        """A new worker. The first one alone plans ahead: the database keeps its plans for all."""
        plan_ahead = self.settings.plan_ahead and number == 0
        ours, theirs = socket.socketpair()
        ours.sendall(pickle.dumps(self.settings.model_copy(update={"plan_ahead": plan_ahead})))
        with theirs:
            shared = (self.listener.fileno(), theirs.fileno())
            process = subprocess.Popen(
                [sys.executable, "-P", "-m", "app.cli.worker", *map(str, shared)],
                env={**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(self.settings.metrics_dir)},
                stdin=subprocess.DEVNULL,
                pass_fds=shared,
                start_new_session=True,  # Ctrl-C is for us, and we pass it on
            )
        return Worker(number, process, ours)


def heard(line: socket.socket) -> bool:
    """Whether something was said on a line, rather than that it was closed."""
    try:
        return bool(line.recv(64))
    except ConnectionResetError:
        return False


@contextmanager
def signals() -> Iterator[socket.socket]:
    """Gives a socket that tells of SIGINT and SIGTERM. A handler that raised could lose a worker that just starts."""
    reader, writer = socket.socketpair()
    writer.setblocking(False)
    with reader, writer:
        wakes = signal.set_wakeup_fd(writer.fileno())
        before = {number: signal.signal(number, lambda *_: None) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield reader
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
            signal.set_wakeup_fd(wakes)
