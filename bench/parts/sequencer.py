"""What the sealing of the log costs who writes: sixteen writers on sixteen models, with it and without."""

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from app.database.local import local_neo4j
from bench.book import Book, milliseconds, rate, ratio
from bench.cases import REGISTER
from bench.contenders import asking
from bench.database import settings
from bench.http import exchanges, graphql
from bench.load import Ask
from bench.parts.writers import BARE, CREATE
from bench.processes import pedigree
from bench.rounds import Clients, compare, turn
from bench.stage import Stage
from bench.workload import Variables

WRITERS = 16
ROUNDS, SECONDS = 9, 3.0
WARM_UP = 20.0  # seconds: both Neo4j have just been started, and compile what they run
SEALING, NOT = "with", "without"
TEXT = f"""{WRITERS} writers, each on a model of its own, in an empty registry of their own for each server: one seals
what they write, the other has `PEDIGREE_SEQUENCER=false`. A bare version says nothing but its model; a whole one has a
run, data and an evaluation."""


async def measure(stage: Stage, book: Book) -> None:
    """Bare and whole versions, with the sequencer and without."""
    table = book.table(f"{WRITERS} writers on {WRITERS} models", TEXT, "what", "sequencer", "throughput", "p50", "p99")
    with server({}) as sealing, server({"PEDIGREE_SEQUENCER": "false"}) as leaving:
        urls = {SEALING: sealing, NOT: leaving}
        for url in urls.values():
            await prepare(url)
        for what, (document, given) in asked().items():
            clients = {name: writing(url, document, given) for name, url in urls.items()}
            figures = await compare(clients, concurrency=WRITERS, rounds=ROUNDS, seconds=SECONDS)
            for name, own in figures.items():
                shown = (rate(own.throughput, own.refused), milliseconds(own.p50), milliseconds(own.p99))
                table.add(what, name, *shown)
            faster = figures[SEALING].faster(figures[NOT])
            table.add(what, "ratio", ratio(faster), "", "")
            book.at_least(
                f"{WRITERS} writers on {WRITERS} models, {what}: speed of that without sequencer", 0.9, faster
            )


def asked() -> Mapping[str, tuple[str, Variables]]:
    return {"bare versions": (BARE, {}), "whole versions": (REGISTER.document("graphql"), whole())}


def whole() -> Variables:
    """A version with its run, data and figures, none of which has to be there before."""
    return {
        "artifact": {"uri": "s3://models/bench/new"},
        "framework": "xgboost",
        "description": "what a training job says at its end",
        "run": {"new": {"job": {"name": "train"}, "parameters": {"depth": 6, "rate": 0.1}}},
        "inputs": [{"role": "train", "dataset": {"record": {"dataset": "bench", "version": "1", "revision": "r"}}}],
        "evaluations": [{"metrics": [{"name": "auc", "value": 0.91}, {"name": "f1", "value": 0.88}]}],
    }


@contextmanager
def server(more: Mapping[str, str]) -> Iterator[str]:
    """A server on an empty Neo4j of its own. Gives the URL of its GraphQL."""
    with TemporaryDirectory(prefix="pedigree-bench-") as folder:
        own = settings(Path(folder) / "data")
        with local_neo4j(own) as neo4j, pedigree(neo4j, {"PEDIGREE_DATA_DIR": folder, **more}) as url:
            yield url


async def prepare(url: str) -> None:
    """Make the models, and let the statements be planned."""
    creations = [graphql(url, CREATE, {"input": {"name": model(number)}}) for number in range(WRITERS)]
    async with exchanges(url, 1) as (exchange,):
        for creation in creations:
            await exchange.ask(creation)
    for document, given in asked().values():
        await turn(writing(url, document, given), WRITERS, WARM_UP)


def model(number: int) -> str:
    return f"bench/{number}"


def version(url: str, document: str, given: Variables, number: int) -> bytes:
    """The request for one more version of a model."""
    return graphql(url, document, {"input": {**given, "model": model(number)}})


def writing(url: str, document: str, given: Variables) -> Clients:
    """Clients each of which publishes versions of a model of its own."""
    return partial(writers, url, document, given)


@asynccontextmanager
async def writers(url: str, document: str, given: Variables, count: int) -> AsyncIterator[list[Ask]]:
    requests = [version(url, document, given, number) for number in range(count)]
    async with exchanges(url, count) as opened:
        yield [asking(exchange, always(request)) for exchange, request in zip(opened, requests, strict=True)]


def always(request: bytes) -> Callable[[int], bytes]:
    return lambda number: request
