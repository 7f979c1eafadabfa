"""The cases behind a number of the dashboard, live: what an address asks for, page by page."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session

from workflow.domain.acting import Moment
from workflow.law import catalogue
from workflow.services.board import View
from workflow.services.board_figures import GROWN, STANDINGS, YOUNG, traffic
from workflow.services.desk import Entry, last_day_of_week, read_entry
from workflow.storage import board_cases
from workflow.storage.board_cases import NEVER, Behind

__all__ = ["Behind", "Found"]
PAGE = 50
PARTS = ("late", "ours", "waiting")
MOVES = ("opened", "closed", "decided", "first")
AGES = {str(YOUNG): YOUNG, str(GROWN): GROWN}
PASSED = ("in", "out")
"""What a standing saw this week: cases that came to it, cases that went from it."""


@dataclass(frozen=True, slots=True)
class Found:
    """One page of cases, how many there are now, and the key of the next page."""

    entries: tuple[Entry, ...]
    total: int
    following: str | None


def offered() -> Mapping[str, Collection[str]]:
    """What an address may ask for by name, beside the days `since` and `until`."""
    return {
        "standing": STANDINGS,
        "part": PARTS,
        "kind": {*catalogue.labels("kind"), "none"},
        "authority": catalogue.labels("authority"),
        "moved": MOVES,
        "passed": PASSED,
        "about": {*catalogue.labels("material"), "other"},
        "older": AGES,
        "younger": AGES,
        "overdue": ("1",),
        "week": ("1",),
    }


def read(asked: Mapping[str, str]) -> Behind:
    """What an address asks for; anything it says that is not known is left out."""
    may = offered()

    def known(name: str) -> str:
        value = asked.get(name, "")
        return value if value in may[name] else ""

    since, until = _day(asked.get("since")), _day(asked.get("until"))
    spans = since is not None and until is not None
    return Behind(
        standing=known("standing"),
        part=known("part"),
        overdue=asked.get("overdue") == "1",
        kind=known("kind"),
        authority=known("authority"),
        older=_age(asked.get("older")),
        younger=_age(asked.get("younger")),
        moved=known("moved") if spans else "",
        passed=known("passed") if known("standing") else "",
        about=known("about") if spans else "",
        since=since if spans else None,
        until=until if spans else None,
        week=asked.get("week") == "1",
    )


def page(
    session: Session,
    view: View,
    behind: Behind,
    moment: Moment,
    *,
    after: tuple[date, int] | None = None,
) -> Found:
    """One page of the cases in the view that the number counts."""
    end = last_day_of_week(moment.today)
    if behind.passed:
        week = traffic(session, view.choice, moment.today)
        of = week.entered if behind.passed == "in" else week.left
        behind = replace(behind, among=frozenset(of[behind.standing]))
    lines = board_cases.page(
        session, view.choice, behind, moment.today, end, after=after, limit=PAGE
    )
    last = lines[-1] if len(lines) == PAGE else None
    return Found(
        tuple(read_entry(line, moment.today) for line in lines),
        board_cases.count(session, view.choice, behind, moment.today, end),
        f"{last.next_due or NEVER}.{last.id}" if last else None,
    )


def _day(typed: str | None) -> date | None:
    try:
        return date.fromisoformat(typed or "")
    except ValueError:
        return None


def _age(typed: str | None) -> int | None:
    return AGES.get(typed or "")
