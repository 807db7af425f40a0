"""Runs Neo4j, and ends it when the server that wanted it is gone. A program of its own, on the standard library alone.

Its standard input is the lifeline: a pipe whose other end only the server holds. However the server ends, kill -9
included, the kernel closes that end, and reading here returns nothing. A byte on the lifeline says that Neo4j has
answered: from then on, a Neo4j that dies is started again.
"""

import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

LIFELINE = 0
GRACE = 60.0  # seconds that Neo4j has to close its files
SHORT_LIFE = 10.0  # seconds: a Neo4j that was started again and dies younger is given up


def supervise(command: list[str], pid_file: Path) -> int:
    """Run the command until it is no longer wanted, or cannot be kept alive. Returns the exit code of the program."""
    signals = notice_signals()
    answered, restarts = False, 0
    while True:
        born = time.monotonic()
        # What was given to us goes on to Neo4j: the log, and the claim on the data folder.
        neo4j = subprocess.Popen(command, stdin=subprocess.DEVNULL, close_fds=False)
        try:
            pid_file.write_text(f"{neo4j.pid}\n")
            lives = True
            while lives:
                # Asked before the lifeline is read: what was said before Neo4j died is still heard.
                lives = neo4j.poll() is None
                readable, _, _ = select.select([LIFELINE, signals], [], [], None if lives else 0)
                if LIFELINE in readable:
                    if not os.read(LIFELINE, 1):
                        return 0
                    answered = True
                if signals in readable and signal.SIGTERM in os.read(signals, 64):
                    return 0
        finally:
            end(neo4j)
        if not answered or (restarts and time.monotonic() - born < SHORT_LIFE):
            return 1
        restarts += 1


def end(neo4j: subprocess.Popen[bytes]) -> None:
    """Ask Neo4j to stop, then make it."""
    neo4j.terminate()
    try:
        neo4j.wait(GRACE)
    except subprocess.TimeoutExpired:
        neo4j.kill()
        neo4j.wait()


def notice_signals() -> int:
    """A file descriptor that brings the numbers of signals: a child has ended, or we are asked to.

    A handler that raised could do so in the middle of starting Neo4j, and leave it alone.
    """
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    signal.set_wakeup_fd(writer)
    for number in (signal.SIGCHLD, signal.SIGTERM):
        signal.signal(number, lambda number, frame: None)
    return reader


if __name__ == "__main__":
    sys.exit(supervise(sys.argv[2:], Path(sys.argv[1])))
