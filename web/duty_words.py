"""What a license owes, as lines of a page: which run, by when, on what basis, how to settle it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext

from web.case_words import clock_basis, deadline_name, word
from web.i18n import language
from web.links import list_link
from workflow.domain.ladder import Deadline
from workflow.domain.procedure import Text
from workflow.domain.workdays import Calendar, safe_backward

_OPENS = {
    "K-RENEW": "renewal",
    "K-AR": "annual_report",
    "K-CHG-REG": "change",
    "K-CHG-DEC": "change",
    "K-BRANCH": "branch_report",
}


@dataclass(frozen=True, slots=True)
class DutyLine:
    """One run of one duty. `safe` is the last working day on or before its arithmetical day.

    `opens` is the procedure that settles it, if any; `by_hand` whether it can be marked done.
    """

    run: Deadline
    name: Text
    which: str
    safe: date
    estimated: bool
    basis: str
    opens: str | None
    by_hand: bool


def duty_line(run: Deadline, calendar: Calendar) -> DutyLine:
    """One live deadline of a license in words."""
    return DutyLine(
        run,
        deadline_name(run.code),
        which(run),
        safe_backward(calendar, run.counted or run.due_on),
        calendar.estimated(run.due_on, run.due_on) and run.code != "K-RENEW",
        clock_basis(run.code),
        _OPENS.get(run.code),
        run.code != "K-RENEW",
    )


def which(run: Deadline) -> str:
    """What tells this run from the next of the same duty: a year, a change, a province."""
    first, _, rest = run.cycle.partition(" ")
    lang = language()
    if run.code in ("K-AR", "K-CODEAR"):
        return str(gettext("%(year)s 年度", year=run.cycle))
    if run.code in ("K-CHG-REG", "K-CHG-DEC"):
        return str(gettext("%(what)s，%(day)s", what=word("change", first).read(lang), day=rest))
    if run.code == "K-BRANCH":
        action, _, day = rest.partition(" ")
        what = f"{word('coverage', first).read(lang)} {word('branch_action', action).read(lang)}"
        return str(gettext("%(what)s，%(day)s", what=what, day=day))
    if run.code == "K-REG30":
        return word("task", first).read(lang)
    return ""


def new_case_link(company_id: int, procedure: str, license_id: int | None) -> str:
    """Where a case about this license is opened, with what is known filled in."""
    return list_link(
        "cases.new",
        {
            "company": str(company_id),
            "procedure": procedure,
            "license": str(license_id) if license_id else None,
        },
    )
