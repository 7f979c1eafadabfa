"""The cases before and after one in the list it was opened from; its address names the list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from flask import request, url_for
from flask_babel import gettext
from sqlmodel import Session

from web.access import current_actor, may_open
from web.keys import page_key
from web.links import list_link
from web.ports import now
from web.search import search_words
from web.worklist_filters import groups_of, read_page
from workflow.services import lists, review_queue

_LISTS = {
    "worklist.show": "work",
    "worklist.root": "work",
    "worklist.act": "work",
    "cases.index": "cases",
    "reviews.index": "reviews",
}
_PAGES = {"work": "worklist.show", "cases": "cases.index", "reviews": "reviews.index"}
_FILTERS = ("state", "procedure", "kind", "province")
LONGEST = 500


@dataclass(frozen=True, slots=True)
class Neighbors:
    """Where a case stands in its list: `place` from 1, the addresses beside it, None at an end."""

    name: str
    address: str
    place: int
    total: int
    before: str | None
    after: str | None


def list_key() -> str | None:
    """The name of the list in sight, to be carried in the address of a case opened from it."""
    name = _LISTS.get(request.endpoint or "")
    if name is None:
        return None
    kept = [(k, v) for k, v in request.args.items() if v and k != "open"]
    return f"{name}?{urlencode(kept)}" if kept else name


def neighbors_of(session: Session, number: str) -> Neighbors | None:
    """The neighbors in the list the address names; None without one or when it is left."""
    key = request.args.get("list", "")[:LONGEST]
    name, _, query = key.partition("?")
    if name not in _PAGES or not may_open(_PAGES[name]):
        return None
    asked = dict(parse_qsl(query))
    numbers = _numbers(session, name, asked)
    if number not in numbers:
        return None
    at = numbers.index(number)
    return Neighbors(
        {"work": gettext("工作台"), "cases": gettext("案件"), "reviews": gettext("复核")}[name],
        list_link(_PAGES[name], asked),
        at + 1,
        len(numbers),
        _case(numbers[at - 1], key) if at else None,
        _case(numbers[at + 1], key) if at + 1 < len(numbers) else None,
    )


def _case(number: str, key: str) -> str:
    return url_for("cases.show", number=number, list=key)


def _numbers(session: Session, name: str, asked: Mapping[str, str]) -> list[str]:
    actor = current_actor()
    if name == "work":
        found = read_page(session, asked)
        groups = groups_of(list(found.entries), [], asked)
        return [e.line.number for group in groups for e in group.entries]
    if name == "reviews":
        return [waiting.line.number for waiting in review_queue.queue(session, actor, now().today)]
    lines = lists.cases(
        session,
        actor,
        words=search_words(asked.get("q", "")),
        before=page_key(asked.get("before")),
        **{part: asked.get(part, "") for part in _FILTERS},
    )
    return [line.number for line in lines]
