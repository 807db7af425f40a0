"""`pedigree import` and `pedigree export`: the registry as lines of JSON, one thing a line."""

import asyncio
from collections.abc import Iterable
from typing import Annotated

import typer

from app.cli.chosen import DataDir, chosen
from app.cli.database import database, registry
from app.cli.output import STANDARD, Target, Write, writing
from app.cli.progress import work_bar
from app.settings import Settings
from app.transfer.exporting import export_lines
from app.transfer.importing import Imported, Options, import_lines
from app.transfer.progress import Report

Source = Annotated[typer.FileBinaryRead, typer.Argument(metavar="FILE", help="Lines of JSON; - for standard input.")]
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
    settings = chosen(data_dir=data_dir)
    with writing(file) as write, database(settings) as complete, work_bar() as report:
        asyncio.run(exported_to(write, complete, report))


async def exported_to(write: Write, settings: Settings, report: Report) -> None:
    async with registry(settings) as connection:
        advance = report("Exporting lines")
        async for page in export_lines(connection):
            write(page)
            advance(len(page))
