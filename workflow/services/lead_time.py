"""How long a renewal takes us, from our own cases, and the latest safe day to start one."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlmodel import Session

from workflow.domain.acting import Actor
from workflow.law.ladders import RENEWAL_LEAD
from workflow.services.desk import case_scope
from workflow.storage import radar

ENOUGH = 10
"""Filed renewals from which on our own figures count."""
NEWEST = 200
PREPARING, CORRECTING = 45, 15
"""Calendar days taken for granted until there are enough: our own decision, not a rule."""
MONTHS = 12


@dataclass(frozen=True, slots=True)
class LeadTime:
    """Median calendar days from opening to filing and in correction; `cases` were counted.

    `own` False: too few cases, the days are assumed.
    """

    preparing: int
    correcting: int
    cases: int
    own: bool

    @property
    def days(self) -> int:
        """Calendar days to start ahead of the latest filing day."""
        return self.preparing + self.correcting

    def safe_start(self, latest: date) -> date:
        """The latest day to start that leaves our usual time before the latest filing day."""
        return latest - timedelta(self.days)


def lead_time(session: Session, actor: Actor) -> LeadTime:
    """Medians of the renewals filed last inside the scope; assumed days while there are few."""
    found = radar.durations(session, case_scope(actor), NEWEST)
    if len(found) < ENOUGH:
        return LeadTime(PREPARING, CORRECTING, len(found), own=False)
    preparing = statistics.median((filed - opened).days for opened, filed, _ in found)
    correcting = statistics.median(_in_correction(acts) for _, _, acts in found)
    return LeadTime(round(preparing), round(correcting), len(found), own=True)


def _in_correction(acts: Iterable[Any]) -> int:
    """Days between a notice and the full correction, all rounds together."""
    total, since = 0, None
    for _, do, on, _ in acts:
        if do == "request_correction":
            since = date.fromisoformat(on)
        elif do == "resubmit" and since:
            total, since = total + (date.fromisoformat(on) - since).days, None
    return total


@dataclass(frozen=True, slots=True)
class Load:
    """Renewals to start, by person in charge (empty: nobody) and month (its first day)."""

    months: tuple[date, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]

    @property
    def peak(self) -> int:
        """The most that fall to one person in one month."""
        return max((n for _, counts in self.rows for n in counts), default=0)


def load(session: Session, actor: Actor, today: date, lead: LeadTime) -> Load:
    """Which renewals must be started when, at the latest, for a year; what is late counts now."""
    months = tuple(_months(today))
    ahead = RENEWAL_LEAD + lead.days
    last = _next(months[-1]) - timedelta(1)
    counted: Counter[tuple[str, date]] = Counter()
    for handler, valid_to, number in radar.unstarted_by_handler(
        session, case_scope(actor), date.min, last + timedelta(ahead)
    ):
        start = max(valid_to - timedelta(ahead), months[0])
        counted[handler, start.replace(day=1)] += number
    people = sorted({handler for handler, _ in counted}, key=lambda h: (h == "", h))
    return Load(
        months, tuple((who, tuple(counted[who, month] for month in months)) for who in people)
    )


def ends_in(month: date, lead: LeadTime, *, first: bool) -> tuple[date | None, date]:
    """Last days of the licenses to be started in a month; with `first` all that are late too."""
    ahead = timedelta(RENEWAL_LEAD + lead.days)
    return None if first else month + ahead, _next(month) - timedelta(1) + ahead


def _months(today: date) -> Iterable[date]:
    month = today.replace(day=1)
    for _ in range(MONTHS):
        yield month
        month = _next(month)


def _next(month: date) -> date:
    return (month + timedelta(31)).replace(day=1)
