"""Marks on events that deserve a second look: sealed in the event, and beside it for the search."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlmodel import Session

from workflow.domain.acting import Actor, Moment
from workflow.domain.office_hours import out_of_hours
from workflow.services import judging
from workflow.storage import trail_marks
from workflow.storage.rows import SealedEvent

OFF_HOURS, SAME_PERSON, LARGE_EXPORT = "off_hours", "same_person", "large_export"
LARGE = 10_000
SEALED_SINCE = 3
"""The format of an event that tells its marks."""
_REVIEWS = frozenset({"sign_off", "waive"})


def found(
    tx: Session,
    subject_id: int,
    action: str,
    *,
    actor: Actor,
    moment: Moment,
    fields: Mapping[str, Any],
) -> tuple[str, ...]:
    """The marks an event about to be sealed deserves: its body tells them."""
    marks = []
    if _by_person(actor) and out_of_hours(judging.calendar_in_use(tx), moment.today, moment.clock):
        marks.append(OFF_HOURS)
    if action in _REVIEWS and trail_marks.prepared_by(tx, subject_id, actor.id):
        marks.append(SAME_PERSON)
    if action == "export" and _lines(fields) >= LARGE:
        marks.append(LARGE_EXPORT)
    return tuple(marks)


def keep(tx: Session, event: SealedEvent) -> None:
    """Put the marks of the event just stored where the search looks for them."""
    trail_marks.put(tx, event.chain, event.subject_id, event.seq, event.marks)


def first_fault(session: Session) -> tuple[str, str] | None:
    """The first event whose mark rows are not those it was sealed with: its name, and why.

    Before format 3 nothing was sealed to hold marks against: there each must belong to an event.
    """
    for event_id, pairs in groupby(trail_marks.pairs(session), key=itemgetter(0)):
        rows = [pair[1:] for pair in pairs]
        body, at = next(((body, at) for body, at, _, _ in rows if body is not None), (None, ""))
        if body is None:
            return f"event:{event_id}", "marked"
        told = json.loads(body)
        there = {mark for _, _, mark, _ in rows if mark is not None}
        right = all(marked_at in {None, at} for _, _, _, marked_at in rows)
        if not right or (told["v"] >= SEALED_SINCE and there != set(told.get("marks", ()))):
            return str(told["event_id"]), "marked"
    return None


def _by_person(actor: Actor) -> bool:
    """Clock and system keep no hours; people have accounts, and accounts have numbers."""
    return actor.id.isdecimal()


def _lines(fields: Mapping[str, Any]) -> int:
    """How many lines an export says it gave out."""
    told = [(fields.get("given") or {}).get("lines")]
    told += [c["new"] for c in fields.get("changes") or () if c["field"] == "lines"]
    return max(int(lines or 0) for lines in told)
