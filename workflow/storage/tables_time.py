"""Tables of time: the reminder ledger, holiday notices by version, personal calendar feeds."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from workflow.storage.columns import STRICT, BigInt, Day, Flag

Text = sa.Text


class Reminder(SQLModel, table=True):
    """One settled step of one deadline's ladder: sent, or skipped and why. Never written twice.

    What lies ahead is computed, not stored. `subject` is license or case, `cycle` tells one run of
    a deadline from the next (a last day, a year), `step` is days before (-) or after (+) it.
    `outcome`: sent or skipped; `reason` is empty for what was sent.
    """

    __tablename__ = "reminders"
    __table_args__ = (
        sa.UniqueConstraint("subject", "subject_id", "deadline", "cycle", "step"),
        STRICT,
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=BigInt)
    company_id: int = Field(foreign_key="companies.id", index=True)
    subject: str = Field(sa_type=Text)
    subject_id: int
    deadline: str = Field(sa_type=Text)
    cycle: str = Field(sa_type=Text)
    step: int
    due_on: date = Field(sa_type=Day)
    planned_on: date = Field(sa_type=Day)
    outcome: str = Field(sa_type=Text)
    reason: str = Field(default="", sa_type=Text)
    at: str = Field(sa_type=Text)


class CalendarVersion(SQLModel, table=True):
    """One holiday notice as it was loaded; the newest of a year is in use, the others stay.

    `valid_through` is the last day the notice speaks for; `loaded_by` is the account's id.
    """

    __tablename__ = "calendar_versions"
    __table_args__ = STRICT
    year: int = Field(primary_key=True)
    version: int = Field(primary_key=True)
    off: str = Field(sa_type=Text)
    workdays: str = Field(sa_type=Text)
    notice: str = Field(sa_type=Text)
    source: str = Field(default="", sa_type=Text)
    provisional: bool = Field(default=False, sa_type=Flag)
    valid_through: date = Field(sa_type=Day)
    loaded_by: str = Field(sa_type=Text)
    loaded_at: str = Field(sa_type=Text)
    recomputed_at: str = Field(default="", sa_type=Text)


class CalendarFeed(SQLModel, table=True):
    """One person's calendar address: only the hash of its token is kept; a new one replaces it."""

    __tablename__ = "calendar_feeds"
    __table_args__ = STRICT
    account_id: int = Field(primary_key=True, foreign_key="accounts.id")
    token_hash: str = Field(sa_type=Text, unique=True)
    made_at: str = Field(sa_type=Text)
    read_at: str = Field(default="", sa_type=Text)
