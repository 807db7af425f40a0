"""Figures: percentiles of a sample, and ratios of contenders round by round."""

import asyncio

from bench.load import Sample, load
from bench.rounds import Figures


def test_a_percentile_is_a_latency_that_was_measured() -> None:
    sample = Sample([0.3, 0.1, 0.2, 0.4], seconds=2)
    assert (sample.p50, sample.p95, sample.throughput) == (0.3, 0.4, 2.0)


def test_ratios_are_medians_of_the_rounds() -> None:
    ours = Figures([Sample([2.0], 1), Sample([30.0], 1), Sample([6.0], 1)])
    theirs = Figures([Sample([1.0], 1), Sample([1.0], 1), Sample([2.0], 1)])
    assert ours.slower(theirs) == 3.0


async def test_each_client_asks_again_as_soon_as_it_is_answered() -> None:
    asked: list[int] = []

    async def ask(number: int) -> object:
        await asyncio.sleep(0)
        asked.append(number)
        return number

    sample = await load([ask, ask], seconds=0, at_least=3)
    assert sorted(asked) == [0, 1, 2, 3, 4, 5]
    assert len(sample.latencies) == 6
