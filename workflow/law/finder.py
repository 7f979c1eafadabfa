"""Which license does this business need? Activities in, kinds with items and reasons out."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from workflow.law.finder_notes import NOT_NEEDED, REMARKS, NotNeeded, Remark
from workflow.law.finder_questions import BY_CODE
from workflow.law.finder_rows import CONTENT_OF, PROPOSALS, Proposal
from workflow.law.number_ranges import RANGES, Range

__all__ = [
    "CONTENT_OF",
    "activities_of",
    "content_of",
    "not_needed",
    "proposals",
    "proposed_kinds",
    "ranges_for",
    "remarks",
]

_USES = {"sends_sms": "commercial", "sms_platform": "third_party", "own_notices": "own"}
_OPERATORS = frozenset({"CC", "MPC"})
"""Kinds whose holders may have an access code."""


def proposals(activities: Iterable[str]) -> tuple[Proposal, ...]:
    """What these activities need, in the order of the table; own goods alone need nothing."""
    told = set(activities)
    return tuple(row for row in PROPOSALS if row.activity in told)


def proposed_kinds(activities: Iterable[str]) -> tuple[str, ...]:
    """The kinds alone, each once."""
    return tuple(dict.fromkeys(row.kind for row in proposals(activities)))


def activities_of(doings: Iterable[str]) -> tuple[str, ...]:
    """The activities a case keeps as facts, for what the finder was told."""
    told = (BY_CODE[code].activity for code in doings)
    return tuple(dict.fromkeys(activity for activity in told if activity))


def content_of(doings: Collection[str], named: Collection[str]) -> tuple[str, ...]:
    """The content named, and what the doings bring with them; each once."""
    brought = (content for doing, content in CONTENT_OF.items() if doing in doings)
    return tuple(dict.fromkeys([*named, *brought]))


def not_needed(
    doings: Collection[str], kinds: Collection[str]
) -> tuple[tuple[NotNeeded, tuple[str, ...]], ...]:
    """What need not be applied for, each with its kinds; a kind that is needed anyway is not."""
    rows = []
    for row in NOT_NEEDED:
        left = tuple(kind for kind in row.kinds if kind not in kinds)
        told = set(doings)
        if row.when & told and not row.unless & told and (left or row.document):
            rows.append((row, left))
    return tuple(rows)


def remarks(doings: Collection[str], day: date) -> tuple[Remark, ...]:
    """What else goes with these answers by the rules in force on the day."""
    told = frozenset(doings)
    return tuple(remark for remark in REMARKS if remark.holds(told, day))


def ranges_for(
    doings: Collection[str], kinds: Collection[str], *, nationwide: bool | None
) -> tuple[Range, ...]:
    """Numbering ranges that fit: for the text messages told, and for operators of calls.

    `nationwide` None: the area is not known yet, so both are named.
    """
    uses = {use for doing, use in _USES.items() if doing in doings}
    uses |= {"access"} if _OPERATORS & set(kinds) else set()
    return tuple(
        row
        for row in RANGES
        if row.who != "carrier"
        and uses & set(row.uses)
        and (nationwide is None or row.nationwide is nationwide)
    )
