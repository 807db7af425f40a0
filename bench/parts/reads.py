"""Reads: the statement written by hand, Pedigree, and @neo4j/graphql where it can answer the same."""

from collections.abc import Sequence

from bench.book import Book, Table, milliseconds, rate, ratio
from bench.cases import Case, content, difference
from bench.contenders import Contender, GraphQLServer
from bench.graph.sizes import Sizes
from bench.neo4j_graphql import SAID, neo4j_graphql
from bench.rounds import Figures, compare
from bench.stage import Stage

CONCURRENCIES = (1, 16)
CHECKED = 10  # answers of each case that are compared
OTHER = "@neo4j/graphql"
HEAD = ("case", "clients", "who", "p50", "p95", "throughput", "p50 / raw", "throughput / raw")
TEXT = """Raw is one statement written by hand for the case, sent by the async driver, answered in one row. All give the
same content, which is compared first.

@neo4j/graphql runs on GraphQL Yoga, which keeps parsed and validated documents, over the same Neo4j and indexes. What
has a relationship in our graph is a relationship there, too. Look-ups begin with a `@cypher` field that goes by the
same index as ours. Lineage is a `@cypher` field with the statement written by hand: nested fields repeat a node for
each path that leads to it, which twelve levels of merged versions do not allow. Its own `DateTime` needs APOC, of
which there is none for this Neo4j, so instants are a scalar of ours that costs less."""


class Differs(Exception):
    """Two contenders do not answer the same."""


async def measure(stage: Stage, cases: Sequence[Case], book: Book) -> None:
    """Measure the cases, one after the other."""
    table = book.table("Reads", TEXT, *HEAD)
    with neo4j_graphql(stage.neo4j) as url:
        other = GraphQLServer(url, OTHER, "neo4j.graphql", SAID)
        for case in cases:
            contenders: list[Contender] = [stage.raw, stage.pedigree]
            contenders += [other] if case.name in SAID else []
            await side_by_side(case, contenders, stage.sizes, table, book)


async def side_by_side(case: Case, contenders: list[Contender], sizes: Sizes, table: Table, book: Book) -> None:
    variables = case.variables(sizes)
    await check(case, contenders, sizes)
    clients = {contender.name: contender.asked(case, variables) for contender in contenders}
    for concurrency in CONCURRENCIES:
        figures = await compare(clients, concurrency=concurrency)
        tell(case, concurrency, figures, table)
        judge(case, concurrency, figures, book)


def tell(case: Case, concurrency: int, figures: dict[str, Figures], table: Table) -> None:
    raw = figures["raw"]
    for name, own in figures.items():
        row = (milliseconds(own.p50), milliseconds(own.p95), rate(own.throughput, own.refused))
        table.add(case.title, str(concurrency), name, *row, ratio(own.slower(raw)), ratio(own.faster(raw)))


def judge(case: Case, concurrency: int, figures: dict[str, Figures], book: Book) -> None:
    """Latency is judged where nobody waits for somebody else, throughput where many ask."""
    ours = figures["pedigree"]
    if case.slowest is not None and concurrency == 1:
        book.at_most(f"{case.title}: p50 in that of raw", case.slowest, ours.slower(figures["raw"]))
    if case.faster is not None and concurrency == CONCURRENCIES[-1]:
        book.at_least(f"{case.title}: throughput in that of {OTHER}", case.faster, ours.faster(figures[OTHER]))


async def check(case: Case, contenders: Sequence[Contender], sizes: Sizes, *, without: tuple[str, ...] = ()) -> None:
    """Let all contenders answer the same questions, and compare but for some names. Raises Differs."""
    first, *others = contenders
    for variables in case.variables(sizes)[:CHECKED]:
        expected = content(await first.answer(case, variables), without)
        for other in others:
            found = content(await other.answer(case, variables), without)
            if differing := difference(expected, found):
                raise Differs(f"{case.name} {variables}: {first.name} and {other.name} differ at {differing}")
