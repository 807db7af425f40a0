"""`pedigree import` and `pedigree export`: the registry as lines of JSON, one thing a line."""

import asyncio
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from errno import EISDIR
from pathlib import Path
from typing import Annotated

import typer

from app.cli.chosen import DataDir, chosen
from app.cli.database import database, registry
from app.cli.progress import work_bar
from app.errors import PedigreeError
from app.settings import Settings
from app.transfer.exporting import export_lines
from app.transfer.importing import Imported, Options, Report, import_lines

STANDARD = Path("-")
Write = Callable[[Sequence[bytes]], None]

Source = Annotated[typer.FileBinaryRead, typer.Argument(metavar="FILE", help="Lines of JSON; - for standard input.")]
Target = Annotated[Path, typer.Argument(metavar="[FILE]", help="Where to; standard output, when nothing is said.")]
Strict = Annotated[bool, typer.Option("--strict", help="Import nothing when one line is bad.")]
AllowStubs = Annotated[bool, typer.Option("--allow-stubs", help="Make stubs of what is named and nobody knows.")]


class Unwritable(PedigreeError):
    """Cannot write {file}: {reason}."""


def import_file(
    file: Source, strict: Strict = False, allow_stubs: AllowStubs = False, data_dir: DataDir = None
) -> None:
    """Import what another registry exported. What is there already stays as it is."""
    settings = chosen(data_dir=data_dir)
    with database(settings) as complete, work_bar() as report:
        options = Options(settings.actor, strict=strict, allow_stubs=allow_stubs, report=report)
        imported = asyncio.run(imported_from(file, complete, options))
    tell(imported, strict=strict)
    if imported.problems:
        raise typer.Exit(1)


async def imported_from(lines: Iterable[bytes], settings: Settings, options: Options) -> Imported:
    async with registry(settings) as connection:
        return await import_lines(connection, lines, options)


def tell(imported: Imported, *, strict: bool) -> None:
    """Say what was imported, and which lines were not."""
    for problem in imported.problems:
        typer.echo(problem, err=True)
    stubs = f", {imported.stubs} of them stubs" if imported.stubs else ""
    typer.echo(
        f"Imported {imported.entities} entities{stubs}, and {imported.edges} edges; "
        f"{imported.unchanged} were there already."
    )
    if imported.problems:
        reason = "so nothing was imported" if strict else "the rest was imported"
        typer.echo(f"Bad lines: {len(imported.problems)}; {reason}.", err=True)


def export_file(file: Target = STANDARD, data_dir: DataDir = None) -> None:
    """Export the whole registry. The same registry always gives the same text."""
    settings = chosen(data_dir=data_dir)
    with writing(file) as write, database(settings) as complete, work_bar() as report:
        asyncio.run(exported_to(write, complete, report))


@contextmanager
def writing(file: Path) -> Iterator[Write]:
    """Writes to standard output, or beside the file, which is there once everything is written. Raises Unwritable."""
    if file == STANDARD:
        yield sys.stdout.buffer.writelines
        return
    partial = file.parent / f"{file.name}.part"
    try:
        if file.is_dir():
            raise IsADirectoryError(EISDIR, os.strerror(EISDIR))
        output = partial.open("wb")
    except OSError as error:
        raise Unwritable((Unwritable.__doc__ or "").format(file=file, reason=error.strerror)) from error
    with output:
        yield output.writelines
    partial.replace(file)


async def exported_to(write: Write, settings: Settings, report: Report) -> None:
    async with registry(settings) as connection:
        advance = report("Exporting lines")
        async for page in export_lines(connection):
            write(page)
            advance(len(page))
