"""Each year's holiday arrangement: which notice, which days, and whether it is provisional."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

from workflow.domain.procedure import Text
from workflow.domain.workdays import Calendar, YearNotice

# Listed, never inferred: for a year without a notice the library falls back silently.
PUBLISHED: Mapping[int, str] = MappingProxyType(
    {
        2010: "国办发明电〔2009〕27号",
        2011: "国办发明电〔2010〕40号",
        2012: "国办发明电〔2011〕45号",
        2013: "国办发明电〔2012〕33号",
        2014: "国办发明电〔2013〕28号",
        2015: "国办发明电〔2014〕28号、国发明电〔2015〕1号",
        2016: "国办发明电〔2015〕18号",
        2017: "国办发明电〔2016〕17号",
        2018: "国办发明电〔2017〕12号",
        2019: "国办发明电〔2018〕15号、国办发明电〔2019〕3号",
        2020: "国办发明电〔2019〕16号、国办发明电〔2020〕1号",
        2021: "国办发明电〔2020〕27号",
        2022: "国办发明电〔2021〕11号",
        2023: "国办发明电〔2022〕16号",
        2024: "国办发明电〔2023〕7号",
        2025: "国办发明电〔2024〕12号",
        2026: "国办发明电〔2025〕7号",
    }
)

NO_NOTICE = Text(
    "国务院办公厅尚未发布该年放假安排，暂按法定节假日推算",
    "No holiday arrangement is published for this year yet; statutory holidays are used",
)


def _span(first: date, last: date) -> frozenset[date]:
    return frozenset(first + timedelta(n) for n in range((last - first).days + 1))


# Statutory days with the days off in lieu, worked out by hand; rulebook 5.3.
PROVISIONAL: Mapping[int, frozenset[date]] = MappingProxyType(
    {
        2027: frozenset({date(2027, 1, 1), date(2027, 4, 5), date(2027, 6, 9), date(2027, 9, 15)})
        | _span(date(2027, 2, 5), date(2027, 2, 10))
        | _span(date(2027, 5, 1), date(2027, 5, 4))
        | _span(date(2027, 10, 1), date(2027, 10, 5)),
    }
)


def _notice(number: str) -> Text:
    return Text(number, f"State Council General Office notice {number}")


@lru_cache(maxsize=256)
def shipped(year: int) -> YearNotice:
    """The arrangement of `year` as shipped; provisional unless its notice is listed above."""
    if year in PROVISIONAL:
        return YearNotice(year, PROVISIONAL[year], frozenset(), NO_NOTICE, provisional=True)
    import holidays  # noqa: PLC0415 - a fifth of a second that only date arithmetic needs

    days = holidays.country_holidays("CN", years=year)
    off = frozenset(day for day in days if day.year == year)
    if year not in PUBLISHED:
        return YearNotice(year, off, frozenset(), NO_NOTICE, provisional=True)
    worked = frozenset(day for day in days.weekend_workdays if day.year == year)
    return YearNotice(year, off - worked, worked, _notice(PUBLISHED[year]))


CALENDAR = Calendar(shipped, MappingProxyType({}))
