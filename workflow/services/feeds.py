"""A person's own deadlines as a calendar to subscribe to: dates and numbers, no client names."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event
from sqlmodel import Session

from workflow.domain.acting import Moment
from workflow.domain.clock import Reading
from workflow.domain.procedure import Text
from workflow.law import catalogue
from workflow.law.duties import DUTIES, reading_of
from workflow.services import accounts, judging, reminding
from workflow.services.accounts import Account
from workflow.services.calendars import held_of
from workflow.services.desk import case_scope
from workflow.storage import calendars, feeds
from workflow.storage.feeds import FeedRow
from workflow.storage.rows import CaseRow

TOKEN_BYTES = 32
ZONE = "Asia/Shanghai"
REFRESH = timedelta(hours=6)
_REPLY = Text("补正截止", "Correction due")
_ESTIMATED = Text("（估算）", " (estimated)")
_NOBODY = "0" * 64


@dataclass(frozen=True, slots=True)
class Entry:
    """One date of the calendar. `sequence` grows whenever the date may have moved."""

    uid: str
    day: date
    summary: str
    path: str
    sequence: int
    changed: str


def make(tx: Session, account_id: int, moment: Moment) -> str:
    """A new address for a person, shown once: only its hash is kept. The old one is gone."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    feeds.replace(tx, account_id, _hashed(token), moment.stamp)
    return token


def revoke(tx: Session, account_id: int) -> None:
    """End the address of a person."""
    feeds.revoke(tx, account_id)


def standing(session: Session, account_id: int) -> FeedRow | None:
    """When a person's address was made and last read; None while there is none."""
    return feeds.by(session, "account_id", account_id)


def reader_of(session: Session, token: str) -> tuple[Account, FeedRow] | None:
    """Whose address it is; None for a token that is wrong, replaced or revoked, or who has left."""
    hashed = _hashed(token)
    found = feeds.by(session, "token_hash", hashed)
    known = found.token_hash if found else _NOBODY
    if not hmac.compare_digest(known, hashed) or found is None:
        return None
    account = accounts.by_id(session, found.account_id)
    return (account, found) if account and account.active else None


def note_reading(tx: Session, feed: FeedRow, moment: Moment) -> None:
    """Keep the day of the last reading: once a day is enough."""
    feeds.note_reading(tx, feed.account_id, moment.stamp)


def calendar_of(session: Session, account: Account, moment: Moment, base_url: str) -> bytes:
    """The calendar file: the open deadlines of the cases handled and of the licenses in charge."""
    language = account.language
    made = Calendar()
    made.add("prodid", "-//License Desk//Deadlines//" + ("EN" if language == "en" else "ZH"))
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", Text("许可办理台期限", "License Desk deadlines").read(language))
    made.add("x-wr-timezone", ZONE)
    made.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    for entry in entries(session, account, moment):
        made.add_component(_event(entry, base_url))
    return bytes(made.to_ical())


def entries(session: Session, account: Account, moment: Moment) -> Iterator[Entry]:
    """Every date of the calendar, inside the person's scope."""
    scope = case_scope(accounts.actor(session, account))
    cases = [c for c in feeds.handled(session, account.id) if scope.allows(c.company_id)]
    yield from _of_cases(session, cases, moment.today, account.language)
    heads = {h.id: h for h in feeds.in_charge(session, account.id) if scope.allows(h.company_id)}
    if not heads:
        return
    loaded, last = calendars.last_loaded(session)
    calendar = judging.calendar_in_use(session)
    runs = reminding.license_deadlines(session, list(heads), moment.today)
    for ident, head in heads.items():
        for run in runs.get(ident, ()):
            estimated = reading_of(run, calendar, moment.today).estimated
            yield Entry(
                uid=f"license-{ident}-{run.code}-{run.cycle.replace(' ', '-')}@license-desk",
                day=run.due_on,
                summary=_summary(head.number, DUTIES[run.code], account.language, estimated),
                path=f"/licenses/{ident}",
                sequence=head.version + loaded,
                changed=max(head.updated_at, last),
            )


def _of_cases(
    session: Session, cases: list[CaseRow], today: date, language: str
) -> Iterator[Entry]:
    calendar, held = judging.calendar_in_use(session), held_of(session, cases)
    replies = feeds.reply_days(session, [case.id for case in cases])
    for case in cases:
        mine = None if case.procedure == "new" else held.get(case.license_id or 0)
        for reading in judging.readings_of(case, mine, calendar, today):
            if _ahead(case, reading):
                name = catalogue.label_of("clock", reading.code)
                cycle = f"{reading.code}-{reading.started_on.isoformat()}"
                told = _summary(case.number, name, language, reading.estimated)
                yield _of_case(case, cycle, reading.due, told)
        if case.id in replies:
            told = _summary(case.number, _REPLY, language, estimated=False)
            yield _of_case(case, f"REPLY-BY-{_round(case)}", replies[case.id], told)


def _of_case(case: CaseRow, cycle: str, day: date, summary: str) -> Entry:
    return Entry(
        uid=f"case-{case.id}-{cycle}@license-desk",
        day=day,
        summary=summary,
        path=f"/cases/{case.number}",
        sequence=case.version,
        changed=case.updated_at,
    )


def _ahead(case: CaseRow, reading: Reading) -> bool:
    """A date somebody must keep. A paused one has no day yet; a renewal is told by its license."""
    told_by_license = reading.code == "K-RENEW" and case.license_id is not None
    return (
        reading.running
        and not reading.paused
        and not reading.clock.window
        and not (told_by_license and case.state in judging.FILING)
    )


def _round(case: CaseRow) -> int:
    return sum(act.do == "request_correction" for act in case.folded)


def _summary(number: str, name: Text, language: str, estimated: bool) -> str:
    told = f"{number} {name.read(language)}"
    return told + _ESTIMATED.read(language) if estimated else told


def _event(entry: Entry, base_url: str) -> Event:
    changed = datetime.fromisoformat(entry.changed).replace(microsecond=0)
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", entry.sequence)
    event.add("dtstart", entry.day)
    event.add("summary", entry.summary)
    event.add("transp", "TRANSPARENT")
    if base_url:
        event.add("url", base_url.rstrip("/") + entry.path)
    return event


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
