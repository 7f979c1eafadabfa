"""The trail: verify every chain, keep the verdict, read entries by day and by subject."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache

from sqlmodel import Session

from workflow.domain.acting import SYSTEM, Actor, Moment
from workflow.law import catalogue
from workflow.services import account_acts, alarm, trail_kinds
from workflow.services.desk import case_scope
from workflow.services.lists import TrailPage
from workflow.services.sequencing import waited
from workflow.services.verifying import Verdict, verify, verify_all
from workflow.storage import stories, ticks
from workflow.storage.stories import EventLine

__all__ = ["Check", "EventLine", "TrailPage", "Verdict", "verify", "verify_all"]

PAGE = 50
EXCHANGED = 20
"""Entries of correspondence that a client's page shows."""
BATCH = 500
MOST_BATCHES = 20
STALE = timedelta(hours=30)
"""A verification runs every night; older than this, last night's did not end."""


@dataclass(frozen=True, slots=True)
class Check:
    """A verification that was kept, and when it ran (UTC, as on the trail).

    `good_at` is when the trail was last found intact, None when it never was.
    """

    at: str
    verdict: Verdict
    good_at: str | None

    @property
    def broken(self) -> str:
        """The first break as it is kept; empty when intact."""
        return _broken(self.verdict)

    def is_stale(self, moment: Moment) -> bool:
        """True when no verification came to an end since the night before."""
        return waited(self.at, moment) > STALE.total_seconds()


def _broken(verdict: Verdict) -> str:
    return f"{verdict.place} {verdict.why}".strip()


def keep(tx: Session, verdict: Verdict, moment: Moment, actor: Actor = SYSTEM) -> None:
    """Keep the verdict so that the trail page and the operators see it; the trail tells of it.

    A break that nobody was told of yet raises the alarm.
    """
    broken = _broken(verdict)
    if broken:
        last = last_check(tx)
        alarm.sound(tx, broken, (last.good_at if last else None) or "", moment)
    ticks.keep_check(
        tx,
        at=moment.stamp,
        chains=verdict.chains,
        events=verdict.events,
        broken=broken,
        sealed=verdict.sealed,
        unsealed=verdict.unsealed,
    )
    figures = {"chains": verdict.chains, "events": verdict.events, "broken": broken}
    account_acts.checked(tx, actor, moment, figures)


def last_check(session: Session) -> Check | None:
    """The newest verification that was kept, or None before the first."""
    return _check(ticks.last_check(session))


def day_and_check(session: Session) -> tuple[str | None, Check | None]:
    """The newest day the clock went through and the newest verification, for the dashboard."""
    day, found = ticks.day_and_check(session)
    return day, _check(found)


def _check(found: ticks.Kept | None) -> Check | None:
    if found is None:
        return None
    at, checked, events, broken, sealed, unsealed, good_at = found
    place, _, why = broken.rpartition(" ")
    return Check(at, Verdict(checked, events, place, why, sealed, unsealed), good_at)


def of_subject(
    session: Session, reader: Actor, *, company_id: int, chain: str, subject: str, limit: int = PAGE
) -> TrailPage:
    """The newest entries of one company or license alone, without those of its cases."""
    found: list[EventLine] = []
    for batch in _batches(session, reader, company_id):
        found += [e for e in batch if e.chain == chain and subject in ("", e.subject)]
        if len(found) >= limit:
            break
    return _opened(session, found[:limit])


def of_client(session: Session, reader: Actor, company_id: int) -> tuple[TrailPage, TrailPage]:
    """The newest entries of a client's own file, and the correspondence of all its cases."""
    own: list[EventLine] = []
    exchanged: list[EventLine] = []
    acts = _to_and_fro()
    for batch in _batches(session, reader, company_id):
        own += [e for e in batch if e.chain == "company"]
        exchanged += [e for e in batch if e.chain == "case" and e.action in acts]
        if len(own) >= PAGE and len(exchanged) >= EXCHANGED:
            break
    page = _opened(session, [*(own := own[:PAGE]), *(exchanged := exchanged[:EXCHANGED])])
    return replace(page, events=own), replace(page, events=exchanged)


@cache
def _to_and_fro() -> frozenset[str]:
    """Corrections, letters, notes, and every word that goes to the authority or comes from it."""
    rules = (rule for p in catalogue.LAW.procedures.values() for rule in p.rules)
    return trail_kinds.acts_of(["correction"]) | {r.trigger for r in rules if r.authority_fact}


def _batches(session: Session, reader: Actor, company_id: int) -> Iterator[list[EventLine]]:
    before: int | None = None
    for _ in range(MOST_BATCHES):
        batch = stories.events_page(
            session, case_scope(reader), company_id=company_id, before=before, limit=BATCH
        )
        yield batch
        if len(batch) < BATCH:
            return
        before = batch[-1].id


def of_license(
    session: Session, license_id: int, *, before: int | None = None, limit: int = PAGE
) -> TrailPage:
    """One history of a license: its own entries and those of every case about it, newest first.

    The caller has checked the scope.
    """
    return _opened(
        session, stories.license_events(session, license_id, before=before, limit=limit)
    )  # fmt: skip


def _opened(session: Session, events: list[EventLine]) -> TrailPage:
    return TrailPage(events, stories.opened_values(session, events), stories.account_names(session))
