"""One client as its page shows it: facts, licenses with their duties, cases. Read only."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from workflow.domain.acting import Actor
from workflow.domain.errors import NotFound
from workflow.domain.facts import Company
from workflow.domain.workdays import Calendar
from workflow.services import companies, judging, portfolio
from workflow.services.desk import case_scope
from workflow.services.portfolio import Asked, Held
from workflow.storage import companies as stored
from workflow.storage import listings
from workflow.storage.listings import CaseLine


@dataclass(frozen=True, slots=True)
class ClientView:
    """One client: facts as domain values and as told, who looks after it, what it holds."""

    id: int
    facts: Company
    told: Mapping[str, Any]
    handler_id: str
    licenses: list[Held]
    cases: list[CaseLine]
    calendar: Calendar


@dataclass(frozen=True, slots=True)
class Brief:
    """One client beside a list: its facts and its open cases, the soonest due first."""

    facts: Company
    cases: list[CaseLine]


def brief(session: Session, actor: Actor, company_id: int) -> Brief | None:
    """One client in one statement, None outside the scope of who looks."""
    found = listings.client_with_open_cases(session, case_scope(actor), company_id)
    if found is None:
        return None
    (name, uscc, province, facts), cases = found
    return Brief(companies.company_of(name, uscc, province, json.loads(facts)), cases)


def view(session: Session, actor: Actor, company_id: int, today: date) -> ClientView:
    """One client for one person. Raises NotFound outside the scope."""
    scope = case_scope(actor)
    if not scope.allows(company_id):
        raise NotFound
    name, uscc, province, facts, handler_id = stored.company_kept(session, company_id)
    told = json.loads(facts)
    return ClientView(
        company_id,
        companies.company_of(name, uscc, province, told),
        {"name": name, "uscc": uscc, "province": province, **told},
        handler_id,
        portfolio.page(session, actor, Asked(company_id=company_id), today),
        listings.cases_page(session, scope, company_id=company_id),
        judging.calendar_in_use(session),
    )
