"""Which checkpoints a pack holds, the keys that signed them, and the proofs that join them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Any

from sqlmodel import Session

from workflow.domain import tree
from workflow.storage import evidence
from workflow.storage.tree import LeafMissing


def notes_of(
    session: Session, everything: bool, kept: Collection[int]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The checkpoints a pack needs, and every key that signed one, with the time it did.

    A whole trail has all of them; a part of it the first and last of each key, the last of each
    day, and those the auditor holds.
    """
    wanted: dict[object, dict[str, Any]] = {}
    keys: dict[str, dict[str, Any]] = {}
    for number, (size, at, key, note) in enumerate(evidence.notes(session)):
        told = {"size": size, "note": note}
        if key not in keys:
            for known in keys.values():
                known["to"] = known["to"] or at
            keys[key] = {"public": key, "from": at, "to": None}
            wanted[key] = told
        wanted[number if everything or size in kept else at[:10]] = told
    notes = {id(told): told for told in wanted.values()}
    return sorted(notes.values(), key=lambda told: int(told["size"])), list(keys.values())


def proven(
    notes: list[dict[str, Any]], everything: bool, nodes: tree.Nodes | None
) -> Iterator[dict[str, Any]]:
    """Checkpoints with the proof that each continues the one before; leaves prove it otherwise."""
    before = 0
    for told in notes:
        proof: list[bytes] = []
        if not everything and nodes and before:
            proof = or_none(lambda: tree.consistency(before, told["size"], nodes))  # noqa: B023
        yield {"note": told["note"], "proof": [part.hex() for part in proof]}
        before = told["size"]


def or_none(prove: Callable[[], list[bytes]]) -> list[bytes]:
    """No proof where the tree has a hole: that is for the verifier to say, with the place."""
    try:
        return prove()
    except LeafMissing:
        return []
