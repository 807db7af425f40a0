"""Load on a server: several clients, each of which asks again as soon as it is answered."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from itertools import count

from bench.http import Failed

# Asks for the n-th time. What it returns is the answer as it came.
Ask = Callable[[int], Awaitable[object]]


@dataclass(frozen=True)
class Sample:
    """How long each request took that was answered, and all of them together, in seconds; how many were refused."""

    latencies: Sequence[float]
    seconds: float
    refused: int = 0

    @property
    def throughput(self) -> float:
        """Requests a second."""
        return len(self.latencies) / self.seconds

    def percentile(self, share: float) -> float:
        """The latency that this share of the requests does not exceed."""
        return sorted(self.latencies)[min(len(self.latencies) - 1, int(share * len(self.latencies)))]

    @property
    def p50(self) -> float:
        return self.percentile(0.5)

    @property
    def p95(self) -> float:
        return self.percentile(0.95)

    @property
    def p99(self) -> float:
        return self.percentile(0.99)


def together(samples: Sequence[Sample]) -> Sample:
    """Several samples as one."""
    latencies = [each for sample in samples for each in sample.latencies]
    return Sample(latencies, sum(sample.seconds for sample in samples), sum(sample.refused for sample in samples))


async def load(asks: Sequence[Ask], seconds: float, *, at_least: int = 1) -> Sample:
    """Let each of these ask again and again for so long, and each of them so often at least.

    Somebody who is refused asks on; when everybody is, Failed says why.
    """
    numbers = count()
    latencies: list[float] = []
    refusals: list[Failed] = []
    start = time.perf_counter()

    async def client(ask: Ask) -> None:
        done = 0
        while done < at_least or time.perf_counter() - start < seconds:
            sent = time.perf_counter()
            done += 1
            try:
                await ask(next(numbers))
            except Failed as refusal:
                refusals.append(refusal)
            else:
                latencies.append(time.perf_counter() - sent)

    await asyncio.gather(*(client(ask) for ask in asks))
    if not latencies:
        raise refusals[0]
    return Sample(latencies, time.perf_counter() - start, len(refusals))
