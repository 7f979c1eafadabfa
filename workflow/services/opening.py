"""Open a case for a client company, or change what it applies for before it is filed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from workflow.domain.acting import Actor, Moment
from workflow.domain.errors import BadInput, NotFound, NotOffered
from workflow.domain.facts import Company, HeldLicense
from workflow.domain.procedure import Procedure, State, Text
from workflow.law import catalogue
from workflow.law.number_ranges import range_of
from workflow.services import companies, judging, standing, subject
from workflow.services.advance import Moved, open_case, record
from workflow.services.case_intake import CaseTold
from workflow.services.intake import told
from workflow.services.paperwork import may_write
from workflow.services.sealing import Request
from workflow.services.step import Step
from workflow.storage.rows import CaseRow


def open_for(
    tx: Session,
    company_id: int,
    procedure: str,
    *,
    kinds: list[str] | None = None,
    coverage: list[str] | None = None,
    actor: Actor,
    moment: Moment,
    items: Mapping[str, list[str]] | None = None,
    facts: Mapping[str, Any] | None = None,
    cities: list[str] | None = None,
    handler_id: str | None = None,
    license_id: int | None = None,
    changes: list[str] | None = None,
    request: Request = Request(),  # noqa: B008
) -> Moved:
    """Open a case in draft; handlers and reviewers may.

    Raises BadInput for an unknown kind, item or province, NotBuilt for a procedure that the law
    here does not hold yet, NotFound for a company outside the actor's scope.
    """
    may_write(actor)
    case = drafted(
        tx, company_id, procedure, kinds=kinds, coverage=coverage, actor=actor, moment=moment,
        items=items, facts=facts, cities=cities, handler_id=handler_id, license_id=license_id,
        changes=changes,
    )  # fmt: skip
    return open_case(tx, case, actor=actor, moment=moment, request=request)


def drafted(
    session: Session,
    company_id: int,
    procedure: str,
    *,
    kinds: list[str] | None = None,
    coverage: list[str] | None = None,
    actor: Actor,
    moment: Moment,
    items: Mapping[str, list[str]] | None = None,
    facts: Mapping[str, Any] | None = None,
    cities: list[str] | None = None,
    handler_id: str | None = None,
    license_id: int | None = None,
    changes: list[str] | None = None,
) -> CaseRow:
    """The case as it would be opened, checked and not written. Raises what `open_for` does."""
    if not actor.scope.allows(company_id):
        raise NotFound
    definition = catalogue.procedure(procedure)
    held = subject.license_for(session, definition, company_id, license_id)
    company = companies.read(session, company_id)
    told_facts = {
        **subject.checked_facts(definition, checked_facts(facts or {}), held, moment.today),
        **{n: v for n, v in _told_apart(definition, changes or [], cities).items() if v},
    }
    applied = kinds or (sorted(held.kinds) if held else [])
    _kinds(applied, definition, held, told_facts)
    area = _area(definition, coverage, held, company, told_facts)
    return CaseRow(
        id=0,
        company_id=company_id,
        license_id=held.id if held else None,
        number="",
        procedure=procedure,
        state=State.DRAFT.value,
        version=0,
        head="",
        kinds=applied,
        items=items_of(applied, items or {}, held),
        coverage=area,
        facts=told_facts,
        acts=[],
        pack={},
        authority=catalogue.authority_of(procedure, tuple(area), company, held, told_facts),
        opened_on=moment.today,
        filed_on=None,
        handler_id=handler_id or actor.id,
        reviewer_id=None,
    )


def _told_apart(
    definition: Procedure, changes: list[str] | None, cities: list[str] | None
) -> dict[str, Any]:
    """Changes and cities, kept among the facts; None leaves them as they are."""
    named = None if changes is None else subject.checked_changes(definition, changes)
    told_ = {"changes": named, "cities": cities}
    return {name: value for name, value in told_.items() if value is not None}


def check_application(
    procedure: str,
    kinds: list[str],
    coverage: list[str],
    items: Mapping[str, list[str]],
    changes: list[str],
) -> None:
    """Raises BadInput or NotBuilt for names that nobody could apply with.

    What is left out comes from the license the case is about.
    """
    definition = catalogue.procedure(procedure)
    subject.known_changes(changes)
    for kind in kinds:
        catalogue.kind(kind)
    if definition.license == "none" and not kinds:
        raise BadInput("kinds", Text("请选择业务种类", "Choose at least one kind of service"))
    if coverage or definition.license == "none":
        subject.checked_coverage(coverage)
    if kinds:
        items_of(kinds, items)


def required_codes(tx: Session, number: str, moment: Moment) -> list[str]:
    """Codes of every material on the list of a case, first alternatives only."""
    return list(standing.of_case(tx, number, moment.today).required)


def set_facts(
    tx: Session,
    number: str,
    *,
    actor: Actor,
    moment: Moment,
    kinds: list[str] | None = None,
    coverage: list[str] | None = None,
    items: Mapping[str, list[str]] | None = None,
    facts: Mapping[str, Any] | None = None,
    cities: list[str] | None = None,
    changes: list[str] | None = None,
    version: int | None = None,
    request: Request = Request(),  # noqa: B008
) -> Moved:
    """Change what an unfiled case applies for; a sign-off given before lapses.

    What is None stays as it is; a fact told as None is not known any more.
    """
    may_write(actor)

    def change(step: Step) -> None:
        case = step.case
        if case.state not in (State.DRAFT, State.MATERIAL_PREP):
            raise NotOffered
        before = (case.kinds, case.coverage, case.items, case.facts, case.authority)
        definition, held = catalogue.procedure(case.procedure), judging.held_by(step.tx, case)
        anew = checked_facts(facts or {}) | _told_apart(definition, changes, cities)
        area_moves = "range" in anew and anew["range"] != case.facts.get("range")
        case.facts = subject.checked_facts(definition, {**case.facts, **anew}, held, moment.today)
        if kinds is not None:
            _kinds(kinds, definition, held, case.facts)
            case.kinds = kinds
        case.coverage = (
            subject.checked_coverage(coverage) if coverage is not None else case.coverage
        )
        if area_moves:  # a code belongs to the area of its range
            company = companies.read(step.tx, case.company_id)
            case.coverage = _area(definition, coverage, held, company, case.facts)
        kept = {kind: case.items[kind] for kind in case.kinds if kind in case.items}
        case.items = items_of(case.kinds, items if items is not None else kept, held)
        case.authority = judging.authority_of(step.tx, case)
        after = (case.kinds, case.coverage, case.items, case.facts, case.authority)
        names = ("kinds", "coverage", "items", "facts", "authority")
        for name, old, new in zip(names, before, after, strict=True):
            step.changed(name, old, new)
        if step.changes:
            step.touch_pack()

    return record(
        tx,
        number,
        "set_facts",
        actor=actor,
        moment=moment,
        change=change,
        version=version,
        request=request,
    )


def _kinds(
    kinds: list[str], definition: Procedure, held: HeldLicense | None, facts: Mapping[str, Any]
) -> None:
    """Known kinds, each once; on a license only its own, unless the case adds one."""
    if not kinds and definition.license != "optional":
        raise BadInput("kinds", Text("请选择业务种类", "Choose at least one kind of service"))
    adds = "C-KIND" in (facts.get("changes") or ())
    for kind in kinds:
        catalogue.kind(kind)
        if kind not in definition.kinds or kinds.count(kind) > 1:
            raise BadInput("kinds", Text(f"不能办理 {kind}", f"{kind} cannot be applied for here"))
        if held and kind not in held.kinds and not adds:
            raise BadInput(
                "kinds", Text(f"许可证不含 {kind}", f"The license does not cover {kind}")
            )


def items_of(
    kinds: list[str], items: Mapping[str, list[str]], held: HeldLicense | None = None
) -> dict[str, list[str]]:
    """Service items by code, per kind: those named, else the license's, else the first.

    Raises BadInput for an unknown item or one of a kind that is not applied for.
    """
    for kind in items:
        if kind not in kinds:
            raise BadInput(
                "items", Text(f"{kind} 不在申请的业务中", f"{kind} is not a kind applied for")
            )
    known = held.items if held else {}
    return {
        kind: list(dict.fromkeys(catalogue.item_code(kind, i) for i in items.get(kind) or []))
        or list(known.get(kind) or catalogue.default_items(kind))
        for kind in kinds
    }


def _area(
    definition: Procedure,
    coverage: list[str] | None,
    held: HeldLicense | None,
    company: Company,
    facts: Mapping[str, Any],
) -> list[str]:
    """The coverage told, else the license's; a code belongs to its range's area."""
    if coverage:
        return subject.checked_coverage(coverage)
    if definition.code == "number":
        found = range_of(str(facts["range"]))
        if found and found.nationwide:
            return [subject.NATIONAL]
        return sorted(held.coverage) if held and not held.nationwide else [company.province]
    return subject.checked_coverage(sorted(held.coverage) if held else [])


def checked_facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Only what was told is kept; defaults are read, not stored. Raises BadInput."""
    given: dict[str, Any] = told(CaseTold, facts).model_dump(mode="json", exclude_unset=True)
    subject.check_names(given)
    return given
