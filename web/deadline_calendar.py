"""The deadline calendar: a month, a week or a list, own deadlines or all in scope."""

from __future__ import annotations

import calendar as months
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, render_template, request

from web.access import current_actor, needs
from web.bookmarks import carries
from web.i18n import language
from web.links import list_link
from web.ports import desk, now
from web.wording import weekday
from workflow.domain.procedure import Role
from workflow.services import deadline_calendar
from workflow.services.deadline_calendar import Days, Entry

pages = Blueprint("deadline_calendar", __name__)
READERS = (Role.HANDLER, Role.REVIEWER, Role.MANAGER, Role.AUDITOR)
VIEWS = ("month", "week", "list")
LISTED = 31
"""Days of a list."""
SHOWN = 4
"""Entries in one cell of a month; the rest is a link to the day's week."""
_EARLIEST, _LATEST = date(2010, 1, 1), date(2099, 12, 31)
_ENDPOINT = "deadline_calendar.show"


@dataclass(frozen=True, slots=True)
class Cell:
    """One day: what is due, whether one works, whether it lies in the month that is shown."""

    day: date
    entries: list[Entry]
    why: str
    inside: bool


@dataclass(frozen=True, slots=True)
class Span:
    """The days on the page, what they are called, and the days to go on to."""

    first: date
    last: date
    before: date
    after: date


@pages.get("/calendar")
@needs(*READERS)
@carries({"view": VIEWS, "m": lambda typed: _day(typed) is not None, "who": ("all", "me")})
def show() -> str:
    """The days this address names; a month alone is today, where today lies in it."""
    view = request.args.get("view") or VIEWS[0]
    actor, today = current_actor(), now().today
    day = _day(request.args.get("m", "")) or today
    day = today if (day.day, request.args.get("m")) == (1, f"{today:%Y-%m}") else day
    own = actor.role in (Role.HANDLER, Role.REVIEWER)
    mine = own and request.args.get("who") != "all"
    span = _span(view, day)
    with desk().database.reading() as session:
        found = deadline_calendar.between(session, actor, span.first, span.last, mine=mine)
    cells = _cells(found, span, day, view)

    def address(**changes: Any) -> str:  # noqa: ANN401 - words of the address
        chosen = {"view": view, "m": day.isoformat(), "who": None if mine or not own else "all"}
        return list_link(_ENDPOINT, chosen | changes)

    return render_template(
        "deadlines/show.html",
        view=view,
        day=day,
        span=span,
        weeks=[cells[n : n + 7] for n in range(0, len(cells), 7)],
        listed=[cell for cell in cells if cell.entries],
        found=found,
        shown=SHOWN,
        mine=mine,
        own=own,
        address=address,
        month_name=_month(day),
        weekday=weekday,
        headings=[weekday(date(2026, 3, 2) + timedelta(n)) for n in range(7)],
        estimated=found.calendar.estimated(span.first, span.last),
    )


def _day(typed: str) -> date | None:
    """`2026-03` or `2026-03-18`; None for no day of the calendar."""
    try:
        day = date.fromisoformat(typed if len(typed) > len("2026-03") else f"{typed}-01")
    except ValueError:
        return None
    return day if _EARLIEST <= day <= _LATEST else None


def _span(view: str, day: date) -> Span:
    """Whole weeks of the month, the week, or the days that follow."""
    if view == "week":
        first = day - timedelta(day.weekday())
        return Span(first, first + timedelta(6), first - timedelta(7), first + timedelta(7))
    if view == "list":
        ahead = timedelta(LISTED)
        return Span(day, day + ahead - timedelta(1), day - ahead, day + ahead)
    first = day.replace(day=1)
    last = day.replace(day=months.monthrange(day.year, day.month)[1])
    before, after = (first - timedelta(1)).replace(day=1), last + timedelta(1)
    return Span(
        first - timedelta(first.weekday()), last + timedelta(6 - last.weekday()), before, after
    )


def _cells(found: Days, span: Span, day: date, view: str) -> list[Cell]:
    days = [span.first + timedelta(n) for n in range((span.last - span.first).days + 1)]
    return [
        Cell(
            one,
            found.entries.get(one, []),
            found.calendar.why(one),
            view != "month" or (one.year, one.month) == (day.year, day.month),
        )
        for one in days
    ]


def _month(day: date) -> str:
    """`2026 年 3 月`, `March 2026`."""
    return f"{day:%B %Y}" if language() == "en" else f"{day.year} 年 {day.month} 月"
