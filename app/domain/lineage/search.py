"""Simple paths through a graph of edges, the shortest first.

Best-first search over partial paths, ordered by what they have cost plus what is still to go, which a search back
from the goal has measured exactly (A*, Hart, Nilsson, Raphael 1968): without cycles no step is in vain, so each path
costs about its length, however many there are. Cycles can make steps vain, so their number is bounded.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count
from typing import NamedTuple

MAX_STEPS = 100_000


class Step(NamedTuple):
    """An edge, by ids."""

    edge: str
    source: str
    target: str


class Trail(NamedTuple):
    """A partial path: where it stands, how it came there."""

    node: str
    before: "Trail | None" = None
    step: Step | None = None

    def passes(self, node: str) -> bool:
        trail: Trail | None = self
        while trail is not None:
            if trail.node == node:
                return True
            trail = trail.before
        return False

    @property
    def steps(self) -> tuple[Step, ...]:
        found = []
        trail: Trail = self
        while trail.before is not None and trail.step is not None:
            found.append(trail.step)
            trail = trail.before
        return tuple(reversed(found))


@dataclass
class Search:
    """Paths from `start` to `goal`, to be iterated. `gave_up` is set when the steps did not suffice to see them all."""

    steps: Iterable[Step]
    start: str
    goal: str
    max_steps: int = MAX_STEPS
    gave_up: bool = field(default=False, init=False)

    def __iter__(self) -> Iterator[tuple[Step, ...]]:
        steps = sorted(self.steps)
        to_go = distances(steps, self.goal)
        leaving: dict[str, list[Step]] = {}
        for step in steps:
            if step.target in to_go:
                leaving.setdefault(step.source, []).append(step)
        return self._paths(leaving, to_go)

    def _paths(self, leaving: dict[str, list[Step]], to_go: dict[str, int]) -> Iterator[tuple[Step, ...]]:
        order = count()
        # Of equals the longest partial path goes first: it is the next to arrive.
        waiting = [(to_go[self.start], 0, next(order), Trail(self.start))] if self.start in to_go else []
        for _ in range(self.max_steps):
            if not waiting:
                return
            _, left, _, trail = heappop(waiting)
            if trail.node == self.goal:
                yield trail.steps
                continue
            cost = 1 - left
            for step in leaving.get(trail.node, ()):
                if not trail.passes(step.target):
                    heappush(
                        waiting,
                        (cost + to_go[step.target], -cost, next(order), Trail(step.target, trail, step)),
                    )
        self.gave_up = bool(waiting)


def distances(steps: Iterable[Step], goal: str) -> dict[str, int]:
    """How many edges every node that leads to the goal is away from it."""
    arriving: dict[str, list[str]] = {}
    for step in steps:
        arriving.setdefault(step.target, []).append(step.source)
    found = {goal: 0}
    waiting = deque([goal])
    while waiting:
        node = waiting.popleft()
        for source in arriving.get(node, ()):
            if source not in found:
                found[source] = found[node] + 1
                waiting.append(source)
    return found
