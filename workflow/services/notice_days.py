"""The days of a holiday notice as people write them: days and ranges, the Chinese way too."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from workflow.domain.errors import BadInput
from workflow.domain.procedure import Text
from workflow.domain.workdays import days

LONGEST_RANGE = 31
_WEEKDAY = r"(?: ?\(?(?:周|星期)[一二三四五六日天]\)?)?"
_DAY = (
    r"(?:(?P<y{n}>\d{{4}}) ?[-/.年] ?)?(?P<m{n}>\d{{1,2}}) ?[-/.月] ?(?P<d{n}>\d{{1,2}}) ?[日号]?"
    + _WEEKDAY
)
_COMPACT = re.compile(r"\b(\d{4})(\d{2})(\d{2})\b")
_BETWEEN = r" ?(?:\.\.\.+|\.\.|~|-+|至|到|–|—+) ?"
_ONE = re.compile(_DAY.format(n=1), re.ASCII)
_RANGE = re.compile(_DAY.format(n=1) + _BETWEEN + _DAY.format(n=2), re.ASCII)
_SAME_MONTH = re.compile(
    _DAY.format(n=1) + _BETWEEN + r"(?P<d2>\d{1,2}) ?[日号]" + _WEEKDAY, re.ASCII
)


def read_days(typed: str, field: str, year: int | None) -> frozenset[date]:
    """Every day of the lines; `year` is meant where a line names none.

    Lines, semicolons and `、` part the entries. Raises BadInput with the entry that is not clear,
    or that names a day a second time.
    """
    found: set[date] = set()
    for entry in _entries(typed):
        fresh = set(_read(entry, field, year))
        if twice := found & fresh:
            raise BadInput(
                field,
                Text(f"“{entry}”与前面重叠：{min(twice)}", f"“{entry}” names {min(twice)} again"),
            )
        found |= fresh
    return frozenset(found)


def written(found: frozenset[date]) -> str:
    """The days again, one range a line, as `read_days` takes them."""
    lines: list[list[date]] = []
    for day in sorted(found):
        if lines and (day - lines[-1][-1]).days == 1:
            lines[-1][1:] = [day]
        else:
            lines.append([day])
    return "\n".join("…".join(day.isoformat() for day in line) for line in lines)


def _entries(typed: str) -> Iterator[str]:
    plain = unicodedata.normalize("NFKC", typed).replace("\u200b", "")
    for part in re.split(r"[\n\r;,、。]+", plain):
        entry = _COMPACT.sub(r"\1-\2-\3", " ".join(part.split()))
        if entry:
            yield entry


def _read(entry: str, field: str, year: int | None) -> Iterator[date]:
    one = _ONE.fullmatch(entry)
    if one:
        yield _day(entry, field, (one["y1"] or year, one["m1"], one["d1"]))
        return
    for form in (_SAME_MONTH, _RANGE):
        if found := form.fullmatch(entry):
            yield from _range(entry, field, found.groupdict(), year)
            return
    raise _unclear(entry, field)


def _range(
    entry: str, field: str, found: dict[str, str | None], year: int | None
) -> Iterator[date]:
    first_year = found["y1"] or year
    first = _day(entry, field, (first_year, found["m1"], found["d1"]))
    month = found.get("m2") or found["m1"]
    last = _day(entry, field, (found.get("y2") or first_year, month, found["d2"]))
    if last < first:
        raise BadInput(
            field,
            Text(f"“{entry}”的末日早于首日", f"The range “{entry}” ends before it begins"),
        )
    if (last - first).days >= LONGEST_RANGE:
        raise BadInput(
            field,
            Text(
                f"“{entry}”超过 {LONGEST_RANGE} 天，请核对",
                f"The range “{entry}” has more than {LONGEST_RANGE} days; check it",
            ),
        )
    yield from days(first, last)


def _day(entry: str, field: str, parts: tuple[str | int | None, ...]) -> date:
    if parts[0] is None:
        raise BadInput(
            field,
            Text(f"“{entry}”没有年份，请先填写年份", f"“{entry}” names no year; enter the year"),
        )
    year, month, day = (int(part or 0) for part in parts)
    try:
        return date(year, month, day)
    except ValueError:
        shown = f"{year:04}-{month:02}-{day:02}"
        raise BadInput(field, Text(f"没有 {shown} 这一天", f"There is no day {shown}")) from None


def _unclear(entry: str, field: str) -> BadInput:
    shown = entry if len(entry) <= LONGEST_RANGE else entry[:LONGEST_RANGE] + "…"
    return BadInput(
        field,
        Text(
            f"看不懂“{shown}”；一行写一天或一段，例如 2027-02-05…2027-02-11",
            f"“{shown}” is not clear; write one day or range a line, such as 2027-02-05…2027-02-11",
        ),
    )
