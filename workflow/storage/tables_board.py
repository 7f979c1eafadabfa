"""Tables of long work and of the status dashboard's roll-ups."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from workflow.storage.columns import STRICT, BigInt, Day

Text = sa.Text


class LongWork(SQLModel, table=True):
    """One piece of work that takes longer than a second, and how far it has come.

    `kind` names who does it, `given` (JSON) what was asked for. `state`: waiting, running,
    cancelled or finished; that it failed or was interrupted, the outbox row tells. `cursor` is
    where the next share begins, `figures` (JSON) what came out, `expires_at` when its file goes.
    `account_id` is empty for the system's own work.
    """

    __tablename__ = "long_work"
    __table_args__ = (
        sa.Index("long_work_of", "account_id", "id"),
        STRICT,
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=BigInt)
    outbox_id: int = Field(foreign_key="outbox.id", sa_type=BigInt, unique=True)
    kind: str = Field(sa_type=Text)
    account_id: int | None = Field(default=None, foreign_key="accounts.id")
    grounds: str = Field(default="", sa_type=Text)
    given: str = Field(sa_type=Text)
    state: str = Field(default="waiting", sa_type=Text)
    fence: int = 0
    done: int = Field(default=0, sa_type=BigInt)
    total: int | None = Field(default=None, sa_type=BigInt)
    cursor: str = Field(default="", sa_type=Text)
    figures: str = Field(default="{}", sa_type=Text)
    parts: int = 0
    size: int = Field(default=0, sa_type=BigInt)
    file_name: str = Field(default="", sa_type=Text)
    file_type: str = Field(default="", sa_type=Text)
    asked_at: str = Field(sa_type=Text)
    started_at: str = Field(default="", sa_type=Text)
    beat_at: str = Field(default="", sa_type=Text)
    ended_at: str = Field(default="", sa_type=Text)
    expires_at: str = Field(default="", sa_type=Text)


class LongWorkPart(SQLModel, table=True):
    """A part of the file that long work makes, written together with the cursor after it."""

    __tablename__ = "long_work_parts"
    __table_args__ = STRICT
    work_id: int = Field(foreign_key="long_work.id", primary_key=True, sa_type=BigInt)
    no: int = Field(primary_key=True)
    content: bytes = Field(sa_type=sa.LargeBinary)


class CaseCourse(SQLModel, table=True):
    """What the trail says of a case's course up to `version`: derived, rebuilt when that moves.

    Days by side add up to the days from opening to `closed_on` (or, open, to `told_on`).
    `late` is JSON: spans `[first day, day it was met or null]` past a last day.
    """

    __tablename__ = "case_courses"
    __table_args__ = (
        sa.Index("case_courses_closed", "closed_on"),
        STRICT,
    )
    case_id: int = Field(primary_key=True, foreign_key="cases.id")
    version: int
    state_since: date = Field(sa_type=Day)
    told_on: date = Field(sa_type=Day)
    closed_on: date | None = Field(default=None, sa_type=Day)
    ours: int = 0
    client: int = 0
    authority: int = 0
    rounds: int = 0
    late: str = Field(default="[]", sa_type=Text)


class RollUp(SQLModel, table=True):
    """Figures counted beforehand: `view` says of what (JSON), `content` holds them (JSON)."""

    __tablename__ = "roll_ups"
    __table_args__ = STRICT
    view: str = Field(primary_key=True, sa_type=Text)
    content: str = Field(sa_type=Text)
    computed_at: str = Field(sa_type=Text)
    looked_at: str = Field(sa_type=Text)
