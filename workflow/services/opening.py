"""Open a case for a client company, or change what it applies for before it is filed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from workflow.domain.acting import Actor, Moment
from workflow.domain.errors import BadInput, NotFound, NotOffered
from workflow.domain.procedure import State, Text
from workflow.law import catalogue
from workflow.services import companies, standing
from workflow.services.advance import Moved, open_case, record
from workflow.services.intake import CaseTold, told
from workflow.services.paperwork import may_write
from workflow.services.sealing import Request
from workflow.services.step import Step
from workflow.storage.rows import CaseRow

NATIONAL = "national"


def open_for(
    tx: Session,
    company_id: int,
    procedure: str,
    *,
    kinds: list[str],
    coverage: list[str],
    actor: Actor,
    moment: Moment,
    items: Mapping[str, list[str]] | None = None,
    facts: Mapping[str, Any] | None = None,
    cities: list[str] | None = None,
    handler_id: str | None = None,
    request: Request = Request(),  # noqa: B008
) -> Moved:
    """Open a case in draft; handlers and reviewers may.

    Raises BadInput for an unknown kind, item or province, NotBuilt for a procedure that the law
    here does not hold yet, NotFound for a company outside the actor's scope.
    """
    may_write(actor)
    case = drafted(
        tx, company_id, procedure, kinds=kinds, coverage=coverage, actor=actor, moment=moment,
        items=items, facts=facts, cities=cities, handler_id=handler_id,
    )  # fmt: skip
    return open_case(tx, case, actor=actor, moment=moment, request=request)


def drafted(
    session: Session,
    company_id: int,
    procedure: str,
    *,
    kinds: list[str],
    coverage: list[str],
    actor: Actor,
    moment: Moment,
    items: Mapping[str, list[str]] | None = None,
    facts: Mapping[str, Any] | None = None,
    cities: list[str] | None = None,
    handler_id: str | None = None,
) -> CaseRow:
    """The case as it would be opened, checked and not written. Raises what `open_for` does."""
    if not actor.scope.allows(company_id):
        raise NotFound
    definition = catalogue.procedure(procedure)
    _kinds(kinds, definition.kinds)
    company = companies.read(session, company_id)
    return CaseRow(
        id=0,
        company_id=company_id,
        license_id=None,
        number="",
        procedure=procedure,
        state=State.DRAFT.value,
        version=0,
        head="",
        kinds=kinds,
        items=items_of(kinds, items or {}),
        coverage=_coverage(coverage),
        facts=checked_facts(facts or {}) | ({"cities": cities} if cities else {}),
        acts=[],
        pack={},
        authority=catalogue.authority_for(tuple(coverage), company.foreign_share or 0),
        opened_on=moment.today,
        filed_on=None,
        handler_id=handler_id or actor.id,
        reviewer_id=None,
    )


def check_application(
    procedure: str, kinds: list[str], coverage: list[str], items: Mapping[str, list[str]]
) -> None:
    """Raises BadInput or NotBuilt for what nobody could apply for."""
    _kinds(kinds, catalogue.procedure(procedure).kinds)
    _coverage(coverage)
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
    version: int | None = None,
    request: Request = Request(),  # noqa: B008
) -> Moved:
    """Change what an unfiled case applies for; a sign-off given before lapses."""
    may_write(actor)

    def change(step: Step) -> None:
        case = step.case
        if case.state not in (State.DRAFT, State.MATERIAL_PREP):
            raise NotOffered
        before = (case.kinds, case.coverage, case.items, case.facts, case.authority)
        if kinds is not None:
            _kinds(kinds, catalogue.procedure(case.procedure).kinds)
            case.kinds = kinds
        case.coverage = _coverage(coverage) if coverage is not None else case.coverage
        kept = {kind: case.items[kind] for kind in case.kinds if kind in case.items}
        case.items = items_of(case.kinds, items if items is not None else kept)
        case.facts = {**case.facts, **checked_facts(facts or {})}
        company = companies.read(step.tx, case.company_id)
        case.authority = catalogue.authority_for(tuple(case.coverage), company.foreign_share or 0)
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


def _kinds(kinds: list[str], allowed: frozenset[str]) -> None:
    if not kinds:
        raise BadInput("kinds", Text("请选择业务种类", "Choose at least one kind of service"))
    for kind in kinds:
        catalogue.kind(kind)
        if kind not in allowed or kinds.count(kind) > 1:
            raise BadInput("kinds", Text(f"不能办理 {kind}", f"{kind} cannot be applied for here"))


def items_of(kinds: list[str], items: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Service items by code, per kind; the first item where none is named. Raises BadInput."""
    for kind in items:
        if kind not in kinds:
            raise BadInput(
                "items", Text(f"{kind} 不在申请的业务中", f"{kind} is not a kind applied for")
            )
    return {
        kind: list(dict.fromkeys(catalogue.item_code(kind, i) for i in items.get(kind) or []))
        or list(catalogue.default_items(kind))
        for kind in kinds
    }


def _coverage(coverage: list[str]) -> list[str]:
    if not coverage:
        raise BadInput("coverage", Text("请选择覆盖范围", "Choose the coverage"))
    if NATIONAL in coverage and len(coverage) > 1:
        raise BadInput(
            "coverage",
            Text("全国不能与省份同时选择", "National cannot be combined with provinces"),
        )
    for province in coverage:
        if province != NATIONAL and province not in catalogue.PROVINCES:
            raise BadInput(
                "coverage",
                Text(f"没有代码为 {province} 的省份", f"There is no province {province}"),
            )
    return sorted(set(coverage))


def checked_facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Only what was told is kept; defaults are read, not stored. Raises BadInput."""
    given: dict[str, Any] = told(CaseTold, facts).model_dump(mode="json", exclude_unset=True)
    return given
