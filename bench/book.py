"""What was measured, as it is told: tables, and what was aimed at beside what was found."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import typer


@dataclass(frozen=True)
class Target:
    """Something that was aimed at. `found` is in the same words."""

    what: str
    aim: str
    found: str
    holds: bool


@dataclass(frozen=True)
class Table:
    """One table with its headline and what has to be said about it."""

    title: str
    text: str
    head: Sequence[str]
    rows: list[Sequence[str]] = field(default_factory=list)

    def add(self, *row: str) -> None:
        """One more row, told at once."""
        self.rows.append(row)
        typer.echo("  ".join(f"{cell:<{max(8, len(name))}}" for cell, name in zip(row, self.head, strict=True)))


@dataclass
class Book:
    """All tables and targets of a run."""

    tables: list[Table] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)

    def table(self, title: str, text: str, *head: str) -> Table:
        """A new table at the end."""
        typer.echo(f"\n{title}\n" + "  ".join(f"{name:<8}" for name in head))
        self.tables.append(Table(title, text, head))
        return self.tables[-1]

    def at_most(self, what: str, limit: float, found: float, unit: str = "x") -> None:
        """Note a target that must not be exceeded."""
        self.targets.append(Target(what, f"at most {limit:g}{unit}", f"{found:.2f}{unit}", found <= limit))

    def at_least(self, what: str, limit: float, found: float, unit: str = "x") -> None:
        """Note a target that must be reached."""
        shown = f"{found:.2f}{unit}" if unit == "x" else f"{found:.0f}{unit}"
        self.targets.append(Target(what, f"at least {limit:g}{unit}", shown, found >= limit))


def milliseconds(seconds: float) -> str:
    """A time as tables show it, with three digits."""
    digits = 2 if seconds < 0.01 else 1 if seconds < 0.1 else 0
    return f"{seconds * 1000:.{digits}f} ms"


def rate(throughput: float, refused: int = 0) -> str:
    """A throughput as tables show it, and how many were refused."""
    shown = f"{throughput:.1f}/s" if throughput < 100 else f"{throughput:.0f}/s"
    return f"{shown}, {refused} refused" if refused else shown


def ratio(value: float) -> str:
    return f"{value:.2f}x"
