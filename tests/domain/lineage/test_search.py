"""The search for simple paths, against all paths found by plain recursion."""

import random
from collections.abc import Iterator, Sequence
from itertools import islice

import pytest

from app.domain.lineage.search import Search, Step, distances


def graph(*pairs: tuple[str, str]) -> list[Step]:
    return [Step(f"e{i:03}", source, target) for i, (source, target) in enumerate(pairs)]


def all_paths(steps: Sequence[Step], node: str, goal: str, passed: frozenset[str]) -> Iterator[tuple[Step, ...]]:
    if node == goal:
        yield ()
        return
    for step in steps:
        if step.source == node and step.target not in passed | {node}:
            yield from ((step, *rest) for rest in all_paths(steps, step.target, goal, passed | {node}))


@pytest.mark.parametrize("seed", range(200))
def test_all_simple_paths_are_found_and_the_shortest_come_first(seed: int) -> None:
    chance = random.Random(seed)
    names = [f"n{i}" for i in range(chance.randint(2, 7))]
    steps = graph(*((chance.choice(names), chance.choice(names)) for _ in range(chance.randint(0, 14))))
    search = Search(steps, names[0], names[1])
    found = list(search)
    assert set(found) == set(all_paths(steps, names[0], names[1], frozenset()))
    assert len(found) == len(set(found))
    assert [len(path) for path in found] == sorted(len(path) for path in found)
    assert not search.gave_up


def test_parallel_edges_are_different_paths() -> None:
    assert list(Search(graph(("a", "b"), ("a", "b")), "a", "b")) == [
        (Step("e000", "a", "b"),),
        (Step("e001", "a", "b"),),
    ]


def test_a_few_of_very_many_paths_take_few_steps() -> None:
    rungs = (((f"{layer}.{a}", f"{layer + 1}.{b}") for a in range(6) for b in range(6)) for layer in range(11))
    search = Search(graph(*(pair for rung in rungs for pair in rung)), "0.0", "11.0", max_steps=1_000)
    assert [len(path) for path in islice(search, 10)] == [11] * 10


def test_a_search_that_gives_up_says_so() -> None:
    search = Search(graph(("a", "b"), ("b", "c"), ("a", "c")), "a", "c", max_steps=1)
    assert list(search) == []
    assert search.gave_up


def test_distances_are_measured_back_from_the_goal() -> None:
    assert distances(graph(("a", "b"), ("b", "c"), ("a", "c"), ("c", "d"), ("x", "a")), "c") == {
        "c": 0,
        "b": 1,
        "a": 1,
        "x": 2,
    }
