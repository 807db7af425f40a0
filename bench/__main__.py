"""`python -m bench`: loads the registry if need be, measures, and tells."""

from typing import Annotated

import typer
import uvloop
from neo4j import AsyncGraphDatabase, NotificationMinimumSeverity

from app.database.local import LocalNeo4j
from bench.cases import CASES, Case, content, difference
from bench.contenders import Contender, GraphQLServer, Raw
from bench.database import loaded, running
from bench.graph.sizes import Sizes
from bench.neo4j_graphql import SAID, neo4j_graphql
from bench.processes import pedigree
from bench.rounds import compare

CHECKED = 10  # answers of each case that are compared


def main(
    only: Annotated[
        str, typer.Option(help="Names of the cases to run, between commas; all, when nothing is said.")
    ] = "",
    scale: Annotated[float, typer.Option(help="Size of the registry: 1 is 100,000 versions.")] = 1.0,
    fresh: Annotated[bool, typer.Option("--fresh", help="Load the registry anew.")] = False,
) -> None:
    """Measure Pedigree, side by side with the alternatives."""
    registry = loaded(scale, fresh=fresh)
    chosen = [case for case in CASES if not only or case.name in only.split(",")]
    with running(registry) as neo4j, pedigree(neo4j) as url, neo4j_graphql(neo4j) as other:
        uvloop.run(measure(chosen, registry.sizes, neo4j, url, other))


async def measure(cases: list[Case], sizes: Sizes, neo4j: LocalNeo4j, url: str, other: str) -> None:
    async with AsyncGraphDatabase.driver(
        neo4j.uri,
        auth=(neo4j.username, neo4j.password),
        notifications_min_severity=NotificationMinimumSeverity.OFF,
    ) as driver:
        ours: list[Contender] = [Raw(driver), GraphQLServer(url)]
        theirs = GraphQLServer(other, "@neo4j/graphql", "neo4j.graphql", SAID)
        for case in cases:
            contenders = [*ours, theirs] if case.name in SAID else ours
            await check(case, contenders, sizes)
            for concurrency in (1, 16):
                figures = await compare(case, contenders, sizes, concurrency=concurrency)
                first = figures[contenders[0].name]
                for name, own in figures.items():
                    typer.echo(
                        f"{case.name:14} {concurrency:3} {name:14} p50 {own.p50 * 1000:8.2f} ms "
                        f"p95 {own.p95 * 1000:8.2f} ms {own.throughput:8.1f}/s  {own.slower(first):.2f}x"
                    )


class Differs(Exception):
    """Two contenders do not answer the same."""


async def check(case: Case, contenders: list[Contender], sizes: Sizes) -> None:
    """Let all contenders answer the same questions, and compare. Raises Differs."""
    first, *others = contenders
    for variables in case.variables(sizes)[:CHECKED]:
        expected = content(await first.answer(case, variables))
        for other in others:
            found = content(await other.answer(case, variables))
            if differing := difference(expected, found):
                raise Differs(f"{case.name} {variables}: {first.name} and {other.name} differ at {differing}")


if __name__ == "__main__":
    app = typer.Typer(pretty_exceptions_enable=False)
    app.command()(main)
    app()
