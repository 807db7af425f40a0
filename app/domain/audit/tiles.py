"""How the tree is kept: in tiles of 256 hashes, as C2SP's tlog-tiles cuts it (https://c2sp.org/tlog-tiles).

Level 0 has the hashes of the leaves, each level above those of the whole tiles of the level below. So a tree of a
million leaves has some four thousand tiles, a batch changes a few of them, and a proof reads about six.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.domain.audit.tree import Frontier, Span, folded, perfect, root_of

HEIGHT = 8
WIDTH = 1 << HEIGHT
LEVELS = 5  # of a tree with a million times a million leaves

Place = tuple[int, int]  # the level of a tile, and its place within the level
Hashes = Sequence[bytes]


@dataclass(frozen=True)
class Tile:
    """Some hashes of one level, a whole tile's or the first of one."""

    level: int
    index: int
    hashes: Hashes


@dataclass(frozen=True)
class Edge:
    """The tiles that a tree ends with and that are not whole yet, from level 0 on: what it takes to grow it."""

    size: int
    partial: tuple[tuple[bytes, ...], ...]

    @property
    def root(self) -> bytes:
        """The root of the tree."""
        below: list[bytes] = []
        for hashes in self.partial:
            items = [*hashes, *below]
            below = [root_of(items)] if items else []
        return root_of(below)

    def grown(self, leaves: Hashes) -> tuple["Edge", list[Tile]]:
        """The edge with more leaves, and the tiles that are new or changed."""
        tiles: list[Tile] = []
        partial: list[tuple[bytes, ...]] = []
        added: Hashes = leaves
        for level in range(LEVELS):
            hashes = [*self.partial[level], *added]
            first = self.size >> HEIGHT * (level + 1)
            cut = [hashes[start : start + WIDTH] for start in range(0, len(hashes), WIDTH)] if added else []
            tiles += [Tile(level, first + number, each) for number, each in enumerate(cut)]
            whole = [each for each in cut if len(each) == WIDTH]
            partial.append(tuple(hashes[len(whole) * WIDTH :]))
            added = [root_of(each) for each in whole]
        return Edge(self.size + len(leaves), tuple(partial)), tiles


EMPTY = Edge(0, ((),) * LEVELS)


def edge_of(size: int, tiles: Mapping[Place, Hashes]) -> Edge:
    """The edge of a tree of this size, among these tiles. They may be of a larger one. Raises KeyError."""
    partial: list[tuple[bytes, ...]] = []
    for level in range(LEVELS):
        width = (size >> HEIGHT * level) % WIDTH
        partial.append(tuple(tiles[level, size >> HEIGHT * (level + 1)][:width]) if width else ())
    return Edge(size, tuple(partial))


def edge_places(size: int) -> list[Place]:
    """Where the tiles of the edge lie."""
    return [(level, size >> HEIGHT * (level + 1)) for level in range(LEVELS) if (size >> HEIGHT * level) % WIDTH]


def places(spans: Iterable[Span]) -> list[Place]:
    """Where the tiles lie that tell the roots over some spans."""
    return sorted({tile for span in spans for tree in perfect(span) for tile in [location(*tree)[0]]})


def root_over(span: Span, tiles: Mapping[Place, Hashes]) -> bytes:
    """The root over a span. Raises KeyError when a tile is missing."""
    return folded(peaks(span, tiles))


def peaks(span: Span, tiles: Mapping[Place, Hashes]) -> list[bytes]:
    """The roots of the perfect trees that a span is made of."""
    found = []
    for tree in perfect(span):
        place, start, count = location(*tree)
        hashes = tiles[place][start : start + count]
        if len(hashes) < count:
            raise KeyError(place)
        found.append(root_of(hashes))
    return found


def frontier_of(size: int, tiles: Mapping[Place, Hashes]) -> Frontier:
    """How far a tree had grown when it was of this size. Raises KeyError when a tile is missing."""
    return Frontier(size, peaks((0, size), tiles))


def location(height: int, index: int) -> tuple[Place, int, int]:
    """The tile that tells the root of a perfect tree, the first of the hashes it is over, and how many these are."""
    level, above = divmod(height, HEIGHT)
    tile, start = divmod(index << above, WIDTH)
    return (level, tile), start, 1 << above
