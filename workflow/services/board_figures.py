"""Counting one view of the dashboard: each block beside its rule, as plain JSON.

What is counted here is what the lists behind the numbers show, with the same conditions.
"""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlmodel import Session

from workflow.domain.acting import Moment
from workflow.law import catalogue
from workflow.law.ladders import RENEWAL_LEAD, WINDOW
from workflow.services.courses import is_late, passages
from workflow.storage import board
from workflow.storage.board import Choice, Counted, Recent
from workflow.storage.rows import folded

STANDINGS = (
    "draft",
    "material_prep",
    "in_review",
    "awaiting_acceptance",
    "under_examination",
    "reported",
    "correction_requested",
    "to_be_delivered",
)
YOUNG, GROWN = 15, 30
"""Calendar days in one state: up to the first, up to the second, more."""
TREND_WEEKS = 26
REASON_DAYS = 90
MONTHS = 12
SIDES = ("ours", "client", "authority")


@dataclass(frozen=True, slots=True)
class Traffic:
    """This week's cases by the standing they came to, and by the one they went from."""

    entered: Mapping[str, set[int]]
    left: Mapping[str, set[int]]


def figures(session: Session, choice: Choice, weeks: int, moment: Moment) -> dict[str, Any]:
    """Every block of one view, on the agency's day of `moment`."""
    today = moment.today
    span = timedelta(weeks=weeks)
    since = min(today - 2 * span, _monday(today) - timedelta(weeks=TREND_WEEKS))
    recent = board.recent(session, choice, since)
    months = [_month(today, ahead) for ahead in range(MONTHS + 1)]
    counted = board.counted(
        session,
        choice,
        today,
        ends=months[MONTHS] - timedelta(1),
        reasons=today - timedelta(REASON_DAYS),
    )
    flow = _flow(counted, traffic(session, choice, today), today)
    totals = _totals(flow)
    return {
        "day": today.isoformat(),
        "flow": flow,
        "totals": totals,
        "load": _load(counted),
        "matrix": _matrix(counted),
        "radar": _radar(counted, months[:MONTHS], today),
        "trend": _trend(recent, totals, today),
        "period": _period(recent, today - span, today),
        "before": _period(recent, today - 2 * span, today - span),
        "reasons": _reasons(counted),
    }


def _flow(counted: Counted, moved: Traffic, today: date) -> list[dict[str, Any]]:
    """One line a standing: how many, how old, whose turn the old ones are, this week's traffic."""
    ages: dict[str, Counter[int]] = defaultdict(Counter)
    turns: dict[str, Counter[str]] = defaultdict(Counter)
    late: Counter[str] = Counter()
    late_with: Counter[str] = Counter()
    for standing, since, turn, overdue, n in counted.standing:
        age = max(0, (today - since).days)
        ages[standing][age] += n
        turns[standing][turn] += n if age > GROWN else 0
        late[standing] += n if overdue else 0
        late_with[standing] += n if overdue and turn == "authority" else 0
    return [
        {
            "standing": standing,
            "n": ages[standing].total(),
            "young": sum(n for age, n in ages[standing].items() if age <= YOUNG),
            "grown": sum(n for age, n in ages[standing].items() if YOUNG < age <= GROWN),
            "old": sum(n for age, n in ages[standing].items() if age > GROWN),
            "old_with": dict(turns[standing]),
            "median": _median(ages[standing]),
            "late": late[standing],
            "late_with_authority": late_with[standing],
            "entered": len(moved.entered[standing]),
            "left": len(moved.left[standing]),
        }
        for standing in STANDINGS
    ]


def _totals(flow: Iterable[dict[str, Any]]) -> dict[str, int]:
    lines = list(flow)
    names = {"open": "n", "overdue": "late", "with_authority": "late_with_authority"}
    return {name: sum(line[of] for line in lines) for name, of in names.items()}


def traffic(session: Session, choice: Choice, today: date) -> Traffic:
    """Which cases entered and left each standing since Monday, by the days the acts carry."""
    found = Traffic(defaultdict(set), defaultdict(set))
    monday = _monday(today)
    stamp = datetime(monday.year, monday.month, monday.day, tzinfo=UTC) - timedelta(days=1)
    touched = board.moved_since(session, choice, stamp.strftime("%Y-%m-%dT%H:%M:%S.%fZ"))
    for id_, opened, acts in touched:
        before = ""
        for day, standing in passages(opened, folded(acts)):
            if day >= monday:
                found.entered[standing].add(id_)
                found.left[before].add(id_)
            before = standing
    return found


def _load(counted: Counted) -> list[dict[str, Any]]:
    """Open cases of each handler: overdue, with us, waiting for others; the heaviest first."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for handler, turn, late, n in counted.handler:
        part = "late" if late else "ours" if turn in ("us", "reviewer") else "waiting"
        found[handler][part] += n
    lines = [
        {"handler": who, "n": parts.total(), **{p: parts[p] for p in ("late", "ours", "waiting")}}
        for who, parts in found.items()
    ]
    return sorted(lines, key=lambda line: (-line["n"], -line["late"], line["handler"]))


def _matrix(counted: Counted) -> dict[str, Any]:
    """Kind by authority: how many, how many of them overdue; a case of two kinds is in two rows."""
    cells: dict[str, dict[str, list[int]]] = {}
    columns: Counter[str] = Counter()
    for kinds, place, late, n in counted.kind:
        columns[place] += n
        for kind in kinds or ("",):
            cell = cells.setdefault(kind, {}).setdefault(place, [0, 0])
            cell[0] += n
            cell[1] += n if late else 0
    order = [*catalogue.labels("kind"), ""]
    return {
        "rows": {kind: cells[kind] for kind in order if kind in cells},
        "columns": dict(columns),
    }


def _radar(counted: Counted, months: Sequence[date], today: date) -> list[dict[str, Any]]:
    """Licenses that end in this and the next eleven months, by what is done about it."""
    found = {month: dict.fromkeys(_ENDINGS, 0) for month in months}
    for day, done, n in counted.ending:
        found[day.replace(day=1)][_ending(day, done, today)] += n
    return [{"month": month.isoformat(), **parts} for month, parts in found.items()]


_ENDINGS = ("started", "late", "window", "ahead", "marked")


def _ending(day: date, done: str, today: date) -> str:
    if done != "nothing":
        return done
    if day < today + timedelta(RENEWAL_LEAD):
        return "late"
    return "window" if day <= today + timedelta(WINDOW) else "ahead"


def _trend(recent: Sequence[Recent], totals: dict[str, int], today: date) -> list[dict[str, Any]]:
    """Open and overdue cases at the end of each of the last weeks, and today."""
    lines = []
    for back in range(TREND_WEEKS - 2, -1, -1):
        day = _monday(today) - timedelta(weeks=back, days=1)
        there = [
            case
            for case in recent
            if case.opened_on <= day and (case.closed_on is None or case.closed_on > day)
        ]
        late = sum(is_late(case.late, day) for case in there if case.late)
        lines.append({"day": day.isoformat(), "open": len(there), "late": late})
    now = {"day": today.isoformat(), "open": totals["open"], "late": totals["overdue"]}
    return [*lines, now]


def _period(recent: Sequence[Recent], first: date, last: date) -> dict[str, Any]:
    """What began and ended after `first`, up to `last`; decided cases alone tell rate and time."""
    closed = [c for c in recent if c.closed_on is not None and first < c.closed_on <= last]
    decided = [case for case in closed if case.state in ("approved", "rejected")]
    total = [case.ours + case.client + case.authority for case in decided]
    median = round(statistics.median(total)) if total else None
    days = [sum(getattr(case, side) for case in decided) for side in SIDES]
    return {
        "opened": sum(first < case.opened_on <= last for case in recent),
        "closed": len(closed),
        "open": sum(
            case.opened_on <= last and (case.closed_on is None or case.closed_on > last)
            for case in recent
        ),
        "decided": len(decided),
        "first_time": sum(case.state == "approved" and not case.rounds for case in decided),
        "median": median,
        "sides": dict(zip(SIDES, shared_out(median or 0, days), strict=True)),
    }


def shared_out(whole: int, weights: Sequence[int]) -> list[int]:
    """Whole numbers in proportion to the weights that add up to `whole`: largest remainders."""
    total = sum(weights)
    if not total:
        return [whole, *[0] * (len(weights) - 1)]
    parts = [whole * weight // total for weight in weights]
    rest = sorted(range(len(weights)), key=lambda i: -(whole * weights[i] % total))
    for i in rest[: whole - sum(parts)]:
        parts[i] += 1
    return parts


def _reasons(counted: Counted) -> dict[str, Any]:
    """What correction notices asked for in the last ninety days, and where most of it came from."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for about, place, n in counted.reason:
        found[about if about in catalogue.labels("material") else ""][place] += n
    lines = sorted(found.items(), key=lambda line: (not line[0], -line[1].total(), line[0]))
    return {
        "total": sum(places.total() for places in found.values()),
        "lines": [
            {"about": about, "n": places.total(), "places": places.most_common(2)}
            for about, places in lines
        ],
    }


def _median(ages: Counter[int]) -> int | None:
    """The median of values that are given with how often each occurs."""
    half, seen = (ages.total() + 1) // 2, 0
    for age in sorted(ages):
        seen += ages[age]
        if seen >= half and half:
            return age
    return None


def _monday(day: date) -> date:
    return day - timedelta(day.weekday())


def _month(today: date, ahead: int) -> date:
    years, month = divmod(today.month - 1 + ahead, 12)
    return date(today.year + years, month + 1, 1)
