"""What Neo4j says on its way: kept in a file, and its end is shown when Neo4j does not start."""

from dataclasses import dataclass
from pathlib import Path

LINES = 15
STARTED = " Started."
PORT_TAKEN = ("Address already in use", "BindException")


@dataclass(frozen=True)
class Log:
    """The log of one start: what the file holds after `offset` bytes."""

    file: Path
    offset: int

    @classmethod
    def beginning(cls, file: Path) -> "Log":
        """The log of the start that comes now."""
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
        return cls(file, file.stat().st_size)

    @property
    def text(self) -> str:
        with self.file.open(errors="replace") as file:
            file.seek(self.offset)
            return file.read()

    @property
    def tail(self) -> str:
        """The last lines, without the frames of Java's stack traces."""
        lines = [line for line in self.text.splitlines() if line.strip() and not line.startswith("\tat ")]
        return "\n    ".join(lines[-LINES:]) or "(empty)"

    @property
    def tells_of_the_start(self) -> bool:
        return STARTED in self.text

    @property
    def tells_of_a_taken_port(self) -> bool:
        return any(sign in self.text for sign in PORT_TAKEN)
