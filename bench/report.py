"""`RESULTS.md`: the run as it can be read."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bench.book import Book, Table, Target
from bench.database import Loaded

FILE = Path(__file__).with_name("RESULTS.md")
HEAD = """# Results

Written by `make bench`. A ratio is the median over interleaved rounds: in each, everybody has a turn of a second or
two. Latency is judged with one client, throughput with sixteen. The servers, Neo4j and the client share the machine.
"""


def write(book: Book, machine: Mapping[str, str], registry: Loaded) -> None:
    """Write the file anew."""
    FILE.write_text("\n".join(text(book, machine, registry)), encoding="utf-8")


def text(book: Book, machine: Mapping[str, str], registry: Loaded) -> Iterator[str]:
    yield HEAD
    yield from grid(("", ""), list(machine.items()))
    yield f"\n{loading(registry)}\n\n## What was aimed at\n"
    yield from targets(book.targets)
    for table in book.tables:
        yield from section(table)


def loading(registry: Loaded) -> str:
    sizes = registry.sizes
    return (
        f"The registry has {sizes.versions:,} versions, as many runs, {sizes.snapshots:,} dataset versions and "
        f"{4 * sizes.evaluations:,} metrics. Its file of {registry.lines:,} lines was loaded by `pedigree import` in "
        f"{registry.seconds:.0f} seconds."
    )


def targets(found: Sequence[Target]) -> Iterator[str]:
    missed = [target.what for target in found if not target.holds]
    yield f"{len(found) - len(missed)} of {len(found)} hold." + (f" Missed: {'; '.join(missed)}.\n" if missed else "\n")
    rows = [(t.what, t.aim, t.found, "holds" if t.holds else "**missed**") for t in found]
    yield from grid(("what", "aim", "found", ""), rows)


def section(table: Table) -> Iterator[str]:
    yield f"\n## {table.title}\n"
    if table.text:
        yield f"{table.text}\n"
    yield from grid(table.head, table.rows)


def grid(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """A table of Markdown."""
    for row in (head, ["---"] * len(head), *rows):
        yield f"| {' | '.join(row)} |"
