"""Where the time of a request goes."""

import sys
from collections.abc import Mapping

import orjson

from bench.book import Book, milliseconds
from bench.cases import READS, REGISTER, Case
from bench.contenders import GraphQLServer
from bench.http import exchanges, request
from bench.load import Sample
from bench.processes import PATIENT, credentials, server
from bench.profiled import NAMES
from bench.rounds import WARM_UP, Clients, turn
from bench.stage import Stage

SECONDS = 4.0
ASKED = 30  # times that the raw statement is asked for Neo4j's own time
TEXT = """One client, whose next question follows the answer. A thread of the server sees a thousand times a second what
it is doing. *unpacking*: the driver makes Python's values of Neo4j's; *rows*: rows become objects of the answer;
*rules*: input is checked and the domain decides; *waiting*: for Neo4j, and a little for the client. The last column is
what Neo4j says it needs for the statement written by hand."""


async def measure(stage: Stage, book: Book) -> None:
    """A table with a row for each question."""
    head = ("case", "a request", *NAMES, "Neo4j on raw")
    table = book.table("Where the time goes", TEXT, *head)
    environment = {**PATIENT, **credentials(stage.neo4j), "PEDIGREE_PORT": "0"}
    with server([sys.executable, "-m", "bench.profiled"], r"ready at (http://\S+)", environment) as address:
        us = GraphQLServer(f"{address}/graphql")
        for case in (*READS, REGISTER):
            sample, seen = await profiled(address, us.asked(case, case.variables(stage.sizes)))
            table.add(case.title, *row(sample, seen), milliseconds(await of_neo4j(stage, case)))


async def profiled(address: str, clients: Clients) -> tuple[Sample, Mapping[str, int]]:
    """How one client fared, and how often the server was seen at what."""
    await turn(clients, 1, WARM_UP)
    await seen(address)
    sample = await turn(clients, 1, SECONDS)
    return sample, await seen(address)


async def seen(address: str) -> Mapping[str, int]:
    async with exchanges(address, 1) as (exchange,):
        told: Mapping[str, int] = orjson.loads(await exchange.ask(request("GET", f"{address}/profile")))
        return told


def row(sample: Sample, seen: Mapping[str, int]) -> list[str]:
    each, total = sample.seconds / len(sample.latencies), sum(seen.values())
    return [milliseconds(each), *(milliseconds(each * seen.get(name, 0) / total) for name in NAMES)]


async def of_neo4j(stage: Stage, case: Case) -> float:
    """Seconds that Neo4j says it needs for the raw statement, on average."""
    times = [await stage.raw.time_of(case, each) for each in case.variables(stage.sizes)[:ASKED]]
    return sum(times) / len(times)
