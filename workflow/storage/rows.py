"""The rows the pen works on, as plain values: no ORM object in the hot path."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from workflow.domain.facts import Act
from workflow.storage.columns import as_day


@dataclass(slots=True)
class CaseRow:
    """One case as read under its lock. Services change a copy; `cases.enter` writes it."""

    id: int
    company_id: int
    license_id: int | None
    number: str
    procedure: str
    state: str
    version: int
    head: str
    kinds: list[str]
    items: dict[str, list[str]]
    coverage: list[str]
    facts: dict[str, Any]
    acts: list[Any]
    pack: dict[str, Any]
    authority: str
    opened_on: date
    filed_on: date | None
    handler_id: str
    reviewer_id: str | None
    turn: str = "us"
    turn_since: date | None = None
    next_due: date | None = None
    next_clock: str | None = None
    blockers: int = 0
    first_blocker: str | None = None
    updated_at: str = ""
    next_look: date | None = None
    calendar: str = ""

    @property
    def folded(self) -> tuple[Act, ...]:
        """The dated acts of the case, in order."""
        return folded(self.acts)


def folded(acts: list[Any]) -> tuple[Act, ...]:
    """Stored acts as domain values."""
    return tuple(Act(seq, do, date.fromisoformat(on), given) for seq, do, on, given in acts)


CASE_COLUMNS = (
    "id, company_id, license_id, number, procedure, state, version, head, kinds, items, coverage,"
    " facts, acts, pack, authority, opened_on, filed_on, handler_id, reviewer_id, turn,"
    " turn_since, next_due, next_clock, blockers, first_blocker, updated_at, next_look,"
    " calendar"
)


def case_row(values: tuple[Any, ...]) -> CaseRow:
    """A case from the columns of `CASE_COLUMNS`."""
    head, texts, tail = values[:8], values[8:14], values[14:]
    kinds, items, coverage, facts, acts, pack = (json.loads(text) for text in texts)
    return CaseRow(
        *[
            *head,
            kinds,
            items,
            coverage,
            facts,
            acts,
            pack,
            tail[0],
            as_day(tail[1]),
            as_day(tail[2]),
            tail[3],
            tail[4],
            tail[5],
            as_day(tail[6]),
            as_day(tail[7]),
            *tail[8:12],
            as_day(tail[12]),
            tail[13],
        ]
    )


@dataclass(frozen=True, slots=True)
class SealedEvent:
    """An event ready to be stored: the canonical body, its place in one chain, and its marks."""

    chain: str
    subject_id: int
    seq: int
    company_id: int | None
    case_id: int | None
    at: str
    actor: str
    role: str
    action: str
    source: str | None
    target: str | None
    prev: str
    hash: str
    body: str
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ToSend:
    """One outbox row that goes with an event; none when nobody is to be told."""

    recipients: tuple[str, ...] = ()
    kind: str = field(default="notify")


def compact(value: Any) -> str:  # noqa: ANN401 - any JSON
    """JSON as stored: no spaces, keys sorted, Chinese readable."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
