"""From what a business does to what it applies for: kinds, what comes first, where, with what."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from workflow.domain.facts import Company, Facts, SignOff, crosses_provinces
from workflow.domain.guard import Finding, judge
from workflow.domain.procedure import LicenseKind
from workflow.law import catalogue, finder
from workflow.law.capital import minimum_for
from workflow.law.content import PriorApproval, approvals_for
from workflow.law.finder_notes import RIDES_FILING, NotNeeded, Remark
from workflow.law.finder_questions import DOINGS, GROUPS
from workflow.law.finder_rows import Proposal
from workflow.law.number_ranges import Range
from workflow.law.prerequisite_notes import Note
from workflow.law.prerequisites import notes_of
from workflow.law.tracks import UNDERTAKING, Track, second_class

__all__ = ["DOINGS", "GROUPS", "Asked", "Found", "Needed", "find", "minimum_for"]

_PLACE_AND_SHARE = ("G-SCOPE", "G-FOREIGN")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the finder was told; no coverage means that the area is not known yet.

    `foreign_share` in percent, 0 for none.
    """

    doings: tuple[str, ...] = ()
    content: tuple[str, ...] = ()
    coverage: tuple[str, ...] = ()
    foreign_share: Decimal | int = 0

    @property
    def nationwide(self) -> bool | None:
        """Whether the license would cross provinces; None while the area is not known."""
        return crosses_provinces(self.coverage) if self.coverage else None


@dataclass(frozen=True, slots=True)
class Needed:
    """One kind to apply for: its items, why, what stands against it, what else it asks for."""

    kind: LicenseKind
    items: tuple[str, ...]
    reasons: tuple[Proposal, ...]
    doubts: tuple[Finding, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The whole answer.

    `minimum` is the least registered capital in RMB yuan; it and `authority` (`MIIT` or a province
    code) are None while nothing is needed or the area is not known. `filing` follows what comes
    `first` and precedes the operation. `track` is worth asking about where every kind is of the
    second class; whether the company fits it is not known here.
    """

    needed: tuple[Needed, ...] = ()
    not_needed: tuple[tuple[NotNeeded, tuple[str, ...]], ...] = ()
    first: tuple[PriorApproval, ...] = ()
    filing: Remark | None = None
    remarks: tuple[Remark, ...] = ()
    ranges: tuple[Range, ...] = ()
    authority: str | None = None
    minimum: int | None = None
    activities: tuple[str, ...] = ()
    content: tuple[str, ...] = ()
    track: Track | None = None

    @property
    def kinds(self) -> tuple[str, ...]:
        """Codes of the kinds to apply for."""
        return tuple(need.kind.code for need in self.needed)

    @property
    def items(self) -> Mapping[str, tuple[str, ...]]:
        """Service items by kind."""
        return {need.kind.code: need.items for need in self.needed}


def find(asked: Asked, day: date) -> Found:
    """What a business with these answers needs by the rules in force on `day`."""
    rows = finder.proposals(asked.doings)
    kinds = tuple(dict.fromkeys(row.kind for row in rows))
    content = finder.content_of(asked.doings, asked.content)
    known_area = bool(kinds and asked.coverage)
    return Found(
        needed=tuple(_needed(kind, rows, asked, content, day) for kind in kinds),
        not_needed=finder.not_needed(asked.doings, kinds),
        first=approvals_for(content, day),
        filing=RIDES_FILING if RIDES_FILING.when & set(asked.doings) else None,
        remarks=finder.remarks(asked.doings, day),
        ranges=finder.ranges_for(asked.doings, kinds, nationwide=asked.nationwide),
        authority=(
            catalogue.authority_for(asked.coverage, asked.foreign_share) if known_area else None
        ),
        minimum=minimum_for(nationwide=bool(asked.nationwide)) if known_area else None,
        activities=finder.activities_of(asked.doings),
        content=content,
        track=UNDERTAKING if kinds and second_class(kinds) == set(kinds) else None,
    )


def _needed(
    kind: str, rows: Collection[Proposal], asked: Asked, content: tuple[str, ...], day: date
) -> Needed:
    reasons = tuple(row for row in rows if row.kind == kind)
    items = _items(kind, reasons)
    found = judge(
        catalogue.guards_of(_PLACE_AND_SHARE if asked.coverage else _PLACE_AND_SHARE[1:], day),
        _facts(kind, items, asked, content, day),
        {},
    )
    doubts = tuple(finding for finding in found if finding.result != "pass")
    return Needed(catalogue.kind(kind), items, reasons, doubts, notes_of([kind]))


def _items(kind: str, reasons: Collection[Proposal]) -> tuple[str, ...]:
    """The items named by the reasons in the order of the kind; no item named means the first."""
    named = {item for row in reasons for item in (row.item, *_first(row)) if item}
    return tuple(item.code for item in catalogue.kind(kind).items if item.code in named)


def _first(row: Proposal) -> tuple[str, ...]:
    return () if row.item else catalogue.default_items(row.kind)


def _facts(
    kind: str, items: tuple[str, ...], asked: Asked, content: tuple[str, ...], day: date
) -> Facts:
    """Just enough for the guards of place and share: a company of which only the share is told."""
    return Facts(
        on=day,
        company=Company("", "", "", foreign_share=Decimal(asked.foreign_share)),
        kinds=(kind,),
        items={kind: items},
        coverage=asked.coverage,
        case={"content": content},
        papers={},
        sign_off=SignOff(frozenset()),
        open_points=(),
        others=(),
        licenses=(),
        parameters=MappingProxyType({}),
        calendar=catalogue.CALENDAR,
    )
