"""Which edges close a cycle: they are kept, and flagged.

Edges are laid down one by one into an order in which everything comes after what it came from; one for which there is
no such order closes a cycle, and is left out of it. The order is that of D. Pearce and P. Kelly, "A dynamic
topological sort algorithm for directed acyclic graphs" (JEA 11, 2006): an edge costs no more than the part of the
order that it disturbs. Before, everything that cannot lie on a cycle is taken away (what nothing leads to, or what
leads to nothing, again and again), which on real lineage leaves little.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

Pair = tuple[str, str]


def closing(fixed: Iterable[Pair], candidates: Sequence[Pair]) -> list[int]:
    """The places of those candidates that close a cycle, with the fixed edges and the candidates before them."""
    fixed = list(fixed)
    core = cyclic_core([*fixed, *candidates])
    order = Order(core)
    for pair in fixed:
        if core.issuperset(pair):
            order.add(*pair)
    return [place for place, pair in enumerate(candidates) if core.issuperset(pair) and not order.add(*pair)]


def cyclic_core(edges: Iterable[Pair]) -> set[str]:
    """The nodes that are left when every node without edges in, or without edges out, is taken away repeatedly."""
    nexts, before = neighbors(edges)
    nodes = nexts.keys() & before.keys()
    waiting = list((nexts.keys() | before.keys()) - nodes)
    gone = set(waiting)
    while waiting:
        node = waiting.pop()
        for ours, theirs in ((nexts, before), (before, nexts)):
            for other in ours.get(node, ()):
                theirs[other].discard(node)
                if not theirs[other] and other not in gone:
                    gone.add(other)
                    waiting.append(other)
    return nodes - gone


def neighbors(edges: Iterable[Pair]) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    nexts: dict[str, set[str]] = defaultdict(set)
    before: dict[str, set[str]] = defaultdict(set)
    for source, target in edges:
        nexts[source].add(target)
        before[target].add(source)
    return nexts, before


class Order:
    """A topological order that grows edge by edge."""

    def __init__(self, nodes: Iterable[str]) -> None:
        self.place = {node: place for place, node in enumerate(sorted(nodes))}
        self.nexts: dict[str, set[str]] = defaultdict(set)
        self.before: dict[str, set[str]] = defaultdict(set)

    def add(self, source: str, target: str) -> bool:
        """Lay an edge down. False, and nothing changed, when it closes a cycle."""
        low, high = self.place[target], self.place[source]
        if source == target:
            return False
        if low < high:
            after = self.reach(target, self.nexts, lambda place: place <= high)
            if source in after:
                return False
            self.reorder(self.reach(source, self.before, lambda place: place >= low), after)
        self.nexts[source].add(target)
        self.before[target].add(source)
        return True

    def reach(self, start: str, edges: dict[str, set[str]], within: Callable[[int], bool]) -> set[str]:
        """What can be reached inside a part of the order."""
        seen, waiting = {start}, [start]
        while waiting:
            found = {node for node in edges[waiting.pop()] if node not in seen and within(self.place[node])}
            seen |= found
            waiting.extend(found)
        return seen

    def reorder(self, first: set[str], then: set[str]) -> None:
        """Put what leads to the source before what the target leads to, in the places that both had."""
        nodes = (*sorted(first, key=self.place.__getitem__), *sorted(then, key=self.place.__getitem__))
        places = sorted(self.place[node] for node in nodes)
        self.place.update(zip(nodes, places, strict=True))
