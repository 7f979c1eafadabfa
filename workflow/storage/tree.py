"""The tree's rows: leaves in order, roots of complete subtrees, checkpoints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlmodel import Session

from workflow.domain.errors import DeskError
from workflow.domain.procedure import Text
from workflow.domain.tree import Node, Nodes, node_hash
from workflow.storage.statements import row, rows, run, run_many

STRIDE = 8
"""Every eighth level is stored, so that any subtree is read from at most 128 rows."""
_LOCK = 6_962


class LeafMissing(DeskError):
    """The tree has a hole: a leaf, or the root of a stored subtree, is not there."""

    code = "LEAF-MISSING"

    def __init__(self, first: int, last: int) -> None:
        zh = f"事件树第 {first} 至 {last} 片叶不完整"
        super().__init__(Text(zh, f"a leaf is missing in the tree, from {first} to {last}"))


@dataclass(frozen=True, slots=True)
class Waiting:
    """An event that has no leaf yet."""

    id: int
    hash: str
    body: str


@dataclass(frozen=True, slots=True)
class Kept:
    """One checkpoint as stored. `hash` is the digest of its signed lines, `key` the public key."""

    id: int
    size: int
    root: str
    at: str
    previous: str
    hash: str
    key: str
    note: str


def lock(session: Session) -> None:
    """Sit down as the only one who extends the tree, until the transaction ends.

    SQLite's immediate transaction is such a seat already.
    """
    if session.info["sql"] == "postgresql":
        run(session, f"SELECT pg_advisory_xact_lock({_LOCK})").close()


def size(session: Session) -> int:
    """How many leaves there are."""
    found = row(session, "SELECT MAX(idx) FROM leaves")
    return 0 if found is None or found[0] is None else int(found[0]) + 1


def newest_leaf(session: Session) -> int:
    """The largest event id that has a leaf, 0 before the first."""
    found = row(session, "SELECT MAX(event_id) FROM leaves")
    return int(found[0] or 0) if found else 0


def waiting(session: Session, *, after: int, limit: int) -> list[Waiting]:
    """Events above the id `after` that have no leaf, by id.

    Looked up one by one: a join would read all leaves for every batch of a long backlog.
    """
    found = rows(
        session,
        "SELECT e.id, e.hash, e.body FROM events e WHERE e.id > :after"
        " AND (SELECT l.idx FROM leaves l WHERE l.event_id = e.id) IS NULL"
        " ORDER BY e.id LIMIT :limit",
        after=after,
        limit=limit,
    )
    return [Waiting(*values) for values in found]


LOOK_BACK = 5000
"""How many ids below the newest leaf are looked at again: on PostgreSQL an event with a smaller
id may be committed later. What is later still is found by a whole look."""
MOST_WAITING = 10_000
# A subquery and no join: PostgreSQL cannot tell how few events the last condition leaves, and read
# all leaves of a million events to join them.
_LEAFLESS = (
    "events e WHERE (SELECT l.idx FROM leaves l WHERE l.event_id = e.id) IS NULL AND"
    f" e.id > (SELECT COALESCE(MAX(event_id), 0) FROM leaves) - {LOOK_BACK}"
)
_WAITING = f"(SELECT e.at FROM {_LEAFLESS} ORDER BY e.id LIMIT {MOST_WAITING})"


def waits(session: Session) -> tuple[int, str, int]:
    """How many events have no leaf, the instant of the oldest, and how many leaves are unsealed."""
    found = row(
        session,
        "SELECT count(*), MIN(e.at), (SELECT COALESCE(MAX(idx) + 1, 0) FROM leaves) - COALESCE("
        f"(SELECT size FROM checkpoints ORDER BY id DESC LIMIT 1), 0) FROM {_LEAFLESS}",
    ) or (0, "", 0)
    return int(found[0]), str(found[1] or ""), int(found[2])


def extend(session: Session, leaves: list[tuple[int, Node]], complete: list[Node]) -> None:
    """Append leaves, each with the id of its event, and the subtrees that became complete."""
    run_many(
        session,
        "INSERT INTO leaves (idx, event_id, hash) VALUES (:idx, :event, :hash)",
        [{"idx": n.index, "event": event, "hash": n.hash.hex()} for event, n in leaves],
    )
    run_many(
        session,
        "INSERT INTO tree_nodes (level, idx, hash) VALUES (:level, :idx, :hash)",
        [{"level": n.level, "idx": n.index, "hash": n.hash.hex()} for n in complete],
    )


def subtrees(session: Session) -> Nodes:
    """The hash of any complete subtree, from what is stored; raises LeafMissing for a hole."""

    @cache
    def node(level: int, index: int) -> bytes:
        base = level - level % STRIDE
        count = 1 << (level - base)
        table, own = ("tree_nodes", "level = :level AND ") if base else ("leaves", "")
        found = rows(
            session,
            f"SELECT hash FROM {table} WHERE {own}idx >= :low AND idx < :high ORDER BY idx",
            low=index * count,
            high=(index + 1) * count,
            **({"level": base} if base else {}),
        )
        if len(found) != count:
            raise LeafMissing(index << level, (index + 1 << level) - 1)
        hashes = [bytes.fromhex(value) for (value,) in found]
        while len(hashes) > 1:
            hashes = [node_hash(*hashes[i : i + 2]) for i in range(0, len(hashes), 2)]
        return hashes[0]

    return node


def leaves_from(session: Session, idx: int, limit: int) -> Sequence[tuple[Any, ...]]:
    """Index and hash of leaves from `idx` on, in order."""
    return rows(
        session,
        "SELECT idx, hash FROM leaves WHERE idx >= :i ORDER BY idx LIMIT :limit",
        i=idx,
        limit=limit,
    )


def without_event(session: Session) -> int | None:
    """The first leaf whose event is gone."""
    found = row(
        session,
        "SELECT l.idx FROM leaves l LEFT JOIN events e ON e.id = l.event_id WHERE e.id IS NULL"
        " ORDER BY l.idx LIMIT 1",
    )
    return None if found is None else int(found[0])


KEPT = "SELECT id, size, root, at, previous, hash, key, note FROM checkpoints"


def last_checkpoint(session: Session) -> Kept | None:
    """The newest checkpoint."""
    found = row(session, f"{KEPT} ORDER BY id DESC LIMIT 1")
    return Kept(*found) if found else None


@dataclass(frozen=True, slots=True)
class Sealed:
    """Instant and size of the last checkpoint of each day (None and 0 without one); the newest.

    `known`: whether there is one with the digest that was asked about. `waiting`: events without a
    leaf, and the instant of the oldest.
    """

    days: list[tuple[str | None, int]]
    head: tuple[str, int] | None
    known: bool
    waiting: tuple[int, str]


def sealed(session: Session, days: Sequence[tuple[str, str]], digest: str) -> Sealed:
    """What the checkpoints say of these spans of instants, root and size of the newest."""
    values = {f"s{n}": day[0] for n, day in enumerate(days)} | {"digest": digest}
    values |= {f"u{n}": day[1] for n, day in enumerate(days)}
    wanted = [f"at >= :s{n} AND at < :u{n} ORDER BY at DESC" for n in range(len(days))]
    wanted += ["1 = 1 ORDER BY id DESC", "hash = :digest ORDER BY id"]
    parts = [
        f"SELECT * FROM (SELECT {n}, at, size, root FROM checkpoints WHERE {one} LIMIT 1) d{n}"
        for n, one in enumerate(wanted)
    ]
    parts.append(f"SELECT -1, COALESCE(MIN(at), ''), count(*), '' FROM {_WAITING} w")
    found = {n: rest for n, *rest in rows(session, " UNION ALL ".join(parts), **values)}
    at_days = [(found[n][0], found[n][1]) if n in found else (None, 0) for n in range(len(days))]
    head = found.get(len(days))
    oldest, waiting, _ = found[-1]
    return Sealed(
        at_days,
        (head[2], head[1]) if head else None,
        len(days) + 1 in found,
        (int(waiting), oldest),
    )


def checkpoint_of(session: Session, digest: str) -> Kept | None:
    """The checkpoint with this digest."""
    found = row(session, f"{KEPT} WHERE hash = :digest ORDER BY id LIMIT 1", digest=digest)
    return Kept(*found) if found else None


def knows_key(session: Session, key: str) -> bool:
    """True when a checkpoint here was signed with this public key (hex)."""
    found = row(session, "SELECT 1 FROM checkpoints WHERE key = :key LIMIT 1", key=key)
    return found is not None


def checkpoints_after(session: Session, id_: int, limit: int) -> list[Kept]:
    """Checkpoints above `id_`, oldest first."""
    found = rows(session, f"{KEPT} WHERE id > :i ORDER BY id LIMIT :limit", i=id_, limit=limit)
    return [Kept(*values) for values in found]


def checkpoints(session: Session) -> Iterator[Kept]:
    """Every checkpoint, oldest first, page by page."""
    after = 0
    while found := checkpoints_after(session, after, 500):
        yield from found
        after = found[-1].id


def keep(session: Session, kept: Kept) -> None:
    """Append a checkpoint."""
    names = Kept.__slots__
    run(
        session,
        f"INSERT INTO checkpoints ({', '.join(names)})"
        f" VALUES ({', '.join(f':{n}' for n in names)})",
        **{name: getattr(kept, name) for name in names},
    )
