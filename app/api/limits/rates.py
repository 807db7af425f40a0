"""How much a principal may spend over time: a bucket of points that fills up at a steady rate."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil
from time import monotonic

MOST_BUCKETS = 10_000


@dataclass(frozen=True)
class Allowance:
    """What is left of so many points, which come back at so many a second, and the seconds that have to pass before
    what was asked for may be spent: 0 when it was spent now."""

    burst: int
    per_second: int
    remaining: int
    wait: int = 0


@dataclass
class Rates:
    """The buckets of all principals, in this process. What was full long ago is forgotten: it would be full."""

    per_second: int
    burst: int
    clock: Callable[[], float] = monotonic
    buckets: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)

    def spend(self, who: str, cost: int) -> Allowance | None:
        """Take the points of an operation, or tell how long to wait for them. None when nobody counts."""
        if self.per_second == 0:
            return None
        now, wanted = self.clock(), min(max(cost, 1), self.burst)
        points, since = self.buckets.get(who, (float(self.burst), now))
        points = min(float(self.burst), points + (now - since) * self.per_second)
        missing = wanted - points
        if missing <= 0:
            points -= wanted
        self.buckets[who] = (points, now)
        self.buckets.move_to_end(who)
        if len(self.buckets) > MOST_BUCKETS:
            self.buckets.popitem(last=False)
        wait = ceil(missing / self.per_second) if missing > 0 else 0
        return Allowance(self.burst, self.per_second, int(points), wait)
