"""The worklist: what to do next, by urgency; every figure opens the cases behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from web.access import EVERYBODY, current_actor, needs
from web.case_words import kinds_line, word
from web.i18n import language
from web.license_page import next_of
from web.links import kept_filters, list_link
from web.ports import desk, now
from web.wording import weekday
from web.worklist_overview import GROUPS, fortnight_of, tiles_of
from workflow.domain.procedure import Role, Text
from workflow.services import calendars, judging
from workflow.services import desk as desk_service
from workflow.services.desk import BUCKETS, Entry, Worklist
from workflow.services.to_renew import ToRenew, to_renew

pages = Blueprint("worklist", __name__)
READERS = (Role.HANDLER, Role.REVIEWER, Role.MANAGER)
FIRST_ROWS = 20
FILTERS = ("procedure", "kind", "province", "turn")
ALL_FILTERS = ("view", "bucket", "due", *FILTERS)


@dataclass(frozen=True, slots=True)
class Group:
    """One bucket of the table: its rows in sight, and the address that shows the rest.

    `renewals` are licenses that nobody renews yet; they stand before the cases.
    """

    name: str
    renewals: tuple[ToRenew, ...]
    entries: tuple[Entry, ...]
    shown: tuple[Entry, ...]
    rest: str | None


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
        renewals = to_renew(session, actor, now())
        calendar = judging.calendar_in_use(session)
        told = actor.role is Role.MANAGER
        missing = calendars.missing_year(session, now().today) if told else None
    entries = [entry for entry in everything.entries if _wanted(entry)]
    lines = [line for line in renewals if _wanted_renewal(line)]
    return render_template(
        "worklist/show.html",
        all=everything,
        renewals=renewals,
        found=[*lines, *entries],
        groups=_groups(entries, lines),
        looks=GROUPS,
        tiles=tiles_of(everything, renewals),
        fortnight=fortnight_of(everything, renewals, calendar),
        missing_year=missing,
        tabs=_tabs(everything, actor.role, len(renewals)),
        choices=_choices(everything),
        next_of_license=next_of,
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


def _wanted_renewal(line: ToRenew) -> bool:
    """The same for a license; it is in none of the views but the first."""
    held, asked = line.held.line, request.args
    tests: dict[str, Callable[[str], bool]] = {
        "view": lambda v: v not in _VIEWS,
        "bucket": lambda v: line.bucket == v,
        "due": lambda v: line.due.isoformat() == v,
        "procedure": lambda v: v == "renewal",
        "kind": lambda v: v in held.kinds,
        "province": lambda v: v in held.coverage,
        "turn": lambda v: v == "us",
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


def _groups(entries: list[Entry], lines: list[ToRenew]) -> list[Group]:
    groups = []
    for name in BUCKETS:
        mine = tuple(entry for entry in entries if entry.bucket == name)
        renewals = tuple(line for line in lines if line.bucket == name)
        whole = request.args.get("open") == name or len(mine) <= FIRST_ROWS
        if mine or renewals:
            rest = None if whole else _with(open=name) + f"#{name}"
            groups.append(Group(name, renewals, mine, mine if whole else mine[:FIRST_ROWS], rest))
    return groups


def _tabs(work: Worklist, role: Role, renewals: int) -> list[tuple[str, str, int | None, bool]]:
    """The views, with how many rows each has."""
    all_ = {Role.REVIEWER: gettext("待我复核"), Role.MANAGER: gettext("团队在办")}
    named = [("", all_.get(role, gettext("我的在办"))), ("ready", gettext("可推进")),
             ("returned", gettext("退回我的"))]  # fmt: skip
    if role is Role.REVIEWER:
        named = named[:1]
    here = request.args.get("view", "")
    tabs: list[tuple[str, str, int | None, bool]] = [
        (
            label,
            list_link("worklist.show", {"view": name}),
            sum(_VIEWS.get(name, _any)(entry) for entry in work.entries)
            + (renewals if not name else 0),
            name == here and not request.args.get("bucket") and not request.args.get("due"),
        )
        for name, label in named
    ]
    return [*tabs, (gettext("主管部门未答复"), url_for("silent.index"), None, False)]


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
             "accepted": 3, "reported": 3, "correction_requested": 4}  # fmt: skip
    return order.get(entry.standing, 5)
