"""A real Neo4j Community on this machine: started, asked whether it answers, and stopped with who started it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from neo4j import GraphDatabase
from neo4j.exceptions import AuthError, DriverError, Neo4jError

from app.database.local.configuration import command, configuration
from app.database.local.errors import DiedAtStart, Neo4jPortTaken, PasswordRefused, StartTimedOut
from app.database.local.folder import Claim, claimed
from app.database.local.jars import fetch_jars
from app.database.local.log import Log
from app.database.local.password import USERNAME, ensure_password
from app.settings import Settings

SUPERVISOR = Path(__file__).with_name("supervisor.py")
START_TIMEOUT = 180.0  # seconds
PORT_TRIES = 5


@dataclass(frozen=True)
class LocalNeo4j:
    """A Neo4j that runs. Its files are below `home`."""

    port: int
    password: str = field(repr=False)
    home: Path
    log: Log
    supervisor: subprocess.Popen[bytes]

    username = USERNAME

    @property
    def uri(self) -> str:
        return f"bolt://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        """Process id of Neo4j itself: another one after it died and was started again."""
        return int(pid_file(self.home).read_text())

    def stop(self) -> None:
        """Let Neo4j close its files and end. Does nothing when it has ended."""
        lifeline(self.supervisor).close()
        if self.supervisor.wait() < 0:  # it was killed, and Neo4j is alone in its process group
            with suppress(ProcessLookupError):
                os.killpg(self.supervisor.pid, signal.SIGKILL)


@contextmanager
def local_neo4j(settings: Settings, flags: Sequence[str] = ()) -> Iterator[LocalNeo4j]:
    """A Neo4j on the data folder of the settings, for as long as the context lasts, and never longer than this process.

    Its jars are fetched if need be. `flags` are more flags for its JVM. Raises a LocalNeo4jFailure.
    """
    jars = fetch_jars(settings)
    with claimed(settings.data_dir.absolute() / "neo4j") as claim:
        neo4j = start(settings, jars, claim, flags)
        try:
            yield neo4j
        finally:
            neo4j.stop()


def start(settings: Settings, jars: Path, claim: Claim, flags: Sequence[str] = ()) -> LocalNeo4j:
    """Start on the port that was asked for, or on a free one; should someone else be faster to it, on another."""
    if settings.neo4j_port:
        check_free(settings.neo4j_port)
        return start_on(settings.neo4j_port, settings, jars, claim, flags)
    for _ in range(PORT_TRIES - 1):
        with suppress(Neo4jPortTaken):
            return start_on(free_port(), settings, jars, claim, flags)
    return start_on(free_port(), settings, jars, claim, flags)


def start_on(port: int, settings: Settings, jars: Path, claim: Claim, flags: Sequence[str] = ()) -> LocalNeo4j:
    """Start on this port and wait until Neo4j answers. Nothing is left running when it does not."""
    home = claim.home
    password = ensure_password(home)
    (home / "conf").mkdir(exist_ok=True)
    (home / "conf" / "neo4j.conf").write_text(configuration(settings, port))
    log = Log.beginning(home / "logs" / "neo4j.log")
    with ExitStack() as undo:
        neo4j = LocalNeo4j(port, password, home, log, supervise(command(settings, jars, home, flags), claim, log))
        undo.callback(neo4j.stop)
        wait_for_answer(neo4j)
        lifeline(neo4j.supervisor).write(b"!")
        undo.pop_all()
    return neo4j


def supervise(neo4j: list[str], claim: Claim, log: Log) -> subprocess.Popen[bytes]:
    """Run a command under the supervisor, in a session of its own: Ctrl-C is for the web server alone."""
    with log.file.open("ab") as out:
        return subprocess.Popen(
            [sys.executable, "-I", "-S", str(SUPERVISOR), str(pid_file(claim.home)), *neo4j],
            stdin=subprocess.PIPE,
            stdout=out,
            stderr=out,
            pass_fds=[claim.descriptor],
            start_new_session=True,
            bufsize=0,
        )


def wait_for_answer(neo4j: LocalNeo4j) -> None:
    """Return once Neo4j answers a query. Raises DiedAtStart, Neo4jPortTaken, PasswordRefused or StartTimedOut."""
    deadline = time.monotonic() + START_TIMEOUT
    while time.monotonic() < deadline:
        if neo4j.supervisor.poll() is not None:
            if neo4j.log.tells_of_a_taken_port:
                raise Neo4jPortTaken(port=neo4j.port)
            raise DiedAtStart(log=neo4j.log.file, tail=neo4j.log.tail)
        if listens(neo4j) and answers(neo4j):
            return
        time.sleep(0.1)
    raise StartTimedOut(seconds=round(START_TIMEOUT), log=neo4j.log.file, tail=neo4j.log.tail)


def listens(neo4j: LocalNeo4j) -> bool:
    """Whether somebody is at the port: asked first, because it costs next to nothing."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", neo4j.port)) == 0


def answers(neo4j: LocalNeo4j) -> bool:
    """Whether the database takes a query. Raises PasswordRefused when it is ours and still does not know us."""
    try:
        with GraphDatabase.driver(
            neo4j.uri,
            auth=(neo4j.username, neo4j.password),
            connection_timeout=5.0,
            connection_acquisition_timeout=5.0,
            max_transaction_retry_time=0.0,
        ) as driver:
            driver.execute_query("RETURN 1", database_="neo4j")
    except AuthError as error:
        if not neo4j.log.tells_of_the_start:  # another Neo4j was faster to the port
            return False
        raise PasswordRefused(file=neo4j.home / "password") from error
    except (Neo4jError, DriverError, OSError):
        return False
    return True


def pid_file(home: Path) -> Path:
    return home / "neo4j.pid"


def lifeline(supervisor: subprocess.Popen[bytes]) -> IO[bytes]:
    assert supervisor.stdin is not None
    return supervisor.stdin


def check_free(port: int) -> None:
    """Raises Neo4jPortTaken, before anything slow has begun."""
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError as error:
        raise Neo4jPortTaken(port=port) from error


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
