"""Delivery: what the outbox holds reaches the inboxes, each message once, or a person is told.

The database decides who may deliver a row (its fence); a job that runs twice, late or beside its
own twin finds a stale fence or the message already there. An attempt is counted when a job begins,
not when the doorbell rings: neither a dead broker nor a dead worker uses attempts up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlmodel import Session

from workflow.domain.acting import Moment, Scope
from workflow.domain.errors import NotFound
from workflow.domain.procedure import Role
from workflow.law import catalogue
from workflow.storage import absences, outbox, together
from workflow.storage import incidents as waiting
from workflow.storage.incidents import Incident
from workflow.storage.outbox import Claim, Envelope

LEASE = timedelta(seconds=20)
LATE = timedelta(minutes=10)
FIRST_PAUSE = timedelta(seconds=1)
LONGEST_PAUSE = 60
MOST_ATTEMPTS = 8
MOST_IN_FLIGHT = 200
BATCH = 50
LONGEST_ERROR = 300

__all__ = ["Claim", "Incident", "Reconciliation"]


def claim_due(session: Session, *, moment: Moment, lease: timedelta = LEASE) -> list[Claim]:
    """Claim the next batch of due rows; nothing while enough of them are under way.

    Call it in a transaction of its own and enqueue after its commit.
    """
    room = MOST_IN_FLIGHT - outbox.in_flight(session, now=moment.stamp)
    return outbox.claim(
        session,
        now=moment.stamp,
        lease_until=_after(moment, lease),
        limit=max(0, min(BATCH, room)),
        most=MOST_ATTEMPTS,
    )


def is_due(session: Session, *, moment: Moment) -> bool:
    """True when `claim_due` would find rows; only reads."""
    return outbox.is_due(session, now=moment.stamp, most=MOST_ATTEMPTS)


def begin(
    session: Session, claim: Claim, *, moment: Moment, lease: timedelta = LEASE
) -> int | None:
    """Count this attempt (from 1), in a transaction of its own so that a crash counts too.

    None when somebody else has claimed the row since, or it is settled: do nothing then.
    """
    return outbox.begin(session, claim, lease_until=_after(moment, lease))


def deliver(session: Session, claim: Claim, *, moment: Moment) -> int | None:
    """Put the message into every inbox it is for and settle the row, in the caller's transaction.

    Returns how many messages are new, or None when the claim is stale. A row with nobody to tell
    is settled with none.
    """
    envelope = outbox.open_envelope(session, claim)
    if envelope is None:
        return None
    told = sum(
        outbox.post(session, envelope, account, at=moment.stamp)
        for account in sorted(set(_addressees(session, envelope, moment)))
    )
    outbox.settle(session, claim, at=moment.stamp)
    return told


def settle(session: Session, claim: Claim, *, moment: Moment) -> bool:
    """A letter has left: the row is done. False when the claim is stale."""
    return outbox.settle(session, claim, at=moment.stamp)


def go_on(session: Session, claim: Claim, *, moment: Moment) -> bool:
    """Long work did its share: the rest is due now. False when the claim is stale."""
    return outbox.go_on(session, claim, at=moment.stamp)


def kind_of(session: Session, outbox_id: int) -> str:
    """What a row asks for: `notify`, `digest` or `work`."""
    return outbox.kind_of(session, outbox_id)


def fail(
    session: Session,
    claim: Claim,
    *,
    attempt: int,
    error: BaseException,
    moment: Moment,
    pause: timedelta = FIRST_PAUSE,
    final: bool = False,
) -> None:
    """Record a failed attempt; the next follows a growing pause, the last is an incident.

    `pause` is the first one, doubled each time and at most sixty times itself; `final` makes an
    incident of it at once.
    """
    pause = min(pause * 2 ** (attempt - 1), pause * LONGEST_PAUSE)
    first_line = (str(error).splitlines() or [""])[0]
    outbox.fail(
        session,
        claim,
        error=f"{type(error).__name__}: {first_line}"[:LONGEST_ERROR],
        lease_until=_after(moment, pause),
        most=0 if final else MOST_ATTEMPTS,
    )


def sweep(session: Session, *, moment: Moment) -> int:
    """Rows whose last attempt ended without a word become incidents; returns how many."""
    return outbox.sweep(session, now=moment.stamp, most=MOST_ATTEMPTS)


def is_spent(session: Session, *, moment: Moment) -> bool:
    """True when `sweep` would find rows; only reads."""
    return outbox.is_spent(session, now=moment.stamp, most=MOST_ATTEMPTS)


def incidents(session: Session, scope: Scope, case_id: int | None = None) -> list[Incident]:
    """Messages that could not be delivered, inside the scope, oldest first."""
    found = waiting.incidents(session, case_id=case_id)
    return [incident for incident in found if scope.allows(incident.company_id)]


def retry(session: Session, scope: Scope, outbox_id: int) -> Incident:
    """Try an incident again from the first attempt. The caller records the act on the case.

    Raises NotFound when it is no incident (any more) or outside the scope.
    """
    incident = _incident(session, scope, outbox_id)
    waiting.reopen(session, outbox_id)
    return incident


def mark_handled(session: Session, scope: Scope, outbox_id: int, *, moment: Moment) -> Incident:
    """Close an incident that a person took care of. The caller records the act on the case.

    Raises NotFound when it is no incident (any more) or outside the scope.
    """
    incident = _incident(session, scope, outbox_id)
    waiting.close(session, outbox_id, at=moment.stamp)
    return incident


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """What the outbox and the inboxes say about each other. Counts of rows."""

    pending: int
    done: int
    incident: int
    messages: int
    late: int
    """Still pending ten minutes after they were due."""
    silent: int
    """Done without a message: nobody but the actor was concerned."""
    without_event: int
    """Rows that tell of an event the trail does not have."""
    early: int
    """Messages whose row is not done."""
    unsent: int
    """Events that somebody had to be told of, without a row."""

    @property
    def agrees(self) -> bool:
        """False when something needs a look: late rows, or rows and effects that do not match."""
        return not (self.late or self.without_event or self.early or self.unsent)


def reconcile(session: Session, *, moment: Moment) -> Reconciliation:
    """Compare outbox, trail and inboxes; only reads."""
    counts = outbox.tally(session, late=_after(moment, -LATE))
    return Reconciliation(**counts, unsent=outbox.unsent(session, catalogue.sending_acts()))


def _addressees(session: Session, envelope: Envelope, moment: Moment) -> Iterator[int]:
    """The active accounts a message is for: inside their scope, and never the one who acted.

    Who stands in for the handler today gets the handler's messages too.
    """
    wanted = [_by(recipient, envelope) for recipient in envelope.recipients]
    more = together.watchers(session, envelope.case_id)
    if {"id": envelope.handler_id} in wanted and envelope.handler_id.isdecimal():
        more += absences.stand_ins(session, int(envelope.handler_id), moment.today)
    for by in (*wanted, *({"id": str(account)} for account in more)):
        for account, companies in outbox.active_accounts(session, **by):
            in_scope = companies is None or envelope.company_id in companies
            if in_scope and str(account) != envelope.actor:
                yield account


def _by(recipient: str, envelope: Envelope) -> dict[str, str]:
    """How a recipient is looked up: a person named in a note, the case's own person, a role."""
    sort, _, account_id = recipient.partition(":")
    if account_id or sort == "watchers":
        return {"id": account_id or "nobody"}
    named = {Role.HANDLER: envelope.handler_id, Role.REVIEWER: envelope.reviewer_id}.get(Role(sort))
    return {"id": named} if named else {"role": sort}


def _incident(session: Session, scope: Scope, outbox_id: int) -> Incident:
    incident = waiting.lock_incident(session, outbox_id)
    if incident is None or not scope.allows(incident.company_id):
        raise NotFound
    return incident


def _after(moment: Moment, span: timedelta) -> str:
    return replace(moment, at=moment.at + span).stamp
