"""What can be wrong with the tables beside the procedures: changes, conditions, ranges, items."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from workflow.domain.defects import of_basis, of_texts, of_versions, twice, unknown
from workflow.domain.definition import Law
from workflow.domain.procedure import Citation, Text
from workflow.law.authorities import PROVINCES
from workflow.law.changes import CHANGES, Change
from workflow.law.consequences import CONSEQUENCES, Consequence
from workflow.law.content import PRIOR_APPROVALS, PriorApproval
from workflow.law.duties import DUTIES
from workflow.law.fact_labels import ACTIVITIES, CONTENT, FIELDS
from workflow.law.finder_notes import NOT_NEEDED, REMARKS, NotNeeded, Remark
from workflow.law.finder_questions import DOINGS, GROUPS, Doing
from workflow.law.finder_rows import PROPOSALS, Proposal
from workflow.law.follow_ups import TASKS_OPENED
from workflow.law.foreign import CAPS, Cap
from workflow.law.ladders import CLOCK_LADDERS
from workflow.law.number_ranges import RANGES, USES, Range
from workflow.law.prerequisite_notes import NOTES, Note
from workflow.law.prerequisites import PREREQUISITES, Prerequisite
from workflow.law.self_check import BLOCKING, ITEMS, CheckItem
from workflow.law.tracks import UNDERTAKING, Track


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables as they are shipped; a check may be shown others."""

    changes: tuple[Change, ...] = CHANGES
    prerequisites: tuple[Prerequisite, ...] = PREREQUISITES
    notes: tuple[Note, ...] = NOTES
    approvals: tuple[PriorApproval, ...] = PRIOR_APPROVALS
    ranges: tuple[Range, ...] = RANGES
    items: tuple[CheckItem, ...] = ITEMS
    blocking: tuple[str, ...] = BLOCKING
    tracks: tuple[Track, ...] = (UNDERTAKING,)
    consequences: tuple[Consequence, ...] = CONSEQUENCES
    doings: tuple[Doing, ...] = DOINGS
    proposals: tuple[Proposal, ...] = PROPOSALS
    not_needed: tuple[NotNeeded, ...] = NOT_NEEDED
    remarks: tuple[Remark, ...] = REMARKS
    caps: Mapping[str, Cap] = field(default_factory=lambda: CAPS)
    tasks: tuple[str, ...] = TASKS_OPENED
    dated: tuple[str, ...] = (*DUTIES, *CLOCK_LADDERS)


SHIPPED = Tables()


def defects(law: Law, tables: Tables = SHIPPED) -> Iterator[str]:
    """Every defect, each as `place: what is wrong`."""
    yield from _changes(law, tables.changes)
    yield from _conditions(law, tables)
    yield from _approvals(tables.approvals)
    yield from _ranges(tables.ranges)
    yield from _items(law, tables)
    yield from _tracks(tables.tracks)
    yield from _consequences(law, tables.consequences)
    yield from _finder(law, tables)
    yield from unknown("foreign caps", "kind or item", tables.caps, {*law.kinds, *_item_codes(law)})
    yield from unknown("follow-up tasks", "task", tables.tasks, law.tasks)
    yield from unknown("duties and reminders", "clock", tables.dated, law.clocks)


def _changes(law: Law, changes: tuple[Change, ...]) -> Iterator[str]:
    for row in changes:
        place = f"change {row.code}"
        yield from of_texts(place, [row.name])
        yield from of_basis(place, row.cites)
        yield from unknown(place, "guard", row.guards, law.guards)
        yield from unknown(place, "material", row.papers, law.materials)
        yield from unknown(place, "clock", filter(None, [row.review]), law.clocks)
        yield from unknown(place, "field", row.writes, FIELDS)
    yield from twice("changes", "change", [row.code for row in changes])


def _conditions(law: Law, tables: Tables) -> Iterator[str]:
    for row in tables.prerequisites:
        yield from _of_kinds(law, f"condition {row.code}", row.name, row)
    for note in tables.notes:
        yield from _of_kinds(law, f"note {note.code}", note.says, note)
    codes = [row.code for row in tables.prerequisites] + [note.code for note in tables.notes]
    yield from twice("conditions of the kinds", "condition", codes)


def _of_kinds(law: Law, place: str, says: Text, row: Prerequisite | Note) -> Iterator[str]:
    yield from of_texts(place, [says])
    yield from of_basis(place, row.cites)
    yield from unknown(place, "kind", sorted(row.kinds), law.kinds)
    if not row.kinds:
        yield f"{place}: it is for no kind"


def _approvals(approvals: tuple[PriorApproval, ...]) -> Iterator[str]:
    for row in approvals:
        place = f"prior approval {row.code}"
        yield from of_texts(place, [row.document, row.authority])
        yield from of_basis(place, row.cites)
        yield from unknown(place, "content", [row.content], CONTENT)
    yield from twice("prior approvals", "document", [row.code for row in approvals])
    for content in CONTENT:
        spans = [(row.since, row.until) for row in approvals if row.content == content]
        yield from of_versions(f"content {content}", spans)
        if not spans:
            yield f"content {content}: nothing says which document it needs"


def _ranges(ranges: tuple[Range, ...]) -> Iterator[str]:
    for row in ranges:
        place = f"range {row.code}"
        yield from of_texts(place, [row.name])
        yield from of_basis(place, row.cites)
        yield from unknown(place, "use", row.uses, USES)
        if not row.uses:
            yield f"{place}: it is for no use"
        if not row.holds(re.sub("[XY]", "5", row.code)):
            yield f"{place}: its pattern does not hold what it is called"
    yield from twice("ranges", "range", [row.code for row in ranges])


def _items(law: Law, tables: Tables) -> Iterator[str]:
    for code, versions in groupby(tables.items, key=lambda item: item.code):
        texts = list(versions)
        place = f"self-check {code}"
        for item in texts:
            yield from of_texts(place, [item.name, item.evidence, item.fix])
            yield from of_basis(place, item.cites)
        yield from of_versions(place, [(item.since, item.until) for item in texts])
    codes = _runs(item.code for item in tables.items)
    yield from twice("self-check", "item", codes)
    yield from unknown("self-check", "blocking item", tables.blocking, frozenset(codes))
    yield from unknown("self-check", "guard", tables.blocking, law.guards)


def _runs(codes: Iterable[str]) -> list[str]:
    """Texts of one item stand together; a code that comes back later is declared twice."""
    return [code for code, _ in groupby(codes)]


def _tracks(tracks: tuple[Track, ...]) -> Iterator[str]:
    for track in tracks:
        place = f"track {track.code}"
        yield from of_texts(place, [track.name, track.note, *(c.says for c in track.conditions)])
        yield from of_basis(place, track.cites)
        yield from unknown(place, "province", track.provinces, PROVINCES)
        yield from twice(place, "condition", [condition.code for condition in track.conditions])


def _consequences(law: Law, rows: tuple[Consequence, ...]) -> Iterator[str]:
    for row in rows:
        place = f"consequence {row.code}"
        yield from of_texts(place, [row.says])
        yield from of_basis(place, row.cites)
        yield from unknown(place, "procedure", sorted(row.procedures), law.procedures)
        yield from unknown(place, "kind", sorted(row.kinds), law.kinds)
    yield from twice("consequences", "consequence", [row.code for row in rows])


def _finder(law: Law, tables: Tables) -> Iterator[str]:
    """The license finder: what it asks, what it proposes for an answer, what it adds."""
    asked = [doing.code for doing in tables.doings]
    for doing in tables.doings:
        place = f"finder {doing.code}"
        yield from of_texts(place, [doing.says])
        yield from unknown(place, "group", [doing.group], GROUPS)
        yield from unknown(place, "activity", filter(None, [doing.activity]), ACTIVITIES)
    yield from twice("finder", "thing asked", asked)
    for row in tables.proposals:
        place = f"finder {row.activity} to {row.kind}"
        yield from of_texts(place, [row.why])
        yield from _of_answer(place, [row.activity], asked, row.cites)
        yield from unknown(place, "kind", [row.kind], law.kinds)
        yield from unknown(place, "item", filter(None, [row.item]), _items_of(law, row.kind))
    for spared in tables.not_needed:
        place = f"finder {spared.code}"
        yield from of_texts(place, [spared.why, *filter(None, [spared.document])])
        yield from _of_answer(place, spared.when | spared.unless, asked, spared.cites)
        yield from unknown(place, "kind", spared.kinds, law.kinds)
    for remark in tables.remarks:
        place = f"finder {remark.code}"
        yield from of_texts(place, [remark.says])
        told = remark.when | remark.unless | remark.with_
        yield from _of_answer(place, told, asked, remark.cites)


def _of_answer(
    place: str, told: Iterable[str], asked: list[str], cites: tuple[Citation, ...]
) -> Iterator[str]:
    yield from of_basis(place, cites)
    yield from unknown(place, "thing asked", sorted(told), asked)


def _items_of(law: Law, kind: str) -> list[str]:
    return [item.code for item in law.kinds[kind].items] if kind in law.kinds else []


def _item_codes(law: Law) -> list[str]:
    return [item.code for kind in law.kinds.values() for item in kind.items]
