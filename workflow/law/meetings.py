"""Cases that meet on one license (rulebook 2.8): which exclude each other, wait, or only warn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal

from workflow.domain.facts import Facts, HeldLicense, OtherCase
from workflow.domain.procedure import Text
from workflow.law.authorities import NATIONAL
from workflow.law.changes import STRUCTURAL
from workflow.law.intended import ended_kinds, ends_whole, new_of

Meeting = Literal["excludes", "first", "warn"]
_WHOLE_LICENSE = frozenset({"C-SUBJ", "C-COV"})


def meet(facts: Facts, other: OtherCase) -> Meeting | None:
    """How a filed case stands to the one about to be filed; None when they are independent."""
    held = facts.license
    mine = OtherCase(
        "",
        facts.procedure,
        frozenset(facts.kinds),
        frozenset(facts.coverage),
        held.id if held else None,
        facts.case,
    )
    return between(mine, other, held)


def between(mine: OtherCase, other: OtherCase, held: HeldLicense | None) -> Meeting | None:
    """How `other`, were it filed, would stand to `mine`. `held` is their license."""
    if mine.procedure == "new" or other.procedure == "new":
        return _two_new(mine, other)
    if mine.procedure == "number" and other.procedure == "number":
        return _numbers(mine.told, other.told)
    if held is None or {mine.license_id, other.license_id} != {held.id}:
        return None
    asked = _MATRIX.get((mine.procedure, other.procedure))
    return asked(mine, other, held) if asked else None


def overlaps(one: Iterable[str], other: Iterable[str]) -> bool:
    """True when two coverages share a province; the whole country shares all."""
    mine, theirs = set(one), set(other)
    return bool(mine & theirs) or bool(mine and theirs and NATIONAL in mine | theirs)


def _two_new(mine: OtherCase, other: OtherCase) -> Meeting | None:
    both = mine.procedure == other.procedure
    common = both and mine.kinds & other.kinds
    return "excludes" if common and overlaps(mine.coverage, other.coverage) else None


def _numbers(mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> Meeting | None:
    same_code = mine.get("code") and mine.get("code") == theirs.get("code")
    same_range = mine.get("range") and mine.get("range") == theirs.get("range")
    return "excludes" if same_code or same_range else None


def _codes(told: Mapping[str, Any]) -> set[str]:
    return set(told.get("changes") or ())


def _touched(told: Mapping[str, Any], held: HeldLicense) -> set[str]:
    """The kinds of the license a change is about; changes of name or owner touch none.

    A kind that is added is none of them yet. A change of site is about internet information.
    """
    codes, new = _codes(told), new_of(told)
    if codes & _WHOLE_LICENSE:
        return set(held.kinds)
    touched = set(new.get("kinds") or ()) if "C-KIND" in codes else set()
    if "C-ITEM" in codes:
        touched |= set(new.get("items") or ()) or {"ICP"}
    if "C-SITE" in codes:
        touched.add("ICP")
    return touched & set(held.kinds)


def _two_changes(mine: OtherCase, other: OtherCase, _: HeldLicense) -> Meeting:
    one, two = _codes(mine.told), _codes(other.told)
    return "excludes" if one & two or "C-SUBJ" in one | two else "warn"


def _renewal_after_change(_: OtherCase, other: OtherCase, __: HeldLicense) -> Meeting:
    return "first" if _codes(other.told) & STRUCTURAL else "warn"


def _excludes(_: OtherCase, __: OtherCase, ___: HeldLicense) -> Meeting:
    return "excludes"


def _warns(_: OtherCase, __: OtherCase, ___: HeldLicense) -> Meeting:
    return "warn"


def _change_and_end(mine: OtherCase, other: OtherCase, held: HeldLicense) -> Meeting:
    """A change and a cancellation, whichever of them is filed."""
    change, end = (mine, other) if mine.procedure == "change" else (other, mine)
    if ends_whole(end.told, held):
        return "excludes"
    ended = set(ended_kinds(end.told, tuple(held.kinds)))
    return "excludes" if ended & _touched(change.told, held) else "warn"


def _renewal_and_end(mine: OtherCase, other: OtherCase, held: HeldLicense) -> Meeting:
    end = mine if mine.procedure == "cancellation" else other
    return "excludes" if ends_whole(end.told, held) else "warn"


def _two_ends(mine: OtherCase, other: OtherCase, held: HeldLicense) -> Meeting | None:
    every = tuple(held.kinds)
    common = set(ended_kinds(mine.told, every)) & set(ended_kinds(other.told, every))
    return "excludes" if common else None


def _end_after_number(mine: OtherCase, _: OtherCase, held: HeldLicense) -> Meeting | None:
    return "first" if ends_whole(mine.told, held) else None


def _end_and(mine: OtherCase, other: OtherCase, held: HeldLicense) -> Meeting | None:
    end = mine if mine.procedure == "cancellation" else other
    return "warn" if ends_whole(end.told, held) else None


def _same_year(mine: OtherCase, other: OtherCase, _: HeldLicense) -> Meeting | None:
    return "excludes" if mine.told.get("year") == other.told.get("year") else None


def _same_branch(mine: OtherCase, other: OtherCase, _: HeldLicense) -> Meeting | None:
    one, two = ((c.told.get("province"), c.told.get("action") or "open") for c in (mine, other))
    return "excludes" if one == two else None


# (the case about to be filed, the case already filed); what is not here is independent.
_MATRIX: Mapping[
    tuple[str, str], Callable[[OtherCase, OtherCase, HeldLicense], Meeting | None]
] = {
    ("change", "change"): _two_changes,
    ("change", "renewal"): _warns,
    ("change", "cancellation"): _change_and_end,
    ("change", "number"): _warns,
    ("renewal", "change"): _renewal_after_change,
    ("renewal", "renewal"): _excludes,
    ("renewal", "cancellation"): _renewal_and_end,
    ("renewal", "number"): _warns,
    ("cancellation", "change"): _change_and_end,
    ("cancellation", "renewal"): _renewal_and_end,
    ("cancellation", "cancellation"): _two_ends,
    ("cancellation", "number"): _end_after_number,
    ("cancellation", "branch_report"): _end_and,
    ("annual_report", "annual_report"): _same_year,
    ("number", "change"): _warns,
    ("number", "renewal"): _warns,
    ("number", "cancellation"): _end_and,
    ("branch_report", "cancellation"): _end_and,
    ("branch_report", "branch_report"): _same_branch,
}  # fmt: skip

_WHOLE_FIRST = Text(
    "注销整张许可证：码号申请须先办结", "The whole license: the code case comes first"
)
_WHOLE_WARNS = Text("注销整张许可证：提示", "The whole license: warned")
_SAYS: Mapping[Callable[[OtherCase, OtherCase, HeldLicense], Meeting | None], Text] = {
    _two_changes: Text(
        "同一变更事项，或任一方是经营主体变更：互斥；其余提示",
        "The same change, or a change of operator on either side: excludes; else warned",
    ),
    _renewal_after_change: Text(
        "经营主体、覆盖范围、增加业务种类的变更须先办结；其余提示",
        "A change of operator, coverage or kinds comes first; others warn",
    ),
    _change_and_end: Text(
        "注销整张许可证：互斥；部分注销：涉及同一种类或覆盖范围的互斥，其余提示",
        "The whole license: excludes; a part: excludes if it touches the same kind or coverage, "
        "else warned",
    ),
    _renewal_and_end: Text(
        "注销整张许可证：互斥；部分注销：提示（这些种类不再续期）",
        "The whole license: excludes; a part: warned (those kinds are dropped)",
    ),
    _two_ends: Text("终止的种类有重合：互斥", "Excludes where a kind ends in both"),
    _end_after_number: _WHOLE_FIRST,
    _end_and: _WHOLE_WARNS,
    _excludes: Text("互斥", "Excludes"),
    _warns: Text("提示", "Warned"),
    _same_year: Text("同一年度：互斥", "The same year: excludes"),
    _same_branch: Text("同一省、同一事项：互斥", "The same province and action: excludes"),
}
MATRIX: Mapping[tuple[str, str], Text] = {
    **{pair: _SAYS[how] for pair, how in _MATRIX.items()},
    ("new", "new"): Text(
        "种类和地区有重合：互斥；已有有效许可证覆盖的，改办变更",
        "A common kind and area: excludes; where a valid license covers it, file a change",
    ),
    ("number", "number"): Text("同一码号或号段：互斥", "The same code or range: excludes"),
}
"""In words how a case about to be filed stands to one already filed; others are independent."""
