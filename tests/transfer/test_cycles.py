"""Which edges close a cycle."""

from itertools import pairwise
from random import Random

import pytest

from app.transfer.cycles import Pair, closing, cyclic_core


def test_the_last_edge_of_a_ring_closes_it() -> None:
    assert closing([], [("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")]) == [2]


def test_an_edge_to_itself_closes_a_cycle() -> None:
    assert closing([], [("a", "a")]) == [0]


def test_what_is_there_already_is_laid_down_first() -> None:
    assert closing([("b", "a")], [("a", "b"), ("a", "c")]) == [0]


def test_what_cannot_lie_on_a_cycle_is_taken_away() -> None:
    edges = [("x", "a"), ("a", "b"), ("b", "a"), ("b", "y"), ("y", "z")]
    assert cyclic_core(edges) == {"a", "b"}


def test_a_ladder_of_diamonds_has_no_cycle() -> None:
    layers = [[f"{layer}/{place}" for place in range(6)] for layer in range(200)]
    edges = [(a, b) for above, below in pairwise(layers) for a in above for b in below]
    assert closing([], edges) == []


@pytest.mark.parametrize("seed", range(200))
def test_without_the_flagged_edges_nothing_is_its_own_ancestor_and_each_closes_a_cycle(seed: int) -> None:
    rng = Random(seed)
    nodes = [str(number) for number in range(rng.randint(2, 12))]
    edges = [(rng.choice(nodes), rng.choice(nodes)) for _ in range(rng.randint(1, 40))]
    flagged = closing([], edges)
    kept: list[Pair] = []
    for place, (source, target) in enumerate(edges):
        closes = source in reach(target, kept)
        assert closes == (place in flagged)
        if not closes:
            kept.append((source, target))


def reach(start: str, edges: list[Pair]) -> set[str]:
    found, before = {start}, set[str]()
    while found != before:
        before = found
        found = found | {target for source, target in edges if source in found}
    return found
