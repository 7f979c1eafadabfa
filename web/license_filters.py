"""The filters of the register in its address: read, offered, shown as chips, carried on."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast, get_args

from flask_babel import gettext, lazy_gettext

from web.access import current_actor
from web.bookmarks import pass_over
from web.case_words import kinds_line, word
from web.links import kept_filters, list_link
from web.ports import now
from web.search import search_words
from workflow.law import catalogue
from workflow.services.portfolio import NOBODY, Asked, Risk, risk_days

VIEWS = ("client", "license", "month")
NAMES = ("view", "q", "province", "kind", "ends", "from", "to", "status", "charge", "risk")
ME = "me"
RISKS = {
    "late": lazy_gettext("已过最迟申请日、未启动"),
    "window": lazy_gettext("窗口内、未启动续期"),
    "under_way": lazy_gettext("续期办理中"),
    "reports": lazy_gettext("上一年度年报未报"),
    "unreported": lazy_gettext("工商已变更、许可证未变更"),
    "unstarted": lazy_gettext("未启动续期"),
    "ahead": lazy_gettext("未到窗口"),
    "marked": lazy_gettext("拟不续期"),
}
ENDS = {
    "90": (None, 90, lazy_gettext("90 天内")),
    "180": (None, 180, lazy_gettext("180 天内")),
    "365": (None, 365, lazy_gettext("12 个月内")),
    "later": (366, None, lazy_gettext("12 个月以后")),
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """The filters in force: what is asked of the services, and the words of the address."""

    asked: Asked
    values: Mapping[str, str]

    @property
    def view(self) -> str:
        """How the list is grouped."""
        return self.values.get("view") or VIEWS[0]

    @property
    def narrowed(self) -> bool:
        """True when any limit beside the grouping is in force."""
        return bool(set(self.values) - {"view"})


def read_filters(names: Container[str]) -> Chosen:
    """The filters of this address; values that nobody offers are passed over and named.

    `names`: the ids of the accounts there are.
    """
    offered: dict[str, Any] = {
        "view": VIEWS,
        "province": catalogue.COVERAGES,
        "kind": catalogue.LAW.kinds,
        "ends": ENDS,
        "status": ("all", *catalogue.labels("license_status")),
        "risk": get_args(Risk),
    }
    values = {}
    for name, value in kept_filters(NAMES).items():
        if _usable(name, value, offered.get(name), names):
            values[name] = value
        elif name != "q":
            pass_over(name, value)
    return Chosen(_asked(values), values)


def _usable(name: str, value: str, offered: Any, names: Container[str]) -> bool:  # noqa: ANN401
    if offered is not None:
        return value in offered
    if name in ("from", "to"):
        return _day(value) is not None
    if name == "charge":
        return value in (ME, NOBODY) or value in names
    return bool(search_words(value))


def _asked(values: Mapping[str, str]) -> Asked:
    first, last = _span(values)
    status = values.get("status", "valid")
    charge = values.get("charge", "")
    return Asked(
        words=search_words(values.get("q", "")),
        province=values.get("province", ""),
        kind=values.get("kind", ""),
        status="" if status == "all" else status,
        charge=current_actor().id if charge == ME else charge,
        first=first,
        last=last,
        risk=cast("Risk", values.get("risk", "")),
        days=risk_days(now().today),
    )


def _span(values: Mapping[str, str]) -> tuple[date | None, date | None]:
    """First and last of the last days asked for, the narrower of both ways to ask."""
    near, far, _ = ENDS.get(values.get("ends", ""), (None, None, ""))
    today = now().today
    firsts = [_day(values.get("from", "")), today + timedelta(near) if near else None]
    lasts = [_day(values.get("to", "")), today + timedelta(far) if far else None]
    return (
        max((day for day in firsts if day), default=None),
        min((day for day in lasts if day), default=None),
    )


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def here(endpoint: str, chosen: Chosen, **changes: str | None) -> str:
    """This list with some of its filters changed; None drops one."""
    return list_link(endpoint, {**chosen.values, **changes})


def choices(names: Mapping[str, tuple[str, str]]) -> dict[str, list[tuple[str, Any]]]:
    """What each filter offers. `names`: account id -> name and role."""
    people = [(i, name) for i, (name, role) in names.items() if role in ("handler", "reviewer")]
    return {
        "province": list(catalogue.COVERAGES.items()),
        "kind": [(code, kinds_line([code])) for code in catalogue.LAW.kinds],
        "ends": [(code, words) for code, (_, _, words) in ENDS.items()],
        "charge": [(ME, gettext("我负责的")), (NOBODY, gettext("无人负责")), *people],
        "status": [
            *(pair for pair in catalogue.labels("license_status").items() if pair[0] != "valid"),
            ("all", gettext("全部状态")),
        ],
    }


def chips(
    endpoint: str, chosen: Chosen, names: Mapping[str, tuple[str, str]]
) -> list[tuple[Any, str]]:
    """The filters in force, each with the address without it."""
    offered = {ME: gettext("我负责的"), NOBODY: gettext("无人负责")}
    said: dict[str, Callable[[str], Any]] = {
        "q": lambda v: v,
        "province": lambda v: word("coverage", v),
        "kind": lambda v: word("kind_short", v),
        "ends": lambda v: ENDS[v][2],
        "from": lambda v: gettext("到期不早于 %(day)s", day=v),
        "to": lambda v: gettext("到期不晚于 %(day)s", day=v),
        "status": lambda v: gettext("全部状态") if v == "all" else word("license_status", v),
        "charge": lambda v: offered.get(v) or names.get(v, (v, ""))[0],
        "risk": lambda v: RISKS[v],
    }
    return [
        (say(chosen.values[name]), here(endpoint, chosen, **{name: None}))
        for name, say in said.items()
        if chosen.values.get(name)
    ]


def hidden(chosen: Chosen, *shown: str) -> list[tuple[str, str]]:
    """What the form of the filters carries on beside the fields it shows."""
    return [(name, value) for name, value in chosen.values.items() if name not in shown]
