"""One pass over every chain: links, heads, copies, leaves; page by page, in constant memory."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlmodel import Session

from workflow.domain.audit import GENESIS, seal_bytes
from workflow.domain.tree import leaf_hash
from workflow.storage import chains
from workflow.storage.chains import CHAINS, Line

PAGE = 1000
SET_BACK = timedelta(seconds=60)
"""An event this much earlier than the one before: the clock was set back. Requests that wait for
a lock may pass each other by seconds."""
MOST_NOTICES = 20
Copies = tuple[int | None, str, str, str, str | None, str | None]
"""Client, actor, role, action, source and target as the columns have them."""


@dataclass(slots=True)
class Walked:
    """How far the walk has come: all of it is kept when the walk is interrupted.

    `chain` and `subject` name the last chain that was walked whole.
    """

    chain: int = 0
    subject: int = chains.START[0]
    chains: int = 0
    events: int = 0
    unsealed: int = 0
    notices: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Chain:
    """The chain being walked: whose it is, and what came last.

    `own` are the parts of a canonical text that say so.
    """

    name: str
    subject: int
    own: tuple[bytes, bytes]
    head: str = ""
    version: int = 0
    seq: int = 0
    prev: str = GENESIS
    at: str = ""
    unsealed: int = 0
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
        walked.chain, walked.subject = walked.chain + 1, chains.START[0]


def _walk_kind(
    session: Session, chain: str, walked: Walked, sealed: int
) -> Iterator[tuple[str, str] | None]:
    after, now = (walked.subject + 1, chains.START[1]), None
    while page := chains.page(session, chain, after, PAGE):
        for values in page:
            if now is None or now.subject != values[0]:
                if now is not None and (why := _ended(now, walked)):
                    yield why
                now = _Chain(f"{chain}:{values[1]}", values[0], _owned(chain, values[1]))
            if values[4] is not None and (wrong := _step(now, values, sealed)):
                yield f"{now.name}:{now.seq}", _told_apart(session, chain, now, wrong)
            now.head, now.version = values[2], values[3]
        subject, seq = page[-1][0], page[-1][4]
        after = (subject + 1, chains.START[1]) if seq is None else (subject, seq)
        if len(page) < PAGE:
            break
        yield None
    if now is not None and (why := _ended(now, walked)):
        yield why


def _step(now: _Chain, values: tuple[Any, ...], sealed: int) -> str:
    """Take one event; why it does not hold, or nothing. Every microsecond here counts a million."""
    (_, _, _, version, seq, prev, hash_, body, case, company, at, actor, role, action, source,
     target, idx, leaf) = values  # fmt: skip
    body = body if isinstance(body, bytes) else body.encode()
    now.seq += 1
    if not (
        seq == now.seq <= version
        and prev == now.prev
        and seal_bytes(prev, body) == hash_
        and (leaf is None or leaf_hash(body, hash_).hex() == leaf)
        and _belongs(now, body, case)
        and _copies_agree(body, at, (company, actor, role, action, source, target))
    ):
        return _why(now, Line(*values)._replace(body=body))
    if idx is None or idx >= sealed:
        now.unsealed += 1
    if at < now.at and _apart(at, now.at) > SET_BACK:
        now.seen.append(("clock_back", f"{now.name}:{seq}"))
    now.prev, now.at = hash_, at
    return ""


def _why(now: _Chain, line: Line) -> str:
    if line.seq != now.seq:
        return "missing"
    if line.prev != now.prev:
        return "unlinked"
    if seal_bytes(now.prev, line.body) != line.hash:
        return "altered"
    if now.seq > line.version:
        return "head"
    sealed = line.leaf is None or leaf_hash(line.body, line.hash).hex() == line.leaf
    if not sealed:
        return "rewritten"
    return "altered" if _belongs(now, line.body, line.case_id) else "misplaced"


def _told_apart(session: Session, chain: str, now: _Chain, why: str) -> str:
    """A broken link by what became of the event that belongs here: put elsewhere, or here twice."""
    if why not in {"missing", "unlinked", "altered"}:
        return why
    numbers, at = chains.own_numbers(session, chain, now.subject), now.seq - 1
    own = numbers[at] if at < len(numbers) else None
    if own in numbers[:at]:
        return "duplicated"
    return "reordered" if own != now.seq and now.seq in numbers[at:] else why


def _ended(now: _Chain, walked: Walked) -> tuple[str, str] | None:
    """The chain is through: does it end where its subject says? A case has its opening at least."""
    if now.seq < now.version or (not now.seq and now.name.startswith("case:")):
        return f"{now.name}:{now.seq + 1}", "cut" if now.seq else "missing"
    if (now.head or GENESIS) != now.prev:
        return f"{now.name}:{now.seq + 1}", "head"
    walked.subject = now.subject
    walked.chains += 1
    walked.events += now.seq
    walked.unsealed += now.unsealed
    walked.notices = [*walked.notices, *now.seen][:MOST_NOTICES]
    return None


def _owned(chain: str, name: object) -> tuple[bytes, bytes]:
    """The parts of a canonical text that say whose chain it is a part of."""
    case = f'"{name}"' if chain == "case" else "null"
    return f',"case_id":{case},"chain":"{chain}","'.encode(), f',"subject":"{name}","'.encode()


def _belongs(now: _Chain, body: bytes, case_id: int | None) -> bool:
    """True when an event says itself that it is of this chain: a whole trail may be moved."""
    of_case = now.subject if now.name.startswith("case:") else None
    return case_id == of_case and now.own[0] in body and now.own[1] in body


def _copies_agree(body: bytes, at: str, copies: Copies) -> bool:
    """A column that says other than the sealed body was changed behind the trail's back.

    The canonical text has its keys in order, so that most bodies need not be parsed.
    """
    begin, role, company, source, target = _as_written(copies)
    if (
        body.startswith(begin)
        and role + at.encode() + b'","' in body
        and company in body
        and source in body
        and target in body
    ):
        return True
    told = json.loads(body)
    names = ("company_id", "actor", "actor_role", "action", "from", "to")
    return told.get("at") == at and copies == tuple(told.get(name) for name in names)


@lru_cache(maxsize=4096)
def _as_written(copies: Copies) -> tuple[bytes, bytes, bytes, bytes, bytes]:
    """The parts of a canonical text that say what the columns say."""
    company, actor, role, action, source, target = copies
    return (
        f'{{"action":"{action}","actor":"{actor}","actor_kind":"'.encode(),
        f'"actor_role":"{role}","alg":"sha-256","at":"'.encode(),
        f',"company_id":{"null" if company is None else company},"'.encode(),
        (f',"from":"{source}","g' if source else ',"from":null,"g').encode(),
        (f',"to":"{target}","today":"' if target else ',"to":null,"today":"').encode(),
    )


def _apart(early: str, late: str) -> timedelta:
    return datetime.fromisoformat(late) - datetime.fromisoformat(early)
