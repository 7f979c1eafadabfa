"""Tables of working together: views, visits, watched cases, notes, who stands in for whom."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from workflow.storage.columns import STRICT, BigInt, Day, Flag

Text = sa.Text


class SavedView(SQLModel, table=True):
    """A list somebody named: of the worklist or the trail (`place` is work or trail).

    `query` is its address after the `?`; empty is no filter.

    A `shared` one is a manager's for the whole team.
    """

    __tablename__ = "saved_views"
    __table_args__ = (sa.UniqueConstraint("account_id", "name"), STRICT)
    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="accounts.id")
    name: str = Field(sa_type=Text)
    query: str = Field(sa_type=Text)
    shared: bool = Field(default=False, sa_type=Flag)
    saved_at: str = Field(sa_type=Text)
    place: str = Field(default="work", sa_type=Text, sa_column_kwargs={"server_default": "work"})


class DeskVisit(SQLModel, table=True):
    """Up to when a person has seen what others did on their cases."""

    __tablename__ = "desk_visits"
    __table_args__ = STRICT
    account_id: int = Field(primary_key=True, foreign_key="accounts.id")
    seen_at: str = Field(sa_type=Text)


class CaseVisit(SQLModel, table=True):
    """When a person last opened a case."""

    __tablename__ = "case_visits"
    __table_args__ = (sa.Index("case_visits_recent", "account_id", "at"), STRICT)
    account_id: int = Field(primary_key=True, foreign_key="accounts.id")
    case_id: int = Field(primary_key=True, foreign_key="cases.id")
    at: str = Field(sa_type=Text)


class Watch(SQLModel, table=True):
    """A person follows a case that may be somebody else's: its messages reach them too."""

    __tablename__ = "watches"
    __table_args__ = (sa.Index("watches_case", "case_id"), STRICT)
    account_id: int = Field(primary_key=True, foreign_key="accounts.id")
    case_id: int = Field(primary_key=True, foreign_key="cases.id")
    since: str = Field(sa_type=Text)


class CaseNote(SQLModel, table=True):
    """What somebody wrote on a case, or whom they chased; rows stay. `seq` is its event.

    `kind`: note, chase_client or chase_reviewer. `written_by` is the account's id.
    """

    __tablename__ = "case_notes"
    __table_args__ = (sa.UniqueConstraint("case_id", "seq"), STRICT)
    id: int | None = Field(default=None, primary_key=True, sa_type=BigInt)
    company_id: int = Field(foreign_key="companies.id", index=True)
    case_id: int = Field(foreign_key="cases.id")
    seq: int
    kind: str = Field(sa_type=Text)
    text: str = Field(sa_type=Text)
    written_by: str = Field(sa_type=Text)
    at: str = Field(sa_type=Text)


class Absence(SQLModel, table=True):
    """Somebody is away from the first to the last day, and who stands in. It ends by itself.

    `ended_on` is the day it was ended early; that day no longer counts.
    """

    __tablename__ = "absences"
    __table_args__ = (
        sa.Index("absences_away", "account_id", "last_day"),
        sa.Index("absences_stand_in", "stand_in_id", "last_day"),
        STRICT,
    )
    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="accounts.id")
    stand_in_id: int = Field(foreign_key="accounts.id")
    first_day: date = Field(sa_type=Day)
    last_day: date = Field(sa_type=Day)
    entered_by: str = Field(sa_type=Text)
    entered_at: str = Field(sa_type=Text)
    ended_on: date | None = Field(default=None, sa_type=Day)
