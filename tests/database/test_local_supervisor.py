"""The supervisor, with a shell in Neo4j's place: it has nothing of Neo4j in it."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.database.local.server import SUPERVISOR

Start = Callable[[str], subprocess.Popen[bytes]]

# Says its process id, then lives until it is told otherwise.
LIVES = "echo $$; exec sleep 600"


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    processes: list[subprocess.Popen[bytes]] = []

    def start(script: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-I", "-S", SUPERVISOR, tmp_path / "pid", "sh", "-c", script],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
            bufsize=0,
        )
        processes.append(process)
        return process

    yield start
    for process in processes:
        with process:
            process.kill()


def child(supervisor: subprocess.Popen[bytes]) -> int:
    """The process id that the next child says."""
    assert supervisor.stdout is not None
    return int(supervisor.stdout.readline())


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_the_child_ends_when_the_lifeline_is_cut(start: Start) -> None:
    supervisor = start(LIVES)
    pid = child(supervisor)
    assert supervisor.stdin is not None
    assert is_alive(pid)

    supervisor.stdin.close()

    assert supervisor.wait() == 0
    assert not is_alive(pid)


def test_the_child_ends_with_the_supervisor_that_is_asked_to(start: Start) -> None:
    supervisor = start(LIVES)
    pid = child(supervisor)

    supervisor.terminate()

    assert supervisor.wait() == 0
    assert not is_alive(pid)


def test_a_lifeline_cut_before_the_start_ends_the_child_as_well(start: Start) -> None:
    supervisor = start(LIVES)
    assert supervisor.stdin is not None
    assert supervisor.stdout is not None

    supervisor.stdin.close()

    assert supervisor.wait() == 0
    supervisor.stdout.read()  # ends when nobody is left to write


def test_a_child_that_dies_before_it_answered_is_not_started_again(start: Start) -> None:
    supervisor = start("echo $$; exit 3")
    child(supervisor)

    assert supervisor.wait() == 1
    assert supervisor.stdout is not None
    assert supervisor.stdout.read() == b""


def test_a_child_that_dies_after_it_answered_is_started_again(start: Start, tmp_path: Path) -> None:
    supervisor = start(LIVES)
    first = child(supervisor)
    assert supervisor.stdin is not None
    supervisor.stdin.write(b"!")

    os.kill(first, signal.SIGKILL)
    second = child(supervisor)

    assert second != first
    assert is_alive(second)
    supervisor.stdin.close()
    assert supervisor.wait() == 0
    assert int((tmp_path / "pid").read_text()) == second
    assert not is_alive(second)


def test_what_was_said_just_before_the_child_died_is_heard(start: Start, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pid")  # holds the supervisor up, until the file is read
    os.mkfifo(tmp_path / "life")  # ends for its reader when the child has died
    supervisor = start(f"exec 3<>{tmp_path}/life; {LIVES}")
    with (tmp_path / "life").open() as life:
        first = child(supervisor)
        assert supervisor.stdin is not None

        supervisor.stdin.write(b"!")
        os.kill(first, signal.SIGKILL)
        life.read()
    # Opened to write, too, it does not end between the two.
    with os.fdopen(os.open(tmp_path / "pid", os.O_RDWR), "rb", buffering=0) as told:
        assert int(told.readline()) == first
        second = child(supervisor)
        assert int(told.readline()) == second


def test_a_child_that_dies_young_again_is_given_up(start: Start) -> None:
    supervisor = start(LIVES)
    first = child(supervisor)
    assert supervisor.stdin is not None
    supervisor.stdin.write(b"!")

    os.kill(first, signal.SIGKILL)
    os.kill(child(supervisor), signal.SIGKILL)

    assert supervisor.wait() == 1
