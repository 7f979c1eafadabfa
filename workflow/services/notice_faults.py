"""What is wrong with the days of a holiday notice: foreign, doubled, superfluous, too many."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from workflow.domain.errors import BadInput
from workflow.domain.procedure import Text
from workflow.domain.workdays import SATURDAY, YearNotice

FIRST_YEAR, YEARS_AHEAD = 2010, 2
MOST_DAYS = 60
_WEEK = "一二三四五"


def faults(notice: YearNotice, today: date) -> list[BadInput]:
    """Everything that is wrong with a notice, each at its field; an empty list means it is fit."""
    last = today.year + YEARS_AHEAD
    if not FIRST_YEAR <= notice.year <= last:
        says = Text(
            f"年份应在 {FIRST_YEAR} 至 {last} 之间",
            f"The year lies between {FIRST_YEAR} and {last}",
        )
        return [BadInput("year", says)]
    return [
        *_faults_of_days("off", notice.off, notice.year),
        *_faults_of_days("workdays", notice.workdays, notice.year),
        *_faults_between(notice),
    ]


def _faults_of_days(field: str, days: frozenset[date], year: int) -> Iterator[BadInput]:
    if field == "off" and not days:
        yield _bad(field, "请填写放假日期", "Enter the days off")
    if len(days) > MOST_DAYS:
        yield _bad(
            field,
            f"共 {len(days)} 天，最多 {MOST_DAYS} 天，请核对",
            f"These are {len(days)} days; a notice has {MOST_DAYS} at most",
        )
    foreign = sorted(day for day in days if day.year != year)
    if foreign:
        yield _bad(
            field,
            f"{foreign[0]} 不在 {year} 年，请填到那一年的安排里",
            f"{foreign[0]} is not in {year}; it belongs to the notice of its own year",
        )


def _faults_between(notice: YearNotice) -> Iterator[BadInput]:
    both = sorted(notice.off & notice.workdays)
    if both:
        yield _bad(
            "workdays",
            f"{both[0]} 既是放假日又是调休上班日",
            f"{both[0]} is both a day off and a make-up day",
        )
    weekdays = sorted(day for day in notice.workdays if day.weekday() < SATURDAY)
    if weekdays:
        yield _bad(
            "workdays",
            f"{weekdays[0]} 是周{_WEEK[weekdays[0].weekday()]}，本来就上班",
            f"{weekdays[0]} is a {weekdays[0]:%A}, a working day anyway",
        )
    through, last = notice.valid_through, max(notice.off | notice.workdays, default=None)
    if through and through.year != notice.year:
        yield _bad("valid_through", f"应在 {notice.year} 年内", f"This day lies in {notice.year}")
    elif through and last and through < last:
        yield _bad(
            "valid_through",
            f"安排里最后一天是 {last}，不能早于它",
            f"The last day of the notice is {last}; this cannot be before it",
        )


def _bad(field: str, zh: str, en: str) -> BadInput:
    return BadInput(field, Text(zh, en))
