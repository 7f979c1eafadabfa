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
CHASED_AFTER = {"chase_client": 5, "chase_reviewer": 1}
"""Days of waiting after which a reminder is what comes next; before, one looks."""


@dataclass(frozen=True, slots=True)
class Next:
    """The button at the end of a row; without an address it unfolds the row."""

    label: Text | str
    address: str | None = None
    primary: bool = False
    chase: str | None = None
    """The chase that the button records at once, instead of leading somewhere."""


def next_button(entry: Entry, role: Role) -> Next:
    """What the person does next with a case: act, mend, look, or record what the authority did."""
    line = entry.line
    page = url_for("cases.show", number=line.number)
    if role is Role.REVIEWER and line.turn == "reviewer":
        return Next(gettext("复核"), page, primary=True)
    chase = chase_of(entry)
    if (
        role in (Role.HANDLER, Role.REVIEWER)
        and chase
        and entry.days_waiting >= CHASED_AFTER[chase]
    ):
        return Next(chase_label(chase), chase=chase)
    if role not in (Role.HANDLER, Role.REVIEWER) or chase:
        return Next(gettext("查看"), page)
    if entry.next_act == "deliver" or (entry.ready and entry.next_act):
        return Next(word("trigger", entry.next_act), primary=entry.ready)
    if line.turn == "authority":
        return Next(gettext("登记进展"))
    return Next(gettext("处理卡点"))


def chase_of(entry: Entry) -> str | None:
    """Whom a reminder would reach: the client or the reviewer, when the case waits for them."""
    return {"client": "chase_client", "reviewer": "chase_reviewer"}.get(entry.line.turn)


def chase_label(kind: str) -> str:
    """What the button of a reminder says."""
    says = {"chase_client": gettext("催客户"), "chase_reviewer": gettext("催复核"),
            "client_replied": gettext("客户已答复")}  # fmt: skip
    return str(says[kind])


def steps_done(entry: Entry) -> int:
    """How many of the six steps are behind."""
    return _STEPS.get(entry.standing, LAST_STEP)
