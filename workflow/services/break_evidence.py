"""Evidence of a break: what was found, and the rows in question with what they should give."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlmodel import Session

from workflow.domain.acting import Actor, Moment
from workflow.domain.audit import seal
from workflow.domain.tree import leaf_hash
from workflow.law import catalogue
from workflow.services import publishing
from workflow.services.trail import Check
from workflow.storage import broken, triggers
from workflow.storage.broken import Row


def lines(
    session: Session, check: Check, published: Path, *, reader: Actor, moment: Moment
) -> list[bytes]:
    """One JSON text a line: what was found, then the rows, then a digest over the lines before.

    Bodies hold commitments only, so nothing here is anybody's personal value.
    """
    verdict = check.verdict
    why = catalogue.label_of("break", verdict.why)
    told = {
        "place": verdict.place, "why": verdict.why, "zh": why.zh, "en": why.en,
        "checked_at": check.at, "last_intact_at": check.good_at, "events_read": verdict.events,
        "sealed": verdict.sealed, "unsealed": verdict.unsealed,
        "made_at": moment.stamp, "made_by": reader.id,
    }  # fmt: skip
    found = [_line({"found": told})]
    found += [_line(row) for row in _rows(session, verdict.place, published)]
    digest = hashlib.sha256(b"".join(found)).hexdigest()
    return [*found, _line({"sha256_of_the_lines_above": digest})]


def _rows(session: Session, place: str, published: Path) -> Iterator[dict[str, Any]]:
    chain, _, rest = place.partition(":")
    if chain == "leaf":
        yield from _all("leaf", broken.leaves_around(session, _number(rest)))
    elif chain == "value":
        yield from _all("value", broken.values_like(session, rest))
    elif chain == "trigger":
        yield {"triggers_at_fault": sorted(triggers.faults(session))}
    else:
        for subject, events in _around(session, place):
            yield {"subject": subject}
            yield from _all("event", events)
    number = _number(rest) if chain == "checkpoint" else None
    yield from _all("checkpoint", broken.checkpoints_around(session, number))
    yield {"published": _published(published)}


def _around(session: Session, place: str) -> Iterator[tuple[Row, list[Row]]]:
    """The subject of a broken place of a chain, and the events about it as they should be."""
    chain, _, rest = place.partition(":")
    name, _, seq = rest.rpartition(":")
    for subject in broken.subject(session, chain, name) if name else ():
        events = broken.events_around(session, chain, subject["subject_id"], _number(seq))
        yield {"chain": chain, "name": name, **subject}, [_recomputed(event) for event in events]


def _recomputed(event: Row) -> Row:
    """The stored row beside the hash its content gives now, and the leaf that this gives."""
    leaf = leaf_hash(event["body"].encode(), event["hash"])
    given = seal(event["prev"], event["body"])
    return {**event, "hash_recomputed": given, "leaf_hash_recomputed": leaf.hex()}


def neighbors(session: Session, place: str) -> list[tuple[Row, bool]]:
    """The events about a broken place of a chain, and whether each gives its own hash."""
    chain, _, rest = place.partition(":")
    name, _, seq = rest.rpartition(":")
    found = map(_recomputed, broken.events_named(session, chain, name, _number(seq)))
    return [(event, event["hash_recomputed"] == event["hash"]) for event in found]


def _published(path: Path) -> str:
    """The newest checkpoint outside the database, as it was signed."""
    try:
        note = publishing.last_note(path)
    except (OSError, publishing.NotesDamaged) as error:
        return f"unreadable: {error}"
    return note.text if note else ""


def _all(name: str, found: list[Row]) -> Iterator[dict[str, Any]]:
    yield from ({name: row} for row in found)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else -1


def _line(told: dict[str, Any]) -> bytes:
    """Exactly as stored: nothing is brought into another form of Unicode."""
    return (json.dumps(told, sort_keys=True, default=str) + "\n").encode()
