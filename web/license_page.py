"""The page of one license: what it says, what it owes, its reminders, its cases and one history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext, lazy_gettext

from web.access import current_actor, may_open, needs
from web.bookmarks import a_row, carries
from web.case_words import deadline_name, word
from web.duty_words import duty_line, new_case_link, which
from web.keys import page_key
from web.ports import desk, now
from web.renewal_lane import lane_of, months_from
from web.trail_words import entries
from web.writes import fresh_key, instant
from workflow.domain.facts import HeldLicense
from workflow.domain.procedure import Role, Text
from workflow.law.license_number import oddities
from workflow.law.term import odd_term
from workflow.services import license_view
from workflow.services.desk import LicenseLine
from workflow.services.license_view import HISTORY
from workflow.services.portfolio import Held
from workflow.services.reminder_ledger import why

READERS = (Role.HANDLER, Role.REVIEWER, Role.MANAGER, Role.AUDITOR)
WRITERS = (Role.HANDLER, Role.REVIEWER)
WHY = {
    "got": lazy_gettext("你收到了"),
    "overtaken": lazy_gettext("没有发：那几天时钟没有走，只补发最近的一次"),
    "nobody": lazy_gettext("没有发：当时没有负责人，也没有可通知的主管"),
    "before": lazy_gettext("没有发给你：这一步只通知负责人，临近或过期后才通知主管"),
    "others": lazy_gettext("没有发给你：提醒只发给这家企业的负责人和主管"),
}


@dataclass(frozen=True, slots=True)
class Next:
    """The button at the end of a row."""

    label: str
    address: str
    tone: str = ""


def next_of(held: Held) -> Next:
    """What is done next with a license: start its renewal, deal with lateness, look at a case."""
    line, page = held.line, url_for("licenses.show", license_id=held.line.id)
    if held.case and may_open("cases.show"):
        return Next(held.case.number, url_for("cases.show", number=held.case.number), "link")
    if may_open("cases.new") and held.standing == "in_window":
        return Next(
            gettext("启动续期"), new_case_link(line.company_id, "renewal", line.id), "primary"
        )
    if may_open("licenses.late") and held.standing == "late":
        return Next(gettext("登记处置"), url_for("licenses.late", license_id=line.id), "danger")
    return Next(gettext("查看"), page, "link")


@needs(*READERS)
@carries({"before": a_row})
def show(license_id: int) -> str:
    """One license."""
    actor, before = current_actor(), page_key(request.args.get("before"))
    with desk().database.reading() as session:
        view = license_view.view(session, actor, license_id, now())
        history = view.history(before)
        return render_template(
            "licenses/show.html",
            view=view,
            held=view.held,
            license=view.license,
            lane=lane_of(view.held, now().today),
            months=months_from(now().today),
            next=next_of(view.held),
            duties=[duty_line(run, view.calendar) for run in view.runs],
            in_charge=history.names.get(view.line.handler_id, ("", ""))[0],
            names=history.names,
            entries=entries(history),
            following=history.events[-1].id if len(history.events) == HISTORY else None,
            paged=before is not None,
            why=lambda line: WHY[why(line, actor)],
            which=which,
            deadline_name=deadline_name,
            instant=instant,
            link=new_case_link,
            may_write=actor.role in WRITERS,
            fresh_key=fresh_key,
            branches=_branches(view.facts),
            said=[
                (word("field", name), view.facts[name]) for name in _SAID if view.facts.get(name)
            ],
        )


_SAID = ("address", "authorized_company", "sites", "reissued_on")
"""What approved changes left on a license, where one did."""


def _branches(facts: dict[str, Any]) -> list[tuple[Any, str]]:
    """Provinces with a branch that was reported, then those still to be reported."""
    known = [(word("coverage", code), "") for code in facts.get("branch_provinces") or ()]
    return known + [
        (word("coverage", found["province"]), found["decided_on"])
        for found in facts.get("unreported_branches") or ()
    ]


def odd_number(license_: LicenseLine) -> tuple[Text, ...]:
    """What is unusual about the number for what the license says; it may still be right."""
    return oddities(
        license_.number, kinds=license_.kinds, coverage=license_.coverage, today=now().today
    )


def odd_days(license_: HeldLicense) -> Text | None:
    """What is unusual about its term; it may still be right."""
    first, last = license_.valid_from, license_.valid_to
    return odd_term(first, last) if first is not None and last is not None else None
