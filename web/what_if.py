"""What if: other days or another holiday notice for one case, beside the present plan."""

from __future__ import annotations

from datetime import date

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue

from web.access import current_actor, needs
from web.case_clocks import Deadline
from web.case_page import READERS
from web.forms import Answers
from web.ports import desk, now
from workflow.domain.errors import BadInput
from workflow.domain.procedure import Text
from workflow.domain.workdays import Calendar, YearNotice
from workflow.law import catalogue
from workflow.services import case_view, what_if
from workflow.services.calendars import with_notice
from workflow.services.notice_days import read_days
from workflow.services.notice_faults import faults
from workflow.services.standing import Standing
from workflow.services.what_if import FIELDS

LABELS = {
    **{name: label for name, (_, label) in FIELDS.items()},
    "calendar": Text("放假安排", "Holiday notice"),
    "year": Text("年份", "Year"),
    "off": Text("放假日期", "Days off"),
    "workdays": Text("调休上班日", "Make-up days"),
}
CALENDARS = (
    ("", Text("现行", "In use")),
    ("bare", Text("不用未公布年份的估计", "Without the estimates of unpublished years")),
    ("notice", Text("另一份（在下面填写）", "Another one (entered below)")),
)


@needs(*READERS)
def show(number: str) -> ResponseReturnValue:
    """The form, and once something is supposed, every clock now and then."""
    form = Answers(request.args.copy(), LABELS)
    with desk().database.reading() as session:
        view = case_view.view(session, number, current_actor(), now())
        offered = what_if.fields_of(view.standing)
        supposed = _supposed(form, view.standing, offered)
        calendar = _calendar(form, view.standing)
        asked = bool(supposed) or calendar is not None
        outcome = (
            what_if.compare(view.standing, supposed, calendar)
            if asked and not form.errors
            else None
        )
        body = render_template(
            "cases/what_if.html",
            view=view,
            case=view.case,
            form=form,
            labels=LABELS,
            offered=offered,
            calendars=CALENDARS,
            outcome=outcome,
            deadline_of=lambda reading: Deadline(reading.code, reading.clock.name, reading),
            guard=catalogue.LAW.guards.get,
            sentence=catalogue.sentence,
        )
    return make_response(body, 422 if form.errors else 200)


def _supposed(form: Answers, standing: Standing, offered: tuple[str, ...]) -> dict[str, date]:
    """The days that were typed; faults are noted at their fields."""
    typed = {name: form.day(name, required=False) for name in offered}
    supposed = {name: day for name, day in typed.items() if day}
    if not form.errors:
        for fault in what_if.faults(standing, supposed):
            form.take(fault)
    return supposed


def _calendar(form: Answers, standing: Standing) -> Calendar | None:
    """The other calendar that was asked for; None for the one in use."""
    chosen = form.choice("calendar", [key for key, _ in CALENDARS], required=False)
    if chosen == "bare":
        return what_if.without_estimates(standing.calendar, now().today)
    if chosen != "notice":
        return None
    year = form.number("year")
    try:
        off, workdays = (
            read_days(form.long(name, required=False) or "", name, year)
            for name in ("off", "workdays")
        )
    except BadInput as error:
        form.take(error)
        return None
    if year is None:
        return None
    notice = YearNotice(year, off, workdays, Text("", ""), provisional=True)
    for fault in faults(notice, now().today):
        form.take(fault)
    return with_notice(standing.calendar, notice)
