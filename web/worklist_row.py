"""One row of the worklist: how far the case is, and the button for what comes next."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext

from web.case_words import word
from workflow.domain.procedure import Role, Text
from workflow.services.desk import Entry

_STEPS = {"draft": 0, "material_prep": 1, "returned": 1, "in_review": 2, "submitted": 3,
          "accepted": 3, "reported": 3, "correction_requested": 4}  # fmt: skip
LAST_STEP = 5


@dataclass(frozen=True, slots=True)
class Next:
    """The button at the end of a row; without an address it unfolds the row."""

    label: Text | str
    address: str | None = None
    primary: bool = False


def next_button(entry: Entry, role: Role) -> Next:
    """What the person does next with a case: act, mend, look, or record what the authority did."""
    line = entry.line
    page = url_for("cases.show", number=line.number)
    if role is Role.REVIEWER and line.turn == "reviewer":
        return Next(gettext("复核"), page, primary=True)
    if role not in (Role.HANDLER, Role.REVIEWER) or line.turn == "reviewer":
        return Next(gettext("查看"), page)
    if entry.next_act == "deliver" or (entry.ready and entry.next_act):
        return Next(word("trigger", entry.next_act), primary=entry.ready)
    if line.turn == "authority":
        return Next(gettext("登记进展"))
    return Next(gettext("处理卡点"))


def steps_done(entry: Entry) -> int:
    """How many of the six steps are behind."""
    return _STEPS.get(entry.standing, LAST_STEP)
