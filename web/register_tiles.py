"""The five tiles at the head of the register: what is at risk, each opening its licenses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext, ngettext

from web.license_filters import RISKS, Chosen
from web.links import list_link
from web.ports import now
from web.wording import distance, short_day
from workflow.services.portfolio import Totals, renewal_day


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure: its name, tone, number, what stands beside it, and its list."""

    name: str
    label: str
    picture: str
    tone: str
    number: int
    note: str
    address: str
    current: bool


_LOOKS = {
    "late": ("warning", "danger"),
    "window": ("clock", "warn"),
    "under_way": ("loop", "brand"),
    "reports": ("file", "warn"),
    "unreported": ("company", "warn"),
}


def tiles_of(totals: Totals, chosen: Chosen) -> list[Tile]:
    """The tiles in their fixed order; a click on the one in force drops it."""
    numbers = {
        "late": totals.late,
        "window": totals.window,
        "under_way": totals.under_way,
        "reports": totals.reports,
        "unreported": totals.unreported,
    }
    notes = _notes(totals)
    labels = {name: str(label) for name, label in RISKS.items()}
    labels["reports"] = gettext("%(year)s 年度年报未报", year=now().today.year - 1)
    return [
        Tile(
            name,
            labels[name],
            picture,
            tone if numbers[name] else "neut",
            numbers[name],
            notes[name] if numbers[name] else "",
            _address(name, chosen),
            chosen.values.get("risk") == name,
        )
        for name, (picture, tone) in _LOOKS.items()
    ]


def _address(name: str, chosen: Chosen) -> str:
    risk = None if chosen.values.get("risk") == name else name
    return list_link("licenses.index", {"view": "license", "risk": risk})


def _notes(totals: Totals) -> dict[str, str]:
    due = date(now().today.year, 3, 31)
    latest = renewal_day(totals.nearest) if totals.nearest else None
    return {
        "late": str(gettext("须当日处置")),
        "window": str(gettext("最近 %(day)s", day=short_day(latest))) if latest else "",
        "under_way": str(
            ngettext("%(num)s 张待登记新证", "%(num)s 张待登记新证", totals.to_deliver)
        )
        if totals.to_deliver
        else "",
        "reports": str(gettext("%(day)s 截止", day=short_day(due))) + f" · {distance(due)}",
        "unreported": str(gettext("变更后 30 日内报告")),
    }
