"""The cases before and after one in the list it was opened from; its address names the list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import g, has_request_context, request, url_for
from flask_babel import gettext
from sqlmodel import Session

from web.access import current_actor, may_open
from web.keys import page_key, place_key
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
_OF_CASES = frozenset({"cases", "incidents", "reviews", "together"})
_FILTERS = ("state", "procedure", "kind", "province")
LONGEST = 500


@dataclass(frozen=True, slots=True)
class Neighbors:
    """Where a case stands in its list: `place` from 1, the addresses beside it, None at an end.

    A case that has left the list since has the place 0, and those beside its old place.
    """

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
    key = _key()
    name, _, query = key.partition("?")
    if name not in _PAGES or not may_open(_PAGES[name]):
        return None
    asked = dict(parse_qsl(query))
    numbers = _numbers(session, name, asked)
    gone = number not in numbers
    at = _last_place() if gone else numbers.index(number)
    if at is None:
        return None
    g.list_place = at
    following = at if gone else at + 1
    return Neighbors(
        {"work": gettext("工作台"), "cases": gettext("案件"), "reviews": gettext("复核")}[name],
        list_link(_PAGES[name], asked),
        0 if gone else at + 1,
        len(numbers),
        _case(numbers[at - 1], key) if 0 < at <= len(numbers) else None,
        _case(numbers[following], key) if following < len(numbers) else None,
    )


def carry_list(endpoint: str, values: dict[str, Any]) -> None:
    """Every address about the case in sight carries the list it was opened from, and its place.

    So the list goes on after an act, also for a case that the act took off the list.
    """
    if not has_request_context() or not (key := _key()):
        return
    here = (request.view_args or {}).get("number")
    if here and values.get("number") == here and endpoint.partition(".")[0] in _OF_CASES:
        values.setdefault("list", key)
        place = g.get("list_place", _last_place())
        if place is not None:
            values.setdefault("at", place)


def _key() -> str:
    return request.args.get("list", "")[:LONGEST]


def _last_place() -> int | None:
    return page_key(request.args.get("at"))


def _case(number: str, key: str) -> str:
    return url_for("cases.show", number=number, list=key)


def _numbers(session: Session, name: str, asked: Mapping[str, str]) -> list[str]:
    actor = current_actor()
    if name == "work":
        found = read_page(session, asked)
        groups = groups_of(list(found.entries), [], asked)
        return [e.line.number for group in groups for e in group.entries]
    if name == "reviews":
        after = place_key(asked.get("after"))
        queue = review_queue.queue(session, actor, now().today, after)
        return [waiting.line.number for waiting in queue.waiting]
    lines = lists.cases(
        session,
        actor,
        words=search_words(asked.get("q", "")),
        before=page_key(asked.get("before")),
        **{part: asked.get(part, "") for part in _FILTERS},
    )
    return [line.number for line in lines]
