"""Cases that meet on one license (rulebook 2.8): which exclude each other, wait, or only warn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal

from workflow.domain.facts import Facts, HeldLicense, OtherCase
from workflow.law.authorities import NATIONAL
from workflow.law.changes import STRUCTURAL
from workflow.law.intended import ended_kinds, ends_whole, new_of

Meeting = Literal["excludes", "first", "warn"]
_WHOLE_LICENSE = frozenset({"C-SUBJ", "C-COV"})


def meet(facts: Facts, other: OtherCase) -> Meeting | None:
    """How a filed case stands to the one about to be filed; None when they are independent."""
    if facts.procedure == "new" or other.procedure == "new":
        return _two_new(facts, other)
    if facts.procedure == "number" and other.procedure == "number":
        return _numbers(facts.case, other.told)
    if facts.license is None or other.license_id != facts.license.id:
        return None
    asked = _MATRIX.get((facts.procedure, other.procedure))
    return asked(facts, other, facts.license) if asked else None


def overlaps(one: Iterable[str], other: Iterable[str]) -> bool:
    """True when two coverages share a province; the whole country shares all."""
    mine, theirs = set(one), set(other)
    return bool(mine & theirs) or bool(mine and theirs and NATIONAL in mine | theirs)


def _two_new(facts: Facts, other: OtherCase) -> Meeting | None:
    both = facts.procedure == other.procedure
    common = both and set(facts.kinds) & other.kinds
    return "excludes" if common and overlaps(facts.coverage, other.coverage) else None


def _numbers(mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> Meeting | None:
    same_code = mine.get("code") and mine.get("code") == theirs.get("code")
    same_range = mine.get("range") and mine.get("range") == theirs.get("range")
    return "excludes" if same_code or same_range else None


def _codes(told: Mapping[str, Any]) -> set[str]:
    return set(told.get("changes") or ())


def _touched(told: Mapping[str, Any], held: HeldLicense) -> set[str]:
    """The kinds a change is about; changes of name or owner touch none."""
    codes = _codes(told)
    if codes & _WHOLE_LICENSE:
        return set(held.kinds)
    if not codes & {"C-KIND", "C-ITEM", "C-SITE"}:
        return set()
    new = new_of(told)
    return set(new.get("kinds") or ()) | set(new.get("items") or ()) or {"ICP"} & held.kinds


def _two_changes(facts: Facts, other: OtherCase, _: HeldLicense) -> Meeting:
    mine, theirs = set(facts.changes), _codes(other.told)
    return "excludes" if mine & theirs or "C-SUBJ" in mine | theirs else "warn"


def _renewal_after_change(_: Facts, other: OtherCase, __: HeldLicense) -> Meeting:
    return "first" if _codes(other.told) & STRUCTURAL else "warn"


def _excludes(_: Facts, __: OtherCase, ___: HeldLicense) -> Meeting:
    return "excludes"


def _warns(_: Facts, __: OtherCase, ___: HeldLicense) -> Meeting:
    return "warn"


def _change_and_end(
    change: Mapping[str, Any], end: Mapping[str, Any], held: HeldLicense
) -> Meeting:
    if ends_whole(end, held):
        return "excludes"
    ended = set(ended_kinds(end, tuple(held.kinds)))
    return "excludes" if ended & _touched(change, held) else "warn"


def _change_after_end(facts: Facts, other: OtherCase, held: HeldLicense) -> Meeting:
    return _change_and_end(facts.case, other.told, held)


def _end_after_change(facts: Facts, other: OtherCase, held: HeldLicense) -> Meeting:
    return _change_and_end(other.told, facts.case, held)


def _renewal_after_end(_: Facts, other: OtherCase, held: HeldLicense) -> Meeting:
    return "excludes" if ends_whole(other.told, held) else "warn"


def _end_after_renewal(facts: Facts, _: OtherCase, held: HeldLicense) -> Meeting:
    return "excludes" if ends_whole(facts.case, held) else "warn"


def _two_ends(facts: Facts, other: OtherCase, held: HeldLicense) -> Meeting | None:
    every = tuple(held.kinds)
    mine, theirs = ended_kinds(facts.case, every), ended_kinds(other.told, every)
    return "excludes" if set(mine) & set(theirs) else None


def _end_after_number(facts: Facts, _: OtherCase, held: HeldLicense) -> Meeting | None:
    return "first" if ends_whole(facts.case, held) else None


def _number_after_end(_: Facts, other: OtherCase, held: HeldLicense) -> Meeting | None:
    return "warn" if ends_whole(other.told, held) else None


def _end_and_branch(facts: Facts, other: OtherCase, held: HeldLicense) -> Meeting | None:
    end = facts.case if facts.procedure == "cancellation" else other.told
    return "warn" if ends_whole(end, held) else None


def _same(*names: str) -> Callable[[Facts, OtherCase, HeldLicense], Meeting | None]:
    def ask(facts: Facts, other: OtherCase, _: HeldLicense) -> Meeting | None:
        same = all(facts.case.get(name) == other.told.get(name) for name in names)
        return "excludes" if same else None

    return ask


# (the case about to be filed, the case already filed); what is not here is independent.
_MATRIX: Mapping[
    tuple[str, str], Callable[[Facts, OtherCase, HeldLicense], Meeting | None]
] = {
    ("change", "change"): _two_changes,
    ("change", "renewal"): _warns,
    ("change", "cancellation"): _change_after_end,
    ("change", "number"): _warns,
    ("renewal", "change"): _renewal_after_change,
    ("renewal", "renewal"): _excludes,
    ("renewal", "cancellation"): _renewal_after_end,
    ("renewal", "number"): _warns,
    ("cancellation", "change"): _end_after_change,
    ("cancellation", "renewal"): _end_after_renewal,
    ("cancellation", "cancellation"): _two_ends,
    ("cancellation", "number"): _end_after_number,
    ("cancellation", "branch_report"): _end_and_branch,
    ("annual_report", "annual_report"): _same("year"),
    ("number", "change"): _warns,
    ("number", "renewal"): _warns,
    ("number", "cancellation"): _number_after_end,
    ("branch_report", "cancellation"): _end_and_branch,
    ("branch_report", "branch_report"): _same("province", "action"),
}  # fmt: skip
