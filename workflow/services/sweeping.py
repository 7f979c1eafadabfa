"""A fast look over the whole trail: all is well, or it is for the slow walk to say what is not."""

from __future__ import annotations

import hashlib
import multiprocessing
from multiprocessing.connection import Connection
from typing import NamedTuple

from sqlmodel import Session

from workflow.domain.audit import GENESIS, PREFIX
from workflow.services.chain_walk import Walked
from workflow.services.database import Database
from workflow.storage import sweep
from workflow.storage.chains import CHAINS, START


class Sound(NamedTuple):
    """How many chains and events were found sound, and how many of these have a leaf."""

    chains: int
    events: int
    leaves: int


def sweep_all(database: Database) -> Sound | None:
    """Every link, end and leaf, each body read once; None as soon as one is not as it should be.

    Half of the chains are left to a process of their own, so that two cores are used; where a
    process cannot be split, one after the other.
    """
    if "fork" not in multiprocessing.get_all_start_methods():
        return _together(database, _part(database, 0), _part(database, 1))
    context = multiprocessing.get_context("fork")
    mine, theirs = context.Pipe(duplex=False)
    beside = context.Process(target=_answer, args=(database, theirs))
    beside.start()
    theirs.close()
    try:
        return _together(database, _part(database, 0), mine.recv())
    except EOFError:
        return None
    finally:
        mine.close()
        beside.join()


def _together(database: Database, one: Sound | None, other: Sound | None) -> Sound | None:
    """Both halves, unless a leaf has no event."""
    if one is None or other is None:
        return None
    both = Sound(*(a + b for a, b in zip(one, other, strict=True)))
    with database.reading() as session:
        sweep.take_time(session)
        return both if sweep.leaves(session) == both.leaves else None


def walked(session: Session, sound: Sound | None, sealed: int) -> Walked | None:
    """A sound trail as the slow walk would leave it, or None when that one has something to say."""
    if sound is None:
        return None
    sweep.take_time(session)
    if sweep.false_copy(session) or sweep.clock_back(session):
        return None
    unsealed = sweep.unsealed(session, sealed)
    return Walked(len(CHAINS), START[0], sound.chains, sound.events, unsealed)


def _answer(database: Database, told: Connection) -> None:
    told.send(_part(database, 1))


def _part(database: Database, part: int) -> Sound | None:
    """The inner loop is written out: a call per event would cost as much as its hash."""
    sha256, genesis, chains, events, waiting = hashlib.sha256, GENESIS.encode(), 0, 0, 0
    last, link = 0, b""
    with database.reading() as session:
        ends = iter(list(sweep.ends(session, part)))
        for batch in sweep.told(session, part):
            for seq, hash_, leaf, body in batch:
                if seq == 1:
                    if last and next(ends, None) != (last, link.decode()):
                        return None
                    chains, link, last = chains + 1, genesis, 0
                if seq != last + 1 or sha256(PREFIX + link + body).hexdigest().encode() != hash_:
                    return None
                if leaf is None:
                    waiting += 1
                elif sha256(b"\0" + body + hash_).hexdigest().encode() != leaf:
                    return None
                link, last = hash_, seq
            events += len(batch)
        if last and next(ends, None) != (last, link.decode()):
            return None
        return None if next(ends, None) else Sound(chains, events, events - waiting)
