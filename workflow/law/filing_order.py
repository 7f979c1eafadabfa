"""Which of two cases that meet is filed first, and why: our own advice, no rule of law."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from workflow.domain.facts import HeldLicense, OtherCase
from workflow.domain.procedure import Text
from workflow.law.intended import ends_whole
from workflow.law.meetings import Meeting, between


@dataclass(frozen=True, slots=True)
class Advice:
    """`how` the two stand to each other at filing; `first` is the case to file first.

    None: only one of them is needed, or the two go into one case.
    """

    how: Meeting
    first: OtherCase | None
    why: Text


Pair = tuple[OtherCase | None, Text]


def advise(mine: OtherCase, other: OtherCase, held: HeldLicense | None) -> Advice | None:
    """What to do about two cases that meet, whichever is filed; None when they do not."""
    ways = [between(mine, other, held), between(other, mine, held)]
    met = [way for name in ("excludes", "first", "warn") for way in ways if way == name]
    if not met:
        return None
    first, why = _advice(mine, other, held)
    return Advice(met[0], first, why)


def _advice(mine: OtherCase, other: OtherCase, held: HeldLicense | None) -> Pair:
    ask = _PAIRS.get(frozenset({mine.procedure, other.procedure}))
    return ask(mine, other, held) if ask and held else (None, _ONE)


_ONE = Text(
    "两件办的是同一件事，只能有一件：保留一件，撤回另一件",
    "Both are about the same thing: keep one and withdraw the other",
)
_MERGE = Text(
    "两件变更可以并成一件办理；不合并时先办结一件",
    "The two changes can be one case; apart, finish one before the other",
)
_SUBJECT = Text(
    "经营主体变更须单独办理，其他变更在它办结后由新的持证人提出",
    "A change of operator stands alone; the new holder files the other changes after it",
)
_STRUCTURE = Text(
    "主体、覆盖范围和业务种类的变更先办结，续期按变更后的内容审查",
    "Finish the change of operator, coverage or kinds first: the renewal is judged on what it left",
)
_CLEAR = Text(
    "续期要求没有未报告的变更，先提交变更",
    "A renewal asks that no change is unreported, so file the change first",
)
_NO_CHANGE = Text(
    "整张许可证要注销，变更没有意义：先定下来办哪一件",
    "The whole license is to end, so the change serves nothing: decide which one to keep",
)
_END_KIND = Text(
    "变更涉及要注销的业务：先注销这些业务，再办其余变更",
    "The change touches a kind that is to end: cancel the kind first, then file the rest",
)
_CHANGE_FIRST = Text(
    "先报告变更，注销按变更后的持证人办理",
    "Report the change first; the cancellation goes by the holder it leaves",
)
_NOT_BOTH = Text(
    "续期和注销整张许可证只能办一件",
    "Renewing the license and cancelling all of it exclude each other",
)
_DROP = Text(
    "先提交部分注销，被注销的业务不再续期",
    "File the partial cancellation first: the kinds it ends are not renewed",
)
_LONGER = Text(
    "码号申请要求许可证还有至少一年有效期，先续期",
    "A code asks for at least a year left on the license, so renew first",
)
_HOLDER = Text(
    "码号按变更后的持证人核发，先办变更",
    "The code is granted to the holder as changed, so file the change first",
)
_RETURN = Text(
    "整张许可证注销前须先办结码号（交回）",
    "Codes are dealt with (returned) before the whole license is cancelled",
)
_BRANCH = Text(
    "先报告分支机构的变化，再注销许可证",
    "Report the branch first, then cancel the license",
)


def _of(procedure: str, *cases: OtherCase) -> OtherCase:
    return next(case for case in cases if case.procedure == procedure)


def _two_changes(mine: OtherCase, other: OtherCase, _: HeldLicense) -> Pair:
    for case in (mine, other):
        if "C-SUBJ" in (case.told.get("changes") or ()):
            return case, _SUBJECT
    return None, _MERGE


def _change_renewal(mine: OtherCase, other: OtherCase, held: HeldLicense) -> Pair:
    change, renewal = _of("change", mine, other), _of("renewal", mine, other)
    return change, _STRUCTURE if between(renewal, change, held) == "first" else _CLEAR


def _change_end(mine: OtherCase, other: OtherCase, held: HeldLicense) -> Pair:
    change, end = _of("change", mine, other), _of("cancellation", mine, other)
    if ends_whole(end.told, held):
        return None, _NO_CHANGE
    return (end, _END_KIND) if between(change, end, held) == "excludes" else (change, _CHANGE_FIRST)


def _renewal_end(mine: OtherCase, other: OtherCase, held: HeldLicense) -> Pair:
    end = _of("cancellation", mine, other)
    return (None, _NOT_BOTH) if ends_whole(end.told, held) else (end, _DROP)


def _always(procedure: str, why: Text) -> Callable[[OtherCase, OtherCase, HeldLicense], Pair]:
    def ask(mine: OtherCase, other: OtherCase, _: HeldLicense) -> Pair:
        return _of(procedure, mine, other), why

    return ask


_PAIRS: Mapping[
    frozenset[str], Callable[[OtherCase, OtherCase, HeldLicense], Pair]
] = MappingProxyType(
    {
        frozenset({"change"}): _two_changes,
        frozenset({"change", "renewal"}): _change_renewal,
        frozenset({"change", "cancellation"}): _change_end,
        frozenset({"change", "number"}): _always("change", _HOLDER),
        frozenset({"renewal", "cancellation"}): _renewal_end,
        frozenset({"renewal", "number"}): _always("renewal", _LONGER),
        frozenset({"cancellation", "number"}): _always("number", _RETURN),
        frozenset({"cancellation", "branch_report"}): _always("branch_report", _BRANCH),
    }
)  # fmt: skip
