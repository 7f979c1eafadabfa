"""The sequencer: gives every committed event its leaf in the one tree, after the fact, in order.

Nobody waits for it: it reads what is committed and appends. It may be killed at any point and run
by several at once: a leaf's index is unique and the next one, so nothing is taken twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from workflow.domain.acting import Moment
from workflow.domain.tree import Node, frontier_of, leaf_hash
from workflow.storage import tree
from workflow.storage.database import Database

BATCH = 500


@dataclass(frozen=True, slots=True)
class Lag:
    """How far the tree is behind the trail: events without a leaf, and the age of the oldest.

    `unsealed` counts these and those that have a leaf no checkpoint covers yet.
    """

    events: int
    seconds: float
    unsealed: int = 0


def is_behind(session: Session) -> bool:
    """True when a new event waits for its leaf; one look at two indexes."""
    return bool(tree.waiting(session, after=tree.newest_leaf(session), limit=1))


def catch_up(database: Database, *, whole: bool = False) -> int:
    """Give every waiting event its leaf, batch by batch; how many. `whole` looks at every event."""
    with database.reading() as session:
        after = 0 if whole else _floor(session)
    taken = 0
    while True:
        with database.transaction() as tx:
            last, count = _take(tx, after)
        taken += count
        if count < BATCH:
            return taken
        after = last


def lag(session: Session, moment: Moment) -> Lag:
    """How far the tree is behind now."""
    events, oldest, unsealed = tree.waits(session)
    return Lag(events, waited(oldest, moment) if events else 0.0, events + unsealed)


def waited(since: str, moment: Moment) -> float:
    """Seconds since that instant; 0 under a clock set back."""
    return max((moment.at - datetime.fromisoformat(since)).total_seconds(), 0.0)


def _floor(session: Session) -> int:
    return max(tree.newest_leaf(session) - tree.LOOK_BACK, 0)


def _take(tx: Session, after: int) -> tuple[int, int]:
    """Append one batch of leaves; the last event's id and how many there were."""
    tree.lock(tx)
    found = tree.waiting(tx, after=after, limit=BATCH)
    if not found:
        return after, 0
    frontier = frontier_of(tree.size(tx), tree.subtrees(tx))
    leaves: list[tuple[int, Node]] = []
    complete: list[Node] = []
    for event in found:
        leaf, *above = frontier.add(leaf_hash(event.body.encode(), event.hash))
        leaves.append((event.id, leaf))
        complete += [node for node in above if node.level % tree.STRIDE == 0]
    tree.extend(tx, leaves, complete)
    return found[-1].id, len(found)
