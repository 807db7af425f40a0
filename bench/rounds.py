"""Contenders side by side: in every round each has its turn, so that whatever disturbs the machine disturbs all alike.

What is told are medians over the rounds, and of ratios the median of each round's ratio.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from bench.cases import Case
from bench.contenders import Contender
from bench.graph.sizes import Sizes
from bench.load import Sample, load

ROUNDS = 5
SECONDS = 1.5


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
    def throughput(self) -> float:
        return median(sample.throughput for sample in self.samples)

    def slower(self, other: "Figures") -> float:
        """Its p50 in that of the other."""
        return median(a.p50 / b.p50 for a, b in zip(self.samples, other.samples, strict=True))

    def faster(self, other: "Figures") -> float:
        """Its throughput in that of the other."""
        return median(a.throughput / b.throughput for a, b in zip(self.samples, other.samples, strict=True))


async def compare(
    case: Case, contenders: Sequence[Contender], sizes: Sizes, *, concurrency: int, rounds: int = ROUNDS
) -> dict[str, Figures]:
    """The figures of each contender, by its name. They are warmed up first, and begin in turn."""
    samples: dict[str, list[Sample]] = {contender.name: [] for contender in contenders}
    for contender in contenders:
        await turn(case, contender, sizes, concurrency)
    for number in range(rounds):
        first = number % len(contenders)
        for contender in (*contenders[first:], *contenders[:first]):
            samples[contender.name].append(await turn(case, contender, sizes, concurrency))
    return {name: Figures(some) for name, some in samples.items()}


async def turn(case: Case, contender: Contender, sizes: Sizes, concurrency: int) -> Sample:
    async with contender.clients(case, sizes, concurrency) as asks:
        return await load(asks, SECONDS)
