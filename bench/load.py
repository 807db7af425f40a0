"""Load on a server: several clients, each of which asks again as soon as it is answered."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from itertools import count

# Asks for the n-th time. What it returns is the answer as it came.
Ask = Callable[[int], Awaitable[object]]


@dataclass(frozen=True)
class Sample:
    """How long each request took, and all of them together, in seconds."""

    latencies: Sequence[float]
    seconds: float

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
    return Sample([each for s in samples for each in s.latencies], sum(s.seconds for s in samples))


async def load(asks: Sequence[Ask], seconds: float, *, at_least: int = 1) -> Sample:
    """Let each of these ask again and again for so long, and each of them so often at least."""
    numbers = count()
    latencies: list[float] = []
    start = time.perf_counter()

    async def client(ask: Ask) -> None:
        done = 0
        while done < at_least or time.perf_counter() - start < seconds:
            sent = time.perf_counter()
            await ask(next(numbers))
            latencies.append(time.perf_counter() - sent)
            done += 1

    await asyncio.gather(*(client(ask) for ask in asks))
    return Sample(latencies, time.perf_counter() - start)
