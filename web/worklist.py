"""The worklist: what to do next, by urgency; every figure opens the cases behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext

from web.access import EVERYBODY, current_actor, needs
from web.case_words import deadline_kind, kinds_line, word
from web.i18n import language
from web.links import kept_filters, list_link
from web.ports import desk, now
from web.wording import short_day, weekday
from workflow.domain.procedure import Role, Text
from workflow.law import catalogue
from workflow.services import desk as desk_service
from workflow.services.desk import BUCKETS, Entry, Worklist

pages = Blueprint("worklist", __name__)
READERS = (Role.HANDLER, Role.REVIEWER, Role.MANAGER)
FORTNIGHT = 14
FIRST_ROWS = 20
MOST_PILED = 6
FILTERS = ("procedure", "kind", "province", "turn")
ALL_FILTERS = ("view", "bucket", "due", *FILTERS)
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
class Group:
    """One bucket of the table: its rows in sight, and the address that shows the rest."""

    name: str
    entries: tuple[Entry, ...]
    shown: tuple[Entry, ...]
    rest: str | None


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


@dataclass(frozen=True, slots=True)
class Next:
    """The button at the end of a row."""

    label: Text | str
    address: str
    primary: bool = False


@pages.get("/")
@needs(*EVERYBODY)
def root() -> ResponseReturnValue:
    """The bare address: the worklist, or for those who have none their first page."""
    return show() if current_actor().role in READERS else redirect(url_for("shell.home"), 303)


@pages.get("/work")
@needs(*READERS)
def show() -> str:
    """A handler's own cases, a reviewer's packs to review, a manager's team."""
    actor = current_actor()
    with desk().database.reading() as session:
        everything = desk_service.worklist(session, actor, now())
    entries = [entry for entry in everything.entries if _wanted(entry)]
    return render_template(
        "worklist/show.html",
        all=everything,
        found=entries,
        groups=_groups(entries),
        looks=GROUPS,
        tiles=_tiles(everything),
        fortnight=_fortnight(everything),
        tabs=_tabs(everything, actor.role),
        choices=_choices(everything),
        chosen={name: request.args.get(name, "") for name in ALL_FILTERS},
        chips=_chips(),
        next_of=lambda entry: next_button(entry, actor.role),
        steps_done=steps_done,
        weekday=lambda day: weekday(day)[: 3 if language() == "en" else 2],
    )


def _wanted(entry: Entry) -> bool:
    """True when the row passes the view, the bucket, the day and every filter of the address."""
    line, asked = entry.line, request.args
    tests: dict[str, Callable[[str], bool]] = {
        "view": lambda v: _VIEWS.get(v, _any)(entry),
        "bucket": lambda v: entry.bucket == v,
        "due": lambda v: line.next_due is not None and line.next_due.isoformat() == v,
        "procedure": lambda v: line.procedure == v,
        "kind": lambda v: v in line.kinds,
        "province": lambda v: v in line.coverage,
        "turn": lambda v: line.turn == v,
    }
    return all(test(asked[name]) for name, test in tests.items() if asked.get(name))


def _any(_entry: Entry) -> bool:
    return True


_VIEWS: dict[str, Callable[[Entry], bool]] = {
    "ready": lambda entry: entry.ready,
    "returned": lambda entry: entry.standing == "returned",
}


def _with(**changes: str | None) -> str:
    """This list with some of its filters changed; None drops one."""
    return list_link("worklist.show", kept_filters(ALL_FILTERS) | changes)


def _groups(entries: list[Entry]) -> list[Group]:
    groups = []
    for name in BUCKETS:
        mine = tuple(entry for entry in entries if entry.bucket == name)
        whole = request.args.get("open") == name or len(mine) <= FIRST_ROWS
        if mine:
            rest = None if whole else _with(open=name) + f"#{name}"
            groups.append(Group(name, mine, mine if whole else mine[:FIRST_ROWS], rest))
    return groups


def _tiles(work: Worklist) -> list[tuple[str, str, str, str, int, str, str]]:
    """Name, label, picture, tone, number, note and address of each tile."""
    today, notes = now().today, {}
    overdue, week = work.bucket("overdue"), work.bucket("this_week")
    if overdue:
        days = max((today - e.line.next_due).days for e in overdue if e.line.next_due)
        notes["overdue"] = gettext("最久 %(n)s 天", n=days)
    if week:
        on_day = [len(work.due_on(today + timedelta(n))) for n in range(2)]
        notes["this_week"] = gettext("今天 %(a)s · 明天 %(b)s", a=on_day[0], b=on_day[1])
    if work.nearest_later:
        notes["later"] = gettext("最近 %(day)s", day=short_day(work.nearest_later))
    tiles = [
        (name, str(label), picture, tone, len(work.bucket(name)), notes.get(name, ""),
         list_link("worklist.show", {"bucket": name}))
        for name, (label, picture, tone, _) in GROUPS.items()
    ]  # fmt: skip
    ready = gettext("全部条件已满足") if work.ready else ""
    address = list_link("worklist.show", {"view": "ready"})
    return [
        *tiles, ("ready", gettext("现在可推进"), "met", "ok", len(work.ready), ready, address)
    ]  # fmt: skip


def _fortnight(work: Worklist) -> list[Day]:
    today = now().today
    days = []
    for day in (today + timedelta(n) for n in range(FORTNIGHT)):
        kinds = sorted(deadline_kind(e.line.next_clock) for e in work.due_on(day))
        working = catalogue.CALENDAR.is_working(day)
        address = list_link("worklist.show", {"due": day.isoformat()})
        days.append(Day(day, tuple(reversed(kinds)), working, address))
    return days


def _tabs(work: Worklist, role: Role) -> list[tuple[str, str, int, bool]]:
    """The views, with how many rows each has."""
    all_ = {Role.REVIEWER: gettext("待我复核"), Role.MANAGER: gettext("团队在办")}
    named = [("", all_.get(role, gettext("我的在办"))), ("ready", gettext("可推进")),
             ("returned", gettext("退回我的"))]  # fmt: skip
    if role is Role.REVIEWER:
        named = named[:1]
    here = request.args.get("view", "")
    return [
        (
            label,
            list_link("worklist.show", {"view": name}),
            sum(_VIEWS.get(name, _any)(entry) for entry in work.entries),
            name == here and not request.args.get("bucket") and not request.args.get("due"),
        )
        for name, label in named
    ]


def _choices(work: Worklist) -> dict[str, list[tuple[str, Any]]]:
    """What each filter offers: only what occurs in the list."""
    lines = [entry.line for entry in work.entries]
    kinds = sorted({kind for line in lines for kind in line.kinds})
    provinces = sorted({part for line in lines for part in line.coverage})
    return {
        "procedure": [(c, word("procedure", c)) for c in sorted({ln.procedure for ln in lines})],
        "kind": [(code, kinds_line([code])) for code in kinds],
        "province": [(code, word("coverage", code)) for code in provinces],
        "turn": [(c, word("turn", c)) for c in ("us", "reviewer", "authority")],
    }


def _chips() -> list[tuple[Any, str]]:
    """The filters in force, each with the address without it."""
    named: dict[str, Callable[[str], Any]] = {
        "bucket": lambda v: GROUPS[v][0] if v in GROUPS else v,
        "due": lambda v: gettext("期限 %(day)s", day=v),
        "procedure": lambda v: word("procedure", v),
        "kind": lambda v: word("kind_short", v),
        "province": lambda v: word("coverage", v),
        "turn": lambda v: word("turn", v),
    }
    return [
        (say(request.args[name]), _with(**{name: None}))
        for name, say in named.items()
        if request.args.get(name)
    ]


def next_button(entry: Entry, role: Role) -> Next:
    """What the person does next with a case: act, mend, look, or record what the authority did."""
    line = entry.line
    page = url_for("cases.show", number=line.number)
    if role is Role.REVIEWER and line.turn == "reviewer":
        return Next(gettext("复核"), page, primary=True)
    if role not in (Role.HANDLER, Role.REVIEWER) or line.turn == "reviewer":
        return Next(gettext("查看"), page)
    if entry.next_act == "deliver" or (entry.ready and entry.next_act):
        address = url_for("cases.act", number=line.number, trigger=entry.next_act)
        return Next(word("trigger", entry.next_act), address, primary=entry.ready)
    if line.turn == "authority":
        return Next(gettext("登记进展"), f"{page}#now")
    return Next(gettext("处理卡点"), f"{page}#blockers")


def steps_done(entry: Entry) -> int:
    """How many of the six steps are behind."""
    order = {"draft": 0, "material_prep": 1, "returned": 1, "in_review": 2, "submitted": 3,
             "accepted": 3, "correction_requested": 4}  # fmt: skip
    return order.get(entry.standing, 5)
