"""Open a case for a client company, or change what it applies for before it is filed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypedDict, Unpack

from sqlmodel import Session

from workflow.domain.acting import Actor, Moment
from workflow.domain.errors import BadInput, NotFound, NotOffered
from workflow.domain.facts import Company
from workflow.domain.procedure import Procedure, State, Text
from workflow.law import catalogue
from workflow.services import companies, judging, standing, subject
from workflow.services.advance import Moved, open_case, record
from workflow.services.case_intake import CaseTold
from workflow.services.intake import told
from workflow.services.paperwork import may_write
from workflow.services.scope_asked import area_of, check_kinds, items_of
from workflow.services.sealing import Request
from workflow.services.step import Step
from workflow.storage.rows import CaseRow


class Application(TypedDict, total=False):
    """What a case is opened for; what is None or left out comes from the license it is about."""

    kinds: list[str] | None
    coverage: list[str] | None
    items: Mapping[str, list[str]] | None
    facts: Mapping[str, Any] | None
    cities: list[str] | None
    license_id: int | None
    changes: list[str] | None


def open_for(
    tx: Session,
    company_id: int,
    procedure: str,
    *,
    actor: Actor,
    moment: Moment,
    handler_id: str | None = None,
    request: Request = Request(),  # noqa: B008
    **applied: Unpack[Application],
) -> Moved:
    """Open a case in draft; handlers and reviewers may.

    Raises BadInput for an unknown kind, item or province, NotBuilt for a procedure that the law
    here does not hold yet, NotFound for a company outside the actor's scope.
    """
    may_write(actor)
    case = drafted(
        tx, company_id, procedure, actor=actor, moment=moment, handler_id=handler_id, **applied
    )
    return open_case(tx, case, actor=actor, moment=moment, request=request)


def drafted(
    session: Session,
    company_id: int,
    procedure: str,
    *,
    actor: Actor,
    moment: Moment,
    handler_id: str | None = None,
    stranger: Company | None = None,
    **applied: Unpack[Application],
) -> CaseRow:
    """The case as it would be opened, checked and not written. Raises what `open_for` does.

    `stranger` is a company that is no client (yet): then there is none to read, `company_id` is 0.
    """
    if stranger is None and not actor.scope.allows(company_id):
        raise NotFound
    definition = catalogue.procedure(procedure)
    held = subject.license_for(session, definition, company_id, applied.get("license_id"))
    company = stranger or companies.read(session, company_id)
    facts, cities = checked_facts(applied.get("facts") or {}), applied.get("cities")
    told_facts = {
        **subject.checked_facts(definition, facts, held, moment.today),
        **({"changes": named} if (named := _changes(definition, applied.get("changes"))) else {}),
        **({"cities": cities} if cities else {}),
    }
    kinds = applied.get("kinds") or (sorted(held.kinds) if held else [])
    check_kinds(kinds, definition, held, told_facts)
    area = area_of(definition, applied.get("coverage"), held, company, told_facts)
    return CaseRow(
        id=0,
        company_id=company_id,
        license_id=held.id if held else None,
        number="",
        procedure=procedure,
        state=State.DRAFT.value,
        version=0,
        head="",
        kinds=kinds,
        items=items_of(kinds, applied.get("items") or {}, held),
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


def _changes(definition: Procedure, changes: list[str] | None) -> list[str]:
    return subject.checked_changes(definition, changes or [])


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
        before = [getattr(case, name) for name in _APPLIED]
        definition = catalogue.procedure(case.procedure)
        anew = {
            **checked_facts(facts or {}),
            **({"changes": _changes(definition, changes)} if changes is not None else {}),
            **({"cities": cities} if cities is not None else {}),
        }
        _apply(step, definition, anew, kinds=kinds, coverage=coverage, items=items)
        for name, old in zip(_APPLIED, before, strict=True):
            step.changed(name, old, getattr(case, name))
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


_APPLIED = ("kinds", "coverage", "items", "facts", "authority")


def _apply(
    step: Step,
    definition: Procedure,
    anew: Mapping[str, Any],
    *,
    kinds: list[str] | None,
    coverage: list[str] | None,
    items: Mapping[str, list[str]] | None,
) -> None:
    """Put what was told anew into the case; what is None stays, the authority is decided again."""
    case, held = step.case, judging.held_by(step.tx, step.case)
    area_moves = "range" in anew and anew["range"] != case.facts.get("range")
    case.facts = subject.checked_facts(definition, {**case.facts, **anew}, held, step.moment.today)
    if kinds is not None:
        check_kinds(kinds, definition, held, case.facts)
        case.kinds = kinds
    if coverage is not None:
        case.coverage = subject.checked_coverage(coverage)
    if area_moves:  # a code belongs to the area of its range
        company = companies.read(step.tx, case.company_id)
        case.coverage = area_of(definition, coverage, held, company, case.facts)
    kept = {kind: case.items[kind] for kind in case.kinds if kind in case.items}
    case.items = items_of(case.kinds, items if items is not None else kept, held)
    case.authority = judging.authority_of(step.tx, case)


def checked_facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Only what was told is kept; defaults are read, not stored. Raises BadInput."""
    given: dict[str, Any] = told(CaseTold, facts).model_dump(mode="json", exclude_unset=True)
    subject.check_names(given)
    return given
