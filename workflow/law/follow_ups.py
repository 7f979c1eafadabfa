"""What a decision leaves its holder to do: tasks by procedure, kind, change and range."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from workflow.domain.facts import HeldLicense
from workflow.law.kinds import BY_CODE

_NEW = ("T-SHOW-NUMBER", "T-ANNUAL")
_CODE = ("T-CODE-USE", "T-CODE-REPORT", "T-FEE")
_END = ("T-RETURN-LICENSE", "T-CODE-RETURN", "T-REG-SCOPE")
TASKS_OPENED = (*_NEW, *_CODE, *_END)
"""Every task a decision may open, beside those of the kinds."""


def of_new(kinds: Iterable[str]) -> tuple[str, ...]:
    """The tasks of a first license: show the number, what the kinds add, report every year."""
    shown, reported = _NEW
    return tuple(dict.fromkeys((shown, *_of_kinds(kinds), reported)))


def follow_ups_of(
    procedure: str, kinds: tuple[str, ...], told: Mapping[str, Any], held: HeldLicense | None
) -> tuple[str, ...]:
    """The tasks an approval opens. `held` is the license as it stands after the decision."""
    if procedure == "new":
        return of_new(kinds)
    if procedure == "number":
        return _CODE
    if procedure == "change" and held is not None:
        return _of_change(kinds, told)
    if procedure == "cancellation" and held is not None:
        return _of_end(held)
    return ()


def _of_kinds(kinds: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for kind in kinds for code in BY_CODE[kind].follow_ups))


def _of_change(kinds: tuple[str, ...], told: Mapping[str, Any]) -> tuple[str, ...]:
    if "C-KIND" not in (told.get("changes") or ()):
        return ()
    return _of_kinds((told.get("new") or {}).get("kinds") or kinds)


def _of_end(held: HeldLicense) -> tuple[str, ...]:
    """A whole license is returned with its codes; the registry scope shrinks either way."""
    returned, codes, scope = _END
    if held.status != "cancelled":
        return (scope,)
    return (returned, codes, scope) if held.codes else (returned, scope)
