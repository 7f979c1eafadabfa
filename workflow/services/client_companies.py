"""Client companies and their imported licenses: added and changed with an event each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from workflow.domain.acting import Actor, Moment, Scope
from workflow.domain.errors import BadInput, NotFound, RoleMissing
from workflow.domain.procedure import Role, Text
from workflow.law import catalogue
from workflow.services import companies, keeping
from workflow.services.advance import look_again, record_about
from workflow.services.intake import CompanyTold, LicenseTold, check_term, told
from workflow.services.scope_asked import items_of
from workflow.services.sealing import PERSONAL, Request
from workflow.storage import companies as company_rows
from workflow.storage import register

_WRITERS = (Role.HANDLER, Role.REVIEWER)
_IN_FACTS = {"annual_reports", "unreported_changes", "codes", "special"}


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
    checked = companies.checked(told(CompanyTold, values), moment.today)
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
        change=lambda: companies.differences({}, fields),
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

    record_about(
        tx,
        "company",
        company_id,
        "set_facts",
        actor=actor,
        moment=moment,
        change=lambda: companies.rewrite(tx, company_id, values, moment.today),
        personal=PERSONAL,
        request=request,
    )
    judge_anew(tx, company_id, scope=actor.scope, moment=moment)


def add_license(
    tx: Session,
    company_id: int,
    values: Mapping[str, Any],
    *,
    actor: Actor,
    moment: Moment,
    request: Request = Request(),  # noqa: B008
) -> int:
    """Enter an existing license into the register; returns its id. Raises BadInput, NotFound."""
    _may_write(actor)
    if not actor.scope.allows(company_id):
        raise NotFound
    given = told(LicenseTold, values)
    check_license(given)
    companies.read(tx, company_id)
    grant = register.Grant(
        company_id=company_id,
        number=given.number,
        kinds=given.kinds,
        items=items_of(given.kinds, given.items),
        coverage=given.coverage,
        authority=catalogue.authority_for(tuple(given.coverage), 0),
        valid_from=given.valid_from,
        valid_to=given.valid_to,
        status=given.status,
        opened=tuple(given.opened if given.opened is not None else given.kinds),
        facts=_printed(tx, company_id) | given.model_dump(mode="json", include=_IN_FACTS),
    )
    before = keeping.license_row(tx, register.undone(tx, given.number))
    license_id = register.grant(tx, grant)
    if license_id is None:
        raise _here_already(tx, given.number, company_id)
    record_about(
        tx,
        "license",
        license_id,
        "set_facts",
        actor=actor,
        moment=moment,
        before=before,
        request=request,
        change=lambda: companies.differences({}, given.model_dump(mode="json", exclude_unset=True)),
    )
    judge_anew(tx, company_id, scope=actor.scope, moment=moment)
    return license_id


def _printed(tx: Session, company_id: int) -> dict[str, Any]:
    """Who holds it, as a license prints it."""
    company = companies.read(tx, company_id)
    return {
        "name": company.name,
        "legal_representative": company.legal_representative,
        "registered_capital": company.registered_capital,
    }


def judge_anew(tx: Session, company_id: int, *, scope: Scope, moment: Moment) -> None:
    """Let the open cases of a company see what changed around them."""
    for number in company_rows.open_case_numbers(tx, company_id):
        look_again(tx, number, scope=scope, moment=moment)


def number_taken(number: str) -> BadInput:
    """The refusal of a license number that the register has."""
    says = Text(f"台账里已有许可证 {number}", f"License {number} is already in the register")
    return BadInput("number", says)


def _here_already(tx: Session, number: str, company_id: int) -> BadInput:
    """The same license entered twice is told apart from a number that another client uses."""
    if register.holder_of(tx, number) != company_id:
        return number_taken(number)
    says = Text(
        f"这张许可证（{number}）已在该企业名下，没有重复登记",
        f"The client's license {number} is in the register already; nothing was entered twice",
    )
    return BadInput("number", says)


def check_license(given: LicenseTold) -> None:
    """Raises BadInput, or NotBuilt for a kind the law here does not hold yet."""
    check_term(given.valid_from, given.valid_to)
    for province in given.coverage:
        if province != "national" and province not in catalogue.PROVINCES:
            raise BadInput(
                "coverage",
                Text(f"没有代码为 {province} 的省份", f"There is no province {province}"),
            )
    for kind in given.kinds:
        catalogue.kind(kind)
    for kind in given.opened or ():
        if kind not in given.kinds:
            raise BadInput(
                "opened", Text(f"许可证不含 {kind}", f"The license does not cover {kind}")
            )
    items_of(given.kinds, given.items)


def _may_write(actor: Actor) -> None:
    if actor.role not in _WRITERS:
        raise RoleMissing
