"""What happened with the object of an event, in the one line that its row has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

from flask_babel import gettext

from web.case_words import kinds_line
from web.field_words import field_word, parted
from web.i18n import language
from workflow.law import catalogue

if TYPE_CHECKING:
    from web.trail_words import Entry

MOST = 3
"""Fields that a row names; the entry unfolded has them all."""
LONGEST = 60


def gist(entry: Entry) -> str:
    """The material, the account, the fields: masked as the entry is; empty where there is none."""
    told = _OF.get(entry.event.action)
    return told(entry) if told else _changed(entry) or _answered(entry)


def _provided(entry: Entry) -> str:
    """Every material with its version, and the version it takes the place of."""
    found = []
    for change in entry.event.body.get("changes") or ():
        prefix, _, code = change["field"].partition(".")
        if prefix == "material" and code:
            name = catalogue.material_name(code).read(language())
            words = gettext("%(name)s 第 %(n)s 版", name=name, n=change["new"])
            if change.get("old"):
                words += gettext("，替换第 %(n)s 版", n=change["old"])
            found.append(str(words))
    return _listed(found) or _changed(entry)


def _opened(entry: Entry) -> str:
    new = {c["field"]: c.get("new") for c in entry.event.body.get("changes") or ()}
    procedure = catalogue.label_of("procedure", new.get("procedure") or "").read(language())
    return " · ".join(part for part in (procedure, kinds_line(new.get("kinds") or ())) if part)


def _changed(entry: Entry) -> str:
    """One or two fields with their values, of more the names of the first and how many."""
    changes = [c for c in parted(entry.event.body.get("changes") or ()) if _says(c)]
    if len(changes) <= 2:  # noqa: PLR2004 - more would not fit the line
        shown = (entry.change(change) for change in changes)
        return str(gettext("；")).join(
            f"{one.label}{gettext('：')}{_move(one.old, one.new)}" for one in shown
        )
    return _listed([field_word(c["field"], entry.event.action) for c in changes])


def _answered(entry: Entry) -> str:
    """The first answers, where nothing changed."""
    given: Mapping[str, Any] = entry.event.body.get("given") or {}
    words = (
        f"{field_word(name, entry.event.action)}{gettext('：')}{_short(said)}"
        for name, value in given.items()
        if name != "taken" and (said := entry.side(name, value)) is not None
    )
    return str(gettext("；")).join(islice(words, 2))


def _of_account(entry: Entry) -> str:
    return entry.account


def _access(entry: Entry) -> str:
    changed = _changed(entry)
    return f"{entry.account}{gettext('：')}{changed}" if changed else entry.account


def _says(change: Mapping[str, Any]) -> bool:
    return any(change.get(side) not in (None, [], {}, "") for side in ("old", "new"))


def _move(old: str | None, new: str | None) -> str:
    if old is None:
        return _short(new or "")
    return f"{_short(old)} → {_short(new or str(gettext('（空）')))}"


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _listed(words: list[str]) -> str:
    shown = str(gettext("、")).join(words[:MOST])
    if len(words) <= MOST:
        return shown
    return str(gettext("%(shown)s 等 %(n)s 项", shown=shown, n=len(words)))


_OF: Mapping[str, Callable[[Entry], str]] = {
    "provide": _provided,
    "open": _opened,
    "sign_in_failed": _of_account,
    "sign_in": _of_account,
    "sign_out": _of_account,
    "set_access": _access,
}
