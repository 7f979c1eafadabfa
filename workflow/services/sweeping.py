"""A fast look over the whole trail: all is well, or it is for the slow walk to say what is not."""

from __future__ import annotations

import hashlib
import multiprocessing
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import NamedTuple

from workflow.domain.audit import GENESIS, PREFIX
from workflow.services.database import Database
from workflow.storage import sweep

MINE, THEIRS = (0,), (1, 2, 3)
"""Who starts the other process checks the tree, too, meanwhile."""
_MOST_KNOWN = 4096
Pieces = tuple[bytes, bytes, bytes, bytes, bytes, bytes]
End = tuple[bytes, bytes, bytes, int, bytes]
_NOBODY: End = b"", b"", b"", 0, b""


class Sound(NamedTuple):
    """How many chains and events were found sound."""

    chains: int
    events: int


def sweep_all(database: Database) -> Sound | None:
    """The sweep by itself, half and half."""
    theirs = started(database, (2, 3))
    return together(swept(database, (0, 1)), theirs())


def started(database: Database, parts: sweep.Parts = THEIRS) -> Callable[[], Sound | None]:
    """Sweep these parts of the chains in a process of its own, for a second core; what it found.

    Where a process cannot be split it is done when it is asked for.
    """
    if "fork" not in multiprocessing.get_all_start_methods():
        return lambda: swept(database, parts)
    context = multiprocessing.get_context("fork")
    mine, theirs = context.Pipe(duplex=False)
    beside = context.Process(target=_answer, args=(database, parts, theirs))
    beside.start()
    theirs.close()

    def answer() -> Sound | None:
        try:
            found: Sound | None = mine.recv()
        except EOFError:
            found = None
        mine.close()
        beside.join()
        return found

    return answer


def together(one: Sound | None, other: Sound | None) -> Sound | None:
    """Both shares."""
    if one is None or other is None:
        return None
    return Sound(*(a + b for a, b in zip(one, other, strict=True)))


def _answer(database: Database, parts: sweep.Parts, told: Connection) -> None:
    told.send(swept(database, parts))


def swept(database: Database, parts: sweep.Parts) -> Sound | None:
    """Every link, end, leaf and column of these parts, each body read once; None when one is wrong.

    The inner loop is written out: a call per event would cost as much as its hash.
    """
    sha256, genesis, chains, events = hashlib.sha256, GENESIS.encode(), 0, 0
    last, link, then, known = 0, b"", b"", dict[bytes, Pieces]()
    with database.reading() as beside, database.reading() as session:
        ends, end = sweep.ends(beside, parts), _NOBODY
        for batch in sweep.told(session, parts):
            for seq, prev, hash_, at, leaf, body, said in batch:
                if seq == 1:
                    if (last, link) != end[3:]:
                        return None
                    end = _claimed(next(ends, None))
                    chains, link, last, then = chains + 1, genesis, 0, b""
                begin, role, client, source, target, chain = known.get(said) or _pieces(said, known)
                if not (
                    seq == last + 1
                    and prev == link
                    and at >= then
                    and chain == end[0]
                    and sha256(PREFIX + link + body).hexdigest().encode() == hash_
                    and body.startswith(begin)
                    and (place := body.find(role + at + b'","')) > 0
                    and (place := body.find(end[1], place)) > 0
                    and (place := body.find(client, place)) > 0
                    and (place := body.find(source, place)) > 0
                    and (place := body.find(end[2], place)) > 0
                    and body.find(target, place) > 0
                ):
                    return None
                if leaf is not None and sha256(b"\0" + body + hash_).hexdigest().encode() != leaf:
                    return None
                link, last, then = hash_, seq, at
            events += len(batch)
        whole = (last, link) == end[3:] and next(ends, None) is None
        return Sound(chains, events) if whole else None


def _claimed(told: tuple[str, str, int, str] | None) -> End:
    """What a subject claims: its chain, the parts of a text that say whose it is, number, head."""
    if told is None:
        return _NOBODY
    chain, name, version, head = told
    case = f'"{name}"' if chain == "case" else "null"
    own = f',"case_id":{case},"chain":"{chain}","', f',"subject":"{name}","'
    return chain.encode(), own[0].encode(), own[1].encode(), version, head.encode()


def _pieces(said: bytes, known: dict[bytes, Pieces]) -> Pieces:
    """Parts of a canonical text that say what the columns say, in its order: keys are sorted."""
    if len(known) > _MOST_KNOWN:
        known.clear()
    action, actor, role, company, source, target, chain = said.split(b"\n", 6)
    moved = chain == b"case"
    known[said] = (
        b'{"action":"%b","actor":"%b","actor_kind":"' % (action, actor),
        b'"actor_role":"%b","alg":"sha-256","at":"' % role,
        b',"company_id":%b,"' % company,
        b',"from":%b,"g' % (b'"%b"' % source if source else b"null") if moved else b"",
        b',"to":%b,"today":"' % (b'"%b"' % target if target else b"null") if moved else b"",
        chain,
    )
    return known[said]
