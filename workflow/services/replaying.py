"""Replay: rebuild cases, deadlines, materials and licenses from the trail alone, and compare.

The trail is folded event by event; the tables are read only to be compared with. Personal values
are opened through their commitments; one that was erased equals whatever the table holds.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlmodel import Session

from workflow.domain.acting import Moment
from workflow.domain.facts import HeldLicense
from workflow.domain.own_dates import own_dates
from workflow.domain.procedure import State
from workflow.domain.workdays import Calendar
from workflow.services import judging, keeping, outlook
from workflow.storage import replay_rows, snapshot
from workflow.storage.replay_rows import Batch, Outcome
from workflow.storage.rows import CaseRow, compact

__all__ = ["Difference", "Outcome", "Replayed", "keep", "last", "replay"]

KEPT = 200


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that trail and table tell differently; `field` is empty for a row that is not."""

    subject: str
    field: str
    trail: str
    table: str


@dataclass(slots=True)
class Replayed:
    """How much was rebuilt. `older`: cases begun before events kept what a replay needs."""

    cases: int = 0
    licenses: int = 0
    older: int = 0
    differences: int = 0
    found: list[Difference] = field(default_factory=list)

    def add(self, difference: Difference) -> None:
        """Count a difference; the first ones are kept in full."""
        self.differences += 1
        if len(self.found) < KEPT:
            self.found.append(difference)


@dataclass(slots=True)
class _Case:
    """A case as the trail tells it."""

    number: str = ""
    stands: str = ""
    version: int = 0
    head: str = ""
    today: str = ""
    columns: dict[str, Any] = field(default_factory=dict)
    dates: dict[str, str | None] = field(default_factory=dict)
    acts: list[list[Any]] = field(default_factory=list)
    whole: bool = True


@dataclass(slots=True)
class _Told:
    """Everything the trail tells of some clients."""

    cases: dict[int, _Case] = field(default_factory=lambda: defaultdict(_Case))
    licenses: dict[int, dict[str, Any]] = field(default_factory=lambda: defaultdict(dict))
    materials: dict[tuple[int, str, int], tuple[int, str | None, str | None]] = field(
        default_factory=dict
    )


def replay(session: Session, told: Callable[[int], object] = int) -> Replayed:
    """Compare every client; `told` hears how many cases are done. Memory holds some clients."""
    result = Replayed()
    calendar = judging.calendar_in_use(session)
    for first, last_ in replay_rows.clients(session):
        rebuilt = _Told()
        for chain, subject, hash_, body in replay_rows.bodies(session, first, last_):
            try:
                _fold(rebuilt, chain, subject, hash_, json.loads(body))
            except (KeyError, TypeError, ValueError, AttributeError, IndexError):
                result.add(Difference(f"{chain}:{subject}", "body", "unreadable", ""))
                if chain == "case":
                    rebuilt.cases[subject].whole = False
        _compare(rebuilt, replay_rows.batch(session, first, last_), calendar, result)
        told(result.cases)
    return result


def keep(tx: Session, replayed: Replayed, moment: Moment) -> None:
    """Keep the outcome for the operators: which fields of what differ, without their values."""
    found = [[d.subject, d.field] for d in replayed.found]
    counted = (replayed.cases, replayed.licenses, replayed.older, replayed.differences)
    replay_rows.keep(tx, Outcome(moment.stamp, *counted, found))


def last(session: Session) -> Outcome | None:
    """The newest replay that was kept, or None before the first."""
    return replay_rows.last(session)


def _fold(told: _Told, chain: str, subject: int, hash_: str, body: dict[str, Any]) -> None:
    """Take one event into account."""
    kept = body.get("kept") or {}
    if license_ := kept.get("license"):
        told.licenses[int(license_["id"] if chain == "case" else subject)] |= license_
    if chain != "case":
        return
    case = told.cases[subject]
    case.number, case.head, case.today = body["subject"], hash_, body["today"]
    case.stands, case.version = body["to"], case.version + 1
    case.whole = case.whole and "kept" in body
    case.columns |= kept.get("case") or {}
    if "acts" in kept:
        case.acts = kept["acts"]
    elif "act" in kept:
        case.acts = [*case.acts, [body["seq"], body["action"], body["on"], kept["act"]]]
    if body["action"] == "set_dates":
        case.dates |= {change["field"]: change["new"] for change in body["changes"]}
    if State(case.stands) not in judging.FILING:
        case.dates = {}
    if body["action"] == "provide":
        _provide(told, subject, body)


def _provide(told: _Told, case_id: int, body: dict[str, Any]) -> None:
    given, files = body["given"], body["material_hashes"]
    file_hash = files[0]["sha256"] if files else None
    key = (case_id, given["material"], given["version"])
    told.materials[key] = (body["seq"], file_hash, given["valid_until"])


def _compare(told: _Told, tables: Batch, calendar: Calendar, result: Replayed) -> None:
    for case_id in sorted({*told.cases, *tables.cases}):
        result.cases += 1
        case, stored = told.cases.get(case_id), tables.cases.get(case_id)
        if case is None or stored is None:
            name = case.number if case else stored.number if stored else ""
            result.add(Difference(f"case:{name}", "", _there(case), _there(stored)))
            continue
        result.older += not case.whole
        for name, (trail, table) in _of_case(case, stored, told, calendar):
            if not _same(trail, table, tables.values):
                result.add(Difference(f"case:{case.number}", name, str(trail), str(table)))
    _compare_licenses(told, tables, result)
    _compare_materials(told, tables, result)


def _of_case(
    case: _Case, stored: CaseRow, told: _Told, calendar: Calendar
) -> Iterator[tuple[str, tuple[Any, Any]]]:
    """Every field of a case: as the trail tells it, as the table has it."""
    yield "state", (case.stands, stored.state)
    yield "version", (case.version, stored.version)
    yield "head", (case.head, stored.head)
    if not case.whole:
        return
    columns = keeping.case_row(stored)
    for name in keeping.CASE:
        yield name, (case.columns.get(name), columns[name])
    yield "acts", (case.acts, stored.acts)
    due, clock = _deadline(case, stored, told, calendar)
    yield "next_due", (due, stored.next_due)
    yield "next_clock", (clock, stored.next_clock)


def _deadline(
    case: _Case, stored: CaseRow, told: _Told, calendar: Calendar
) -> tuple[date | None, str | None]:
    """The next date by the law's clocks, from what the trail tells and nothing else."""
    columns = case.columns
    rebuilt = CaseRow(
        id=stored.id, company_id=stored.company_id, license_id=columns.get("license_id"),
        number=case.number, procedure=columns["procedure"], state=case.stands,
        version=case.version, head=case.head, kinds=columns["kinds"], items=columns["items"],
        coverage=columns["coverage"], facts=columns["facts"], acts=case.acts, pack={},
        authority=columns["authority"], opened_on=date.fromisoformat(columns["opened_on"]),
        filed_on=None, handler_id="", reviewer_id=None,
    )  # fmt: skip
    held = None
    if rebuilt.license_id is not None and rebuilt.procedure != "new":
        held = _held(told.licenses.get(rebuilt.license_id, {}))
    readings = judging.readings_of(rebuilt, held, calendar, date.fromisoformat(case.today))
    reply_by = _reply_by(case) if case.stands == State.CORRECTION_REQUESTED else None
    return outlook.nearest(case.stands, readings, reply_by, own_dates({"dates": case.dates}))


def _reply_by(case: _Case) -> date | None:
    rounds = [act[3] for act in case.acts if act[1] == "request_correction"]
    day = rounds[-1].get("reply_by") if rounds else None
    return date.fromisoformat(day) if day else None


def _held(told: dict[str, Any]) -> HeldLicense | None:
    if not told:
        return None
    facts = {name.partition(".")[2]: v for name, v in told.items() if name.startswith("facts.")}
    texts = [compact(told[name]) for name in ("kinds", "items", "coverage")]
    days = (told["valid_from"], told["valid_to"])
    opened = compact(told["opened"])
    return snapshot.held_of(
        told["id"], told["number"], *texts, told["status"], *days, opened, compact(facts)
    )


def _compare_licenses(told: _Told, tables: Batch, result: Replayed) -> None:
    for license_id in sorted({*told.licenses, *tables.licenses}):
        result.licenses += 1
        stored = tables.licenses.get(license_id)
        trail, table = told.licenses.get(license_id), stored and keeping.license_columns(stored)
        if not trail or not table:
            name = (trail or table or {}).get("number")
            result.add(Difference(f"license:{name}", "", _there(trail), _there(table)))
            continue
        for name in sorted({*trail, *table}):
            one, other = trail.get(name), table.get(name)
            if not _same(one, other, tables.values):
                result.add(Difference(f"license:{table['number']}", name, str(one), str(other)))


def _compare_materials(told: _Told, tables: Batch, result: Replayed) -> None:
    for key in sorted({*told.materials, *tables.materials}):
        trail, table = told.materials.get(key), tables.materials.get(key)
        shown = table and (*table[:2], table[2].isoformat() if table[2] else None)
        if trail != shown:
            case = told.cases.get(key[0])
            name = f"case:{case.number if case else key[0]}"
            result.add(Difference(name, f"material.{key[1]}.{key[2]}", str(trail), str(shown)))


def _same(trail: Any, table: Any, values: dict[str, str | None]) -> bool:  # noqa: ANN401 - JSON
    """Equal once every commitment is opened."""
    if isinstance(trail, dict) and set(trail) == {"commitment"}:
        opened = values.get(trail["commitment"])
        return opened is None or opened == str(table)
    if isinstance(trail, dict) and isinstance(table, dict):
        return set(trail) == set(table) and all(
            _same(v, table[k], values) for k, v in trail.items()
        )
    if isinstance(trail, list) and isinstance(table, list):
        return len(trail) == len(table) and all(
            _same(one, other, values) for one, other in zip(trail, table, strict=True)
        )
    return bool(trail == table)


def _there(row: object) -> str:
    return "there" if row else "not there"
