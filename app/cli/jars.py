"""`pedigree jars`: what Pedigree's own Neo4j is made of."""

import asyncio

import typer

from app.cli.database import connected, registry
from app.cli.progress import console, download_bar, working
from app.database.local import fetch_jars
from app.database.local.resolution import resolve
from app.database.local.training import is_trained, training
from app.settings import Settings

app = typer.Typer(help="What Pedigree's own Neo4j is made of.", no_args_is_help=True)


@app.command()
def fetch() -> None:
    """Fetch the jars of Neo4j into the user's cache, as far as they are not there."""
    with download_bar() as report:
        fetch_jars(Settings(), report)


@app.command()
def train() -> None:
    """Run Neo4j once and keep what its JVM learned, some 200 MB beside the jars: later starts take half the time."""
    settings = Settings()
    fetch()
    if is_trained(settings):
        return
    with working("Running Neo4j once, so that later starts take half the time"), training(settings) as neo4j:
        asyncio.run(exercise(connected(settings, neo4j)))


async def exercise(settings: Settings) -> None:
    """Do what every start does."""
    async with registry(settings):
        pass


@app.command()
def lock(version: str) -> None:
    """Pin the jars of a Neo4j version (for developers: needs Maven)."""
    with working(f"Asking Maven for Neo4j {version}"):
        resolved = resolve(version)
    file = resolved.write()
    console.print(f"{file}: {len(resolved.jars)} jars, {resolved.size / 1e6:.0f} MB")
