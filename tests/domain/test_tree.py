"""The tree over all events against a naive one, the RFC's own vectors, and proofs that lie."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflow.domain.tree import (
    EMPTY_ROOT,
    Frontier,
    consistency,
    frontier_of,
    inclusion,
    is_consistent,
    is_included,
    leaf_hash,
    nodes_of,
    root_of,
)

#: The test vectors every certificate log is tested with (leaf inputs, and the root of each size).
INPUTS = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657",
          "606162636465666768696a6b6c6d6e6f"]  # fmt: skip
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def sha(data):
    return hashlib.sha256(data).digest()


def leaf(data):
    return sha(b"\0" + data)


def naive(leaves):
    """The definition of RFC 6962, 2.1, word for word."""
    if len(leaves) < 2:
        return leaves[0] if leaves else sha(b"")
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return sha(b"\1" + naive(leaves[:k]) + naive(leaves[k:]))


def naive_path(m, leaves):
    """PATH of RFC 6962, 2.1.1, word for word."""
    if len(leaves) == 1:
        return []
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    if m < k:
        return [*naive_path(m, leaves[:k]), naive(leaves[k:])]
    return [*naive_path(m - k, leaves[k:]), naive(leaves[:k])]


def naive_subproof(m, leaves, *, whole=True):
    """SUBPROOF of RFC 6962, 2.1.2, word for word."""
    if m == len(leaves):
        return [] if whole else [naive(leaves)]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    if m <= k:
        return [*naive_subproof(m, leaves[:k], whole=whole), naive(leaves[k:])]
    return [*naive_subproof(m - k, leaves[k:], whole=False), naive(leaves[:k])]


LEAVES = [leaf(str(n).encode()) for n in range(70)]
NODES = nodes_of(LEAVES)


def test_it_agrees_with_the_known_vectors():
    leaves = [leaf(bytes.fromhex(text)) for text in INPUTS]
    assert [root_of(leaves[:n]).hex() for n in range(1, 9)] == ROOTS
    assert root_of([]) == EMPTY_ROOT == sha(b"")


def test_it_binds_body_and_chain_hash_in_a_leaf():
    assert leaf_hash(b"{}", "ab" * 32) == leaf(b"{}" + b"ab" * 32)


@settings(deadline=None)
@given(st.integers(1, 70), st.data())
def test_it_agrees_with_the_definition(size, data):
    index, first = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    root = naive(LEAVES[:size])
    assert root_of(LEAVES[:size]) == frontier_of(size, NODES).root == root
    path, proof = inclusion(index, size, NODES), consistency(first, size, NODES)
    assert path == naive_path(index, LEAVES[:size])
    assert proof == naive_subproof(first, LEAVES[:size])
    assert is_included(LEAVES[index], index, size, path, root)
    assert is_consistent(first, size, naive(LEAVES[:first]), root, proof)


@settings(deadline=None)
@given(st.integers(1, 70), st.integers(0, 69))
def test_it_grows_on_from_a_kept_frontier(size, more):
    frontier = frontier_of(size, NODES)
    stored = {}
    for one in LEAVES[size : size + more]:
        stored.update(((n.level, n.index), n.hash) for n in frontier.add(one))
    assert frontier == frontier_of(min(size + more, 70), NODES)
    assert all(NODES(*place) == hash_ for place, hash_ in stored.items())


@settings(deadline=None)
@given(st.integers(2, 70), st.data())
def test_it_believes_no_changed_proof(size, data):
    index, first = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size - 1))
    old, root = naive(LEAVES[:first]), naive(LEAVES[:size])
    path, proof = inclusion(index, size, NODES), consistency(first, size, NODES)
    at = data.draw(st.integers(0, len(path) - 1))
    other = LEAVES[(index + 1) % size]
    for wrong in (path[:-1], [*path, other], [], [*path[:at], sha(b"x"), *path[at + 1 :]]):
        assert not is_included(LEAVES[index], index, size, wrong, root)
    assert not is_included(other, index, size, path, root)
    assert not is_included(LEAVES[index], (index + 1) % size, size, path, root)
    for wrong in (proof[:-1], [*proof, other], [sha(b"x"), *proof[1:]]):
        assert not is_consistent(first, size, old, root, wrong)
    assert not is_consistent(first, size, sha(b"x"), root, proof)
    assert not is_consistent(first, size, old, sha(b"x"), proof)


def test_it_knows_the_edges():
    root = naive(LEAVES)
    assert is_consistent(0, 70, EMPTY_ROOT, root, [])
    assert is_consistent(70, 70, root, root, [])
    assert not is_consistent(70, 70, root, naive(LEAVES[:69]), [])
    assert not is_consistent(70, 69, root, root, [])
    assert not is_consistent(0, 70, root, root, [])
    assert not is_included(LEAVES[0], 0, 0, [], EMPTY_ROOT)
    assert not is_included(LEAVES[0], 70, 70, [], root)
    assert Frontier().root == EMPTY_ROOT
    with pytest.raises(ValueError, match="no leaf 70"):
        inclusion(70, 70, NODES)
    with pytest.raises(ValueError, match="cannot extend"):
        consistency(70, 69, NODES)


def test_it_takes_no_inner_node_for_a_leaf():
    """The second pre-image of an unprefixed tree: two children passed off as one event."""
    pair = LEAVES[0] + LEAVES[1]
    assert naive(LEAVES[:2]) != leaf(pair)
    assert not is_included(leaf(pair), 0, 35, inclusion(0, 70, NODES)[1:], naive(LEAVES))
