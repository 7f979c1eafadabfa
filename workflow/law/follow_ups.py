"""What a decision leaves its holder to do: tasks by procedure, kind, change and range."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from workflow.domain.facts import HeldLicense
from workflow.law.kinds import BY_CODE

_CODE = ("T-CODE-USE", "T-CODE-REPORT", "T-FEE")


def of_new(kinds: Iterable[str]) -> tuple[str, ...]:
    """The tasks of a first license: show the number, what the kinds add, report every year."""
    return tuple(dict.fromkeys(("T-SHOW-NUMBER", *_of_kinds(kinds), "T-ANNUAL")))


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
    whole = held.status == "cancelled"
    returned = ("T-RETURN-LICENSE",) if whole else ()
    codes = ("T-CODE-RETURN",) if held.codes and whole else ()
    return (*returned, *codes, "T-REG-SCOPE")
