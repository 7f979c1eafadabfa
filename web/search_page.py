"""One search page, and the same as the list of the command palette."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from sqlmodel import Session

from web.access import EVERYBODY, current_actor, may_open, needs
from web.case_words import kinds_line, word
from web.i18n import language
from web.next_steps import rule_address
from web.ports import desk, now
from web.search import search_words
from web.shell import places
from workflow.domain.errors import NotFound
from workflow.domain.procedure import Role
from workflow.services import case_view, search
from workflow.services.companies import initials

pages = Blueprint("search", __name__)
IN_PALETTE = 6
_READERS = (Role.HANDLER, Role.REVIEWER, Role.MANAGER, Role.AUDITOR)


@dataclass(frozen=True, slots=True)
class Hit:
    """One line: what it is, a few words about it, where it leads; `blocked` needs mending first."""

    icon: str
    title: str
    note: str
    address: str
    blocked: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Hits of one sort; `more` leads to the whole list of that sort."""

    name: str
    title: str
    hits: list[Hit]
    more: str | None = None


@pages.get("/search")
@needs(*EVERYBODY)
def show() -> ResponseReturnValue:
    """Everything that fits `q`, by sort. The number of one case, alone, opens it."""
    typed = request.args.get("q", "")
    words = search_words(typed)
    if not any(sign.isalnum() for sign in words):
        words = ""
    with desk().database.reading() as session:
        if "palette" in request.args:
            return render_template("search/palette.html", groups=_palette(session, words))
        found = search.find(session, current_actor(), now(), words)
    if any(hit.number == words for hit in found.cases):
        return redirect(url_for("cases.show", number=words), 303)
    return render_template(
        "search/show.html",
        typed=typed.strip()[:100],
        words=words,
        cut=len(typed.strip()) > len(words) + 50,
        found=found,
        groups=[group for group in (*_found(found, words), *_goto(words)) if group.hits],
    )


def _palette(session: Session, words: str) -> list[Group]:
    groups = [*_acts(session, words)]
    if words:
        found = search.find(session, current_actor(), now(), words, shown=IN_PALETTE)
        groups += [group for group in _found(found, words) if group.hits]
    return groups + _goto(words)


def _acts(session: Session, words: str) -> list[Group]:
    """What can be done with the case the palette was opened on."""
    number = request.args.get("case", "")
    if not number or current_actor().role not in _READERS:
        return []
    try:
        view = case_view.view(session, number, current_actor(), now())
    except NotFound:
        return []
    page = url_for("cases.show", number=number)
    hits = []
    for offer in view.offers:
        label = offer.rule.label.read(language())
        if not _fits(words, f"{label} {view.company.name}"):
            continue
        address = url_for("cases.act", number=number, trigger=offer.rule.trigger)
        if offer.allowed:
            hits.append(Hit("arrow", label, "", address))
        elif offer.unmet:
            left = ngettext("还差 %(num)s 项", "还差 %(num)s 项", offer.unmet)
            hits.append(Hit("lock", f"{label} · {left}", "", f"{page}#blockers", blocked=True))
    return [Group("acts", gettext("本案可执行"), hits)] if hits else []


def _found(found: search.Results, words: str) -> list[Group]:
    full = search.SHOWN
    cases = [
        Hit("cases", f"{hit.number} {hit.company}",
            " · ".join((word("procedure", hit.procedure).read(language()),
                        kinds_line(list(hit.kinds)), word("state", hit.state).read(language()))),
            url_for("cases.show", number=hit.number))
        for hit in found.cases
    ]  # fmt: skip
    clients = [
        Hit("company", hit.name, f"{hit.uscc[:4]} ···· {hit.uscc[-3:]}",
            url_for("companies.show", company_id=hit.id))
        for hit in found.clients
    ]  # fmt: skip
    licenses = [
        Hit("license", f"{hit.number} {hit.company}",
            gettext("%(day)s 到期", day=hit.valid_to.isoformat()),
            url_for("licenses.show", license_id=hit.id))
        for hit in found.licenses
    ]  # fmt: skip
    ranges = [
        Hit("book", row.code, row.name.read(language()),
            rule_address("number") or url_for("law.index"))
        for row in found.ranges
    ]  # fmt: skip
    return [
        Group("cases", gettext("案件"), cases,
              url_for("cases.index", q=words) if len(cases) >= full else None),
        Group("clients", gettext("客户"), clients,
              url_for("companies.index", q=words) if len(clients) >= full else None),
        Group("licenses", gettext("许可证"), licenses),
        Group("ranges", gettext("码号段"), ranges),
    ]  # fmt: skip


def _goto(words: str) -> list[Group]:
    hits = [
        Hit(place.icon, str(place.label), f"g {place.key}", url_for(place.endpoint))
        for place in places()
        if _fits(words, str(place.label))
    ]
    if may_open("cases.new") and _fits(words, gettext("新建案件")):
        hits.append(Hit("plus", gettext("新建案件"), "n", url_for("cases.new")))
    return [Group("goto", gettext("前往"), hits)] if hits else []


def _fits(words: str, label: str) -> bool:
    """Every word is in the label or in its pinyin initials."""
    lowered = label.lower()
    return all(part in lowered or part in _initials(label) for part in words.lower().split())


@cache
def _initials(label: str) -> str:
    return initials(label)
