"""Contenders side by side: in every round each has its turn, so that whatever disturbs the machine disturbs all alike.

What is told are medians over the rounds, and of ratios the median of each round's ratio.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from statistics import median

from bench.load import Ask, Sample, load

ROUNDS = 5
SECONDS = 1.5
WARM_UP = 6.0  # seconds: Neo4j compiles what it runs often, and we compose it

# So many clients of a contender, for as long as the context lasts.
Clients = Callable[[int], AbstractAsyncContextManager[list[Ask]]]


@dataclass(frozen=True)
class Figures:
    """What one contender did at one concurrency: a sample for each round."""

    samples: Sequence[Sample]

    @property
    def p50(self) -> float:
        return median(sample.p50 for sample in self.samples)

    @property
    def p95(self) -> float:
        return median(sample.p95 for sample in self.samples)

    @property
    def p99(self) -> float:
        return median(sample.p99 for sample in self.samples)

    @property
    def throughput(self) -> float:
        return median(sample.throughput for sample in self.samples)

    @property
    def refused(self) -> int:
        """Requests that were refused, in all rounds."""
        return sum(sample.refused for sample in self.samples)

    def slower(self, other: "Figures") -> float:
        """Its p50 in that of the other."""
        return median(a.p50 / b.p50 for a, b in zip(self.samples, other.samples, strict=True))

    def faster(self, other: "Figures") -> float:
        """Its throughput in that of the other."""
        return median(a.throughput / b.throughput for a, b in zip(self.samples, other.samples, strict=True))


async def compare(
    contenders: Mapping[str, Clients], *, concurrency: int, rounds: int = ROUNDS, seconds: float = SECONDS
) -> dict[str, Figures]:
    """The figures of each contender, by its name. They are warmed up first, and begin in turn."""
    samples: dict[str, list[Sample]] = {name: [] for name in contenders}
    names = list(contenders)
    for name in names:
        await turn(contenders[name], concurrency, WARM_UP)
    for number in range(rounds):
        first = number % len(names)
        for name in (*names[first:], *names[:first]):
            samples[name].append(await turn(contenders[name], concurrency, seconds))
    return {name: Figures(some) for name, some in samples.items()}


async def turn(clients: Clients, concurrency: int, seconds: float) -> Sample:
    async with clients(concurrency) as asks:
        return await load(asks, seconds)
