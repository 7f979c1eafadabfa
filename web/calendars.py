"""Holiday notices: the years, one to load, what it would move, and how far the cases have come."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from web.access import current_actor, needs
from web.forms import Answers, FormRefused
from web.ports import desk, now
from web.writes import fresh_key, instant, write_once
from workflow.domain.errors import BadInput, KeyReused
from workflow.domain.procedure import Role, Text
from workflow.domain.workdays import YearNotice
from workflow.services import accounts, calendars
from workflow.services.normalize import words
from workflow.services.notice_days import read_days, written
from workflow.services.notice_faults import faults
from workflow.services.notice_file import LARGEST, read_file
from workflow.services.sealing import Request

pages = Blueprint("calendars", __name__)
READERS = (Role.ADMIN, Role.MANAGER)
MOST_SHOWN = 200
LABELS: Mapping[str, Text] = {
    "year": Text("年份", "Year"),
    "notice": Text("通知文号", "Number of the notice"),
    "source": Text("来源", "Source"),
    "off": Text("放假日期", "Days off"),
    "workdays": Text("调休上班日", "Make-up days"),
    "valid_through": Text("安排适用到", "Speaks for days up to"),
    "file": Text("文件", "File"),
}


@pages.get("/admin/calendars")
@needs(*READERS)
def index() -> str:
    """Every year with its notice, and how far the open cases have followed the newest."""
    with desk().database.reading() as session:
        return render_template(
            "calendars/index.html",
            lines=calendars.years(session, now().today),
            progress=calendars.progress(session),
            names={str(a.id): a.name for a in accounts.everybody(session)},
            written=written,
            instant=instant,
            labels=LABELS,
            missing_year=calendars.missing_year(session, now().today),
        )


@pages.get("/admin/calendars/new")
@needs(Role.ADMIN)
def new() -> ResponseReturnValue:
    """The form; `?year=2027` starts from the notice of that year that counts now."""
    form = Answers(request.args.copy(), LABELS)
    typed = form.typed("year")
    if typed.isascii() and typed.isdigit() and len(typed) == len("2027"):
        with desk().database.reading() as session:
            line = next(
                (y for y in calendars.years(session, now().today) if y.notice.year == int(typed)),
                None,
            )
        if line and line.loaded:
            form.posted.update(_as_typed(line.notice, line.loaded.source))
    return _form(form)


@pages.post("/admin/calendars/new")
@needs(Role.ADMIN)
def check() -> ResponseReturnValue:  # noqa: PLR0911 - one answer a way it can go
    """Show what the notice would move; confirmed, put it into use."""
    form = Answers(request.form.copy(), LABELS)
    try:
        if form.typed("again"):
            return _form(form)
        _take_file(form)
        notice, source = _notice(form)
    except FormRefused:
        return _form(form, 422)
    try:
        if not form.typed("confirm"):
            _refuse_the_same(form, notice)
            return _preview(form, notice)
        _load(form, notice, source)
    except FormRefused:
        return _form(form, 422)
    except KeyReused:
        return _preview(form, notice, 409)
    except BadInput as error:  # somebody was quicker: the preview is made anew
        form.take(error)
        return _form(form, 409) if error.field != "year" else _preview(form, notice, 409)
    return redirect(url_for(".index", did=notice.year), 303)


def _take_file(form: Answers) -> None:
    """A file that was chosen fills the fields; what was typed beside it gives way."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return
    try:
        told = read_file(sent.read(LARGEST + 1))
    except BadInput as error:
        form.take(error)
        raise FormRefused(form.errors) from error
    for name in ("year", "notice", "source", "off", "workdays", "valid_through"):
        form.posted[name] = getattr(told, name)
    form.posted["provisional"] = "1" if told.provisional else ""


def _notice(form: Answers) -> tuple[YearNotice, str]:
    """The notice that was typed, with every fault at its field. Raises FormRefused."""
    year = form.number("year")
    number = form.line("notice")
    source = form.line("source", required=False) or ""
    off, workdays = (_days(form, name, year) for name in ("off", "workdays"))
    through = form.day("valid_through", required=False)
    form.check()
    named = Text(number or "", number or "")
    notice = YearNotice(year or 0, off, workdays, named, form.ticked("provisional"), through)
    for fault in faults(notice, now().today):
        form.take(fault)
    form.check()
    return notice, source


def _refuse_the_same(form: Answers, notice: YearNotice) -> None:
    with desk().database.reading() as session:
        try:
            calendars.refuse_the_same(session, notice)
        except BadInput as error:
            form.take(error)
    form.check()


def _days(form: Answers, field: str, year: int | None) -> frozenset[Any]:
    typed = form.long(field, required=False) or ""
    try:
        return read_days(typed, field, year)
    except BadInput as error:
        form.take(error)
        return frozenset()


def _load(form: Answers, notice: YearNotice, source: str) -> None:
    seen = form.number("seen")
    form.check()

    def act(tx: Session, _: Request) -> dict[str, int]:
        version = calendars.load(
            tx, notice, by=current_actor().id, moment=now(), source=source, seen=seen
        )
        return {"version": version}

    content = {"calendar": notice.year, "seen": seen, **_as_typed(notice, source)}
    write_once(words(form.typed("once"), "once"), content, act)


def _preview(form: Answers, notice: YearNotice, status: int = 200) -> ResponseReturnValue:
    with desk().database.reading() as session:
        impact = calendars.impact(session, notice, now().today)
        seen = calendars.version_in_use(session, notice.year)
    body = render_template(
        "calendars/preview.html",
        form=form,
        notice=notice,
        typed=_as_typed(notice, form.typed("source")),
        impact=impact,
        shown=impact.moves[:MOST_SHOWN],
        seen=seen,
        key=fresh_key(),
    )
    return make_response(body, status)


def _as_typed(notice: YearNotice, source: str) -> dict[str, str]:
    through = notice.valid_through
    return {
        "year": str(notice.year),
        "notice": notice.notice.zh,
        "source": source,
        "off": written(notice.off),
        "workdays": written(notice.workdays),
        "valid_through": through.isoformat() if through else "",
        "provisional": "1" if notice.provisional else "",
    }


def _form(form: Answers, status: int = 200) -> ResponseReturnValue:
    body = render_template("calendars/new.html", form=form, labels=LABELS)
    return make_response(body, status)
