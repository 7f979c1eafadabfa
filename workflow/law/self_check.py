"""The look-back self-check of a renewal (RL-01 … RL-22): items, evidence, and which are red."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from workflow.domain.facts import Facts, HeldLicense
from workflow.domain.procedure import Citation, Text
from workflow.law.annual import overdue_reports
from workflow.law.self_check_items import SMS_RULE_SINCE, TABLE
from workflow.law.vocabulary import Labels

BLOCKING = ("RL-02", "RL-03", "RL-14", "RL-16")
"""Red here refuses the filing; RL-16 only for the dishonest list."""

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
ITEM_LABELS: Labels = {item.code: item.name for item in ITEMS}


def items_on(day: date) -> tuple[CheckItem, ...]:
    """Every item in the text in force on the day."""
    return tuple(item for item in ITEMS if item.holds_on(day))


def unopened(facts: Facts) -> tuple[str, ...]:
    """Licensed kinds that never went into service."""
    held = facts.license
    return tuple(sorted(held.kinds - held.opened)) if held else ()


def _shown_red(facts: Facts, held: HeldLicense) -> Mapping[str, bool]:
    """What the license's own facts show, whatever the handler answered."""
    unreported = set(held.unreported_changes)
    return {
        "RL-01": bool(unopened(facts)),
        "RL-04": bool(overdue_reports(held, facts.on)),
        "RL-05": bool(unreported & _REGISTRY),
        "RL-06": bool(unreported & _OWNERSHIP),
        "RL-16": bool(facts.company.adverse_list or facts.company.dishonest_list),
    }


def verdicts(facts: Facts) -> dict[str, str]:
    """`red` or `green` for every item: the register's facts first, then the handler's answers."""
    shown = _shown_red(facts, facts.license) if facts.license else {}
    answered = facts.case.get("self_check") or {}
    return {
        code: "red" if shown.get(code) or answered.get(code) == "red" else "green" for code in CODES
    }
