"""`python -m bench`: loads the registry if need be, measures, and tells."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from functools import partial
from typing import Annotated

import typer
import uvloop
from neo4j import AsyncGraphDatabase, NotificationMinimumSeverity

from app.database.local import LocalNeo4j
from bench.book import Book
from bench.cases import READS
from bench.database import Loaded, loaded, running
from bench.kept import forget, keep, recall
from bench.machine import machine
from bench.parts import (
    floor,
    growth,
    mlflow,
    profile,
    reads,
    recalls,
    registration,
    sequencer,
    shapes,
    visibility,
    writers,
)
from bench.processes import pedigree
from bench.report import write
from bench.stage import Stage

PARTS = {
    "shapes": shapes,
    "register": registration,
    "mlflow": mlflow,
    "writers": writers,
    "sequencer": sequencer,
    "visibility": visibility,
    "recalls": recalls,
    "profile": profile,
}
NAMES = ("floor", *(case.name for case in READS), "growth", *PARTS)
WHOLE = ("floor", "reads", "growth", *PARTS)  # the parts of the results, in their order


def main(
    only: Annotated[str, typer.Option(help=f"What to measure, between commas: {', '.join(NAMES)}.")] = "",
    scale: Annotated[float, typer.Option(help="Size of the registry: 1 is 100,000 versions.")] = 1.0,
    fresh: Annotated[bool, typer.Option("--fresh", help="Load the registry anew.")] = False,
) -> None:
    """Measure Pedigree, side by side with the alternatives."""
    chosen = set(only.split(",")) if only else set(NAMES)
    if unknown := chosen - set(NAMES):
        raise typer.BadParameter(f"there is no {', '.join(unknown)}", param_hint="--only")
    registry = loaded(scale, fresh=fresh)
    tenth = loaded(scale / 10, fresh=fresh) if "growth" in chosen else None
    before = machine()
    if chosen == set(NAMES):
        forget(registry)
    with running(registry) as neo4j, pedigree(neo4j) as url:
        uvloop.run(measure(chosen, registry, tenth, neo4j, url, before))
    found = [recall(registry, part, before) for part in WHOLE]
    if all(found):
        write([each for each in found if each is not None], before, registry)


def tell(book: Book) -> None:
    """Say what was aimed at, and what was found."""
    for target in book.targets:
        typer.echo(f"{'holds ' if target.holds else 'MISSED'} {target.what}: {target.found}, {target.aim}")


async def measure(
    chosen: set[str],
    registry: Loaded,
    tenth: Loaded | None,
    neo4j: LocalNeo4j,
    url: str,
    before: Mapping[str, str],
) -> None:
    """Measure what was chosen, and keep it part by part."""

    async def part(name: str, measured: Callable[[Book], Awaitable[None]]) -> None:
        book = Book()
        await measured(book)
        tell(book)
        keep(registry, name, book, before)

    if "floor" in chosen:
        await part("floor", floor.measure)
    async with staged(registry, neo4j, url) as stage:
        if cases := [case for case in READS if case.name in chosen]:
            name = "reads" if len(cases) == len(READS) else "some reads"
            await part(name, lambda book: reads.measure(stage, cases, book))
        if tenth is not None:
            await part("growth", lambda book: growth.measure(stage, tenth, book))
        for name, each in PARTS.items():
            if name in chosen:
                await part(name, partial(each.measure, stage))


@asynccontextmanager
async def staged(registry: Loaded, neo4j: LocalNeo4j, url: str) -> AsyncIterator[Stage]:
    async with AsyncGraphDatabase.driver(
        neo4j.uri,
        auth=(neo4j.username, neo4j.password),
        notifications_min_severity=NotificationMinimumSeverity.OFF,
    ) as driver:
        yield Stage(registry, neo4j, driver, url)


if __name__ == "__main__":
    app = typer.Typer(pretty_exceptions_enable=False)
    app.command()(main)
    app()
