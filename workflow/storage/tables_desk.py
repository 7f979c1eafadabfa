"""Tables beside the cases: accounts, messages, outbox, keys, parameters, calendars, leases."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from workflow.storage.columns import STRICT, BigInt, Day, Flag

Text = sa.Text


class Account(SQLModel, table=True):
    """A person who signs in. One role each; `scope` is a JSON list of company ids, null for all.

    `seal` is the commitment of the name that the trail holds.
    """

    __tablename__ = "accounts"
    __table_args__ = STRICT
    id: int | None = Field(default=None, primary_key=True)
    login: str = Field(sa_type=Text, unique=True)
    name: str = Field(sa_type=Text)
    role: str = Field(sa_type=Text)
    password: str = Field(sa_type=Text)
    active: bool = Field(default=True, sa_type=Flag)
    fs_uniquifier: str = Field(sa_type=Text, unique=True)
    language: str = Field(default="zh", sa_type=Text)
    theme: str = Field(default="", sa_type=Text)
    scope: str | None = Field(default=None, sa_type=Text)
    seal: str = Field(default="", sa_type=Text)
    seen_at: str = Field(default="", sa_type=Text)
    email: str = Field(default="", sa_type=Text, sa_column_kwargs={"server_default": ""})


class Draft(SQLModel, table=True):
    """What a person was writing and has not sent; `place` says where it belongs."""

    __tablename__ = "drafts"
    __table_args__ = STRICT
    account_id: int = Field(primary_key=True, foreign_key="accounts.id")
    place: str = Field(primary_key=True, sa_type=Text)
    text: str = Field(sa_type=Text)
    saved_at: str = Field(sa_type=Text)


class Outbox(SQLModel, table=True):
    """One effect that must leave the database. The row, not Redis, is the truth.

    A `notify` row tells of an event of a case; a `digest` row is one person's mail of one day and
    belongs to an account instead. `state`: pending, done or incident. `fence` grows with every
    claim; only its holder may settle. `lease_until` and `not_before` are UTC stamps.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "seq", "kind"),
        sa.UniqueConstraint("account_id", "day"),
        sa.Index(
            "outbox_due",
            "not_before",
            sqlite_where=sa.text("state = 'pending'"),
            postgresql_where=sa.text("state = 'pending'"),
        ),
        STRICT,
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=BigInt)
    company_id: int | None = Field(default=None, foreign_key="companies.id")
    case_id: int | None = Field(default=None, foreign_key="cases.id")
    seq: int | None = None
    kind: str = Field(sa_type=Text)
    recipients: str = Field(sa_type=Text)
    not_before: str = Field(sa_type=Text)
    state: str = Field(default="pending", sa_type=Text)
    attempt: int = 0
    fence: int = 0
    lease_until: str = Field(default="", sa_type=Text)
    error: str = Field(default="", sa_type=Text)
    settled_at: str = Field(default="", sa_type=Text)
    account_id: int | None = Field(default=None, foreign_key="accounts.id")
    day: date | None = Field(default=None, sa_type=Day)


class Message(SQLModel, table=True):
    """One inbox message to one person; unique on the outbox row or reminder that caused it.

    `company_id` is empty for the alarm of a broken trail: it concerns every client.
    """

    __tablename__ = "messages"
    __table_args__ = (
        sa.UniqueConstraint("outbox_id", "account_id"),
        sa.UniqueConstraint("reminder_id", "account_id"),
        sa.Index("messages_inbox", "account_id", "id"),
        sa.Index("messages_undigested", "digest_id", "account_id"),
        STRICT,
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=BigInt)
    company_id: int | None = Field(default=None, foreign_key="companies.id")
    outbox_id: int | None = Field(default=None, foreign_key="outbox.id", sa_type=BigInt)
    account_id: int = Field(foreign_key="accounts.id")
    case_id: int | None = Field(default=None, foreign_key="cases.id")
    seq: int | None = None
    action: str = Field(sa_type=Text)
    at: str = Field(sa_type=Text)
    read_at: str | None = Field(default=None, sa_type=Text)
    reminder_id: int | None = Field(default=None, foreign_key="reminders.id", sa_type=BigInt)
    license_id: int | None = Field(default=None, foreign_key="licenses.id")
    digest_id: int | None = Field(default=None, foreign_key="outbox.id", sa_type=BigInt)


class IdempotencyKey(SQLModel, table=True):
    """A form or request already answered: the same key gives the same answer, never a second act.

    Kept at least 30 days.
    """

    __tablename__ = "idempotency_keys"
    __table_args__ = STRICT
    key: str = Field(primary_key=True, sa_type=Text)
    principal: str = Field(primary_key=True, sa_type=Text)
    request_hash: str = Field(sa_type=Text)
    answer: str = Field(sa_type=Text)
    created_at: str = Field(sa_type=Text)


class BureauParameter(SQLModel, table=True):
    """A practice figure of one bureau, for one kind or (empty) all kinds. `value` is JSON."""

    __tablename__ = "bureau_parameters"
    __table_args__ = STRICT
    province: str = Field(primary_key=True, sa_type=Text)
    kind: str = Field(default="", primary_key=True, sa_type=Text)
    name: str = Field(primary_key=True, sa_type=Text)
    value: str = Field(sa_type=Text)
    source: str = Field(default="", sa_type=Text)


class CalendarYear(SQLModel, table=True):
    """The holiday notice in use for a year, loaded over the shipped one.

    `off` and `workdays` are JSON date lists; earlier versions stay in `calendar_versions`.
    """

    __tablename__ = "calendar_years"
    __table_args__ = STRICT
    year: int = Field(primary_key=True)
    off: str = Field(sa_type=Text)
    workdays: str = Field(sa_type=Text)
    notice: str = Field(sa_type=Text)
    provisional: bool = Field(default=False, sa_type=Flag)
    version: int = Field(default=1, sa_column_kwargs={"server_default": "1"})


class CaseCounter(SQLModel, table=True):
    """The last case number given out per prefix and year; gaps are allowed, repeats are not."""

    __tablename__ = "case_counters"
    __table_args__ = STRICT
    prefix: str = Field(primary_key=True, sa_type=Text)
    year: int = Field(primary_key=True)
    last: int


class ClockTick(SQLModel, table=True):
    """A day the clock has finished; running it again finds nothing to do."""

    __tablename__ = "clock_ticks"
    __table_args__ = STRICT
    day: str = Field(primary_key=True, sa_type=Text)
    acted: int = 0
    finished_at: str = Field(sa_type=Text)


class TrailCheck(SQLModel, table=True):
    """The outcome of one verification of the whole trail. `broken` names the first place.

    `sealed` events were covered by a checkpoint, `unsealed` ones were younger than the last.
    """

    __tablename__ = "trail_checks"
    __table_args__ = STRICT
    id: int | None = Field(default=None, primary_key=True)
    at: str = Field(sa_type=Text)
    chains: int
    events: int
    broken: str = Field(default="", sa_type=Text)
    sealed: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    unsealed: int = Field(default=0, sa_column_kwargs={"server_default": "0"})


class Lease(SQLModel, table=True):
    """Who holds a seat that only one process may have (the scheduler), until when."""

    __tablename__ = "leases"
    __table_args__ = STRICT
    name: str = Field(primary_key=True, sa_type=Text)
    holder: str = Field(sa_type=Text)
    until: str = Field(sa_type=Text)
