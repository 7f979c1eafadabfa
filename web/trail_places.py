"""What the card of the chain says of places: the first break, the head, the copy outside."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext
from markupsafe import Markup

from web.wording import minute
from web.writes import instant
from workflow.services.trail import Check
from workflow.services.trail_state import TrailState


def broken_place(check: Check | None) -> str | None:
    """The address of the case that a break names, so that its neighbors can be read."""
    chain, _, rest = (check.verdict.place if check else "").partition(":")
    subject = rest.rpartition(":")[0]
    return url_for("audit.index", about=subject) if chain == "case" and subject else None


def head_words(head: tuple[str, int] | None) -> Markup | None:
    """The root of the last checkpoint, shortened, with the number of events under it."""
    if head is None:
        return None
    root, size = head
    return Markup('<span class="code">{} … {}</span> {}').format(
        root[:8], root[-4:], gettext("封存 %(n)s 条", n=f"{size:,}")
    )


def tail_words(state: TrailState, *, set_up: bool) -> Markup:
    """What the published checkpoints say beside those of the database."""
    if state.off_system == "none":
        return Markup('<b class="ink is-warn">{}</b>').format(gettext("没有已公布的检查点"))
    at = minute(instant(state.told_at)) if state.told_at else ""
    where = gettext("系统之外的检查点") if set_up else gettext("数据目录里的检查点")
    word, tone = {
        "same": (gettext("一致"), "ok"),
        "differs": (gettext("不一致"), "danger"),
        "unreadable": (gettext("读不出"), "warn"),
    }[state.off_system]
    return Markup('{} {} <b class="ink is-{}">{}</b>').format(where, at, tone, word)
