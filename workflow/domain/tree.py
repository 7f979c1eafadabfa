"""The Merkle tree over all events (RFC 6962): leaves, frontier, proofs and their verification."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

EMPTY_ROOT = hashlib.sha256().digest()
"""The root of a tree without leaves, as the RFC defines it."""

Nodes = Callable[[int, int], bytes]
"""(level, index) -> hash of the complete subtree of 2^level leaves from leaf index * 2^level."""


@dataclass(frozen=True, slots=True)
class Node:
    """A complete subtree: never changes again, so it may be stored."""

    level: int
    index: int
    hash: bytes


def leaf_hash(body: bytes, seal: str) -> bytes:
    """The leaf of one event: its stored body, then its chain hash as stored (64 hex characters)."""
    return hashlib.sha256(b"\x00" + body + seal.encode()).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """An inner node; the prefix keeps it apart from every leaf (RFC 6962, 2.1)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(slots=True)
class Frontier:
    """What must be remembered to grow a tree: its size and its complete subtrees, largest first.

    At most 64 hashes, whatever the size.
    """

    size: int = 0
    peaks: list[bytes] = field(default_factory=list)

    def add(self, leaf: bytes) -> list[Node]:
        """Append one leaf hash; returns the subtrees it completes, the leaf itself first."""
        index, level, hash_ = self.size, 0, leaf
        done = [Node(0, index, leaf)]
        while index & 1:
            hash_ = node_hash(self.peaks.pop(), hash_)
            index, level = index >> 1, level + 1
            done.append(Node(level, index, hash_))
        self.peaks.append(hash_)
        self.size += 1
        return done

    @property
    def root(self) -> bytes:
        """The root over all leaves so far."""
        return _folded(self.peaks)


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root over leaf hashes, in memory that does not grow with their number."""
    frontier = Frontier()
    for leaf in leaves:
        frontier.add(leaf)
    return frontier.root


def frontier_of(size: int, nodes: Nodes) -> Frontier:
    """The frontier of a stored tree at any earlier size."""
    return Frontier(size, _peaks(0, size, nodes))


def nodes_of(leaves: Sequence[bytes]) -> Nodes:
    """Subtree hashes of leaves held in memory."""
    known: dict[tuple[int, int], bytes] = {}
    frontier = Frontier()
    for leaf in leaves:
        known.update(((node.level, node.index), node.hash) for node in frontier.add(leaf))
    return lambda level, index: known[level, index]


def inclusion(index: int, size: int, nodes: Nodes) -> list[bytes]:
    """The proof that leaf `index` is in the tree of `size` (RFC 6962, 2.1.1): leaf upwards."""
    if not 0 <= index < size:
        message = f"no leaf {index} in a tree of {size}"
        raise ValueError(message)
    proof, low, high = [], 0, size
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            proof.append(_range_root(middle, high, nodes))
            high = middle
        else:
            proof.append(_range_root(low, middle, nodes))
            low = middle
    return proof[::-1]


def consistency(first: int, second: int, nodes: Nodes) -> list[bytes]:
    """The proof that the tree of `second` begins with the tree of `first` (RFC 6962, 2.1.2)."""
    if not 0 <= first <= second:
        message = f"a tree of {second} cannot extend one of {first}"
        raise ValueError(message)
    proof: list[bytes] = []
    low, high = 0, second
    while first and high != first:
        middle = low + _split(high - low)
        if first <= middle:
            proof.append(_range_root(middle, high, nodes))
            high = middle
        else:
            proof.append(_range_root(low, middle, nodes))
            low = middle
    if low:
        proof.append(_range_root(low, high, nodes))
    return proof[::-1]


def is_included(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Check an inclusion proof as RFC 9162, 2.1.3.2 says; too long or too short is wrong."""
    if not 0 <= index < size:
        return False
    at, last, hash_ = index, size - 1, leaf
    for part in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            hash_ = node_hash(part, hash_)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            hash_ = node_hash(hash_, part)
        at, last = at >> 1, last >> 1
    return last == 0 and hash_ == root


def is_consistent(
    first: int, second: int, first_root: bytes, second_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Check a consistency proof as RFC 9162, 2.1.4.2 says; every tree extends the empty one."""
    if first in {0, second}:
        old = second_root if first == second else EMPTY_ROOT
        return not proof and first_root == old
    if first > second or not proof:
        return False
    path = list(proof) if first & (first - 1) else [first_root, *proof]
    at, last = first - 1, second - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old = new = path[0]
    for part in path[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            old, new = node_hash(part, old), node_hash(part, new)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            new = node_hash(new, part)
        at, last = at >> 1, last >> 1
    return last == 0 and old == first_root and new == second_root


def _split(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << ((size - 1).bit_length() - 1)


def _peaks(low: int, high: int, nodes: Nodes) -> list[bytes]:
    """The complete subtrees of a range that starts where the tree splits, largest first."""
    peaks, at = [], low
    for level in range((high - low).bit_length() - 1, -1, -1):
        if (high - low) >> level & 1:
            peaks.append(nodes(level, at >> level))
            at += 1 << level
    return peaks


def _range_root(low: int, high: int, nodes: Nodes) -> bytes:
    return _folded(_peaks(low, high, nodes))


def _folded(peaks: list[bytes]) -> bytes:
    if not peaks:
        return EMPTY_ROOT
    root = peaks[-1]
    for peak in reversed(peaks[:-1]):
        root = node_hash(peak, root)
    return root
