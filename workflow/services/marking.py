"""Marks on events that deserve a second look, written beside the trail in the same transaction."""

from __future__ import annotations

import json

from sqlmodel import Session

from workflow.domain.acting import Moment
from workflow.domain.office_hours import out_of_hours
from workflow.services import judging
from workflow.storage import trail_marks
from workflow.storage.rows import SealedEvent

OFF_HOURS, SAME_PERSON, LARGE_EXPORT = "off_hours", "same_person", "large_export"
LARGE = 10_000
_REVIEWS = frozenset({"sign_off", "waive"})


def mark(tx: Session, event: SealedEvent, moment: Moment) -> None:
    """Mark the event just stored, if there is a reason to."""
    found = []
    if _by_person(event) and out_of_hours(judging.calendar_in_use(tx), moment.today, moment.clock):
        found.append(OFF_HOURS)
    if event.action in _REVIEWS and trail_marks.prepared_by(tx, event.subject_id, event.actor):
        found.append(SAME_PERSON)
    if event.action == "export" and _lines(event) >= LARGE:
        found.append(LARGE_EXPORT)
    if found:
        trail_marks.put(tx, event.chain, event.subject_id, event.seq, found)


def _by_person(event: SealedEvent) -> bool:
    """Clock and system keep no hours; people have accounts, and accounts have numbers."""
    return event.actor.isdecimal()


def _lines(event: SealedEvent) -> int:
    """How many lines an export says it gave out."""
    body = json.loads(event.body)
    told = [(body.get("given") or {}).get("lines")]
    told += [c["new"] for c in body.get("changes") or () if c["field"] == "lines"]
    return max(int(lines or 0) for lines in told)
