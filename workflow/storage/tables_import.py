"""Tables of imports: a file as it was read and checked, and what became of each of its rows."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from workflow.storage.columns import STRICT, Flag

Text = sa.Text


class Import(SQLModel, table=True):
    """One file of licenses that somebody read in. Lists are JSON.

    `state`: draft (checked, nothing written), running, done, undoing, undone. `columns` names what
    each column of the file holds, empty for none; `checked` is what the check found.
    """

    __tablename__ = "imports"
    __table_args__ = (sa.Index("imports_account", "account_id", "id"), STRICT)
    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="accounts.id")
    file_name: str = Field(sa_type=Text)
    state: str = Field(default="draft", sa_type=Text)
    head: str = Field(sa_type=Text)
    lines: str = Field(sa_type=Text)
    columns: str = Field(sa_type=Text)
    checked: str = Field(default="{}", sa_type=Text)
    made_at: str = Field(sa_type=Text)
    confirmed_at: str = Field(default="", sa_type=Text)
    undone_at: str = Field(default="", sa_type=Text)


class ImportEntry(SQLModel, table=True):
    """What became of one row: entered, refused, undone, or kept because it changed since.

    `version` is that of the license right after its entry; undoing touches no later one.
    """

    __tablename__ = "import_entries"
    __table_args__ = STRICT
    import_id: int = Field(primary_key=True, foreign_key="imports.id")
    no: int = Field(primary_key=True)
    outcome: str = Field(sa_type=Text)
    company_id: int | None = Field(default=None, foreign_key="companies.id")
    license_id: int | None = Field(default=None, foreign_key="licenses.id")
    version: int = 0
    new_company: bool = Field(default=False, sa_type=Flag)
    says: str = Field(default="{}", sa_type=Text)
