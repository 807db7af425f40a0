"""Recalls: how soon what they reach is seen to be recalled, and what it costs to ask whether something is."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from bench.book import Book, milliseconds, rate, ratio
from bench.cases import LINEAGE_1K
from bench.contenders import sending
from bench.graph import landmarks
from bench.http import data_of, exchanges, graphql
from bench.rounds import compare
from bench.stage import Stage

CHECK, WALK = "is it recalled?", "its lineage"
HEAD = ("what", "clients", "p50", "p95", "throughput", "p50 / its lineage")
TEXT = """The snapshot that ten thousand nodes came from is recalled, and so is the first of the versions that another
descends from over a thousand ancestors. Of that one it is asked whether it is recalled, which is what a gate asks, with
the way, and for comparison its lineage as above. Everything is asked anew: nothing was marked."""
OPEN = """mutation ($input: OpenRecallInput!) { openRecall(input: $input) { recall { id } } }"""
LIFT = """mutation ($input: LiftRecallInput!) { liftRecall(input: $input) { recall { id } } }"""
REACHED = """{ modelVersions(where: {recalled: true}, first: 1) { totalCount } }"""
STATUS = """query ($model: String!, $number: Int!) {
  modelVersion(by: {number: {model: $model, number: $number}}) {
    recallStatus { isRecalled reaches { recall { id severity } isMitigated path { length nodes { id } } } }
  }
}"""


async def measure(stage: Stage, book: Book) -> None:
    """How soon a recall is seen, and the check of a gate beside the plain walk."""
    seen = book.table("A recall of ten thousand nodes", TEXT, "what", "found")
    gate = book.table("The check of a gate", "", *HEAD)
    dataset, snapshot = landmarks.SOURCE
    source = {"datasetVersion": {"version": {"dataset": dataset, "version": snapshot}}}
    first = {"modelVersion": {"number": {"model": landmarks.DEEP, "number": 1}}}
    async with recalled(stage, source) as opening, recalled(stage, first):
        asked = time.perf_counter()
        count = (await tell(stage, REACHED))["modelVersions"]["totalCount"]
        seen.add("to open it", milliseconds(opening))
        seen.add("versions that the next request lists", f"{count:,}")
        seen.add("to list and count them", milliseconds(time.perf_counter() - asked))
        (variables,) = LINEAGE_1K.variables(stage.sizes)
        status = (await tell(stage, STATUS, variables))["modelVersion"]["recallStatus"]
        assert status["isRecalled"], "what came from a recalled version is recalled"
        walk = graphql(stage.url, LINEAGE_1K.document("graphql"), variables)
        clients = {
            WALK: sending(stage.url, [walk]),
            CHECK: sending(stage.url, [graphql(stage.url, STATUS, variables)]),
        }
        for concurrency in (1, 16):
            figures = await compare(clients, concurrency=concurrency)
            for what, own in figures.items():
                shown = (milliseconds(own.p50), milliseconds(own.p95), rate(own.throughput, own.refused))
                gate.add(what, str(concurrency), *shown, ratio(own.slower(figures[WALK])))
            if concurrency == 1:
                book.at_most(
                    "the check of a gate: p50 in that of the plain lineage", 2, figures[CHECK].slower(figures[WALK])
                )


@asynccontextmanager
async def recalled(stage: Stage, target: dict[str, Any]) -> AsyncIterator[float]:
    """Something is recalled as long as the context lasts. Yields the seconds that it took."""
    begun = time.perf_counter()
    given = {"targets": [target], "reason": "to measure", "severity": "HIGH"}
    opened = await tell(stage, OPEN, {"input": given})
    took = time.perf_counter() - begun
    try:
        yield took
    finally:
        recall = {"id": opened["openRecall"]["recall"]["id"]}
        await tell(stage, LIFT, {"input": {"recall": recall, "reason": "it was measured"}})


async def tell(stage: Stage, document: str, variables: dict[str, Any] | None = None) -> Any:
    """What one request is answered."""
    async with exchanges(stage.url, 1) as (exchange,):
        return data_of(await exchange.ask(graphql(stage.url, document, variables or {})))
