"""A time limit in words: how long, in what unit, from when, what stops it, what silence means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from workflow.domain.procedure import Text
from workflow.domain.time_limit import Clock, Unit
from workflow.law import catalogue
from workflow.law.anchors import next_fee_day, report_day

_SET_BY_REGULATIONS = 60


@dataclass(frozen=True, slots=True)
class ClockWords:
    """One clock for reading. `reading`: the other way its days may be counted, where both occur."""

    clock: Clock
    length: Text
    start: Text
    stop: Text
    whose: Text
    extends: Text | None
    silence: Text | None
    reading: Text | None


def clock_words(clock: Clock, acts: frozenset[str] | None = None) -> ClockWords:
    """The clock in both languages; of its acts only these, where a procedure does not have all."""
    return ClockWords(
        clock,
        _length(clock),
        _start(clock, _named(clock.starts, acts)),
        _named(clock.ends, acts) or Text("—", "—"),
        _WINDOW if clock.window else _WHOSE[clock.whose],
        _extends(clock),
        clock.silence,
        _reading(clock),
    )


_WHOSE = {
    "authority": Text("主管部门", "The authority"),
    "filer": Text("申请人（我方）", "The applicant (us)"),
}


def _every_year(*days: date) -> Text:
    return Text(
        "每年 " + "、".join(f"{day.month} 月 {day.day} 日" for day in days),
        "Every year: " + ", ".join(f"{day.day} {day:%B}" for day in days),
    )


def _fee_days() -> tuple[date, ...]:
    """The fee days of any one year."""
    first = next_fee_day(date(2000, 1, 1))
    days = [first]
    while (following := next_fee_day(days[-1] + timedelta(1))).year == first.year:
        days.append(following)
    return tuple(days)


_DATES = {
    "annual_report": _every_year(report_day(2000)),
    "code_report": _every_year(report_day(2000)),
    "fee_day": _every_year(*_fee_days()),
}
_WINDOW = Text("自行届满，无人逾期", "Runs out by itself; nobody is late")


def _count(clock: Clock) -> Text:
    unit = catalogue.label_of("unit", clock.unit.value)
    one = "year" if clock.unit is Unit.YEARS and clock.length == 1 else unit.en
    return Text(f"{clock.length} 个{unit.zh}", f"{clock.length} {one}")


def _length(clock: Clock) -> Text:
    if clock.unit is Unit.DATE:
        return _DATES.get(clock.anchor) or catalogue.label_of("unit", clock.unit.value)
    if clock.unit is Unit.YEARS:
        return Text(f"{clock.length} 年", _count(clock).en)
    counted = _count(clock)
    if clock.backward:
        return Text(f"提前 {counted.zh}", f"{counted.en} before")
    return counted


def _start(clock: Clock, acts: Text | None) -> Text:
    if acts is None:
        anchor = catalogue.label_of("anchor", clock.anchor)
        if clock.unit is Unit.DATE:
            return anchor
        if clock.backward:
            return Text(f"从“{anchor.zh}”倒推", f"Counted back from: {anchor.en}")
        return Text(f"“{anchor.zh}”次日起算", f"The day after: {anchor.en}")
    if clock.unit is Unit.DATE:
        anchor = catalogue.label_of("anchor", clock.anchor)
        return Text(f"“{acts.zh}”后，至{anchor.zh}", f"After: {acts.en}; until: {anchor.en}")
    if clock.offset:
        return Text(
            f"“{acts.zh}”满 {clock.offset} 日的次日起算",
            f"The day after day {clock.offset} of: {acts.en}",
        )
    return Text(f"“{acts.zh}”次日起算", f"The day after: {acts.en}")


def _named(codes: tuple[str, ...], among: frozenset[str] | None) -> Text | None:
    names = [catalogue.label_of("event", c) for c in codes if among is None or c in among]
    if not names:
        return None
    return Text(" / ".join(n.zh for n in names), " / ".join(n.en for n in names))


def _extends(clock: Clock) -> Text | None:
    parts = []
    if clock.pauses:
        parts.append(
            Text(
                "专家评审、听证、检验检测、鉴定期间不计",
                "Expert review, hearing, testing and appraisal are not counted",
            )
        )
    if clock.extension:
        parts.append(
            Text(
                f"经批准可延长 {clock.extension} 个工作日，须告知理由",
                f"May be extended by {clock.extension} working days, with reasons",
            )
        )
    if clock.rolls:
        parts.append(
            Text(
                "最后一日是休息日的，顺延到下一个工作日",
                "A last day of rest moves to the next working day",
            )
        )
    if clock.backward:
        parts.append(
            Text("遇休息日不顺延，应提前办理", "A day of rest does not help: file before it")
        )
    if not parts:
        return None
    return Text("；".join(p.zh for p in parts), "; ".join(p.en for p in parts))


def _reading(clock: Clock) -> Text | None:
    """Sixty days are set by the Regulations, not the Licensing Law: some count them by calendar."""
    if clock.unit is not Unit.WORKING or clock.length < _SET_BY_REGULATIONS:
        return None
    return Text(
        f"条文只写“{clock.length} 日”：本台按工作日计，也有按自然日计的，"
        f"最早为 {clock.length} 个自然日",
        f"The text only says {clock.length} days: the desk counts working days; read as calendar "
        f"days the earliest end is {clock.length} calendar days",
    )
