"""The calendar feed: a person's own dates as iCalendar, behind an address only that person knows.

No names of clients or people: whoever hosts the calendar learns case and license numbers only.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, timedelta

from icalendar import Calendar, Event
from sqlmodel import Session

from workflow.domain.acting import Actor, Moment
from workflow.domain.own_dates import PROMISE, REPLY_BY, TARGET
from workflow.domain.procedure import Text
from workflow.law import catalogue
from workflow.law.duties import DUTIES
from workflow.services import accounts, reminding
from workflow.storage import feeds
from workflow.storage.feeds import Feed

MOST = 500
"""Entries in one feed; the soonest first."""
_HOST = "license-desk"
_SET_BY_HAND = {
    REPLY_BY: Text("补正答复截止", "Reply to the correction notice"),
    TARGET: Text("内部期限", "Internal target"),
    PROMISE: Text("客户约定", "Client promise"),
}
_NAME = Text("许可办理台：我的期限", "License Desk: my dates")


@dataclass(frozen=True, slots=True)
class _Dated:
    """One date of the feed; the same `uid` is the same entry in every reading."""

    due_on: date
    uid: str
    name: Text
    number: str
    sequence: int


__all__ = ["Feed", "feed_of", "make", "of", "revoke"]


def make(tx: Session, actor: Actor, moment: Moment) -> str:
    """A new address for this person; returns its token, which is shown once and never kept."""
    token = secrets.token_urlsafe(32)
    feeds.replace(tx, int(actor.id), _hash(token), moment.stamp)
    return token


def revoke(tx: Session, actor: Actor) -> None:
    """End the address: calendars that still ask for it get nothing."""
    feeds.revoke(tx, int(actor.id))


def of(session: Session, actor: Actor) -> Feed | None:
    """The address this person has, None while there is none."""
    return feeds.of_account(session, int(actor.id))


def feed_of(tx: Session, token: str, moment: Moment) -> bytes | None:
    """The feed behind a token as iCalendar text; None for a token that opens nothing."""
    owner = feeds.owner(tx, _hash(token))
    account = accounts.by_id(tx, owner) if owner is not None else None
    if account is None or not account.active:
        return None
    feeds.was_read(tx, account.id, moment.stamp)
    calendar = Calendar()
    calendar.add("prodid", f"-//{_HOST}//my dates//")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _NAME.read(account.language))
    for entry in _entries(tx, str(account.id), account.language, moment):
        calendar.add_component(entry)
    return bytes(calendar.to_ical())


def _entries(session: Session, handler_id: str, language: str, moment: Moment) -> list[Event]:
    """The soonest dates of the person's cases and of the licenses they look after."""
    dated = [
        _Dated(case.due_on, f"{case.number}-{case.clock}", _clock(case.clock), case.number,
               case.version)
        for case in feeds.case_dates(session, handler_id, MOST)
    ]  # fmt: skip
    held = dict(feeds.licenses_in_charge(session, handler_id, MOST))
    for ident, runs in reminding.license_deadlines(session, held, moment.today).items():
        dated += [
            _Dated(run.due_on, f"license-{ident}-{run.code}-{run.cycle}", DUTIES[run.code],
                   held[ident], 0)
            for run in runs
        ]  # fmt: skip
    soonest = sorted(dated, key=lambda one: (one.due_on, one.uid))[:MOST]
    return [_entry(one, moment, language) for one in soonest]


def _clock(code: str) -> Text:
    return _SET_BY_HAND.get(code) or catalogue.label_of("clock", code)


def _entry(dated: _Dated, moment: Moment, language: str) -> Event:
    entry = Event()
    entry.add("uid", f"{dated.uid.replace(' ', '-')}@{_HOST}")
    entry.add("summary", f"{dated.name.read(language)} · {dated.number}")
    entry.add("dtstart", dated.due_on)
    entry.add("dtend", dated.due_on + timedelta(1))
    entry.add("dtstamp", moment.at)
    entry.add("sequence", dated.sequence)
    entry.add("transp", "TRANSPARENT")
    return entry


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
