"""What mlflow can do, too: create a model, create a version, get by alias, search."""

from collections.abc import Callable, Mapping
from functools import partial
from itertools import count
from uuid import uuid4

from bench.book import Book, milliseconds, rate, ratio
from bench.cases import LOOKUP, QUERIES
from bench.contenders import connected, sending
from bench.graph import landmarks
from bench.graph.models import CHAMPION
from bench.http import graphql
from bench.mlflow import REST, filled, mlflow, ready
from bench.parts.reads import CONCURRENCIES
from bench.parts.writers import BARE, CREATE
from bench.rounds import Clients, compare
from bench.stage import Stage

MODELS, VERSIONS = 50, 1_200
READS, WRITES = ("get by alias", "search 100 of 1,200"), ("create model", "create version")
LEAST = {**dict.fromkeys(READS, 5.0), **dict.fromkeys(WRITES, 3.0)}
TEXT = """`mlflow server` with SQLite and its usual four workers holds these 50 models alone, one of them with 1,200
versions. Pedigree is one process and holds the whole registry. Both answer what a version is, where it lies, its
aliases and tags."""

Requests = Mapping[str, Clients]


async def measure(stage: Stage, book: Book) -> None:
    """All four, side by side."""
    table = book.table("mlflow", TEXT, "what", "clients", "who", "p50", "p95", "throughput", "throughput / mlflow")
    with mlflow() as url:
        await ready(url)
        rest = REST(url)
        models = [f"bench-{number:03}" for number in range(MODELS)]
        await filled(url, rest, models, VERSIONS, CHAMPION)
        theirs, ours = asked_of_mlflow(url, rest, models), asked_of_pedigree(stage)
        for what, least in LEAST.items():
            for concurrency in CONCURRENCIES:
                figures = await compare({"mlflow": theirs[what], "pedigree": ours[what]}, concurrency=concurrency)
                for name, own in figures.items():
                    shown = (milliseconds(own.p50), milliseconds(own.p95), rate(own.throughput, own.refused))
                    table.add(what, str(concurrency), name, *shown, ratio(own.faster(figures["mlflow"])))
                faster = figures["pedigree"].faster(figures["mlflow"])
                book.at_least(f"{what}, {concurrency} clients: throughput in that of mlflow", least, faster)


def asked_of_mlflow(url: str, rest: REST, models: list[str]) -> Requests:
    return {
        "get by alias": sending(url, [rest.by_alias(name, CHAMPION) for name in models]),
        "search 100 of 1,200": sending(url, [rest.search(models[0])]),
        "create model": making(url, lambda name: rest.create_model(name)),
        "create version": sending(url, [rest.create_version(name) for name in models[1:]]),
    }


def asked_of_pedigree(stage: Stage) -> Requests:
    url = stage.url
    search = (QUERIES / "catalog.graphql").read_text(encoding="utf-8")
    aliases = LOOKUP.variables(stage.sizes)[:MODELS]
    versions = [{"model": each["model"], "artifact": {"uri": "s3://models/new"}} for each in aliases]
    return {
        "get by alias": stage.pedigree.asked(LOOKUP, aliases),
        "search 100 of 1,200": sending(url, [graphql(url, search, {"model": landmarks.CATALOG})]),
        "create model": making(url, lambda name: graphql(url, CREATE, {"input": {"name": name}})),
        "create version": sending(url, [graphql(url, BARE, {"input": each}) for each in versions]),
    }


def making(url: str, request: Callable[[str], bytes]) -> Clients:
    """Clients that make something under a new name each time."""
    run, numbers = uuid4().hex[:8], count()
    return partial(connected, url, lambda _: request(f"made-{run}-{next(numbers)}"))
