"""The same answer in a registry that is ten times larger."""

from neo4j import AsyncGraphDatabase, NotificationMinimumSeverity

from bench.book import Book, milliseconds, rate, ratio
from bench.cases import LINEAGE_1K
from bench.contenders import Contender, GraphQLServer, Raw
from bench.database import Loaded, running
from bench.parts.reads import check
from bench.processes import pedigree
from bench.rounds import compare
from bench.stage import Stage

SMALL, LARGE = "a tenth", "the whole"
HEAD = ("who", "in", "p50", "p95", "throughput", "p50 / a tenth")
TEXT = """The ancestry of one version, about a thousand nodes, is the same in both registries, although the data in it
is used by ten times as many runs in the larger one. Both servers run at the same time and take turns."""


async def measure(stage: Stage, tenth: Loaded, book: Book) -> None:
    """Lineage of about 1k nodes in both."""
    table = book.table("The same answer in a larger registry", TEXT, *HEAD)
    with running(tenth) as neo4j, pedigree(neo4j) as url:
        async with AsyncGraphDatabase.driver(
            neo4j.uri,
            auth=(neo4j.username, neo4j.password),
            notifications_min_severity=NotificationMinimumSeverity.OFF,
        ) as driver:
            pairs: list[tuple[Contender, Contender]] = [
                (Raw(driver), stage.raw),
                (GraphQLServer(url), stage.pedigree),
            ]
            for small, large in pairs:
                await check(LINEAGE_1K, (small, large), stage.sizes, without=("id", "sourceId", "targetId"))
                variables = LINEAGE_1K.variables(stage.sizes)
                clients = {SMALL: small.asked(LINEAGE_1K, variables), LARGE: large.asked(LINEAGE_1K, variables)}
                figures = await compare(clients, concurrency=1)
                for size, own in figures.items():
                    shown = (milliseconds(own.p50), milliseconds(own.p95), rate(own.throughput, own.refused))
                    table.add(small.name, size, *shown, ratio(own.slower(figures[SMALL])))
                if small.name == "pedigree":
                    slower = figures[LARGE].slower(figures[SMALL])
                    book.at_most("the same 1k answer in a registry ten times larger", 1.3, slower)
