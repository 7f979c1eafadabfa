"""What an address asks for that is not there, or not any more: said on the page, never dropped."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Flask, g, request
from flask_babel import LazyString, lazy_gettext
from werkzeug.datastructures import ImmutableMultiDict

from web.keys import LARGEST_ROW, day_key, page_key, place_key
from workflow.domain.errors import BadInput
from workflow.domain.procedure import Text

View = TypeVar("View", bound=Callable[..., Any])
Known = Collection[str] | Callable[[str], bool]
PLACES = frozenset({"after", "before", "page"})
"""Where a page of a list begins: without it the first page is shown."""
UNFOLDED = frozenset({"open", "client"})
"""What is shown beside a list or unfolded in it: without it the list is the same."""
LONGEST = 40
NAMES: Mapping[str, LazyString] = {
    "about": lazy_gettext("补正原因"), "after": lazy_gettext("位置"),
    "all": lazy_gettext("展开"), "authority": lazy_gettext("主管部门"),
    "before": lazy_gettext("位置"), "bucket": lazy_gettext("紧急程度"),
    "charge": lazy_gettext("负责人"), "client": lazy_gettext("客户"),
    "cycle": lazy_gettext("期次"), "density": lazy_gettext("行距"),
    "do": lazy_gettext("操作"),
    "due": lazy_gettext("期限"), "duty": lazy_gettext("义务"),
    "ends": lazy_gettext("到期"), "form": lazy_gettext("格式"),
    "from": lazy_gettext("到期不早于"), "group": lazy_gettext("分组"),
    "kind": lazy_gettext("业务"), "m": lazy_gettext("月份"),
    "moved": lazy_gettext("本期变化"), "older": lazy_gettext("停留"),
    "only": lazy_gettext("只看"), "open": lazy_gettext("展开"),
    "overdue": lazy_gettext("逾期"), "page": lazy_gettext("位置"),
    "part": lazy_gettext("构成"), "passed": lazy_gettext("本周进 / 出"),
    "procedure": lazy_gettext("事项"), "province": lazy_gettext("省份"),
    "risk": lazy_gettext("风险"), "since": lazy_gettext("起始日"),
    "sort": lazy_gettext("排序"), "standing": lazy_gettext("状态"),
    "state": lazy_gettext("状态"), "status": lazy_gettext("状态"),
    "story": lazy_gettext("时间线"), "team": lazy_gettext("团队"),
    "to": lazy_gettext("到期不晚于"), "turn": lazy_gettext("责任方"),
    "until": lazy_gettext("截止日"), "view": lazy_gettext("视图"),
    "week": lazy_gettext("本周到期"), "weeks": lazy_gettext("时间"),
    "which": lazy_gettext("期限"), "who": lazy_gettext("范围"),
    "younger": lazy_gettext("停留"),
}  # fmt: skip


def a_day(typed: str) -> bool:
    """True for a day written `2026-03-18`."""
    try:
        return date.fromisoformat(typed).isoformat() == typed
    except ValueError:
        return False


def a_row(typed: str) -> bool:
    """True for the id of a row as a page's key."""
    key = page_key(typed)
    return key is not None and key <= LARGEST_ROW


def a_day_and_row(typed: str) -> bool:
    """True for a key written `2026-03-20.17`."""
    return day_key(typed) is not None


def a_place(typed: str) -> bool:
    """True for a key written `17.2026-03-20`."""
    return place_key(typed) is not None and a_row(typed.partition(".")[0])


def carries(known: Mapping[str, Known], *, file: bool = False) -> Callable[[View], View]:
    """Declare what an address may ask of a view; the view sees of it only what is there.

    The rest is named above the page. `file`: nothing leaves that was asked for differently;
    BadInput instead.
    """

    def declare(view: View) -> View:
        @wraps(view)
        def shown(*args: Any, **more: Any) -> Any:  # noqa: ANN401 - any view
            g.passed_over_refused = file
            if request.method == "GET":
                _look_over(known)
            return view(*args, **more)

        return cast("View", shown)

    return declare


def pass_over(name: str, value: str) -> None:
    """Note that the page leaves this out. Raises BadInput where a file was asked for."""
    if g.get("passed_over_refused"):
        said = value[:LONGEST]
        raise BadInput(
            name,
            Text(
                f"地址里的条件 {name}「{said}」不存在，没有导出",
                f"The address asks for {name} “{said}”, which is not there: nothing was exported",
            ),
        )
    if (name, value[:LONGEST]) not in passed_over():
        g.passed_over = [*passed_over(), (name, value[:LONGEST])]


def passed_over() -> list[tuple[str, str]]:
    """What this page left out: name in the address and value."""
    found: list[tuple[str, str]] = g.get("passed_over", [])
    return found


def _look_over(known: Mapping[str, Known]) -> None:
    kept = []
    for name, value in request.args.items(multi=True):
        fits = known.get(name)
        if value and fits is not None and not (fits(value) if callable(fits) else value in fits):
            pass_over(name, value)
        else:
            kept.append((name, value))
    if passed_over():
        request.args = ImmutableMultiDict(kept)


def _kind(name: str) -> str:
    return "place" if name in PLACES else "unfolded" if name in UNFOLDED else "filter"


def add_bookmarks(app: Flask) -> None:
    app.jinja_env.globals.update(
        passed_over=lambda: [
            (_kind(name), str(NAMES.get(name, name)), value) for name, value in passed_over()
        ]
    )
