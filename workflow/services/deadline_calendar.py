"""The deadlines of some days: cases, renewals and duties, the person's own or all in scope."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from workflow.domain.acting import Actor
from workflow.domain.own_dates import KINDS, PROMISE, REPLY_BY, TARGET, Kind, kind_of
from workflow.domain.procedure import Text
from workflow.domain.workdays import Calendar
from workflow.law import catalogue
from workflow.law.duties import DUTIES
from workflow.law.ladders import RENEWAL_LEAD
from workflow.services import judging, lead_time, portfolio, reminding
from workflow.services.desk import case_scope
from workflow.services.portfolio import Asked, Held
from workflow.storage import dated, feeds
from workflow.storage import portfolio as portfolio_rows

MOST = 200
"""Entries of one sort on one page; a shorter span shows the rest."""
_NAMES = {
    "latest": Text("续期最迟申请", "Latest renewal filing"),
    "expiry": Text("许可证到期", "License ends"),
    "safe": Text("最迟稳妥启动续期", "Latest safe start of renewal"),
}
_SET_BY_HAND = {
    REPLY_BY: Text("补正截止", "Correction due"),
    TARGET: Text("本案内部期限", "Internal target of the case"),
    PROMISE: Text("客户约定", "Client promise"),
}
_SETTLED = ("under_way", "approved", "not_renewed", "ending", "ended")


@dataclass(frozen=True, slots=True)
class Entry:
    """One deadline on its day: a case's (`case`) or a license's (`license_id`)."""

    on: date
    kind: Kind
    name: Text
    number: str
    company: str
    case: str = ""
    license_id: int = 0


@dataclass(frozen=True, slots=True)
class Days:
    """The entries from one day to another, each day's by kind; `cut` when there are more."""

    entries: dict[date, list[Entry]]
    calendar: Calendar
    cut: bool

    @property
    def number(self) -> int:
        """How many there are."""
        return sum(map(len, self.entries.values()))


def between(session: Session, actor: Actor, first: date, last: date, *, mine: bool) -> Days:
    """What is due from `first` to `last`, in a fixed number of statements."""
    whose = actor.id if mine else ""
    cases = dated.between(session, case_scope(actor), whose, first=first, last=last, limit=MOST)
    lead = lead_time.lead_time(session, actor)
    held, cut = _ending(session, actor, whose, first=first, last=last, lead=lead.days)
    found: list[Entry] = [
        Entry(case.due_on, *_of_case(case.clock, case.turn), case.number, case.company, case.number)
        for case in cases
    ]
    for one in held:
        found += _of_license(one, lead.safe_start(one.term.latest))
    if mine:
        found += _duties(session, actor, last)
    within = [entry for entry in found if first <= entry.on <= last]
    calendar = judging.calendar_in_use(session)
    return Days(_by_day(within), calendar, cut or len(cases) == MOST)


def _of_case(clock: str, turn: str) -> tuple[Kind, Text]:
    """What the authority set or owes is the authority's; everything else the law says."""
    if clock in _SET_BY_HAND:
        return kind_of(clock), _SET_BY_HAND[clock]
    name = catalogue.label_of("clock", clock)
    return ("authority" if turn == "authority" else "statutory"), name


def _ending(
    session: Session, actor: Actor, whose: str, *, first: date, last: date, lead: int
) -> tuple[list[Held], bool]:
    """Licenses that end, must be filed for or be started in these days; True when cut."""
    ahead = (timedelta(0), timedelta(RENEWAL_LEAD), timedelta(RENEWAL_LEAD + lead))
    spans = tuple((first + days, last + days) for days in ahead)
    asked = Asked(status="valid", charge=whose, spans=spans)
    found = portfolio_rows.page(session, case_scope(actor), asked, limit=MOST)
    return portfolio.held(session, found, first), len(found) == MOST


def _of_license(held: Held, safe: date) -> Iterator[Entry]:
    line = held.line

    def entry(on: date, kind: Kind, name: str) -> Entry:
        return Entry(on, kind, _NAMES[name], line.number, line.company, license_id=line.id)

    yield entry(line.valid_to, "statutory", "expiry")
    if held.standing not in _SETTLED:
        yield entry(held.term.latest, "statutory", "latest")
        yield entry(safe, "internal", "safe")


def _duties(session: Session, actor: Actor, until: date) -> Iterator[Entry]:
    """What the licenses of this person's clients owe beside their renewal."""
    numbers = dict(feeds.licenses_in_charge(session, actor.id, MOST))
    runs = reminding.license_deadlines(session, numbers, until)
    for ident, owed in runs.items():
        for run in owed:
            if run.code != "K-RENEW":
                yield Entry(
                    run.due_on, "statutory", DUTIES[run.code], numbers[ident], "", license_id=ident
                )


def _by_day(entries: Iterable[Entry]) -> dict[date, list[Entry]]:
    found: dict[date, list[Entry]] = {}
    for entry in sorted(entries, key=lambda one: (one.on, KINDS.index(one.kind), one.number)):
        found.setdefault(entry.on, []).append(entry)
    return found
