"""The frozen facts of a case, read once under its lock, and what the guards say of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import cast

from sqlmodel import Session

from workflow.domain.clock import Reading, read_clocks
from workflow.domain.facts import Bar, Company, Facts, HeldLicense, Parameter, SignOff
from workflow.domain.guard import Finding, judge
from workflow.domain.procedure import Procedure, State
from workflow.domain.workdays import Calendar, YearNotice
from workflow.law import catalogue
from workflow.law.anchors import Told, anchors
from workflow.services import companies
from workflow.services.case_intake import CASE_DEFAULTS
from workflow.storage import calendars, snapshot
from workflow.storage.rows import CaseRow

FILING = {
    State.DRAFT: "submit",
    State.MATERIAL_PREP: "submit",
    State.CORRECTION_REQUESTED: "resubmit",
}
"""The act whose guards a case in this state is working towards."""


def calendar_in_use(tx: Session) -> Calendar:
    """The shipped holiday notices with what was loaded over them, read once a transaction."""
    calendar = tx.info.get("calendar")
    if calendar is None:
        calendar = tx.info["calendar"] = _calendar(snapshot.loaded_years(tx))
    return cast("Calendar", calendar)


def _calendar(loaded: Mapping[int, YearNotice]) -> Calendar:
    shipped = catalogue.CALENDAR
    return Calendar(shipped.shipped, loaded) if loaded else shipped


def calendar_version(tx: Session) -> str:
    """Which holiday notices are in use, `shipped+2027v2`: the loaded years and their versions."""
    loaded = calendar_in_use(tx).loaded
    return "shipped" + "".join(f"+{year}v{loaded[year].version}" for year in sorted(loaded))


def calendar_of(tx: Session, stamp: str) -> Calendar:
    """The calendar that a stamp of `calendar_version` names; versions stay for this."""
    wanted = {}
    for part in stamp.split("+")[1:]:
        year, _, version = part.partition("v")
        wanted[int(year)] = int(version or 1)
    return _calendar(calendars.notices(tx, wanted) if wanted else {})


def facts_of(tx: Session, case: CaseRow, on: date, stranger: Company | None = None) -> Facts:
    """Everything a guard may look at for a filing on `on`, read in one statement.

    The company is as the case would leave it; `fixed["applicant"]` keeps it as it is. `stranger`
    stands in for the company of a case that nobody in our files applies for.
    """
    found = snapshot.gather(tx, case.company_id, case.id)
    tx.info.setdefault("calendar", _calendar(found.years))
    name, uscc, province, told = found.company
    held = held_by(tx, case)
    company = stranger or companies.company_of(name, uscc, province, json.loads(told))
    facts = Facts(
        on=on,
        company=company,
        kinds=tuple(case.kinds),
        items={kind: tuple(items) for kind, items in case.items.items()},
        coverage=tuple(case.coverage),
        case={**CASE_DEFAULTS, **case.facts},
        papers=found.papers,
        sign_off=_sign_off(case),
        open_points=tuple(sorted(found.open_points)),
        others=tuple(found.others),
        licenses=tuple(found.licenses),
        parameters=_parameters(found, case),
        calendar=calendar_in_use(tx),
        fixed={
            "waivers": found.waivers,
            "authority": case.authority,
            "applicant": company,
            "stranger": stranger is not None,
        },
        procedure=case.procedure,
        license=held,
    )
    return with_needs(catalogue.procedure(case.procedure), catalogue.intended(facts))


def held_by(tx: Session, case: CaseRow) -> HeldLicense | None:
    """The license the case is about; a first application only creates its own."""
    if case.license_id is None or case.procedure == "new":
        return None
    return snapshot.held_license(tx, case.license_id)


def authority_of(tx: Session, case: CaseRow, company: Company | None = None) -> str:
    """Who decides about this case as it stands."""
    held = held_by(tx, case)
    return catalogue.authority_of(
        case.procedure,
        tuple(case.coverage),
        company or companies.read(tx, case.company_id),
        held,
        case.facts,
    )


def _parameters(found: snapshot.Snapshot, case: CaseRow) -> dict[tuple[str, str], Parameter]:
    """Practice figures of the bureaus concerned, keyed (kind or '', name)."""
    bureaus = ["MIIT"] if case.authority == "MIIT" else case.coverage
    return {
        (kind, name): Parameter(value, source)
        for province, kind, name, value, source in found.parameters
        if province in bureaus
    }


def with_needs(procedure: Procedure, facts: Facts) -> Facts:
    """The same facts, with the materials the procedure asks for under them."""
    needed = tuple(
        (requirement.code, *requirement.alternatives)
        for requirement in catalogue.required(procedure, facts)
    )
    return replace(facts, fixed={**facts.fixed, "needed": needed})


def findings_of(
    case: CaseRow,
    facts: Facts,
    codes: Iterable[str],
    settled: Mapping[str, Finding] | None = None,
) -> tuple[Finding, ...]:
    """What every guard says; guards fixed at the first filing keep the verdict given then."""
    asked = catalogue.guards_for(tuple(codes), facts)
    guards = catalogue.guards_of(asked, case.filed_on or facts.on)
    settled = settled or {}
    waived = {
        guard: by
        for guard, until, by in facts.fixed["waivers"]
        if until is None or until >= facts.on
    }
    fresh = judge((g for g in guards if g.code not in settled), facts, waived)
    by_code = {**settled, **{finding.code: finding for finding in fresh}}
    return tuple(by_code[guard.code] for guard in guards)


def clocks_of(
    tx: Session, case: CaseRow, as_of: date, facts: Facts | None = None
) -> tuple[Reading, ...]:
    """Every clock that acts or facts have started, as it stands on `as_of`.

    Bars on re-application are read only where the caller has the facts of the case at hand.
    """
    bars = facts.company.bars if facts else ()
    held = facts.license if facts else held_by(tx, case)
    return readings_of(case, held, calendar_in_use(tx), as_of, bars)


def readings_of(
    case: CaseRow,
    held: HeldLicense | None,
    calendar: Calendar,
    as_of: date,
    bars: tuple[Bar, ...] = (),
) -> tuple[Reading, ...]:
    """The same from values already read, under any calendar: nothing is asked of the database."""
    procedure, acts = catalogue.procedure(case.procedure), case.folded
    return read_clocks(
        [catalogue.LAW.clocks[code] for code in procedure.clocks_for(case.facts)],
        acts,
        calendar,
        as_of,
        anchors(case.procedure, Told(case.facts, held, acts, bars, as_of)),
    )


def _sign_off(case: CaseRow) -> SignOff:
    pack = case.pack
    return SignOff(
        frozenset(pack.get("changed_by", ())), pack.get("signed_by"), pack.get("signed_name", "")
    )
