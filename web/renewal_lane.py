"""The lane of a license: twelve months with window, latest filing day and expiry, and in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import lazy_gettext, ngettext

from web.case_words import word
from web.i18n import language
from workflow.services.portfolio import Held

MONTHS = 12
WIDTH = 360
_FILLED = {"in_window": "window", "before_window": "window", "late": "late",
           "under_way": "under-way", "approved": "under-way"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bar:
    """A filled stretch of the lane: where, how wide, and what it means."""

    x: float
    width: float
    kind: str


@dataclass(frozen=True, slots=True)
class Lane:
    """What is drawn, in units of 1/360 of the year shown; `says` is the same in one sentence."""

    months: tuple[float, ...]
    today: float
    bar: Bar | None
    safe: float | None
    latest: float | None
    expiry: float | None
    says: str

    @property
    def empty(self) -> bool:
        """True when nothing of the license falls into the year shown."""
        return self.bar is None and self.latest is None and self.expiry is None


def months_from(today: date) -> list[date]:
    """The first days of the twelve months shown, this one first."""
    found = [today.replace(day=1)]
    for _ in range(MONTHS - 1):
        found.append((found[-1] + timedelta(31)).replace(day=1))
    return found


def lane_of(held: Held, today: date, safe_start: date | None = None) -> Lane:
    """The lane of one license; `safe_start` is drawn too where it is told."""
    months = months_from(today)
    end = (months[-1] + timedelta(31)).replace(day=1)

    def at(day: date) -> float:
        return round((day - months[0]).days / (end - months[0]).days * WIDTH, 1)

    def inside(day: date | None) -> float | None:
        return at(day) if day and months[0] <= day < end else None

    open_ = held.standing not in ("ended", "ending", "not_renewed")
    return Lane(
        tuple(at(month) for month in months[1:]),
        at(today),
        _bar(held, months[0], end, at),
        inside(safe_start) if open_ else None,
        inside(held.term.latest) if open_ else None,
        inside(held.term.valid_to) if held.standing != "ended" else None,
        sentence(held, today),
    )


def _bar(held: Held, first: date, end: date, at: Callable[[date], float]) -> Bar | None:
    kind = _FILLED.get(held.standing)
    if kind is None:
        return None
    last = held.term.latest if kind == "window" else held.term.valid_to
    left, right = max(held.term.opens, first), min(last, end)
    return Bar(at(left), round(at(right) - at(left), 1), kind) if left < right else None


_SAYS = {
    "valid": lazy_gettext("超出 12 个月：%(end)s 到期，最迟 %(latest)s 提出续期"),
    "before_window": lazy_gettext(
        "窗口 %(opens)s 开启，届时进入负责人的工作台；最迟 %(latest)s 提出"
    ),
    "in_window": lazy_gettext("窗口 %(opens)s 已开，最迟 %(latest)s 提出，%(end)s 到期"),
    "under_way": lazy_gettext("%(number)s 办理中，最迟 %(latest)s 提出，%(end)s 到期"),
    "filed": lazy_gettext("%(number)s 已提交，等待决定；%(end)s 到期"),
    "approved": lazy_gettext("%(number)s 已批准，领证后登记送达"),
    "not_renewed": lazy_gettext("拟不续期，%(end)s 到期；最迟 %(latest)s 报告主管部门并安置用户"),
    "ending": lazy_gettext("%(number)s 注销办理中，%(end)s 到期"),
    "ended": lazy_gettext("%(status)s，有效期至 %(end)s"),
}  # fmt: skip


def sentence(held: Held, today: date) -> str:
    """What the lane shows, in words."""
    if held.standing == "late":
        return _late(held, today)
    term, case = held.term, held.case
    filed = case and case.state in ("submitted", "correction_requested")
    words = _SAYS["filed" if held.standing == "under_way" and filed else held.standing]
    return str(words) % {
        "opens": term.opens.isoformat(),
        "latest": term.latest.isoformat(),
        "end": term.valid_to.isoformat(),
        "number": case.number if case else "",
        "status": word("license_status", held.line.status).read(language()),
    }


def _late(held: Held, today: date) -> str:
    late = (today - held.term.latest).days
    return str(
        ngettext(
            "最迟 %(latest)s 提出，已过 %(num)s 天；%(end)s 到期",
            "最迟 %(latest)s 提出，已过 %(num)s 天；%(end)s 到期",
            late,
            latest=held.term.latest.isoformat(),
            end=held.term.valid_to.isoformat(),
        )
    )
