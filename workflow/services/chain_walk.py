"""One pass over every chain: links, heads, copies, leaves; page by page, in constant memory."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session

from workflow.domain.audit import GENESIS, seal
from workflow.domain.tree import leaf_hash
from workflow.storage import chains
from workflow.storage.chains import CHAINS, Line

PAGE = 1000
SET_BACK = timedelta(seconds=60)
"""An event this much earlier than the one before: the clock was set back. Requests that wait for
a lock may pass each other by seconds."""
MOST_NOTICES = 20


@dataclass(slots=True)
class Walked:
    """How far the walk has come: all of it is kept when the walk is interrupted.

    `chain` and `subject` name the last chain that was walked whole.
    """

    chain: int = 0
    subject: int = -1
    chains: int = 0
    events: int = 0
    unsealed: int = 0
    notices: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Chain:
    """The chain being walked: what came last."""

    name: str
    seq: int = 0
    prev: str = GENESIS
    at: str = ""
    unsealed: int = 0
    line: Line | None = None
    seen: list[tuple[str, str]] = field(default_factory=list)


def walk(session: Session, walked: Walked, sealed: int) -> Iterator[tuple[str, str] | None]:
    """Walk on from `walked`, which follows; yields None after each page, else place and why.

    `sealed` is how many leaves the last checkpoint covers.
    """
    while walked.chain < len(CHAINS):
        for found in _walk_kind(session, CHAINS[walked.chain], walked, sealed):
            yield found
            if found:
                return
        walked.chain, walked.subject = walked.chain + 1, -1


def _walk_kind(
    session: Session, chain: str, walked: Walked, sealed: int
) -> Iterator[tuple[str, str] | None]:
    after, now = (walked.subject + 1, chains.START[1]), None
    while page := chains.page(session, chain, after, PAGE):
        for line in page:
            if now is None or now.line is None or now.line.subject_id != line.subject_id:
                if now is not None and (why := _ended(now, walked)):
                    yield why
                now = _Chain(f"{chain}:{line.name}")
            if line.seq is not None and (wrong := _step(now, line, sealed)):
                yield f"{now.name}:{now.seq}", wrong
            now.line = line
        last = page[-1]
        after = (
            (last.subject_id + 1, chains.START[1])
            if last.seq is None
            else (last.subject_id, last.seq)
        )
        if len(page) < PAGE:
            break
        yield None
    if now is not None and (why := _ended(now, walked)):
        yield why


def _step(now: _Chain, line: Line, sealed: int) -> str:
    """Take one event; why it does not hold, or nothing."""
    now.seq += 1
    why = _broken(now, line)
    if why:
        return why
    now.unsealed += line.idx is None or line.idx >= sealed
    if line.at < now.at and _apart(line.at, now.at) > SET_BACK:
        now.seen.append(("clock_back", f"{now.name}:{now.seq}"))
    now.prev, now.at = line.hash, line.at
    return ""


def _broken(now: _Chain, line: Line) -> str:
    if line.seq != now.seq:
        return "missing"
    if line.prev != now.prev:
        return "unlinked"
    if seal(now.prev, line.body) != line.hash:
        return "altered"
    if now.seq > line.version:
        return "head"
    if line.leaf is not None and leaf_hash(line.body.encode(), line.hash).hex() != line.leaf:
        return "rewritten"
    return "" if _copies_agree(line) else "altered"


def _ended(now: _Chain, walked: Walked) -> tuple[str, str] | None:
    """The chain is through: does it end where its subject says?"""
    line = now.line
    if line is None:  # pragma: no cover - a chain is begun by its first line
        return None
    if now.seq < line.version:
        return f"{now.name}:{now.seq + 1}", "missing"
    if (line.head or GENESIS) != now.prev:
        return f"{now.name}:{now.seq + 1}", "head"
    walked.subject = line.subject_id
    walked.chains += 1
    walked.events += now.seq
    walked.unsealed += now.unsealed
    walked.notices = [*walked.notices, *now.seen][:MOST_NOTICES]
    return None


def _copies_agree(line: Line) -> bool:
    """A column that says other than the sealed body was changed behind the trail's back.

    The canonical text has its keys in order, so that most bodies need not be parsed.
    """
    body, source, target = line.body, line.source, line.target
    if (
        body.startswith(f'{{"action":"{line.action}","actor":"{line.actor}","actor_kind":"')
        and f'"actor_role":"{line.role}","alg":"sha-256","at":"{line.at}","' in body
        and f',"company_id":{"null" if line.company_id is None else line.company_id},"' in body
        and (f',"from":"{source}","g' if source else ',"from":null,"g') in body
        and (f',"to":"{target}","today":"' if target else ',"to":null,"today":"') in body
    ):
        return True
    told = json.loads(body)
    copies = (line.company_id, line.at, line.actor, line.role, line.action, source, target)
    return copies == tuple(
        told.get(name)
        for name in ("company_id", "at", "actor", "actor_role", "action", "from", "to")
    )


def _apart(early: str, late: str) -> timedelta:
    return datetime.fromisoformat(late) - datetime.fromisoformat(early)
