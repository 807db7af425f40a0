"""Many writers on one model: all want its next number."""

from bench.book import Book, milliseconds, rate
from bench.cases import REGISTER
from bench.contenders import sending
from bench.graph import data
from bench.http import data_of, exchanges, graphql
from bench.load import together
from bench.rounds import turn
from bench.stage import Stage
from bench.workload import registration

WRITERS = 32
ROUNDS, SECONDS = 3, 4.0
MODEL = "bench/contended"
CREATE = "mutation ($input: CreateRegisteredModelInput!) { createRegisteredModel(input: $input) { replayed } }"
BARE = (
    "mutation ($input: RegisterModelVersionInput!) { registerModelVersion(input: $input) { modelVersion { number } } }"
)
TEXT = """A bare version says nothing but its model. A whole registration is that of the table above."""


async def measure(stage: Stage, book: Book) -> None:
    """Bare versions and whole registrations of one model."""
    table = book.table(f"{WRITERS} writers on one model", TEXT, "what", "throughput", "p50", "p99")
    async with exchanges(stage.url, 1) as (exchange,):
        data_of(await exchange.ask(graphql(stage.url, CREATE, {"input": {"name": MODEL}})))
    whole = registration(MODEL, data.names(stage.sizes)[:2])
    asked = {"bare versions": (BARE, {"model": MODEL}), "whole registrations": (REGISTER.document("graphql"), whole)}
    for what, (document, given) in asked.items():
        clients = sending(stage.url, [graphql(stage.url, document, {"input": given})])
        await turn(clients, WRITERS, SECONDS)
        sample = together([await turn(clients, WRITERS, SECONDS) for _ in range(ROUNDS)])
        table.add(what, rate(sample.throughput, sample.refused), milliseconds(sample.p50), milliseconds(sample.p99))
        least = 300 if document is BARE else 150
        book.at_least(f"{WRITERS} writers on one model, {what}", least, sample.throughput, "/s")
        if document is not BARE:
            book.at_most(f"{WRITERS} writers on one model, {what}: p99", 1.5, sample.p99, " s")
