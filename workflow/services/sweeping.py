"""A fast look over the whole trail: all is well, or it is for the slow walk to say what is not."""

from __future__ import annotations

import hashlib
import multiprocessing
from collections.abc import Callable
from typing import NamedTuple

from sqlmodel import Session

from workflow.domain.audit import GENESIS, PREFIX
from workflow.services.chain_walk import Walked
from workflow.services.database import Database
from workflow.storage import sweep
from workflow.storage.chains import CHAINS


class Sound(NamedTuple):
    """How many chains and events were found sound."""

    chains: int
    events: int


def sweep_all(database: Database) -> Sound | None:
    """Every link, end and leaf; None as soon as one is not as it should be.

    The leaves are hashed by a process of their own, so that two cores are used; where a process
    cannot be split, one after the other.
    """
    if "fork" not in multiprocessing.get_all_start_methods():
        return _links(database) if _leaves(database) else None
    context = multiprocessing.get_context("fork")
    mine, theirs = context.Pipe(duplex=False)
    beside = context.Process(target=_answer, args=(_leaves, database, theirs))
    beside.start()
    theirs.close()
    try:
        found = _links(database)
        return found if mine.recv() else None
    except EOFError:
        return None
    finally:
        mine.close()
        beside.join()


def walked(session: Session, sound: Sound | None, sealed: int) -> Walked | None:
    """A sound trail as the slow walk would leave it, or None when that one has something to say."""
    if sound is None:
        return None
    sweep.take_time(session)
    if sweep.false_copy(session) or sweep.clock_back(session):
        return None
    unsealed = sweep.counts(session, sealed)[1]
    return Walked(len(CHAINS), -1, sound.chains, sound.events, unsealed)


def _answer(ask: Callable[[Database], bool], database: Database, told: object) -> None:
    told.send(ask(database))  # type: ignore[attr-defined]


def _links(database: Database) -> Sound | None:
    """The inner loop is written out: a call per event would cost as much as its hash."""
    sha256, genesis, chains, events, last, link = hashlib.sha256, GENESIS.encode(), 0, 0, 0, b""
    with database.reading() as session:
        ends = iter(list(sweep.ends(session)))
        for batch in sweep.links(session):
            for seq, hash_, body in batch:
                if seq == 1:
                    if last and next(ends, None) != (last, link.decode()):
                        return None
                    chains, link, last = chains + 1, genesis, 0
                if seq != last + 1 or sha256(PREFIX + link + body).hexdigest().encode() != hash_:
                    return None
                link, last = hash_, seq
            events += len(batch)
        if last and next(ends, None) != (last, link.decode()):
            return None
        return None if next(ends, None) else Sound(chains, events)


def _leaves(database: Database) -> bool:
    sha256, count = hashlib.sha256, 0
    with database.reading() as session:
        for batch in sweep.leaves(session):
            for leaf, hash_, body in batch:
                if sha256(b"\0" + body + hash_).hexdigest().encode() != leaf:
                    return False
            count += len(batch)
        return count == sweep.counts(session, 0)[0]
