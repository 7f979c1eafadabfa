"""The look-back self-check of a renewal (RL-01 … RL-22): items, evidence, and which are red."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from workflow.domain.facts import Facts, HeldLicense
from workflow.domain.procedure import Citation, Text
from workflow.law.annual import overdue_reports
from workflow.law.changes import rows_of
from workflow.law.fact_labels import FIELDS
from workflow.law.kinds import BY_CODE
from workflow.law.self_check_items import SMS_RULE_SINCE, TABLE
from workflow.law.vocabulary import Labels

BLOCKING = ("RL-02", "RL-03", "RL-14", "RL-16")
"""Red here refuses the filing; RL-16 only for the dishonest list."""

_LISTS = ("dishonest_list", "adverse_list")
_UNOPENED = Text("台账记载尚未开通：{}", "The register says not in service: {}")
_NO_REPORT = Text("台账没有这些年度的年报：{}", "The register has no annual report for: {}")
_UNREPORTED = Text("台账记载变更未申报：{}", "The register says not reported: {}")
_LISTED = Text("企业档案记载已列入：{}", "The company file says listed: {}")
_REGISTRY = frozenset({"C-NAME", "C-LREP", "C-CAP"})
_OWNERSHIP = frozenset({"C-SH", "C-SUBJ"})


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One item of the self-check, in the text in force between two days."""

    code: str
    name: Text
    evidence: Text
    fix: Text
    cites: tuple[Citation, ...]
    since: date = date(1900, 1, 1)
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        """True when this text is in force on the day."""
        return self.since <= day and (self.until is None or day <= self.until)


ITEMS: tuple[CheckItem, ...] = tuple(
    CheckItem(
        code, name, evidence, fix, cites,
        since=SMS_RULE_SINCE if which == "new" else date(1900, 1, 1),
        until=SMS_RULE_SINCE - timedelta(1) if which == "old" else None,
    )
    for code, name, evidence, fix, cites, which in TABLE
)  # fmt: skip

CODES: tuple[str, ...] = tuple(dict.fromkeys(item.code for item in ITEMS))
_TOLD_ELSEWHERE = ("RL-01", "RL-05", "RL-06")
"""Red here speaks through G-OPENED and G-CHG-CLEAR."""
WARNING: tuple[str, ...] = tuple(
    code for code in CODES if code not in (*BLOCKING, *_TOLD_ELSEWHERE)
)
"""Red here warns and refuses nothing."""
ITEM_LABELS: Labels = {item.code: item.name for item in ITEMS}


def items_on(day: date) -> tuple[CheckItem, ...]:
    """Every item in the text in force on the day."""
    return tuple(item for item in ITEMS if item.holds_on(day))


def unopened(facts: Facts) -> tuple[str, ...]:
    """Licensed kinds that never went into service."""
    held = facts.license
    return tuple(sorted(held.kinds - held.opened)) if held else ()


def shown_red(facts: Facts) -> dict[str, Text]:
    """The items the desk's own records show red, whatever was answered, each with what they say."""
    found = _on_record(facts, facts.license) if facts.license else {}
    return {
        code: Text(
            said.zh.format("、".join(part.zh for part in parts)),
            said.en.format(", ".join(part.en for part in parts)),
        )
        for code, (said, parts) in found.items()
        if parts
    }


def _on_record(facts: Facts, held: HeldLicense) -> Mapping[str, tuple[Text, list[Text]]]:
    years = [str(year) for year in overdue_reports(held, facts.on)]
    unreported = set(held.unreported_changes)
    listed = [name for name in _LISTS if getattr(facts.company, name)]
    return {
        "RL-01": (_UNOPENED, [BY_CODE[kind].short for kind in unopened(facts)]),
        "RL-04": (_NO_REPORT, [Text(year, year) for year in years]),
        "RL-05": (_UNREPORTED, [row.name for row in rows_of(unreported & _REGISTRY)]),
        "RL-06": (_UNREPORTED, [row.name for row in rows_of(unreported & _OWNERSHIP)]),
        "RL-16": (_LISTED, [FIELDS[name] for name in listed]),
    }


def verdicts(facts: Facts) -> dict[str, str]:
    """`red` or `green` for every item: what is on record first, then the handler's answers.

    An item nobody answered counts as green; `answered` tells the two apart.
    """
    shown = shown_red(facts)
    given = facts.case.get("self_check") or {}
    return {code: "red" if code in shown or given.get(code) == "red" else "green" for code in CODES}


def answered(facts: Facts, code: str) -> bool:
    """True when the item stands on an answer or on what is on record, not on silence."""
    return code in (facts.case.get("self_check") or {}) or code in shown_red(facts)


def answered_red(facts: Facts, code: str) -> bool:
    """True when only the handler's answer makes it red; what is on record has a guard (G-AR)."""
    given = facts.case.get("self_check") or {}
    return given.get(code) == "red" and code not in shown_red(facts)
