"""Client companies and their imported licenses: added and changed with an event each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from workflow.domain.acting import Actor, Moment
from workflow.domain.errors import BadInput, NotFound, RoleMissing
from workflow.domain.procedure import Role, Text
from workflow.law import catalogue
from workflow.services import companies
from workflow.services.advance import look_again, record_about
from workflow.services.intake import CompanyTold, LicenseTold, told
from workflow.services.sealing import PERSONAL, Request
from workflow.storage import companies as company_rows
from workflow.storage import register

_WRITERS = (Role.HANDLER, Role.REVIEWER)


def add_company(
    tx: Session,
    values: Mapping[str, Any],
    *,
    actor: Actor,
    moment: Moment,
    request: Request = Request(),  # noqa: B008
) -> int:
    """Add a client company; returns its id. Raises BadInput at the field."""
    _may_write(actor)
    checked = companies.checked(told(CompanyTold, values))
    company_id = companies.insert(tx, checked)
    fields = checked.model_dump(mode="json", exclude_unset=True)
    record_about(
        tx,
        "company",
        company_id,
        "set_facts",
        actor=actor,
        moment=moment,
        personal=PERSONAL,
        request=request,
        change=lambda: _differences({}, fields),
    )
    return company_id


def set_company_facts(
    tx: Session,
    company_id: int,
    values: Mapping[str, Any],
    *,
    actor: Actor,
    moment: Moment,
    request: Request = Request(),  # noqa: B008
) -> None:
    """Change facts of a company: one event, and its open cases are judged anew."""
    _may_write(actor)
    if not actor.scope.allows(company_id):
        raise NotFound

    def change() -> list[dict[str, Any]]:
        before = companies.as_told(tx, company_id)
        checked = companies.checked(told(CompanyTold, {**before, **values}))
        companies.change(tx, company_id, checked)
        return _differences(before, companies.as_told(tx, company_id))

    record_about(
        tx,
        "company",
        company_id,
        "set_facts",
        actor=actor,
        moment=moment,
        change=change,
        personal=PERSONAL,
        request=request,
    )
    for number in company_rows.open_case_numbers(tx, company_id):
        look_again(tx, number, scope=actor.scope, moment=moment)


def add_license(
    tx: Session,
    company_id: int,
    values: Mapping[str, Any],
    *,
    actor: Actor,
    moment: Moment,
    request: Request = Request(),  # noqa: B008
) -> int:
    """Enter an existing license into the register; returns its id."""
    _may_write(actor)
    if not actor.scope.allows(company_id):
        raise NotFound
    given = told(LicenseTold, values)
    _check_license(tx, given)
    grant = register.Grant(
        company_id=company_id,
        number=given.number,
        kinds=given.kinds,
        items=_items(given),
        coverage=given.coverage,
        authority=catalogue.authority_for(tuple(given.coverage), 0),
        valid_from=given.valid_from,
        valid_to=given.valid_to,
        status=given.status,
        opened=tuple(given.opened if given.opened is not None else given.kinds),
        facts=_printed(tx, company_id)
        | given.model_dump(mode="json", include={"annual_reports", "unreported_changes", "codes"}),
    )
    license_id = register.grant(tx, grant)
    record_about(
        tx,
        "license",
        license_id,
        "set_facts",
        actor=actor,
        moment=moment,
        request=request,
        change=lambda: _differences({}, given.model_dump(mode="json", exclude_unset=True)),
    )
    return license_id


def _printed(tx: Session, company_id: int) -> dict[str, Any]:
    """Who holds it, as a license prints it."""
    company = companies.read(tx, company_id)
    return {
        "name": company.name,
        "legal_representative": company.legal_representative,
        "registered_capital": company.registered_capital,
    }


def _items(given: LicenseTold) -> dict[str, list[str]]:
    """Items by code; omitted items mean the first of the kind."""
    return {
        kind: [catalogue.item_code(kind, item) for item in given.items.get(kind) or ()]
        or list(catalogue.default_items(kind))
        for kind in given.kinds
    }


def _check_license(tx: Session, given: LicenseTold) -> None:
    if given.valid_to < given.valid_from:
        raise BadInput(
            "valid_to",
            Text("有效期止不能早于有效期起", "The last day cannot be before the first"),
        )
    if register.number_taken(tx, given.number):
        raise BadInput(
            "number",
            Text(
                f"台账里已有许可证 {given.number}",
                f"License {given.number} is already in the register",
            ),
        )
    for province in given.coverage:
        if province != "national" and province not in catalogue.PROVINCES:
            raise BadInput(
                "coverage",
                Text(f"没有代码为 {province} 的省份", f"There is no province {province}"),
            )
    for kind in given.kinds:
        catalogue.kind(kind)
    for kind in {*given.items, *(given.opened or ())} - set(given.kinds):
        raise BadInput("kinds", Text(f"许可证不含 {kind}", f"The license does not cover {kind}"))


def _may_write(actor: Actor) -> None:
    if actor.role not in _WRITERS:
        raise RoleMissing


def _differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {"field": name, "old": before.get(name), "new": after.get(name)}
        for name in sorted(set(before) | set(after))
        if before.get(name) != after.get(name)
    ]
