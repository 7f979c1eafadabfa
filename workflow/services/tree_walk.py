"""The leaves against every checkpoint, here and outside: same roots, right signatures, one line."""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlmodel import Session

from workflow.domain.checkpoint import Note, NoteInvalid, parse
from workflow.domain.tree import Frontier, frontier_of
from workflow.services import publishing
from workflow.storage import tree
from workflow.storage.tree import Kept

TILE, HASH = 256, 32
PAGE = 64 * TILE
Fault = tuple[str, str]
KEY_LOST, RESTORED = "key-lost ", "restored-from "


@dataclass(slots=True)
class Listed:
    """What the checkpoints by themselves say: the first fault, notices, every key that signed.

    `lost` are spans of time whose checkpoints a signed restart gave up.
    """

    fault: Fault | None = None
    notices: list[tuple[str, str]] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    lost: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a checkpoint says of the tree. `kept` is its number here, None for one from outside.

    `signed`: a key of this installation signed it.
    """

    size: int
    root: str
    at: str
    origin: str
    kept: int | None = None
    signed: bool = True


class Tree:
    """The tree as its leaves make it, grown from left to right in constant memory."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._tiles = Frontier()
        self._rest = b""
        self.size = 0
        self.hole: int | None = None

    def grow_to(self, size: int) -> Iterator[int]:
        """Read leaves until there are `size` or no more; yields how many there are by now."""
        while self.size < size and self.hole is None:
            page = tree.leaves_from(self._session, self.size, min(PAGE, size - self.size))
            if not page:
                return
            if page[-1][0] != self.size + len(page) - 1:
                whole = next(i for i, (idx, _) in enumerate(page) if idx != self.size + i)
                self.hole, page = self.size + whole, page[:whole]
            hashes = self._rest + bytes.fromhex("".join([hash_ for _, hash_ in page]))
            self.size += len(page)
            whole = len(hashes) - len(hashes) % (TILE * HASH)
            for at in range(0, whole, TILE * HASH):
                self._tiles.add(_root_of_tile(hashes[at : at + TILE * HASH]))
            self._rest = hashes[whole:]
            yield self.size

    def root_at(self, size: int) -> str:
        """The root over the first leaves; an earlier size is read from what is stored."""
        if size < self.size:
            return frontier_of(size, tree.subtrees(self._session)).root.hex()
        rest = Frontier()
        for at in range(0, len(self._rest), HASH):
            rest.add(self._rest[at : at + HASH])
        return Frontier(size, [*self._tiles.peaks, *rest.peaks]).root.hex()


def read_list(session: Session) -> Listed:
    """Checkpoints by themselves: numbers, links, signatures, keys that follow each other."""
    listed = Listed()
    before: Kept | None = None
    for kept in tree.checkpoints(session):
        place, told = f"checkpoint:{kept.id}", _extensions(kept)
        why = _fault(kept, before)
        if why == "key" and KEY_LOST in told:
            listed.notices.append(("key_lost", place))
        elif why:
            listed.fault = place, why
            return listed
        elif before and before.key != kept.key:
            listed.notices.append(("key_rotated", place))
        if before and RESTORED in told:
            listed.notices.append(("restored", place))
            listed.lost.append((before.at, told[RESTORED].rpartition(" ")[2]))
        listed.keys.add(kept.key)
        before = kept
    return listed


def _extensions(kept: Kept) -> dict[str, str]:
    try:
        lines = parse(kept.note).checkpoint.extensions
    except NoteInvalid:
        return {}
    return {f"{name} ": value for name, _, value in (line.partition(" ") for line in lines)}


def walk(session: Session, published: Sequence[Path], listed: Listed) -> Iterator[Fault | int]:
    """Yields how many leaves are through, and the first fault, which is the last thing said."""
    last = tree.last_checkpoint(session)
    own = (Claim(k.size, k.root, k.at, "", kept=k.id) for k in tree.checkpoints(session))
    outside = (_outside(path, listed) for path in published)
    grown = Tree(session)
    for claim in heapq.merge(own, *outside, key=lambda found: found.size):
        yield from grown.grow_to(claim.size)
        fault = _judged(grown, claim, last)
        if fault:
            yield fault
            return
    yield from grown.grow_to(2**62)
    gone = tree.without_event(session)
    if grown.hole is not None:
        yield f"leaf:{grown.hole}", "hole"
    elif gone is not None:
        yield f"leaf:{gone}", "removed"


def _judged(grown: Tree, claim: Claim, last: Kept | None) -> Fault | None:
    short = grown.size < claim.size
    if short and grown.hole is not None:
        return f"leaf:{grown.hole}", "hole"
    if claim.kept is None:
        why = _judged_outside(grown, claim, last)
        return (f"published:{claim.at}", why) if why else None
    if short:
        return f"leaf:{grown.size}", "truncated"
    agrees = grown.root_at(claim.size) == claim.root
    return None if agrees else (f"checkpoint:{claim.kept}", "root")


def _judged_outside(grown: Tree, claim: Claim, last: Kept | None) -> str:
    """A database older than what was published is told apart from another history."""
    if last is None or claim.at > last.at:
        return "older"
    if claim.origin != parse(last.note).checkpoint.origin:
        return "origin"
    if not claim.signed:
        return "signature"
    same = grown.size >= claim.size and grown.root_at(claim.size) == claim.root
    return "" if same else "forked"


def _outside(path: Path, listed: Listed) -> Iterator[Claim]:
    for note in publishing.notes(path) if path.exists() else ():
        told = note.checkpoint
        if any(since < told.time <= until for since, until in listed.lost):
            continue
        yield Claim(
            told.size,
            told.root.hex(),
            told.time,
            told.origin,
            signed=any(note.signed_by(told.origin, bytes.fromhex(key)) for key in listed.keys),
        )


def _fault(kept: Kept, before: Kept | None) -> str:
    """What is wrong with one checkpoint as it stands after the one before."""
    try:
        note = parse(kept.note)
    except NoteInvalid:
        return "signature"
    told = note.checkpoint
    said = (told.size, told.root.hex(), told.time, told.digest, told.previous)
    expected = (before.id + 1, before.hash) if before else (1, "")
    origin = parse(before.note).checkpoint.origin if before else told.origin
    faults = {
        "altered": said != (kept.size, kept.root, kept.at, kept.hash, kept.previous),
        "signature": not note.signed_by(told.origin, bytes.fromhex(kept.key)),
        "unlinked": (kept.id, kept.previous) != expected,
        "origin": told.origin != origin,
        "key": before is not None and not _follows(note, origin, before.key, kept.key),
    }
    return next((why for why, found in faults.items() if found), "")


def _follows(note: Note, origin: str, former: str, key: str) -> bool:
    """Another key may follow only where the former one signed too."""
    return key == former or note.signed_by(origin, bytes.fromhex(former))


def _root_of_tile(hashes: bytes) -> bytes:
    """The root over leaf hashes that stand one behind the other; `node_hash` without its call."""
    sha256 = hashlib.sha256
    while len(hashes) > HASH:
        pairs = [hashes[at : at + 2 * HASH] for at in range(0, len(hashes), 2 * HASH)]
        hashes = b"".join([sha256(b"\x01" + pair).digest() for pair in pairs])
    return hashes
