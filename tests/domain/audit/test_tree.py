"""The tree is that of RFC 9162: compared with its definitions, its verifiers, and another implementation."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from pymerkle import InmemoryTree, verify_consistency

from app.domain.audit.tiles import EMPTY as EMPTY_EDGE
from app.domain.audit.tiles import WIDTH, Hashes, Place, edge_of, edge_places, frontier_of, places, root_over
from app.domain.audit.tree import EMPTY, Frontier, consistency_path, inclusion_path, leaf_hash, root_of
from tests.domain.audit import rfc9162

ENTRIES = [f"event {number}".encode() for number in range(70_000)]
LEAVES = [leaf_hash(entry) for entry in ENTRIES]
Batches = list[int]

# Sizes where something begins or ends: one, powers of two, whole tiles, and their neighbors.
SIZES = some.one_of(some.integers(1, 600), some.sampled_from([255, 256, 257, 511, 512, 513, 65_535, 65_536, 65_537]))


def tiles_of(size: int) -> dict[Place, Hashes]:
    """The tiles of the tree of so many entries, grown at once."""
    _, tiles = EMPTY_EDGE.grown(LEAVES[:size])
    return {(tile.level, tile.index): tile.hashes for tile in tiles}


ALL = tiles_of(len(LEAVES))


def test_the_empty_tree_and_a_leaf_are_as_the_standard_says() -> None:
    assert EMPTY.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert leaf_hash(b"").hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"


@settings(deadline=None, max_examples=50)
@given(SIZES)
def test_the_root_is_the_same_however_it_is_found(size: int) -> None:
    leaves = LEAVES[:size]
    frontier = Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    root = rfc9162.root(leaves)
    assert (frontier.root, root_of(leaves), edge_of(size, ALL).root) == (root, root, root)
    assert root_over((0, size), ALL) == root
    assert frontier_of(size, ALL) == frontier


@settings(deadline=None, max_examples=50)
@given(some.lists(some.integers(1, 700), min_size=1, max_size=6))
def test_batches_make_the_tiles_that_one_batch_makes(batches: Batches) -> None:
    edge, tiles = EMPTY_EDGE, dict[Place, Hashes]()
    for count in batches:
        edge, changed = edge.grown(LEAVES[edge.size : edge.size + count])
        tiles |= {(tile.level, tile.index): tile.hashes for tile in changed}
        assert edge == edge_of(edge.size, tiles)
        assert set(edge_places(edge.size)) <= tiles.keys()
    assert {place: list(hashes) for place, hashes in tiles.items()} == tiles_of(sum(batches))


def test_tiles_are_cut_as_the_specification_says() -> None:
    """A tree of 70,000: 273 whole tiles of leaves and one of 112, a whole one above and one of 17, one of 1."""
    widths = {place: len(hashes) for place, hashes in ALL.items()}
    assert [widths.pop((0, index)) for index in range(274)] == [*[WIDTH] * 273, 112]
    assert widths == {(1, 0): WIDTH, (1, 1): 17, (2, 0): 1}


@settings(deadline=None)
@given(SIZES, some.data())
def test_an_inclusion_proof_is_verified_and_no_other_leaf_with_it(size: int, data: some.DataObject) -> None:
    index = data.draw(some.integers(0, size - 1))
    path = hashes(inclusion_path(index, size))
    root = root_over((0, size), ALL)
    assert rfc9162.includes(LEAVES[index], index, size, path, root)
    assert not rfc9162.includes(leaf_hash(b"another"), index, size, path, root)
    assert size == 1 or not rfc9162.includes(LEAVES[index], (index + 1) % size, size, path, root)


@settings(deadline=None)
@given(SIZES, some.data())
def test_a_consistency_proof_is_verified_and_no_other_root_with_it(size: int, data: some.DataObject) -> None:
    former = data.draw(some.integers(1, size))
    path = proved(former, size)
    earlier, later = (root_over((0, each), ALL) for each in (former, size))
    assert rfc9162.is_consistent(former, size, earlier, later, path)
    assert not rfc9162.is_consistent(former, size, leaf_hash(b"another"), later, path)


def proved(former: int, size: int) -> list[bytes]:
    return hashes(consistency_path(former, size))


def hashes(spans: Sequence[tuple[int, int]]) -> list[bytes]:
    needed = places(spans)
    return [root_over(span, {place: ALL[place] for place in needed}) for span in spans]


def test_a_proof_in_a_large_tree_reads_few_tiles() -> None:
    assert len(places(inclusion_path(12_345, 70_000))) <= 6
    assert len(places(consistency_path(12_345, 70_000))) <= 6


def test_a_missing_tile_is_no_proof() -> None:
    with pytest.raises(KeyError):
        root_over((0, 300), {(0, 1): ALL[0, 1]})


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 9, 100, 256, 300])
def test_another_implementation_has_the_same_roots_and_proofs(size: int) -> None:
    other = InmemoryTree(algorithm="sha256")
    for entry in ENTRIES[:size]:
        other.append_entry(entry)
    assert other.get_root(size) == root_over((0, size), ALL)
    for index in range(size):
        base, *path = other.prove_inclusion(index + 1, size).path
        assert (base, path) == (LEAVES[index], hashes(inclusion_path(index, size)))
    for former in range(1, size + 1):
        proof = other.prove_consistency(former, size)
        verify_consistency(root_over((0, former), ALL), root_over((0, size), ALL), proof)
        assert rfc9162.is_consistent(former, size, other.get_root(former), other.get_root(size), proved(former, size))
