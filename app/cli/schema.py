"""`pedigree schema`: brings the database to the schema of this version, checks it, and prints what the model says."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import typer
from neo4j import AsyncDriver

from app.cli.chosen import DataDir, chosen
from app.cli.database import database, reached
from app.database import schema
from app.settings import Settings
from graph_schema.definitions import DEFINITIONS, difference, script
from graph_schema.documentation import page
from graph_schema.model import MODEL

Result = TypeVar("Result")
Work = Callable[[AsyncDriver, str], Awaitable[Result]]

app = typer.Typer(help="The schema in the database, and the model that it comes from.", no_args_is_help=True)


@app.command()
def apply(data_dir: DataDir = None) -> None:
    """Apply the migrations that the database lacks."""
    applied = ask(schema.apply, data_dir)
    for migration in applied:
        typer.echo(f"Applied migration {migration}.")
    if not applied:
        typer.echo("The schema is up to date.")


@app.command()
def check(data_dir: DataDir = None) -> None:
    """Compare everything in the database with the model. Exit code 1 when something differs."""
    typer.echo("Reading the whole graph ...", err=True)
    problems = ask(schema.check, data_dir)
    for problem in problems:
        typer.echo(problem)
    if problems:
        typer.echo(f"Problems: {len(problems)}.", err=True)
        raise typer.Exit(1)
    typer.echo("Everything is as the model says.")


@app.command()
def diff(data_dir: DataDir = None) -> None:
    """Print the statements that lead from the database to the model: what a new migration has to hold."""
    typer.echo(script(difference(ask(schema.held, data_dir), DEFINITIONS)), nl=False)


@app.command()
def statements() -> None:
    """Print the statements that build the whole schema of the model in an empty database."""
    typer.echo(script(difference((), DEFINITIONS)), nl=False)


@app.command()
def docs() -> None:
    """Print docs/data-model.md."""
    typer.echo(page(MODEL), nl=False)


def ask(work: Work[Result], data_dir: Path | None) -> Result:
    """Do some work at the Neo4j that the settings name, or at Pedigree's own, started for as long as it takes."""
    with database(chosen(data_dir=data_dir)) as settings:
        return asyncio.run(at(settings, work))


async def at(settings: Settings, work: Work[Result]) -> Result:
    async with reached(settings) as connection:
        return await work(connection.driver, settings.neo4j_database)
