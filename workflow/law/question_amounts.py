"""Figures of an answer in words: lengths of clocks, fixed days, capital, foreign shares, terms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from workflow.domain.procedure import Text
from workflow.domain.time_limit import Clock, Unit
from workflow.law import capital, clocks, foreign
from workflow.law.anchors import next_fee_day, report_day
from workflow.law.annual import LATE_UNTIL
from workflow.law.figures import USUAL
from workflow.law.number_ranges import MINIMUM_BRANCHES
from workflow.law.question_datum import Datum, spoken
from workflow.law.renewal import WINDOW_OPENS_DAYS
from workflow.law.term import TERM_YEARS

MONTHS = tuple(date(2000, month, 1).strftime("%B") for month in range(1, 13))
TEN_THOUSAND = 10_000


def clock_length(code: str, rest: str) -> Datum | None:
    """`K-NUM` is its length, `K-NUM.more` what an extension adds, `K-CORR.silence` the sentence."""
    clock = next((clock for clock in clocks.CLOCKS if clock.code == code), None)
    if clock is None:
        return None
    if rest == "":
        text = _FIXED[code]() if code in _FIXED else length_of(clock.length, clock)
    elif rest == "more":
        text = length_of(clock.extension, clock) if clock.extension else None
    elif rest == "late" and code == "K-AR":
        text = _day(*LATE_UNTIL)
    else:
        text = {"silence": clock.silence, "name": clock.name}.get(rest)
    return spoken(text, code)


def length_of(length: int, clock: Clock) -> Text | None:
    """`60 个工作日`, `60 working days`; None for a fixed day, which has no length."""
    many = "" if length == 1 else "s"
    return {
        Unit.WORKING: Text(f"{length} 个工作日", f"{length} working day{many}"),
        Unit.CALENDAR: Text(f"{length} 日", f"{length} day{many}"),
        Unit.YEARS: Text(f"{length} 年", f"{length} year{many}"),
    }.get(clock.unit)


def _day(month: int, day: int) -> Text:
    return Text(f"{month} 月 {day} 日", f"{day} {MONTHS[month - 1]}")


def _reports_due() -> Text:
    due = report_day(2000)
    return _day(due.month, due.day)


def _fee_days() -> Text:
    day, found = date(2000, 1, 1), list[date]()
    while (day := next_fee_day(day)).year == 2000:  # noqa: PLR2004 - any year has the same days
        found.append(day)
        day = day.replace(day=day.day + 1)
    months = "、".join(str(day.month) for day in found)
    days = ", ".join(_day(day.month, day.day).en for day in found)
    return Text(f"{months} 月的 {found[0].day} 日", days)


_FIXED: Mapping[str, Callable[[], Text]] = {
    "K-AR": _reports_due,
    "K-CODEAR": _reports_due,
    "K-FEE": _fee_days,
}


def yuan(amount: int) -> Text:
    """`100 万元`, `RMB 1,000,000`."""
    round_ = amount % TEN_THOUSAND == 0
    zh = f"{amount // TEN_THOUSAND} 万元" if round_ else f"{amount:,} 元"
    return Text(zh, f"RMB {amount:,}")


def _capital(scope: str) -> Datum | None:
    figures = {"P": capital.MINIMUM_PROVINCE, "N": capital.MINIMUM_NATIONWIDE}
    return Datum(yuan(figures[scope]), "G-CAPITAL", proper=True) if scope in figures else None


def _cap(rest: str) -> Datum | None:
    """`cap.SP`, `cap.ICP-PUBLISH.p4`; `cap.listed` is the share below which one is domestic."""
    code, _, place = rest.partition(".")
    if code == "listed":
        return Datum(
            Text(f"{foreign.EXCEPTION_BELOW}%", f"{foreign.EXCEPTION_BELOW}%"), "G-FOREIGN"
        )
    cap = foreign.CAPS.get(code)
    if cap is None or place not in ("", "p4", "p20"):
        return None
    return Datum(share_of(getattr(cap, place or "ordinary")), "G-FOREIGN")


def share_of(percent: int | None) -> Text:
    """The largest foreign share in words."""
    if percent is None:
        return Text("未核实", "not verified")
    if percent == foreign.CLOSED:
        return Text("不开放", "closed")
    if percent >= foreign.NO_LIMIT:
        return Text("不限（可达 100%）", "no limit (up to 100%)")
    return Text(f"不超过 {percent}%", f"at most {percent}%")


def _branches(which: str) -> Datum | None:
    provinces, cities = MINIMUM_BRANCHES
    words = {
        "provinces": Text(f"{provinces} 个省", f"{provinces} provinces"),
        "cities": Text(f"{cities} 个市", f"{cities} cities"),
    }
    return spoken(words.get(which), "G-NUM-QUAL")


def _practice(which: str) -> Datum | None:
    staff, months = USUAL["insured_staff"], USUAL["insured_months"]
    words = {
        "staff": Text(f"{staff} 人", f"{staff} {'person' if staff == 1 else 'people'}"),
        "months": Text(f"{months} 个月", "month" if months == 1 else f"{months} months"),
    }
    return spoken(words.get(which), "G-STAFF")


def _term(which: str) -> Datum | None:
    words = {
        "years": Text(f"{TERM_YEARS} 年", f"{TERM_YEARS} years"),
        "window": Text(f"{WINDOW_OPENS_DAYS} 日", f"{WINDOW_OPENS_DAYS} days"),
    }
    return spoken(words.get(which), "renewal")


AMOUNTS: Mapping[str, Callable[[str], Datum | None]] = {
    "capital": _capital,
    "cap": _cap,
    "branches": _branches,
    "practice": _practice,
    "term": _term,
}
