"""The only pen: it alone writes a case's state and the trail."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import Any

from sqlmodel import Session

from workflow.domain.acting import CLOCK, Actor, Moment, Scope
from workflow.domain.errors import NotFound, NotOffered, RoleMissing, StaleCase
from workflow.domain.guard import Finding
from workflow.domain.machine import fire
from workflow.domain.procedure import Procedure, Role, Rule, State
from workflow.law import catalogue
from workflow.law.ripples import settled
from workflow.services import asks, companies, judging, keeping, marking, outlook, sealing
from workflow.services.effects import EFFECTS
from workflow.services.filed import judged
from workflow.services.redating import moves
from workflow.services.sealing import Request, Subject, case_event, sealed
from workflow.services.step import Step
from workflow.storage import cases, events, register
from workflow.storage import companies as company_rows
from workflow.storage.rows import CaseRow, SealedEvent, ToSend


@dataclass(frozen=True, slots=True)
class Moved:
    """What a step led to. `version` is the number of events the case now has."""

    number: str
    state: State
    version: int
    findings: tuple[Finding, ...] = ()


def advance(
    tx: Session,
    number: str,
    trigger: str,
    *,
    actor: Actor,
    moment: Moment,
    on: date | None = None,
    version: int | None = None,
    given: Mapping[str, Any] | None = None,
    note: str = "",
    request: Request = Request(),  # noqa: B008 - frozen
) -> Moved:
    """Take one act of the law on a case: all of it, or nothing.

    `on` is the legal day of the act (default today), `version` the version the person saw.
    Raises StaleCase, NotOffered, RoleMissing, BadInput or GuardsUnmet (every unmet guard at once).
    """
    case = _locked(tx, number, actor.scope, version, moment, whole=trigger == "approve")
    procedure = catalogue.procedure(case.procedure)
    rule = _offered(procedure, case, trigger, actor)
    on = on or moment.today
    if actor.kind != "clock":  # the law dates what the clock does; it may lie before later facts
        asks.check_day(case, on, moment.today)
    answers = asks.checked(rule, given or {}, case)
    step = Step(tx, case, trigger, actor, moment, on, answers, note)
    step.rule = rule
    step.kept = {n: v for n, v in step.given.items() if n in asks.kept_names(rule)}
    step.target, step.findings = fire(
        procedure, State(case.state), trigger, actor.role, judged(step)
    )
    _follow(step, rule)
    _enter(step, request, _to_send(rule.sends))
    if trigger == "approve" and (facts := settled(case.facts)):
        _settle_company(step, facts, request)
    return Moved(case.number, step.target, case.version, step.findings)


def record(
    tx: Session,
    number: str,
    action: str,
    *,
    actor: Actor,
    moment: Moment,
    change: Callable[[Step], None],
    version: int | None = None,
    note: str = "",
    request: Request = Request(),  # noqa: B008
    sends: tuple[Role, ...] = (),
    also: tuple[str, ...] = (),
) -> Moved:
    """Record what does not move the case: provide, answer, assign, set_facts, notes.

    Same lock, same chain, same version bump. `change` writes its rows and reports what it changed.
    `also` names further recipients as the outbox does: `account:3`, or `watchers` alone.
    """
    case = _locked(tx, number, actor.scope, version, moment)
    step = Step(tx, case, action, actor, moment, moment.today, {}, note)
    change(step)
    outlook.refresh(tx, case, moment.today)
    _enter(step, request, ToSend((*_to_send(sends).recipients, *also)))
    return Moved(case.number, step.target, case.version)


def open_case(
    tx: Session,
    case: CaseRow,
    *,
    actor: Actor,
    moment: Moment,
    note: str = "",
    request: Request = Request(),  # noqa: B008
) -> Moved:
    """Open a case in draft; `case` carries what is applied for. Who opens it changed its pack."""
    procedure = catalogue.procedure(case.procedure)
    case.number = cases.next_number(tx, procedure.prefix, moment.today.year)
    step = Step(tx, case, "open", actor, moment, moment.today, {}, note)
    step.source = None
    step.touch_pack()
    for name in ("procedure", "kinds", "items", "coverage", "facts", "authority", "handler_id"):
        step.changed(name, None, getattr(case, name))
    outlook.refresh(tx, case, moment.today, judge=False)  # its dates run from the first day on
    marking.keep(tx, cases.create(tx, case, _told(step, request)))
    return Moved(case.number, State.DRAFT, case.version)


def record_about(
    tx: Session,
    chain: events.Chain,
    subject_id: int,
    action: str,
    *,
    actor: Actor,
    moment: Moment,
    change: Callable[[], list[dict[str, Any]]],
    personal: frozenset[str] = frozenset(),
    company_id: int | None = None,
    before: dict[str, Any] | None = None,
    fields: Mapping[str, Any] = MappingProxyType({}),
    request: Request = Request(),  # noqa: B008
) -> int:
    """Record a fact about a company, license, account or the office on its own chain.

    Returns the chain's new version. `change` writes the row and returns what changed; fields in
    `personal` are committed. `company_id`: the client that an account or the office dealt with.
    `before`: a license as it was, if it is written already. `fields`: what else the event holds.
    """
    version, head, owner = events.lock_head(tx, chain, subject_id)
    company_id = company_id if owner is None else owner
    if company_id is not None and not actor.scope.allows(company_id):
        raise NotFound
    commit = partial(events.commit_value, tx, company_id)
    about = subject_id if chain == "license" else None
    before = before or (keeping.license_row(tx, about) if version else {})
    changes = [sealing.sealed_change(c, personal, commit) for c in change()]
    changed = keeping.license_since(tx, before, about)
    kept = {"kept": {"license": sealing.committed("", changed, commit)}} if changed else {}
    event = sealed(
        tx,
        Subject(chain, subject_id, str(subject_id), company_id),
        seq=version + 1,
        prev=head,
        actor=actor,
        moment=moment,
        action=action,
        request=request,
        fields={"on": moment.today.isoformat(), "changes": changes, **kept, **fields},
    )
    events.append(tx, event)
    marking.keep(tx, event)
    return version + 1


def look_again(tx: Session, number: str, *, scope: Scope, moment: Moment) -> None:
    """Let a case follow a fact around it; an authority that is another one now is told."""
    case = _locked(tx, number, scope, None, moment)
    step = Step(tx, case, "set_facts", CLOCK, moment, moment.today, {})
    outlook.refresh(tx, case, moment.today)
    step.changed("authority", step.before["authority"], case.authority)
    if step.changes:
        _enter(step, Request(), ToSend())
    else:
        cases.keep_outlook(tx, case)


def redate(tx: Session, number: str, moment: Moment) -> bool | None:
    """Let a case follow the holiday notices in use: every deadline that moves is on the trail.

    True when one moved, None when the case had followed already: a second call does nothing.
    """
    case = cases.lock(tx, number, Scope())
    if case.calendar == judging.calendar_version(tx):
        return None
    return _follow_calendar(tx, case, moment)


def seal_name(tx: Session, name: str) -> str:
    """Commit a person's name once; every event of that person carries the commitment."""
    return events.commit_value(tx, None, "actor_name", name)


def _locked(
    tx: Session,
    number: str,
    scope: Scope,
    version: int | None,
    moment: Moment,
    *,
    whole: bool = False,
) -> CaseRow:
    """The case under its lock; dates that a new holiday notice moved are told before the act."""
    case = cases.lock(tx, number, scope, whole=whole)
    if version is not None and version != case.version:
        raise StaleCase(case.version)
    if case.calendar != judging.calendar_version(tx):
        _follow_calendar(tx, case, moment)
    return case


def _follow_calendar(tx: Session, case: CaseRow, moment: Moment) -> bool:
    before, after = judging.calendar_of(tx, case.calendar), judging.calendar_in_use(tx)
    found = moves(case, judging.held_by(tx, case), before, after, moment.today)
    outlook.refresh(tx, case, moment.today)
    if not found:
        cases.keep_outlook(tx, case)
        return False
    step = Step(tx, case, "set_facts", CLOCK, moment, moment.today, {})
    for move in found:
        step.changed(f"clock.{move.code}", move.old.isoformat(), move.new.isoformat())
    _enter(step, Request(), ToSend())
    return True


def _offered(procedure: Procedure, case: CaseRow, trigger: str, actor: Actor) -> Rule:
    rule = procedure.rule(trigger, State(case.state))
    if rule is None or (rule.while_ and not rule.while_(case.folded)):
        raise NotOffered
    if actor.role not in rule.by:
        raise RoleMissing
    return rule


def _follow(step: Step, rule: Rule) -> None:
    """Effects, then the new state, then what the worklist reads."""
    if rule.trigger == "submit" and step.case.filed_on is None:
        step.case.filed_on = step.on
        step.case.pack = {**step.case.pack, "filed_seq": step.seq}
    before = keeping.license_row(step.tx, step.case.license_id) if rule.effects else {}
    for effect in rule.effects:
        EFFECTS[effect](step)
    if rule.effects:
        step.license = keeping.license_since(step.tx, before, step.case.license_id)
    step.fold()
    cases.put(step.case, step.target)
    if step.case.license_id is not None and step.target is not step.source:
        register.look_at_once(step.tx, step.case.license_id)
    judge = rule.trigger not in ("request_sign_off", "recall_sign_off")
    outlook.refresh(step.tx, step.case, step.moment.today, judge=judge)


def _settle_company(step: Step, facts: Mapping[str, Any], request: Request) -> None:
    """An approved change is a fact of the company too: its file and its open cases follow."""
    tx, company_id, moment = step.tx, step.case.company_id, step.moment
    if facts.items() <= companies.as_told(tx, company_id).items():
        return
    record_about(
        tx,
        "company",
        company_id,
        "set_facts",
        actor=step.actor,
        moment=moment,
        change=lambda: companies.rewrite(tx, company_id, facts, moment.today),
        personal=sealing.PERSONAL,
        request=request,
    )
    for number in company_rows.open_case_numbers(tx, company_id):
        look_again(tx, number, scope=step.actor.scope, moment=moment)


def _to_send(roles: tuple[Role, ...]) -> ToSend:
    return ToSend(tuple(role.value for role in roles))


def _enter(step: Step, request: Request, to_send: ToSend) -> None:
    """Write the case and its next event, and mark the event for those who look for risks."""
    event = _told(step, request)
    cases.enter(step.tx, step.case, event, to_send)
    marking.keep(step.tx, event)


def _told(step: Step, request: Request) -> SealedEvent:
    """Seal the step as the next event and move version and head with it."""
    commit = partial(events.commit_value, step.tx, step.case.company_id)
    event = case_event(step, request, commit)
    case = step.case
    case.version, case.head, case.updated_at = step.seq, event.hash, step.moment.stamp
    return event
