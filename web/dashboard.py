"""The status dashboard: what is stuck, what lapses next, and the cases behind each number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from web import board_words, downloads
from web.access import current_actor, needs
from web.board_charts import ENDINGS, rate
from web.board_page import Chosen, Page, chosen_of, page_of
from web.bookmarks import a_day, a_day_and_row, carries, pass_over, passed_over
from web.downloads import Leaving
from web.escalated import escalated_to
from web.i18n import language
from web.keys import day_key
from web.ports import desk, now
from web.writes import instant
from workflow.domain.procedure import Role, Text
from workflow.law import catalogue
from workflow.services import accounts, board, board_lists, calendars, trail
from workflow.services.accounts import Account
from workflow.services.sheet_out import Row

pages = Blueprint("dashboard", __name__)
READERS = (Role.HANDLER, Role.REVIEWER, Role.MANAGER, Role.AUDITOR)


@pages.get("/dashboard")
@needs(*READERS)
@carries({})
def show() -> str:
    """The figures of the chosen view, as they were counted last."""
    page, people, chosen = _page()
    with desk().database.reading() as session:
        clock_day, check = trail.day_and_check(session)
        return render_template(
            "dashboard/show.html",
            page=page,
            told=page.told,
            chosen=chosen,
            people=people,
            weeks=board.PERIODS,
            check=check,
            stale=bool(check and check.is_stale(now())),
            clock_day=clock_day,
            escalated=escalated_to(session, current_actor()),
            missing_year=calendars.missing_year(session, now().today),
            words=board_words,
            rate=rate,
            heads=board_words.column_heads(),
            label=catalogue.label_of,
            procedures=catalogue.labels("procedure"),
            instant=instant,
        )


@pages.get("/dashboard/cases")
@needs(*READERS)
@carries(
    {**board_lists.offered(), "since": a_day, "until": a_day, "after": a_day_and_row, "which": ()}
)
def cases() -> str:
    """The cases behind a number as they are now, most urgent first, by key."""
    after = day_key(request.args.get("after"))
    with desk().database.reading() as session:
        people = _people(accounts.everybody(session))
        chosen = chosen_of(people)
        view = board.view_of(current_actor(), handler=chosen.team, procedure=chosen.procedure)
        behind = board_lists.read(request.args)
        found = board_lists.page(session, view, behind, now(), after=after)
        for name in ("moved", "passed", "about", "since", "until"):
            if (typed := request.args.get(name)) and not getattr(behind, name):
                pass_over(name, typed)  # it needs another one beside it
        odd = {name for name, _ in passed_over()}
        return render_template(
            "dashboard/cases.html",
            found=found,
            chosen=chosen,
            behind=behind,
            people=people,
            told=_in_words(chosen, behind, people),
            words=board_words,
            label=catalogue.label_of,
            kept={k: v for k, v in request.args.items() if k != "after" and k not in odd},
            paged=after is not None,
        )


@pages.get("/dashboard/due")
@needs(*READERS)
def due() -> ResponseReturnValue:
    """Where a bookmark of an earlier version leads to."""
    which = request.args.get("which", "")
    asked = {"this_week": {"week": 1}, "overdue": {"overdue": 1}}.get(which, {"which": which})
    return redirect(url_for(".cases", **asked), 301)


@pages.get("/dashboard/export")
@needs(*READERS)
@carries({"form": downloads.FORMS}, file=True)
def export() -> ResponseReturnValue:
    """Every figure of the view as a table: CSV, or XLSX if asked."""
    page, people, chosen = _page()
    head = [gettext("板块"), gettext("项目"), gettext("指标"), gettext("数值")]
    rows = list(_rows(page, people, chosen.weeks))
    leaving = Leaving("dashboard", len(rows), downloads.asked())
    title = f"{gettext('状态看板')}-{page.told['day']}"
    return downloads.table(leaving, downloads.form_asked(), title, head, rows)


def _page() -> tuple[Page, Mapping[str, Account], Chosen]:
    """The board of the address; it may have to be counted, in transactions of its own."""
    with desk().database.reading() as session:
        people = _people(accounts.everybody(session))
    chosen = chosen_of(people)
    view = board.view_of(
        current_actor(), handler=chosen.team, procedure=chosen.procedure, weeks=chosen.weeks
    )
    found = board.open_board(desk().database, view, now())
    return page_of(found, chosen, now().today), people, chosen


def _people(found: list[Account]) -> Mapping[str, Account]:
    """Who may hold cases, by the id the cases carry."""
    return {str(a.id): a for a in found if a.role in (Role.HANDLER, Role.REVIEWER)}


def _in_words(
    chosen: Chosen, behind: board_lists.Behind, people: Mapping[str, Account]
) -> list[str]:
    """What the list is about, in words."""
    ages = {30: gettext("停留超过 30 天"), 15: gettext("停留超过 15 天")}
    parts = {
        "late": gettext("已逾期"), "ours": gettext("在我方，未逾期"),
        "waiting": gettext("等待他方，未逾期"),
    }  # fmt: skip
    moves = {
        "opened": gettext("新增"), "closed": gettext("办结"), "decided": gettext("已有决定"),
        "first": gettext("未补正即获批"),
    }  # fmt: skip
    told = [
        people[chosen.team].name if chosen.team else "",
        catalogue.label_of("procedure", chosen.procedure).read(language())
        if chosen.procedure
        else "",
        board_words.standing(behind.standing) if behind.standing else "",
        parts.get(behind.part, gettext("已逾期") if behind.overdue else ""),
        gettext("本周到期") if behind.week else "",
        board_words.kind_name("" if behind.kind == "none" else behind.kind) if behind.kind else "",
        catalogue.label_of("authority", behind.authority).read(language())
        if behind.authority
        else "",
        ages.get(behind.older or 0, ""),
        gettext("停留不超过 %(n)s 天", n=behind.younger) if behind.younger is not None else "",
        moves.get(behind.moved, ""),
        {"in": gettext("本周进"), "out": gettext("本周出")}.get(behind.passed, ""),
        gettext("补正意见：%(what)s", what=_about(behind.about)) if behind.about else "",
        f"{behind.since} — {behind.until}" if behind.since else "",
    ]
    return [str(words) for words in told if words]


def _about(code: str) -> str:
    if code == "other":
        return str(gettext("未指明材料"))
    return catalogue.material_name(code).read(language())


def _rows(page: Page, people: Mapping[str, Account], weeks: int) -> Iterator[Row]:
    """The blocks of the page in its order, one figure a row."""
    told = page.told
    flow, load = gettext("各状态流量与停留"), gettext("承办人负荷")
    yield gettext("范围"), gettext("数据截至"), "", page.board.at.isoformat(timespec="minutes")
    yield gettext("范围"), gettext("时间"), gettext("周"), weeks
    for title, value in (
        (gettext("在办案件"), told["totals"]["open"]),
        (gettext("已逾期"), told["totals"]["overdue"]),
        (gettext("一次通过率"), page.first_time),
        (gettext("办结中位时长"), told["period"]["median"]),
        (gettext("我方"), told["period"]["sides"]["ours"]),
        (gettext("客户"), told["period"]["sides"]["client"]),
        (gettext("主管部门"), told["period"]["sides"]["authority"]),
    ):
        yield gettext("数字"), title, "", value
    for line in told["flow"]:
        name = board_words.standing(line["standing"])
        for of, what in _FLOW.items():
            yield flow, name, what.read(language()), line[of]
    for line in told["load"]:
        who = people[line["handler"]].name if line["handler"] in people else line["handler"]
        for of, what in _LOAD.items():
            yield load, who, what.read(language()), line[of]
    yield from _wide_rows(told)


def _wide_rows(told: Mapping[str, Any]) -> Iterator[Row]:
    names = {code: full for code, _, full in board_words.column_heads()}
    for kind, row in told["matrix"]["rows"].items():
        for place, (n, _late) in row.items():
            yield gettext("业务种类 × 省份"), board_words.kind_name(kind), names[place], n
    for line in told["radar"]:
        for name in ENDINGS:
            yield gettext("到期雷达"), line["month"][:7], _ENDS[name].read(language()), line[name]
    for line in told["trend"]:
        yield gettext("逾期率趋势"), line["day"], "%", str(rate(line))
    for line in told["reasons"]["lines"]:
        what = _about(line["about"] or "other")
        yield gettext("补正原因"), what, gettext("条数"), line["n"]


_FLOW: Mapping[str, Text] = {
    "n": Text("在办", "Open"),
    "young": Text("≤ 15 天", "≤ 15 days"),
    "grown": Text("16–30 天", "16–30 days"),
    "old": Text("> 30 天", "> 30 days"),
    "median": Text("停留中位天数", "Median days"),
    "late": Text("已逾期", "Overdue"),
    "entered": Text("本周进", "In this week"),
    "left": Text("本周出", "Out this week"),
}
_LOAD: Mapping[str, Text] = {
    "n": Text("在办", "Open"),
    "late": Text("已逾期", "Overdue"),
    "ours": Text("我方", "Us"),
    "waiting": Text("等待他方", "Waiting for others"),
}
_ENDS: Mapping[str, Text] = {
    "started": Text("已启动", "Started"),
    "late": Text("已过最迟申请日", "Too late"),
    "window": Text("窗口内未启动", "In window, not started"),
    "ahead": Text("未到窗口", "Not yet in window"),
    "marked": Text("拟不续期", "Not renewing"),
}
