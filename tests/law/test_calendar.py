"""The shipped calendar against a second source, and what happens past the last notice."""

from __future__ import annotations

from datetime import date, timedelta
from types import MappingProxyType

import chinese_calendar
import pytest

from workflow.domain.procedure import Text
from workflow.domain.workdays import Calendar, YearNotice, days
from workflow.law.calendar import CALENDAR, NO_NOTICE, PUBLISHED, shipped

NOTICE = Text("国办发明电〔2026〕示例号", "国办发明电〔2026〕示例号")


@pytest.mark.parametrize("year", range(2010, 2027))
def test_it_agrees_with_a_second_source_on_every_day(year):
    year_days = list(days(date(year, 1, 1), date(year, 12, 31)))
    wrong = [d for d in year_days if CALENDAR.is_working(d) != chinese_calendar.is_workday(d)]
    assert wrong == []
    assert len(year_days) in {365, 366}


def test_it_publishes_exactly_the_years_with_a_notice():
    assert sorted(PUBLISHED) == list(range(2010, 2027))
    for year in PUBLISHED:
        assert not shipped(year).provisional
        assert f"〔{year - 1}〕" in shipped(year).notice.zh
        assert shipped(year).notice.zh in shipped(year).notice.en
    assert shipped(2026).notice.zh == "国办发明电〔2025〕7号"


def test_it_reads_2026_as_the_notice_does():
    assert shipped(2026).workdays == frozenset(
        date(2026, month, day)
        for month, day in [(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)]
    )
    spring = days(date(2026, 2, 15), date(2026, 2, 23))
    assert not any(CALENDAR.is_working(day) for day in spring)


def test_it_holds_2027_for_provisional():
    notice = shipped(2027)
    assert (notice.provisional, notice.notice, notice.workdays) == (True, NO_NOTICE, frozenset())
    weekdays_off = sorted(day for day in notice.off if day.weekday() < 5)
    assert [day.isoformat()[5:] for day in weekdays_off] == [
        "01-01",
        "02-05",
        "02-08",
        "02-09",
        "02-10",
        "04-05",
        "05-03",
        "05-04",
        "06-09",
        "09-15",
        "10-01",
        "10-04",
        "10-05",
    ]


@pytest.mark.parametrize("year", [1999, 2009, 2028, 2035, 2120])
def test_it_is_provisional_for_any_other_year(year):
    assert shipped(year).provisional
    assert "尚未发布" in shipped(year).notice.zh
    assert "No holiday arrangement is published" in shipped(year).notice.en
    assert shipped(year).workdays == frozenset()
    assert CALENDAR.estimated(date(year, 1, 1), date(year, 1, 2))


def test_it_knows_statutory_days_of_a_year_without_notice():
    assert not CALENDAR.is_working(date(2030, 10, 1))
    assert CALENDAR.why(date(2030, 10, 1)) == "holiday"


def test_it_estimates_a_span_that_touches_a_provisional_year():
    assert not CALENDAR.estimated(date(2026, 1, 1), date(2026, 12, 31))
    assert CALENDAR.estimated(date(2026, 12, 31), date(2027, 1, 1))


def test_it_prefers_a_loaded_notice():
    eve = date(2027, 2, 4)
    notice = YearNotice(2027, frozenset({eve}), frozenset(), NOTICE)
    loaded = Calendar(shipped, MappingProxyType({2027: notice}))
    assert CALENDAR.is_working(eve)
    assert not loaded.is_working(eve)
    assert not loaded.estimated(eve, eve + timedelta(1))
