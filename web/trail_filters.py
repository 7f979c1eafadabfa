"""The filters of the trail in its address: read, told apart, shown as chips, carried on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import request, url_for
from flask_babel import gettext
from sqlmodel import Session

from web.access import current_actor
from web.bookmarks import pass_over
from web.forms import Answers
from web.keys import page_key
from web.ports import desk
from web.search import search_words
from workflow.domain.procedure import Text
from workflow.law import catalogue
from workflow.services import lists, subjects, trail_kinds
from workflow.services.accounts import Account
from workflow.services.desk import CompanyLine
from workflow.services.normalize import FormError, register_number
from workflow.services.trail_finder import Turn, Wanted

TURNS: tuple[Turn, ...] = ("before", "after")
LAST = "last"
SEVERAL = 6
LONGEST_ID = 9
Chip = tuple[str | Text, str]
Person = tuple[str, str | Text]


@dataclass(frozen=True, slots=True)
class Subject:
    """What the trail is about: one case, company or license, several companies, or nothing known.

    `words` is what was typed or linked; `name` how the page says it. `looked_up`: words led to one
    company, whose id then stands in `words`, so that it is looked for once.
    """

    words: str = ""
    name: str = ""
    case_id: int | None = None
    company: CompanyLine | None = None
    license_id: int | None = None
    several: tuple[CompanyLine, ...] = ()
    looked_up: bool = False

    @property
    def unknown(self) -> bool:
        """True when something is meant that is not there, or that could be several."""
        known = self.case_id is not None or self.company or self.license_id is not None
        return bool(self.words) and not known


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters in force and the page of the result."""

    first: date | None
    last: date | None
    actor: str
    subject: Subject
    action: str
    kinds: tuple[str, ...]
    risks: tuple[str, ...]
    turn: Turn
    of: int | None

    @property
    def wanted(self) -> Wanted:
        """As the trail is asked."""
        return Wanted(
            zone=desk().settings.timezone,
            first=self.first,
            last=self.last,
            actor=self.actor,
            case_id=self.subject.case_id,
            company_id=self.subject.company.id if self.subject.company else None,
            license_id=self.subject.license_id,
            action=self.action,
            kinds=self.kinds,
            risks=self.risks,
        )

    def query(self, *without: str) -> dict[str, Any]:
        """The filters as an address carries them, less some."""
        kept: dict[str, Any] = {
            "first": self.first and self.first.isoformat(),
            "last": self.last and self.last.isoformat(),
            "actor": self.actor,
            "about": self.subject.words,
            "action": self.action,
            "kind": list(self.kinds),
            "risk": list(self.risks),
        }
        return {name: value for name, value in kept.items() if value and name not in without}

    def address(self, *without: str, **more: str | int | None) -> str:
        """The trail again with these filters, less some of them."""
        return url_for("audit.index", **{**self.query(*without), **more}, _anchor="h-found")

    @property
    def here(self) -> str:
        """This very page of the result; what is open on it can be added behind."""
        address = url_for("audit.index", **self._page)
        return address + ("&" if "?" in address else "?")

    @property
    def to_print(self) -> str:
        """Where this page of the result is asked for unfolded, to print."""
        return url_for("audit.to_print", **self._page)

    @property
    def _page(self) -> dict[str, Any]:
        place: dict[str, Any] = {self.turn: self.of} if self.of else {}
        return {**self.query(), **({"page": LAST} if self.turn == LAST else place)}

    def chips(self, everybody: Sequence[Person]) -> list[Chip]:
        """The filters in force as words, each with the address that drops it."""
        shown: list[tuple[str, str | Text]] = []
        if self.first or self.last:
            shown.append(("days", _days(self.first, self.last)))
        if self.actor:
            named = (words for key, words in everybody if key == self.actor)
            shown.append(("actor", next(named, self.actor)))
        if self.subject.words:
            shown.append(("about", self.subject.name or self.subject.words))
        if self.action:
            shown.append(("action", catalogue.label_of("event", self.action)))
        chips: list[Chip] = [
            (words, self.address(*(("first", "last") if name == "days" else (name,))))
            for name, words in shown
        ]
        return chips + self._several("kind", self.kinds) + self._several("risk", self.risks)

    def _several(self, name: str, chosen: tuple[str, ...]) -> list[Chip]:
        """One chip for each of a few, one for all of many."""
        words = trail_kinds.KINDS if name == "kind" else trail_kinds.RISKS
        if len(chosen) > 2:  # noqa: PLR2004 - more would fill the heading
            many = (
                gettext("%(n)s 类事件", n=len(chosen))
                if name == "kind"
                else gettext("%(n)s 项重点", n=len(chosen))
            )
            return [(str(many), self.address(name))]
        return [
            (words[code], self.address(name, **{name: [c for c in chosen if c != code]}))  # type: ignore[arg-type]
            for code in chosen
        ]


def read_filters(form: Answers, session: Session) -> Filters:
    """The filters of this address, with the faults noted on the form.

    A day that is none or the wrong way round is one, and a kind or risk nobody offers: without it
    the filter would say more than was asked. A page of an old bookmark is passed over and named.
    """
    first, last = form.day("first", required=False), form.day("last", required=False)
    if first and last and last < first:
        form.refuse("last", Text("结束日期不能早于开始日期", "The last day is before the first"))
        last = None
    kinds = _offered(form, "kind", trail_kinds.KINDS)
    risks = _offered(form, "risk", trail_kinds.RISKS)
    turn, of = _place(form)
    return Filters(
        first=first,
        last=last,
        actor=form.typed("actor").strip()[:40],
        subject=_subject(form, session),
        action=form.typed("action").strip()[:40],
        kinds=kinds,
        risks=risks,
        turn=turn,
        of=of,
    )


def as_typed() -> str:
    """The trail with the filters of this address as they were typed, to be mended there."""
    typed: dict[str, Any] = request.args.to_dict(flat=False)
    return url_for("audit.index", **typed)


def _offered(form: Answers, name: str, offered: Mapping[str, Text]) -> tuple[str, ...]:
    typed = form.all_typed(name)
    odd = ", ".join(code[:40] for code in typed if code and code not in offered)
    if odd:
        says = Text(
            f"没有「{odd}」这一项，请从下面勾选", f"There is no “{odd}”: choose from the list"
        )
        form.refuse(name, says)
    return tuple(code for code in offered if code in typed)


def _place(form: Answers) -> tuple[Turn, int | None]:
    """Which page of the result: the last, or the one on either side of an event."""
    if page := form.typed("page"):
        if page == LAST:
            return "last", None
        pass_over("page", page)
    for turn in TURNS:
        typed = form.typed(turn)
        if typed:
            key = page_key(typed)
            if key is not None:
                return turn, key
            pass_over(turn, typed)
    return "first", None


def _subject(form: Answers, session: Session) -> Subject:
    """One line for a case number, a license number, or a company by name, initials or code.

    `case`, `company` and `license` are how links name them.
    """
    if form.typed("company"):
        return _company(form.typed("company"), session)
    typed = form.typed("about") or form.typed("case") or form.typed("license")
    try:
        number = register_number(typed, "about")
    except FormError as fault:
        form.errors.append(fault)
        return Subject()
    if not number:
        return Subject()
    if page_key(number) is not None and len(number) <= LONGEST_ID:  # a saved view, a link
        known = _company(number, session)
        if known.company:
            return known
    found = subjects.by_number(session, current_actor(), number)
    if found is not None:
        chain, row = found
        case = row if chain == "case" else None
        return Subject(number, number, case, None, row if chain == "license" else None)
    return _company(typed, session)


def _company(typed: str, session: Session) -> Subject:
    """The company meant by an id (from a link) or by words; several or none are told apart."""
    words = search_words(typed)
    if not words:
        return Subject(typed[:40])
    reader = current_actor()
    number = page_key(words) if len(words) <= LONGEST_ID else None
    if number is not None:
        found = lists.client_companies(session, reader, after=number - 1, limit=1)
        known = bool(found) and found[0].id == number
        return Subject(words, found[0].name, company=found[0]) if known else Subject(words)
    found = lists.client_companies(session, reader, words=words, limit=SEVERAL)
    named = [line for line in found if line.name == words]
    if len(named or found) == 1:
        line = (named or found)[0]
        return Subject(str(line.id), line.name, company=line, looked_up=True)
    return Subject(words, several=tuple(found))


def people(everybody: Iterable[Account]) -> list[Person]:
    """Everybody who may have acted, programs included, by the id the trail keeps."""
    known: list[Person] = [
        (str(account.id), f"{account.name}（{account.login}）") for account in everybody
    ]
    return [*known, *catalogue.labels("program").items()]


def _days(first: date | None, last: date | None) -> str:
    if first and last:
        return str(gettext("%(first)s 至 %(last)s", first=first, last=last))
    return f"≥ {first}" if first else f"≤ {last}"
