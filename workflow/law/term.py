"""How long a license runs, where it stands in its term, and what its renewal is called."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from workflow.domain.procedure import Citation, Confidence, Text
from workflow.domain.workdays import Calendar, add_years, safe_backward
from workflow.law.duties import renewal_day
from workflow.law.ladders import WINDOW
from workflow.law.sources import ORDER_42, cite
from workflow.law.vocabulary import Labels

TERM_YEARS = 5
"""In calendar years, from the first day of the license."""

TERM_CITES: tuple[Citation, ...] = (cite(ORDER_42, "第十四条", "Art. 14", Confidence.SECONDARY),)

AHEAD = 365
"""Calendar days before expiry within which a license is looked at for its renewal."""

_YEAR = 365.25

Standing = Literal[
    "valid",
    "before_window",
    "in_window",
    "under_way",
    "approved",
    "late",
    "not_renewed",
    "ending",
    "ended",
]
RENEWAL_STANDINGS: Labels = {
    "valid": Text("有效", "Valid"),
    "before_window": Text("未到窗口", "Window not open"),
    "in_window": Text("窗口内 · 未启动", "In window · not started"),
    "under_way": Text("办理中", "Renewal under way"),
    "approved": Text("已批准 · 待登记", "Approved, to be recorded"),
    "late": Text("已过期限 · 未启动", "Too late · not started"),
    "not_renewed": Text("拟不续期", "Will not be renewed"),
    "ending": Text("注销办理中", "Cancellation under way"),
    "ended": Text("已失效", "No longer in force"),
}
"""What the register says of the renewal of a license."""
LIVES: Labels = {
    "valid": Text("有效", "Valid"),
    "expiring": Text("将届满", "Expiring"),
    "renewed_in_part": Text("有效（部分业务已续期）", "Valid (renewed in part)"),
    "lapsed": Text("已失效", "Lapsed"),
    "cancelled": Text("已注销", "Cancelled"),
    "revoked": Text("已吊销", "Revoked"),
    "void": Text("登记已撤销", "Entry undone"),
}
"""What becomes of a license over its life."""


def faulty_term(first: date, last: date) -> Text | None:
    """Why no license can run from `first` to `last`; None where one can."""
    if last > first:
        return None
    return Text(
        "有效期止须晚于有效期起：许可证有效期以年计，法定五年（42号令第十四条）",
        "The last day must be after the first: a license runs five years (Order 42, 14)",
    )


def odd_term(first: date, last: date) -> Text | None:
    """What is unusual about a term: neither five years nor renewed by fives. Never a bar."""
    years = max(1, round((last - first).days / (_YEAR * TERM_YEARS))) * TERM_YEARS
    whole = add_years(first, years)
    if whole - timedelta(1) <= last <= whole:
        return None
    return Text(
        f"{first} 至 {last} 不是法定的五年（42号令第十四条）",
        f"{first} to {last} is not the five years of the law (Order 42, 14)",
    )


@dataclass(frozen=True, slots=True)
class Term:
    """The dates of a license that its last day decides.

    `opens` is when we open the renewal, `latest` the last day to file it (42号令 27), `safe` the
    last working day on or before that.
    """

    opens: date
    latest: date
    safe: date
    valid_to: date


def term_of(valid_to: date, calendar: Calendar) -> Term:
    """The dates that follow from the last day of a license."""
    latest = renewal_day(valid_to)
    return Term(
        valid_to - timedelta(WINDOW), latest, safe_backward(calendar, latest), valid_to
    )  # fmt: skip


def renewal_standing(
    term: Term,
    *,
    status: str,
    today: date,
    will_not_renew: bool = False,
    procedures: Iterable[tuple[str, str]] = (),
) -> Standing:
    """What is said of a renewal. `procedures`: (procedure, state) of what is open on the license.

    A cancellation counts here only when it ends the whole license; an approved renewal counts as
    open until the license was delivered.
    """
    states = dict(procedures)
    if status != "valid":
        return "ended"
    if "cancellation" in states:
        return "ending"
    if "renewal" in states:
        return "approved" if states["renewal"] == "approved" else "under_way"
    if will_not_renew:
        return "not_renewed"
    return _by_day(term, today)


def _by_day(term: Term, today: date) -> Standing:
    if today > term.latest:
        return "late"
    if today >= term.opens:
        return "in_window"
    return "before_window" if today >= term.valid_to - timedelta(AHEAD) else "valid"


def life_of(term: Term, *, status: str, today: date, renewed_in_part: bool = False) -> str:
    """The word of `LIVES` for a license on a day."""
    if status != "valid":
        return status
    if today >= term.opens:
        return "expiring"
    return "renewed_in_part" if renewed_in_part else "valid"
