"""How dates, distances, money and bilingual texts read: the filters of the templates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask
from flask_babel import gettext, ngettext
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from web.i18n import language
from web.ports import desk, now
from workflow.domain.procedure import Text

NOTHING = "—"
WEEKDAYS_ZH = "一二三四五六日"
TEN_THOUSAND = 10_000
KIBIBYTE = 1024


def read(value: object) -> object:
    """A bilingual text in the language of this answer; anything else as it is, None as nothing."""
    if isinstance(value, Text):
        return value.read(language())
    return "" if value is None else value


def short_day(day: date | None) -> str:
    """`03-20 周五`, `Fri 20 Mar`; with the year when it is not the current one. For lists."""
    if day is None:
        return NOTHING
    this_year = day.year == now().today.year
    if language() == "en":
        return f"{day:%a} {day.day} {day:%b}" + ("" if this_year else f" {day.year}")
    return (f"{day:%m-%d}" if this_year else f"{day:%Y-%m-%d}") + f" {weekday(day)}"


def long_day(day: date | None) -> str:
    """`2026-03-20 周五`, `Fri 20 March 2026`. For details."""
    if day is None:
        return NOTHING
    if language() == "en":
        return f"{day:%a} {day.day} {day:%B} {day.year}"
    return f"{day:%Y-%m-%d} {weekday(day)}"


def plain_day(day: date | None) -> str:
    """`2026-03-20` in both languages, for table columns that are compared."""
    return day.isoformat() if day else NOTHING


def weekday(day: date) -> str:
    return f"{day:%A}" if language() == "en" else "周" + WEEKDAYS_ZH[day.weekday()]


def minute(at: datetime | None) -> str:
    """`03-16 16:40`, with the year when it is not the current one; in the agency's time zone."""
    if at is None:
        return NOTHING
    local = at.astimezone(ZoneInfo(desk().settings.timezone))
    this_year = local.year == now().today.year
    if language() == "en":
        year = "" if this_year else f" {local.year}"
        return f"{local.day} {local:%b}{year}, {local:%H:%M}"
    return f"{local:%m-%d %H:%M}" if this_year else f"{local:%Y-%m-%d %H:%M}"


def days_left(day: date | None) -> int | None:
    """Calendar days from today to `day`; negative when it is past."""
    return (day - now().today).days if day else None


def distance(day: date | None) -> str:
    """`逾期 2 天`, `今天到期`, `还剩 4 天`; `尚未起算` for a clock that does not run yet."""
    left = days_left(day)
    if left is None:
        return str(gettext("尚未起算"))
    if left < 0:
        return str(ngettext("逾期 %(num)s 天", "逾期 %(num)s 天", -left))
    if left == 0:
        return str(gettext("今天到期"))
    return str(ngettext("还剩 %(num)s 天", "还剩 %(num)s 天", left))


def money(yuan: int | None) -> str:
    """`1,000 万元`, `12,345 元`; `RMB 10,000,000`."""
    if yuan is None:
        return NOTHING
    if language() == "en":
        return f"RMB {yuan:,}"
    if yuan and yuan % TEN_THOUSAND == 0:
        return f"{yuan // TEN_THOUSAND:,} 万元"
    return f"{yuan:,} 元"


def number(value: int | None) -> str:
    return NOTHING if value is None else f"{value:,}"


def file_size(size: int) -> str:
    """`862 字节`, `862 bytes`, then `12 KB`, `1.4 MB` of 1,024 each."""
    if size < KIBIBYTE:
        return str(ngettext("%(num)s 字节", "%(num)s 字节", size))
    if size < KIBIBYTE**2:
        return f"{size / KIBIBYTE:.0f} KB"
    return f"{size / KIBIBYTE**2:.1f} MB"


def masked_name(name: str) -> str:
    """`周*`: the first character, the rest hidden."""
    return name[:1] + "*" if name else NOTHING


def masked_code(code: str) -> str:
    """First four and last three characters of a code; the length of the rest is hidden too."""
    shown = 7
    return code if len(code) <= shown else f"{code[:4]} ···· {code[-3:]}"


def attributes(values: Mapping[str, Any]) -> Markup:
    """HTML attributes; None and False leave one out, True gives it no value."""
    parts = []
    for name, value in values.items():
        if value is None or value is False:
            continue
        tag = name.replace("_", "-")
        pair = Markup(' {}="{}"').format(tag, value)
        parts.append(Markup(" {}").format(tag) if value is True else pair)
    return Markup("").join(parts)


def _live(filter_: Callable[[Any], Any]) -> Callable[[Context, Any], Any]:
    """Jinja works out a filter on a constant once, in the language of whoever came first."""

    @pass_context
    def answer(_context: Context, value: Any) -> Any:  # noqa: ANN401 - any value of a template
        return filter_(value)

    return answer


FILTERS: dict[str, Callable[[Any], Any]] = {
    "t": read,
    "short_day": short_day,
    "long_day": long_day,
    "plain_day": plain_day,
    "minute": minute,
    "days_left": days_left,
    "distance": distance,
    "money": money,
    "number": number,
    "file_size": file_size,
    "masked_name": masked_name,
    "masked_code": masked_code,
    "attributes": attributes,
}


def add_filters(app: Flask) -> None:
    app.jinja_env.filters |= {name: _live(filter_) for name, filter_ in FILTERS.items()}
