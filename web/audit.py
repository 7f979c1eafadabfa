"""The trail: who did what under which rule, whether the chain holds, and a check on demand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from web.access import current_actor, needs
from web.forms import Answers
from web.keys import page_key
from web.normalize import register_number
from web.ports import desk, now
from web.search import search_words
from web.trail_words import entries
from web.writes import instant
from workflow.domain.procedure import Role, Text
from workflow.law import catalogue
from workflow.services import accounts, lists, trail
from workflow.services.desk import CompanyLine

pages = Blueprint("audit", __name__)
READERS = (Role.AUDITOR, Role.MANAGER)
LONGEST_ID = 9
SEVERAL = 6
#: Actions that no rule of a procedure names.
RECORDED = ("open", "provide", "answer", "assign", "set_facts", "open_service")


@pages.get("/audit")
@needs(*READERS)
def index() -> ResponseReturnValue:
    """The card of the chain and one page of entries, filtered by the address."""
    form = Answers(request.args)
    with desk().database.reading() as session:
        wanted = read(form, session)
        found = trail.of_days(session, current_actor(), **wanted.filters()) if wanted.any else None
        page = render_template(
            "audit/index.html",
            form=form,
            wanted=wanted,
            entries=entries(found) if found else [],
            following=_following(found),
            check=trail.last_check(session),
            people=people(session),
            actions=_actions(),
            chosen=_chosen(wanted, session),
            label=catalogue.label_of,
            instant=instant,
        )
    return page, 422 if form.errors else 200


@pages.post("/audit/verify")
@needs(*READERS)
def verify() -> ResponseReturnValue:
    """Verify the whole trail now and keep what came out, good or bad."""
    with desk().database.reading() as session:
        verdict = trail.verify(session)
    with desk().database.transaction() as tx:
        trail.keep(tx, verdict, now())
    return redirect(url_for(".index", did="verified"), 303)


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters in force. `several` are the companies that a name may mean."""

    first: date | None
    last: date | None
    actor: str
    action: str
    case: str
    company: CompanyLine | None
    several: tuple[CompanyLine, ...]
    no_company: bool
    before: int | None

    @property
    def any(self) -> bool:
        """False when the company meant is not known, so that nothing would be a wrong answer."""
        return not (self.several or self.no_company)

    def filters(self) -> dict[str, Any]:
        """As the trail is asked."""
        return {
            "first": self.first,
            "last": self.last,
            "actor": self.actor,
            "action": self.action,
            "case_number": self.case,
            "company_id": self.company.id if self.company else None,
            "before": self.before,
        }

    def address(self, *without: str, **more: str | int | None) -> str:
        """This page again with these filters, less some of them."""
        kept: dict[str, Any] = {
            "first": self.first and self.first.isoformat(),
            "last": self.last and self.last.isoformat(),
            "actor": self.actor or None,
            "action": self.action or None,
            "case": self.case or None,
            "company": self.company.id if self.company else None,
        }
        kept = {name: value for name, value in kept.items() if name not in without}
        return url_for("audit.index", **{**kept, **more})


def read(form: Answers, session: Session) -> Wanted:
    """The filters of the address; a day that is none, or the wrong way round, is a fault."""
    first, last = form.day("first", required=False), form.day("last", required=False)
    if first and last and last < first:
        form.refuse("last", Text("结束日期不能早于开始日期", "The last day is before the first"))
        last = None
    company, several, none = _company(form.typed("company"), session)
    return Wanted(
        first=first,
        last=last,
        actor=form.typed("actor"),
        action=form.typed("action"),
        case=register_number(form.typed("case"), "case"),
        company=company,
        several=several,
        no_company=none,
        before=page_key(form.typed("before")),
    )


def _company(
    typed: str, session: Session
) -> tuple[CompanyLine | None, tuple[CompanyLine, ...], bool]:
    """The company meant by an id (from a link) or by words; several or none are told apart."""
    words = search_words(typed)
    if not words:
        return None, (), False
    number = page_key(words) if len(words) <= LONGEST_ID else None
    if number is not None:
        found = lists.client_companies(session, current_actor(), after=number - 1, limit=1)
        return (found[0], (), False) if found and found[0].id == number else (None, (), True)
    found = lists.client_companies(session, current_actor(), words=words, limit=SEVERAL)
    if len(found) == 1:
        return found[0], (), False
    return None, tuple(found), not found


def people(session: Session) -> list[tuple[str, str | Text]]:
    """Everybody who may have acted, the clock included, by the id the trail keeps."""
    known: list[tuple[str, str | Text]] = [
        (str(account.id), f"{account.name}（{account.login}）")
        for account in accounts.everybody(session)
    ]
    return [*known, ("clock", catalogue.label_of("role", "clock"))]


def _chosen(wanted: Wanted, session: Session) -> list[tuple[str | Text, str]]:
    """The filters in force as words, each with the address that drops it."""
    names, actions = dict(people(session)), dict(_actions())
    shown: list[tuple[str, str | Text]] = [
        ("first", f"≥ {wanted.first}" if wanted.first else ""),
        ("last", f"≤ {wanted.last}" if wanted.last else ""),
        ("actor", names.get(wanted.actor, wanted.actor)),
        ("case", wanted.case),
        ("company", wanted.company.name if wanted.company else ""),
        ("action", actions.get(wanted.action, wanted.action)),
    ]
    return [(words, wanted.address(name)) for name, words in shown if words]


def _following(found: trail.TrailPage | None) -> int | None:
    full = found is not None and len(found.events) == trail.PAGE
    return found.events[-1].id if found and full else None


def _actions() -> list[tuple[str, Text]]:
    """Every action an entry may have, in the order of the law."""
    codes = [*RECORDED]
    codes += [rule.trigger for p in catalogue.LAW.procedures.values() for rule in p.rules]
    return [
        (
            code,
            Text("登记开通业务", "Service opening recorded")
            if code == "open_service"
            else catalogue.label_of("event", code),
        )
        for code in dict.fromkeys(codes)
    ]
