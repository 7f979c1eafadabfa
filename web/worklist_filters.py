"""What of the worklist an address asks for: view, bucket, day, filters, and in which shape."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext, lazy_gettext
from sqlmodel import Session

from web.access import current_actor
from web.case_words import kinds_line, word
from web.links import kept_filters, list_link
from web.ports import now
from web.worklist_marks import marks
from web.worklist_overview import GROUPS
from workflow.domain.procedure import Role
from workflow.services.desk import BUCKETS, Entry, Worklist, entries_named
from workflow.services.to_renew import ToRenew

FILTERS = ("procedure", "kind", "province", "turn")
SHAPE = ("sort", "group", "density")
KEPT = ("view", "bucket", "due", *FILTERS, *SHAPE)
FIRST_ROWS = 20
SORTS: Mapping[str, tuple[Any, Callable[[Entry], Any]]] = {
    "waiting": (lazy_gettext("等得最久"), lambda e: (-e.days_waiting, e.line.number)),
    "updated": (lazy_gettext("最近有变化"), lambda e: e.line.updated_at),
    "company": (lazy_gettext("企业"), lambda e: (e.line.company, e.line.number)),
}
"""Other orders than urgency; the newest change stands first."""
_VIEWS: dict[str, Callable[[Entry], bool]] = {
    "ready": lambda entry: entry.ready,
    "returned": lambda entry: entry.standing == "returned",
    "news": lambda entry: entry.line.number in marks().news_of,
    "watched": lambda entry: entry.line.number in marks().followed,
}
Asked = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Group:
    """One part of the table: its rows in sight, and the address that shows the rest.

    `renewals` are licenses that nobody renews yet; they stand before the cases.
    """

    name: str
    renewals: tuple[ToRenew, ...]
    entries: tuple[Entry, ...]
    shown: tuple[Entry, ...]
    rest: str | None


def wanted(entry: Entry, asked: Asked) -> bool:
    """True when the row passes the view, the bucket, the day and every filter of the address."""
    line = entry.line
    tests: dict[str, Callable[[str], bool]] = {
        "view": lambda v: _VIEWS.get(v, _any)(entry),
        "bucket": lambda v: entry.bucket == v,
        "due": lambda v: line.next_due is not None and line.next_due.isoformat() == v,
        "procedure": lambda v: line.procedure == v,
        "kind": lambda v: v in line.kinds,
        "province": lambda v: v in line.coverage,
        "turn": lambda v: line.turn == v,
    }
    return all(test(asked[name]) for name, test in tests.items() if asked.get(name))


def wanted_renewal(line: ToRenew, asked: Asked) -> bool:
    """The same for a license; it is in none of the views but the first."""
    held = line.held.line
    tests: dict[str, Callable[[str], bool]] = {
        "view": lambda v: v not in _VIEWS,
        "bucket": lambda v: line.bucket == v,
        "due": lambda v: line.due.isoformat() == v,
        "procedure": lambda v: v == "renewal",
        "kind": lambda v: v in held.kinds,
        "province": lambda v: v in held.coverage,
        "turn": lambda v: v == "us",
    }
    return all(test(asked[name]) for name, test in tests.items() if asked.get(name))


def _any(_entry: Entry) -> bool:
    return True


def link_with(**changes: str | None) -> str:
    """This list with some of its filters changed; None drops one."""
    return list_link("worklist.show", kept_filters(KEPT) | changes)


def groups_of(entries: list[Entry], lines: list[ToRenew], asked: Asked) -> list[Group]:
    """The table: by bucket in the order of urgency, or in one piece in the order asked for."""
    by = asked.get("sort", "")
    if by in SORTS:
        entries = sorted(entries, key=SORTS[by][1], reverse=by == "updated")
    if asked.get("group") == "none":
        everything = tuple(entries)
        return [Group("", tuple(lines), everything, everything, None)] if entries or lines else []
    groups = []
    for name in BUCKETS:
        mine = tuple(entry for entry in entries if entry.bucket == name)
        renewals = tuple(line for line in lines if line.bucket == name)
        opened = asked.get("open", "")
        whole = (
            asked.get("all") == name
            or len(mine) <= FIRST_ROWS
            or any(entry.line.number == opened for entry in mine[FIRST_ROWS:])
        )
        if mine or renewals:
            rest = None if whole else link_with(all=name) + f"#{name}"
            groups.append(Group(name, renewals, mine, mine if whole else mine[:FIRST_ROWS], rest))
    return groups


def entries_of(session: Session, work: Worklist, asked: Asked) -> list[Entry]:
    """The rows an address asks for; what one follows may be anybody's, open or closed."""
    if asked.get("view") == "watched":
        found = entries_named(session, current_actor(), now(), sorted(marks().followed))
        return [entry for entry in found if wanted(entry, asked)]
    return [entry for entry in work.entries if wanted(entry, asked)]


def views_of(work: Worklist, role: Role, renewals: int, asked: Asked) -> list[Any]:
    """The built-in views: label, address, how many rows, chosen."""
    all_ = {Role.REVIEWER: gettext("待我复核"), Role.MANAGER: gettext("团队在办")}
    named = [("", all_.get(role, gettext("我的在办"))), ("ready", gettext("可推进")),
             ("returned", gettext("退回我的")), ("news", gettext("新动静"))]  # fmt: skip
    if role is Role.REVIEWER:
        named = named[:1]
    here = asked.get("view", "")
    views: list[Any] = [
        (
            label,
            list_link("worklist.show", {"view": name}),
            sum(_VIEWS.get(name, _any)(entry) for entry in work.entries)
            + (renewals if not name else 0),
            name == here and not asked.get("bucket") and not asked.get("due"),
        )
        for name, label in named
    ]
    followed = (gettext("我关注的"), list_link("worklist.show", {"view": "watched"}),
                len(marks().followed), here == "watched")  # fmt: skip
    return [*views, followed, (gettext("主管部门未答复"), url_for("silent.index"), None, False)]


def choices_of(work: Worklist) -> dict[str, list[tuple[str, Any]]]:
    """What each filter offers: only what occurs in the list."""
    lines = [entry.line for entry in work.entries]
    kinds = sorted({kind for line in lines for kind in line.kinds})
    provinces = sorted({part for line in lines for part in line.coverage})
    return {
        "procedure": [(c, word("procedure", c)) for c in sorted({ln.procedure for ln in lines})],
        "kind": [(code, kinds_line([code])) for code in kinds],
        "province": [(code, word("coverage", code)) for code in provinces],
        "turn": [(c, word("turn", c)) for c in ("us", "client", "reviewer", "authority")],
        "sort": [("", gettext("紧急程度")), *((name, says) for name, (says, _) in SORTS.items())],
        "group": [("", gettext("按紧急程度")), ("none", gettext("不分组"))],
        "density": [("", gettext("宽松")), ("dense", gettext("紧凑"))],
    }


def chips_of(asked: Asked) -> list[tuple[Any, str]]:
    """The filters in force, each with the address without it."""
    named: dict[str, Callable[[str], Any]] = {
        "bucket": lambda v: GROUPS[v][0] if v in GROUPS else v,
        "due": lambda v: gettext("期限 %(day)s", day=v),
        "procedure": lambda v: word("procedure", v),
        "kind": lambda v: word("kind_short", v),
        "province": lambda v: word("coverage", v),
        "turn": lambda v: word("turn", v),
    }
    return [
        (say(asked[name]), link_with(**{name: None}))
        for name, say in named.items()
        if asked.get(name)
    ]
