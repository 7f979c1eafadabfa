"""Several cases at once: which are included and which skipped and why, then a result for each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlmodel import Session

from web.access import current_actor
from web.case_words import word
from web.forms import Answers
from web.links import kept_filters, list_link
from web.ports import desk, now
from web.side_bar import asked_of
from web.worklist_filters import KEPT, read_page
from web.writes import fresh_key, write_once
from workflow.domain.errors import DeskError
from workflow.domain.procedure import Text
from workflow.services import bulk
from workflow.services.bulk import Told
from workflow.services.desk import Entry, entries_named
from workflow.services.worklists import Page

_LABELS = {"handler": Text("承办人", "the handler"), "authority": Text("主管部门", "the authority"),
           "internal_by": Text("内部期限", "the internal date"),
           "on": Text("受理日期", "the day of acceptance")}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One chosen case: why it is skipped, and after the act what became of it."""

    entry: Entry
    why: Text | None
    fault: Text | None = None
    done: bool = False


@dataclass(frozen=True, slots=True)
class Selection:
    """What was chosen, with what each act would do; `lost` are chosen ones nobody finds here.

    `part` is the page of the list that these are, where the whole list was asked for.
    """

    entries: list[Entry]
    takers: dict[int, list[tuple[str, str]]]
    lost: int
    part: Page | None = None

    def lines(self, act: str, told: Told) -> list[Line]:
        """Every chosen case under one act."""
        actor = current_actor()
        return [
            Line(
                entry,
                bulk.foresee(
                    entry, act, told, actor=actor,
                    takes=[key for key, _ in self.takers.get(entry.line.company_id, ())],
                ),
            )
            for entry in self.entries
        ]  # fmt: skip

    @property
    def authorities(self) -> list[tuple[str, Text]]:
        """The authorities that cases awaiting acceptance are before, the commonest first."""
        found = Counter(e.line.authority for e in self.entries if e.standing == "submitted")
        return [(code, word("authority", code)) for code, _ in found.most_common()]

    @property
    def handlers(self) -> list[tuple[str, str]]:
        """Who may take on at least one of them."""
        return sorted({pair for pairs in self.takers.values() for pair in pairs})

    def counts(self) -> dict[str, int]:
        """How many cases each act would include."""
        first = self.authorities[0][0] if self.authorities else ""
        return {
            act: sum(line.why is None for line in self.lines(act, Told(authority=first)))
            for act in bulk.ACTS
        }


def chosen(session: Session) -> Selection:
    """The ticked cases of the address or form; with `all` a page of the list it asks for."""
    if request.values.get("all"):
        part = read_page(session, request.args)
        entries = list(part.entries)
        return Selection(entries, bulk.takers(session, entries), 0, part)
    numbers = list(dict.fromkeys(request.values.getlist("case")))[: bulk.MOST]
    entries = entries_named(session, current_actor(), now(), numbers)
    return Selection(entries, bulk.takers(session, entries), len(numbers) - len(entries))


def show(session: Session) -> ResponseReturnValue:
    """The page before the act; to a script only how many are chosen and what can be done."""
    found = chosen(session)
    if request.headers.get("HX-Target") == "chosen":
        return render_template("worklist/_chosen.html", selection=found, counts=found.counts())
    return _page(found, _act(found), None)


def run() -> ResponseReturnValue:
    """Take the act on every case that is still included, each in a transaction of its own."""
    form = Answers(request.form, _LABELS)
    with desk().database.reading() as session:
        found = chosen(session)
        act = _act(found)
        told = _told(found, act, form)
        if form.errors or not found.entries:
            return _page(found, act, form)
        lines = found.lines(act, told)
    key = form.typed("once")[:100]
    done = [line if line.why else _taken(line, act, told, key) for line in lines]
    body = render_template(
        "worklist/bulk_done.html", lines=done, act=act, form=form, key=fresh_key(),
        verb=verb(act), retry=[line.entry.line.number for line in done if line.fault],
        onward=_onward(act, form.typed("onward"), asked_of(form.typed("query"))),
    )  # fmt: skip
    return make_response(body)


def _act(found: Selection) -> str:
    """The act asked for, or the first that includes a case."""
    asked = request.values.get("do", "")
    likely = max(found.counts().items(), key=lambda pair: pair[1])[0]
    return asked if asked in bulk.ACTS else likely


def _told(found: Selection, act: str, form: Answers) -> Told:
    if act == "assign":
        return Told(handler=form.choice("handler", [key for key, _ in found.handlers]) or "")
    if act == "dates":
        return Told(internal_by=form.day("internal_by"))
    if act == "progress":
        authority = form.choice("authority", [code for code, _ in found.authorities])
        return Told(authority=authority or "", on=form.day("on"))
    return Told()


def _taken(line: Line, act: str, told: Told, key: str) -> Line:
    number = line.entry.line.number
    content = {"bulk": act, "case": number, **told.as_content()}
    try:
        write_once(
            f"{key}:{number}" if key else "",
            content,
            lambda tx, asked: {
                "version": bulk.take(
                    tx, number, act, told, actor=current_actor(), moment=now(), request=asked
                )
            },
        )
    except DeskError as error:
        return replace(line, fault=error.says)
    return replace(line, done=True)


def _page(found: Selection, act: str, form: Answers | None) -> ResponseReturnValue:
    first, part = found.authorities[0][0] if found.authorities else "", found.part
    told = Told(
        handler=form.typed("handler") if form else "",
        authority=(form.typed("authority") if form else "") or first,
    )
    body = render_template(
        "worklist/bulk.html",
        selection=found,
        lines=found.lines(act, told),
        act=act,
        verb=verb(act),
        verbs=[(name, verb(name), count) for name, count in found.counts().items()],
        form=form,
        key=fresh_key(),
        first_authority=first,
        query=urlencode(kept_filters(KEPT)),
        onward=f"{part.after[1]}.{part.after[0]}" if part and part.after else "",
    )
    return make_response(body, 422 if form or not found.entries else 200)


def _onward(act: str, key: str, asked: dict[str, str]) -> str:
    """Where the rest of a list longer than one act takes goes on; empty at its end."""
    more = {"all": "1", "do": act, "after": key}
    return list_link("worklist.bulk", asked | more) if key else ""


def verb(act: str) -> Any:  # noqa: ANN401 - words of the page's language
    """What the button of an act says."""
    return {"chase": gettext("催客户"), "assign": gettext("改派"),
            "dates": gettext("改内部期限"), "progress": gettext("登记受理")}[act]  # fmt: skip
