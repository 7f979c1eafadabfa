"""The story of a case for people: what happened, who did it, when; newest first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from flask_babel import gettext, lazy_gettext, ngettext

from web.case_words import joined, word, words_line
from web.field_words import field_word, parted
from web.i18n import language
from web.wording import plain_day, short_day
from web.writes import instant
from workflow.services.case_view import CaseView
from workflow.services.lists import TrailPage
from workflow.services.trail import EventLine

_AUTHORITY = frozenset(
    {"request_correction", "accept", "approve", "reject", "decline", "pause_review",
     "resume_review"}
)  # fmt: skip
_UNTOLD = frozenset({"procedure", "sign_off", "authority", "handler_id", "license_id", "opened_on"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One mark of the story. `side`: us, authority, or none for the clock and the system."""

    title: str
    text: str
    at: datetime
    side: str


@dataclass(frozen=True, slots=True)
class _Event:
    page: TrailPage
    action: str
    role: str
    at: datetime
    body: Mapping[str, Any]
    report: bool

    @property
    def given(self) -> Mapping[str, Any]:
        """What was supplied, with its sealed words opened."""
        opened: Mapping[str, Any] = self.page.opened(self.body.get("given") or {})
        return opened

    @property
    def changed(self) -> list[str]:
        """The fields that are different afterwards, case facts one by one."""
        changes = parted(self.body.get("changes") or ())
        empty: tuple[Any, ...] = (None, [], {}, "")
        return [
            change["field"].removeprefix("facts.")
            for change in changes
            if change["old"] not in empty or change["new"] not in empty
        ]

    @property
    def name(self) -> str:
        """What happened; a report is handed in and taken note of."""
        group = "report_event" if self.report else "event"
        return word(group, self.action).read(language())


_Told = tuple[_Event, str]


STORY_KINDS: Mapping[str, tuple[Any, frozenset[str]]] = {
    "moves": (lazy_gettext("状态推进"), frozenset(
        {"open", "prepare", "submit", "resubmit", "accept", "deem_accepted", "approve", "reject",
         "decline", "withdraw", "deliver", "pause_review", "resume_review"})),
    "materials": (lazy_gettext("材料"), frozenset({"provide"})),
    "correction": (lazy_gettext("补正与往来"), frozenset(
        {"request_correction", "answer", "chase_client", "client_replied", "note"})),
    "review": (lazy_gettext("复核"), frozenset(
        {"request_sign_off", "recall_sign_off", "sign_off", "return_pack", "revoke_sign_off",
         "chase_reviewer", "waive"})),
    "facts": (lazy_gettext("申报事实和更正"), frozenset(
        {"set_facts", "set_dates", "rectify", "assign"})),
}  # fmt: skip
"""What the story can be narrowed to."""


def why_returned(view: CaseView) -> tuple[str, str]:
    """Who sent the pack back and why, while it is back; empty otherwise."""
    if view.standing_word != "returned":
        return "", ""
    page = view.story
    event = next((e for e in page.events if e.action == "return_pack"), None)
    if event is None:
        return "", ""
    return page.name(event), str((page.opened(event.body.get("given") or {})).get("reason") or "")


def story_of(view: CaseView, kind: str = "") -> list[Entry]:
    """The newest events of the case as entries; of one kind alone when asked."""
    page = view.story
    events = [
        (_Event(page, e.action, e.role, instant(e.at), e.body, view.report), _who(page, e))
        for e in page.events
        if kind not in STORY_KINDS or e.action in STORY_KINDS[kind][1]
    ]
    return [_told(list(run)) for _, run in groupby(events, _run)]


def _who(page: TrailPage, event: EventLine) -> str:
    """Who acted, and for whom when they stood in."""
    absent = event.body.get("on_behalf_of")
    if not absent:
        return page.name(event)
    name = page.names.get(absent, (absent, ""))[0]
    return str(gettext("%(who)s（代%(name)s）", who=page.name(event), name=name))


def _run(told: _Told) -> object:
    """Materials handed in one after the other by one person on one day are told together."""
    event, who = told
    return (who, event.at.date()) if event.action == "provide" else event


def _told(run: list[_Told]) -> Entry:
    event, who = run[0]
    if len(run) == 1:
        return _entry(event, who)
    # Two versions of one material are one material.
    codes = dict.fromkeys(e.given.get("material", "") for e, _ in reversed(run))
    return Entry(
        ngettext("收到 %(num)s 项材料", "收到 %(num)s 项材料", len(codes)),
        f"{who} · {words_line('material', codes)}",
        event.at,
        _side(event),
    )


def _entry(event: _Event, who: str) -> Entry:
    describe = _SAYS.get(event.action)
    note = event.page.opened(event.body.get("reason"))
    parts = (who, describe(event) if describe else "", _legal_day(event), note)
    return Entry(
        event.name,
        " · ".join(str(part) for part in parts if part),
        event.at,
        _side(event),
    )


def _side(event: _Event) -> str:
    if event.action in _AUTHORITY:
        return "authority"
    return "us" if event.role in ("handler", "reviewer", "manager") else "none"


def _legal_day(event: _Event) -> str:
    """The day of the act, where it is not the day on which it was recorded."""
    on = event.body.get("on")
    if not on or abs((event.at.date() - date.fromisoformat(on)).days) <= 1:
        return ""
    return str(gettext("日期 %(day)s", day=plain_day(date.fromisoformat(on))))


def _provide(event: _Event) -> str:
    name = word("material", event.given.get("material", "")).read(language())
    said = gettext("%(name)s第 %(n)s 版", name=name, n=event.given.get("version"))
    until = event.given.get("valid_until")
    return f"{said} · " + gettext("有效期至 %(day)s", day=until) if until else str(said)


def _answer(event: _Event) -> str:
    numbers = joined(str(no) for no in event.given.get("points_answered", ()))
    said = str(gettext("意见 %(numbers)s", numbers=numbers))
    return f"{said} · {event.given['text']}" if event.given.get("text") else said


def _correction(event: _Event) -> str:
    points = event.given.get("points") or []
    said = str(ngettext("%(num)s 条意见", "%(num)s 条意见", len(points)))
    by = event.given.get("reply_by")
    if not by:
        return said
    until = gettext("%(day)s 截止", day=short_day(date.fromisoformat(by)))
    return f"{said} · {until}"


def _waive(event: _Event) -> str:
    title = word("guard", event.given.get("guard", "")).read(language())
    until = event.given.get("until")
    end = gettext("至 %(day)s", day=until) if until else ""
    return " · ".join(p for p in (title, event.given.get("reason") or "", end) if p)


def _rectify(event: _Event) -> str:
    given = event.given
    said = gettext(
        "第 %(event)s 条记录的 %(field)s 改为 %(value)s",
        event=given.get("event"),
        field=given.get("field"),
        value=given.get("value"),
    )
    return str(said)


def _number(event: _Event) -> str:
    return str(event.given.get("number") or event.given.get("receipt") or "")


def _reason(event: _Event) -> str:
    return str(event.given.get("reason") or event.given.get("reasons") or "")


def _pause(event: _Event) -> str:
    return word("pause_reason", event.given.get("reason") or "expert_review").read(language())


def _facts(event: _Event) -> str:
    moved = [c for c in event.body.get("changes") or () if c["field"].startswith("clock.")]
    if moved:
        days = (f"{field_word(c['field'])} {c['old']} → {c['new']}" for c in moved)
        return str(gettext("放假安排有变：%(days)s", days=joined(days, "；")))
    names = (name.partition(".")[0] for name in event.changed if name not in _UNTOLD)
    return words_line("case_field", dict.fromkeys(names))


def _dates(event: _Event) -> str:
    set_to = ((field_word(c["field"]), c["new"]) for c in event.body.get("changes") or ())
    return joined(f"{name} {day or gettext('已取消')}" for name, day in set_to)


def _assign(event: _Event) -> str:
    names = [
        event.page.names.get(str(change["new"]), (str(change["new"]), ""))[0]
        for change in event.body.get("changes") or ()
    ]
    return "→ " + joined(names) if names else ""


_SAYS: Mapping[str, Callable[[_Event], str]] = {
    "provide": _provide,
    "answer": _answer,
    "request_correction": _correction,
    "waive": _waive,
    "rectify": _rectify,
    "submit": _number,
    "resubmit": _number,
    "accept": _number,
    "approve": _number,
    "reject": _reason,
    "decline": _reason,
    "withdraw": _reason,
    "return_pack": _reason,
    "revoke_sign_off": _reason,
    "pause_review": _pause,
    "resume_review": _pause,
    "set_facts": _facts,
    "open": _facts,
    "assign": _assign,
    "set_dates": _dates,
}
