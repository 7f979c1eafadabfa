"""The head of the worklist: a tile for each bucket, and the dates of the next fortnight."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext, lazy_gettext, ngettext

from web.links import list_link
from web.ports import now
from web.wording import short_day
from workflow.domain.own_dates import KINDS
from workflow.domain.workdays import Calendar
from workflow.services.to_renew import ToRenew
from workflow.services.worklists import Figures

FORTNIGHT = 14
MOST_PILED = 6
GROUPS = {
    "overdue": (lazy_gettext("已逾期"), "warning", "danger", lazy_gettext("逾期最久的在前")),
    "this_week": (lazy_gettext("本周到期"), "clock", "warn", lazy_gettext("按日期，近的在前")),
    "client": (lazy_gettext("等客户"), "company", "client", lazy_gettext("等得最久的在前")),
    "authority": (
        lazy_gettext("等主管部门"), "authority", "auth",
        lazy_gettext("按期限，近的在前；有进展时登记"),
    ),
    "later": (lazy_gettext("稍后"), "calendar", "neut", lazy_gettext("有期限的在前")),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the fortnight: how many dates of each kind fall on it."""

    day: date
    kinds: tuple[str, ...]
    working: bool
    address: str

    @property
    def pile(self) -> tuple[str, ...]:
        """What is drawn: more than six would not be told apart."""
        return self.kinds[:MOST_PILED]


def tiles_of(
    figures: Figures, renewals: tuple[ToRenew, ...]
) -> list[tuple[str, str, str, str, int, str, str]]:
    """Name, label, picture, tone, number, note and address of each tile."""
    today, notes = now().today, {}
    first = dict(figures.first)
    for line in renewals:
        first[line.bucket] = min(line.due, first.get(line.bucket, line.due))
    if "overdue" in first:
        notes["overdue"] = ngettext(
            "最久 %(num)s 天", "最久 %(num)s 天", (today - first["overdue"]).days
        )
    if "this_week" in first:
        days = (today + timedelta(n) for n in range(2))
        on_day = [sum(_on(figures, renewals, day).values()) for day in days]
        notes["this_week"] = gettext("今天 %(a)s · 明天 %(b)s", a=on_day[0], b=on_day[1])
    if "later" in first:
        notes["later"] = gettext("最近 %(day)s", day=short_day(first["later"]))
    tiles = [
        (name, str(label), picture, tone,
         figures.buckets[name] + sum(line.bucket == name for line in renewals),
         notes.get(name, ""),
         list_link("worklist.show", {"bucket": name}))
        for name, (label, picture, tone, _) in GROUPS.items()
    ]  # fmt: skip
    ready = gettext("全部条件已满足") if figures.ready else ""
    address = list_link("worklist.show", {"view": "ready"})
    return [*tiles, ("ready", gettext("现在可推进"), "met", "ok", figures.ready, ready, address)]


def _on(figures: Figures, renewals: tuple[ToRenew, ...], day: date) -> dict[str, int]:
    """How many dates of each kind fall on a day; renewals have theirs by law."""
    found: dict[str, int] = {kind: figures.days.get(day, {}).get(kind, 0) for kind in KINDS}
    found["statutory"] += sum(line.due == day for line in renewals)
    return found


def fortnight_of(figures: Figures, renewals: tuple[ToRenew, ...], calendar: Calendar) -> list[Day]:
    """Today and the thirteen days after it, as the holiday notices in use count them."""
    today = now().today
    days = []
    for day in (today + timedelta(n) for n in range(FORTNIGHT)):
        on_day = _on(figures, renewals, day)
        kinds = tuple(kind for kind, n in on_day.items() for _ in range(n))
        address = list_link("worklist.show", {"due": day.isoformat()})
        days.append(Day(day, kinds, calendar.is_working(day), address))
    return days
