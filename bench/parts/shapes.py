"""Questions of a shape that the server has never seen: what the first costs, and what many cost others."""

import asyncio
from collections.abc import Awaitable, Callable
from itertools import count
from random import Random
from statistics import median

from bench.book import Book, milliseconds, ratio
from bench.cases import LOOKUP
from bench.contenders import connected
from bench.http import exchanges, graphql
from bench.load import Ask, Sample, load
from bench.processes import pedigree
from bench.shapes import document
from bench.stage import Stage
from bench.workload import deployed_versions

SEEN = 40  # shapes whose first use is timed
AGAIN = 2  # times that each is asked again, before it is hot
CLIENTS = 16
SECONDS = 8.0
PACE = 1.0  # seconds between two questions of a client that takes its time
TEXT = f"""Each shape is another tree of relations around a version, of up to three levels. The first use is compared
with the second and third, which run in first gear. The look-up is asked by one client all the time: first alone, then
while {CLIENTS} others ask shapes that nobody asked before, each as soon as it is answered, or one a second; and, to
tell what is new about new shapes, while they ask one that is known."""


async def measure(stage: Stage, book: Book) -> None:
    """On a server that has just been started."""
    with pedigree(stage.neo4j) as url:
        await first_use(stage, url, book)
        await crowded(stage, url, book)


async def first_use(stage: Stage, url: str, book: Book) -> None:
    table = book.table("First use of a shape", TEXT, "shapes", "first use", "first gear", "first / first gear", "worst")
    variables = deployed_versions(stage.sizes)
    firsts, ratios, usual = [], [], []
    async with exchanges(url, 1) as (exchange,):
        for number in range(SEEN):
            request = graphql(url, document(Random(f"first {number}")), variables[number % len(variables)])
            times = [await timed(lambda r=request: exchange.ask(r)) for _ in range(1 + AGAIN)]  # type: ignore[misc]
            firsts.append(times[0])
            usual.append(median(times[1:]))
            ratios.append(times[0] / usual[-1])
    shown = (milliseconds(median(firsts)), milliseconds(median(usual)))
    table.add(str(SEEN), *shown, ratio(median(ratios)), ratio(max(ratios)))
    book.at_most("first use of a shape, in its first-gear time", 2, median(ratios))


async def timed(ask: Callable[[], Awaitable[object]]) -> float:
    loop = asyncio.get_running_loop()
    start = loop.time()
    await ask()
    return loop.time() - start


async def crowded(stage: Stage, url: str, book: Book) -> None:
    table = book.table("A look-up among new shapes", "", "meanwhile", "p50", "p99", "p99 / quiet")
    variables = deployed_versions(stage.sizes)
    numbers = count()

    def new(_: int) -> bytes:
        number = next(numbers)
        return graphql(url, document(Random(f"new {number}")), variables[number % len(variables)])

    def known(number: int) -> bytes:
        return graphql(url, document(Random("known")), variables[number % len(variables)])

    quiet = await looked_up(stage, url)
    table.add("nothing", milliseconds(quiet.p50), milliseconds(quiet.p99), ratio(1))
    crowds = {
        f"{CLIENTS} clients, one known shape each a second": (known, PACE),
        f"{CLIENTS} clients, a new shape each a second": (new, PACE),
        f"{CLIENTS} clients, one known shape all the time": (known, 0.0),
        f"{CLIENTS} clients, new shapes all the time": (new, 0.0),
    }
    for what, (request, pace) in crowds.items():
        sample = await looked_up_among(stage, url, request, pace)
        slower = sample.p99 / quiet.p99
        table.add(what, milliseconds(sample.p50), milliseconds(sample.p99), ratio(slower))
        if request is new:
            book.at_most(f"look-up p99 in that of a quiet server: {what}", 3, slower)


async def looked_up(stage: Stage, url: str) -> Sample:
    variables = LOOKUP.variables(stage.sizes)
    requests = [graphql(url, LOOKUP.document("graphql"), each) for each in variables]
    async with connected(url, lambda number: requests[number % len(requests)], 1) as asks:
        return await load(asks, SECONDS)


async def looked_up_among(stage: Stage, url: str, request: Callable[[int], bytes], pace: float) -> Sample:
    """Look-ups while others ask something else."""
    async with connected(url, request, CLIENTS) as others:
        crowd = [asyncio.create_task(forever(ask, pace, place)) for place, ask in enumerate(others)]
        try:
            return await looked_up(stage, url)
        finally:
            for task in crowd:
                task.cancel()
            await asyncio.gather(*crowd, return_exceptions=True)


async def forever(ask: Ask, pace: float, place: int) -> None:
    await asyncio.sleep(pace * place / CLIENTS)
    for number in count():
        due = asyncio.get_running_loop().time() + pace
        await ask(number)
        await asyncio.sleep(max(0.0, due - asyncio.get_running_loop().time()))
