"""The Merkle tree of RFC 9162 (section 2.1): its hashes, its root as it grows, and what of it a proof is made of.

A span is a run of leaves, from its start up to but without its end.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

Span = tuple[int, int]

EMPTY = sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    """The hash of an entry of the log."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of the node above two others."""
    return sha256(b"\x01" + left + right).digest()


def root_of(hashes: Sequence[bytes]) -> bytes:
    """The root over some hashes, of leaves or of perfect trees of one size; the last may be of a smaller one."""
    level = list(hashes)
    while len(level) > 1:
        odd = level[-1:] if len(level) % 2 else []
        level = [node_hash(left, right) for left, right in zip(level[::2], level[1::2], strict=False)] + odd
    return level[0] if level else EMPTY


def folded(peaks: Sequence[bytes]) -> bytes:
    """The root over perfect trees that become smaller and smaller."""
    if not peaks:
        return EMPTY
    root = peaks[-1]
    for peak in reversed(peaks[:-1]):
        root = node_hash(peak, root)
    return root


@dataclass
class Frontier:
    """How far a tree has grown: the roots of the perfect trees that it is made of, the largest first."""

    size: int = 0
    peaks: list[bytes] = field(default_factory=list)

    def append(self, leaf: bytes) -> None:
        """Grow by a leaf."""
        smaller = self.size
        while smaller & 1:
            leaf = node_hash(self.peaks.pop(), leaf)
            smaller >>= 1
        self.peaks.append(leaf)
        self.size += 1

    @property
    def root(self) -> bytes:
        return folded(self.peaks)


def perfect(span: Span) -> Iterator[tuple[int, int]]:
    """The perfect trees that a span of a tree is made of, the largest first: each as its height, and its place among
    those of this height."""
    start, end = span
    while start < end:
        height = (end - start).bit_length() - 1
        yield height, start >> height
        start += 1 << height


def middle(start: int, end: int) -> int:
    """Where a tree over a span divides: after the largest power of two that is smaller than it."""
    return start + (1 << ((end - start - 1).bit_length() - 1))


def inclusion_path(index: int, size: int) -> list[Span]:
    """What proves that a leaf is in a tree of this size (2.1.3.1), the nearest first."""
    start, end = 0, size
    path: list[Span] = []
    while end - start > 1:
        half = middle(start, end)
        if index < half:
            path.append((half, end))
            end = half
        else:
            path.append((start, half))
            start = half
    return path[::-1]


def consistency_path(former: int, size: int) -> list[Span]:
    """What proves that a tree of this size begins with the whole of a former one (2.1.4.1), the nearest first."""
    start, end = 0, size
    path: list[Span] = []
    while former < end:
        half = middle(start, end)
        if former <= half:
            path.append((half, end))
            end = half
        else:
            path.append((start, half))
            start = half
    return [*([(start, end)] if start > 0 else []), *path[::-1]]
