"""Progress on whatever takes longer than two seconds, on standard error: moving on a terminal, else one line each."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
    TransferSpeedColumn,
)

from app.database.local import Advance, Lock, Report
from app.transfer import progress as transfer

console = Console(stderr=True, highlight=False)


@contextmanager
def working(on: str) -> Iterator[None]:
    """Show that something is under way whose length nobody knows."""
    if console.is_terminal:
        with console.status(on):
            yield
    else:
        console.print(on)
        yield


@contextmanager
def download_bar() -> Iterator[Report]:
    """Gives the report of a download, which shows a bar as soon as there is something to fetch."""
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:

        def report(lock: Lock) -> Advance:
            text = f"Fetching Neo4j {lock.version} ({lock.size / 1e6:.0f} MB)"
            if not console.is_terminal:
                console.print(text)
            task = progress.add_task(text, total=lock.size)
            return lambda amount: progress.advance(task, amount)

        yield report


@contextmanager
def work_bar() -> Iterator[transfer.Report]:
    """Gives the report of work in several steps, each with a bar: how much is done of how much, and how fast."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TaskProgressColumn(text_format="", text_format_no_percentage="", show_speed=True),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:

        def report(doing: str, total: int | None = None) -> Advance:
            if not console.is_terminal:
                console.print(doing if total is None else f"{doing} {total}")
            for earlier in progress.tasks:
                progress.stop_task(earlier.id)
            task = progress.add_task(doing, total=total)
            return lambda amount: progress.advance(task, amount)

        yield report
