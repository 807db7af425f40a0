"""`RESULTS.md`: what was measured, as it can be read."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bench.book import Table, Target
from bench.database import Loaded
from bench.kept import Measured, lasting
from bench.reasons import reasons

LOADING = 300  # seconds
FILE = Path(__file__).with_name("RESULTS.md")
HEAD = """# Results

Written by `make bench`, which keeps what each part measured: `make bench ONLY=writers` measures one anew. A ratio is
the median over interleaved rounds: in each, everybody has a turn of a second or two. Latency is judged with one client,
throughput with sixteen. The servers, Neo4j and the client share the machine.
"""


def write(found: Sequence[Measured], machine: Mapping[str, str], registry: Loaded) -> None:
    """Write the file anew."""
    FILE.write_text("\n".join(text(found, machine, registry)), encoding="utf-8")


def text(found: Sequence[Measured], machine: Mapping[str, str], registry: Loaded) -> Iterator[str]:
    yield HEAD
    yield from grid(("", ""), list(lasting(machine).items()))
    yield f"\n{loading(registry)}\n\n## What was aimed at\n"
    aimed = [target for each in found for target in each.book.targets]
    yield from targets(aimed)
    yield "\n### Why some are missed\n"
    yield "\n\n".join(reasons(aimed)) or "None is."
    for each in found:
        for table in each.book.tables:
            yield from section(table, each.machine)


def loading(registry: Loaded) -> str:
    sizes = registry.sizes
    return (
        f"The registry has {sizes.versions:,} versions, as many runs, {sizes.snapshots:,} dataset versions and "
        f"{4 * sizes.evaluations:,} metrics. Its file of {registry.lines:,} lines was loaded by `pedigree import` in "
        f"{registry.seconds:.0f} seconds; {LOADING} were aimed at."
    )


def targets(found: Sequence[Target]) -> Iterator[str]:
    missed = [target.what for target in found if not target.holds]
    yield f"{len(found) - len(missed)} of {len(found)} hold." + (f" Missed: {'; '.join(missed)}.\n" if missed else "\n")
    rows = [(t.what, t.aim, t.found, "holds" if t.holds else "**missed**") for t in found]
    yield from grid(("what", "aim", "found", ""), rows)


def section(table: Table, machine: Mapping[str, str]) -> Iterator[str]:
    yield f"\n## {table.title}\n"
    yield f"{machine['date']}, load before {machine['load before']}.\n"
    if table.text:
        yield f"{table.text}\n"
    yield from grid(table.head, table.rows)


def grid(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """A table of Markdown."""
    for row in (head, ["---"] * len(head), *rows):
        yield f"| {' | '.join(row)} |"
