"""Signed heads go where nobody can change them together with the registry: to a file, or to standard output."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

STANDARD = Path("-")


@dataclass
class Checkpoints:
    """Writes a head from time to time. `due` is when the next one may be written."""

    file: Path | None
    interval: float
    due: float = 0.0

    def offer(self, note: str) -> bool:
        """Write a head, if it is time. Returns whether it was."""
        now = monotonic()
        if self.file is None or now < self.due:
            return False
        write(self.file, note)
        self.due = now + self.interval
        return True


def write(file: Path, note: str) -> None:
    """Append a head to a file, or print it; an empty line sets it off from the one before. Raises OSError."""
    if file == STANDARD:
        sys.stdout.write(f"{note}\n")
        sys.stdout.flush()
        return
    with file.open("a", encoding="utf-8") as out:
        out.write(f"{note}\n")
        out.flush()
        os.fsync(out.fileno())
