"""The data folder belongs to one Neo4j at a time, and to nobody once that has ended.

The claim is a lock on a file. Neo4j inherits the open file, so the claim holds exactly as long as any process lives
that could write to the data, and the kernel takes it back when the last one is gone.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from app.database.local.errors import DataFolderInUse

PATIENCE = 30.0  # seconds for the Neo4j of a server that was killed to end


@dataclass(frozen=True)
class Claim:
    """The right to run on the data below `home`. Who inherits the file descriptor has it, too."""

    home: Path
    descriptor: int


@contextmanager
def claimed(home: Path) -> Iterator[Claim]:
    """Claim a folder, made if need be. Raises DataFolderInUse."""
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (home / "claim").open("a+") as file:
        take(file, home)
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield Claim(home, file.fileno())


def take(file: IO[str], home: Path) -> None:
    """Lock the file. Where its holder is dead, its Neo4j is about to end, too: wait for that."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = file.read().strip()
            if is_alive(holder) or time.monotonic() > deadline:
                raise DataFolderInUse(folder=home.parent, process=holder or "unknown") from None
            time.sleep(0.05)
        else:
            return


def is_alive(process: str) -> bool:
    if not process:
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
