"""`pedigree import` and `pedigree export`: the registry as lines of JSON, one thing a line."""

import asyncio
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from app.cli.database import database, registry
from app.cli.progress import work_bar
from app.cli.serve import DataDir, chosen
from app.settings import Settings
from app.transfer.exporting import export_lines
from app.transfer.importing import Imported, Options, Report, import_lines

STANDARD = Path("-")
Write = Callable[[Sequence[bytes]], None]

Source = Annotated[typer.FileBinaryRead, typer.Argument(metavar="FILE", help="Lines of JSON; - for standard input.")]
Target = Annotated[Path, typer.Argument(metavar="[FILE]", help="Where to; standard output, when nothing is said.")]
Strict = Annotated[bool, typer.Option("--strict", help="Import nothing when one line is bad.")]
AllowStubs = Annotated[bool, typer.Option("--allow-stubs", help="Make stubs of what is named and nobody knows.")]


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
    with database(chosen(data_dir=data_dir)) as settings, work_bar() as report:
        if file == STANDARD:
            asyncio.run(exported_to(sys.stdout.buffer.writelines, settings, report))
            return
        partial = file.with_name(f"{file.name}.part")
        with partial.open("wb") as output:
            asyncio.run(exported_to(output.writelines, settings, report))
        partial.replace(file)


async def exported_to(write: Write, settings: Settings, report: Report) -> None:
    async with registry(settings) as connection:
        advance = report("Exporting lines")
        async for page in export_lines(connection):
            write(page)
            advance(len(page))
