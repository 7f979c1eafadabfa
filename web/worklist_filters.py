"""What of the worklist an address asks for: view, bucket, day, filters, and in which shape."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext, lazy_gettext
from sqlmodel import Session

from web.access import current_actor
from web.bookmarks import Known, a_day, a_place
from web.case_words import kinds_line, word
from web.keys import place_key
from web.links import kept_filters, list_link
from web.ports import now
from web.worklist_marks import marks
from web.worklist_overview import GROUPS
from workflow.domain.procedure import Role
from workflow.law.catalogue import labels
from workflow.services import worklists
from workflow.services.desk import BUCKETS, Entry
from workflow.services.to_renew import ToRenew
from workflow.services.worklists import Page, Wanted

FILTERS = ("procedure", "kind", "province", "turn")
SHAPE = ("sort", "group", "density")
KEPT = ("view", "bucket", "due", *FILTERS, *SHAPE)
PLACE = ("after", "before")
"""Where a page of a long list starts or ends."""
FIRST_ROWS = 20
SORTS: Mapping[str, tuple[Any, Callable[[Entry], Any]]] = {
    "waiting": (lazy_gettext("等得最久"), lambda e: (-e.days_waiting, e.line.number)),
    "updated": (lazy_gettext("最近有变化"), lambda e: e.line.updated_at),
    "company": (lazy_gettext("企业"), lambda e: (e.line.company, e.line.number)),
}
"""Other orders than urgency; the newest change stands first."""
VIEWS = ("ready", "returned", "news", "watched")
OFFERED: Mapping[str, Known] = {
    "view": VIEWS, "bucket": BUCKETS, "due": a_day, "procedure": labels("procedure"),
    "kind": labels("kind"), "province": labels("coverage"),
    "turn": ("us", "client", "reviewer", "authority"), "sort": SORTS, "group": ("none",),
    "density": ("dense",), "after": a_place, "before": a_place,
}  # fmt: skip
"""What the address of a worklist may ask for."""
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


def wanted_of(asked: Asked, *, named: bool = True) -> Wanted:
    """What an address asks for; what one follows may be anybody's, open or closed.

    `named` says which those are; for a count the database knows.
    """
    view = asked.get("view", "")
    numbers: frozenset[str] | None = None
    if view == "news":
        numbers = marks().news_of
    elif view == "watched" and named:
        numbers = marks().followed
    return Wanted(
        {name: asked[name] for name in ("view", "bucket", "due", *FILTERS) if asked.get(name)},
        numbers,
        everybody=view == "watched",
    )


def wanted_renewal(line: ToRenew, asked: Asked) -> bool:
    """The same for a license; it is in none of the views but the first."""
    held = line.held.line
    tests: dict[str, Callable[[str], bool]] = {
        "view": lambda v: v not in VIEWS,
        "bucket": lambda v: line.bucket == v,
        "due": lambda v: line.due.isoformat() == v,
        "procedure": lambda v: v == "renewal",
        "kind": lambda v: v in held.kinds,
        "province": lambda v: v in held.coverage,
        "turn": lambda v: v == "us",
    }
    return all(test(asked[name]) for name, test in tests.items() if asked.get(name))


def link_with(**changes: str | None) -> str:
    """This list with some of its filters changed; None drops one."""
    return list_link("worklist.show", kept_filters((*KEPT, *PLACE)) | changes)


def read_page(session: Session, asked: Asked, count: Sequence[Wanted] = ()) -> Page:
    """The page of the list that an address asks for; a key nobody knows is the first page."""
    return worklists.read(
        session, current_actor(), now(), wanted_of(asked), order=asked.get("sort", ""),
        after=place_key(asked.get("after")), before=place_key(asked.get("before")), count=count,
    )  # fmt: skip


def beside_page(page: Page) -> tuple[str | None, str | None]:
    """The addresses of the page before this one and of the next; None at an end."""
    before, after = (f"{key[1]}.{key[0]}" if key else None for key in (page.before, page.after))
    return (
        link_with(before=before, after=None) if before else None,
        link_with(after=after, before=None) if after else None,
    )


def in_order(entries: list[Entry], asked: Asked) -> list[Entry]:
    """The rows in the order asked for; they come by urgency."""
    by = asked.get("sort", "")
    if by not in SORTS:
        return entries
    return sorted(entries, key=SORTS[by][1], reverse=by == "updated")


def groups_of(entries: list[Entry], lines: list[ToRenew], asked: Asked) -> list[Group]:
    """The table: by bucket in the order of urgency, or in one piece in the order asked for."""
    entries = in_order(entries, asked)
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


def built_in(role: Role) -> list[tuple[str, Any]]:
    """The views everybody has: name and label; the first is the whole list."""
    all_ = {Role.REVIEWER: gettext("待我复核"), Role.MANAGER: gettext("团队在办")}
    named = [("", all_.get(role, gettext("我的在办"))), ("ready", gettext("可推进")),
             ("returned", gettext("退回我的")), ("news", gettext("新动静"))]  # fmt: skip
    return [*(named[:1] if role is Role.REVIEWER else named), ("watched", gettext("我关注的"))]


def views_of(role: Role, counts: Iterable[int], renewals: int, asked: Asked) -> list[Any]:
    """The built-in views: label, address, how many rows, chosen."""
    here = asked.get("view", "")
    views: list[Any] = [
        (
            label,
            list_link("worklist.show", {"view": name}),
            count + (0 if name else renewals),
            name == here and not asked.get("bucket") and not asked.get("due"),
        )
        for (name, label), count in zip(built_in(role), counts, strict=True)
    ]
    return [*views, (gettext("主管部门未答复"), url_for("silent.index"), None, False)]


def choices_of(page: Page) -> dict[str, list[tuple[str, Any]]]:
    """What each filter offers: only what occurs in the list, everything while that is not read."""
    lines = [entry.line for entry in page.whole or ()]
    known = page.whole is not None
    kinds = {k for ln in lines for k in ln.kinds} if known else labels("kind")
    provinces = {p for ln in lines for p in ln.coverage} if known else labels("coverage")
    procedures = {ln.procedure for ln in lines} if known else labels("procedure")
    return {
        "procedure": [(code, word("procedure", code)) for code in sorted(procedures)],
        "kind": [(code, kinds_line([code])) for code in sorted(kinds)],
        "province": [(code, word("coverage", code)) for code in sorted(provinces)],
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
        (say(asked[name]), link_with(**{name: None}, **dict.fromkeys(PLACE)))
        for name, say in named.items()
        if asked.get(name)
    ]
