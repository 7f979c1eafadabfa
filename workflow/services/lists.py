"""Lists inside the actor's scope: cases, client companies, licenses, messages, events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from workflow.domain.acting import Actor, Moment, Scope
from workflow.domain.errors import NotFound
from workflow.domain.facts import Company
from workflow.services import companies
from workflow.services.desk import case_scope
from workflow.storage import listings, people, register_lists, stories
from workflow.storage.listings import CaseLine
from workflow.storage.register_lists import CompanyLine, LicenseLine, MessageLine
from workflow.storage.stories import EventLine

PAGE = 50


def cases(session: Session, actor: Actor, **filters: Any) -> list[CaseLine]:  # noqa: ANN401
    """Cases newest first; filters: state, procedure, kind, province, words, company_id, before."""
    return listings.cases_page(session, case_scope(actor), limit=PAGE, **filters)


def client_companies(
    session: Session, actor: Actor, *, words: str = "", after: int = 0, limit: int = PAGE
) -> list[CompanyLine]:
    """Client companies in order of entry."""
    return register_lists.companies_page(
        session, case_scope(actor), words=words, after=after, limit=limit
    )


@dataclass(frozen=True, slots=True)
class ClientPage:
    """One client: facts as domain values and as typed, licenses, cases."""

    id: int
    facts: Company
    told: Mapping[str, Any]
    licenses: list[LicenseLine]
    cases: list[CaseLine]


def client(session: Session, actor: Actor, company_id: int) -> ClientPage:
    """One client company. Raises NotFound outside the scope."""
    scope = case_scope(actor)
    if not scope.allows(company_id):
        raise NotFound
    return ClientPage(
        company_id,
        companies.read(session, company_id),
        companies.as_told(session, company_id),
        register_lists.licenses_page(session, scope, company_id=company_id),
        listings.cases_page(session, scope, company_id=company_id),
    )


def licenses(
    session: Session, actor: Actor, *, status: str = "", after: tuple[date, int] | None = None
) -> list[LicenseLine]:
    """The register by last day, soonest first."""
    return register_lists.licenses_page(
        session, case_scope(actor), status=status, after=after, limit=PAGE
    )


def license_(session: Session, actor: Actor, license_id: int) -> LicenseLine:
    """One license. Raises NotFound outside the scope."""
    found = register_lists.licenses_page(session, case_scope(actor), license_id=license_id)
    if not found:
        raise NotFound
    return found[0]


def messages(session: Session, actor: Actor, *, before: int | None = None) -> list[MessageLine]:
    """The actor's inbox, newest first."""
    return register_lists.messages_page(
        session, int(actor.id), case_scope(actor), before=before, limit=PAGE
    )


def mark_read(tx: Session, actor: Actor, moment: Moment, message_id: int | None = None) -> None:
    """Mark one message of the actor read, or all of them."""
    people.mark_read(tx, int(actor.id), message_id, moment.stamp)


@dataclass(frozen=True, slots=True)
class TrailPage:
    """Events newest first, with names and words opened from what is kept beside the trail."""

    events: list[EventLine]
    words: Mapping[str, str]
    names: Mapping[str, tuple[str, str]]

    def name(self, event: EventLine) -> str:
        """Who acted: the name sealed then, else the account's, else the id."""
        sealed = self.words.get(str(event.body.get("actor_name") or ""))
        return sealed or self.names.get(event.actor, (event.actor, ""))[0]

    def opened(self, value: Any) -> Any:  # noqa: ANN401 - any JSON value
        """A value with its commitments opened; None where it was erased."""
        if isinstance(value, dict) and "commitment" in value:
            return self.words.get(value["commitment"])
        if isinstance(value, dict):
            return {name: self.opened(part) for name, part in value.items()}
        if isinstance(value, list):
            return [self.opened(part) for part in value]
        return value


def trail(session: Session, actor: Actor, **filters: Any) -> TrailPage:  # noqa: ANN401
    """Filters: case_number, company_id, action, actor, first, last, before, limit."""
    return trail_in(session, case_scope(actor), **filters)


def trail_in(session: Session, scope: Scope, **filters: Any) -> TrailPage:  # noqa: ANN401
    """The same inside a scope already decided."""
    events = stories.events_page(session, scope, **filters)
    return TrailPage(events, stories.opened_values(session, events), stories.account_names(session))
