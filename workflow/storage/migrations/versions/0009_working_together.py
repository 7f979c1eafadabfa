"""Working together: saved views, visits, watched cases, notes, absences."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workflow.storage.columns import BigInt, Day, Flag

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _whole(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def upgrade() -> None:
    """Bring the schema forward."""
    _of_a_person()
    _of_a_case()


def _of_a_person() -> None:
    op.create_table(
        "saved_views",
        _whole("id"),
        _whole("account_id"),
        _text("name"),
        _text("query"),
        sa.Column("shared", Flag, nullable=False),
        _text("saved_at"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("account_id", "name"),
        sqlite_strict=True,
    )
    op.create_table(
        "desk_visits",
        _whole("account_id"),
        _text("seen_at"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"]),
        sa.PrimaryKeyConstraint("account_id"),
        sqlite_strict=True,
    )
    op.create_table(
        "absences",
        _whole("id"),
        _whole("account_id"),
        _whole("stand_in_id"),
        sa.Column("first_day", Day(), nullable=False),
        sa.Column("last_day", Day(), nullable=False),
        _text("entered_by"),
        _text("entered_at"),
        sa.Column("ended_on", Day(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"]),
        sa.ForeignKeyConstraint(["stand_in_id"], ["accounts.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index("absences_away", "absences", ["account_id", "last_day"])
    op.create_index("absences_stand_in", "absences", ["stand_in_id", "last_day"])


def _of_a_case() -> None:
    for table, stamp in (("case_visits", "at"), ("watches", "since")):
        op.create_table(
            table,
            _whole("account_id"),
            _whole("case_id"),
            _text(stamp),
            sa.ForeignKeyConstraint(["account_id"], ["accounts.id"]),
            sa.ForeignKeyConstraint(["case_id"], ["cases.id"]),
            sa.PrimaryKeyConstraint("account_id", "case_id"),
            sqlite_strict=True,
        )
    op.create_index("case_visits_recent", "case_visits", ["account_id", "at"])
    op.create_index("watches_case", "watches", ["case_id"])
    op.create_table(
        "case_notes",
        sa.Column("id", BigInt, nullable=False),
        _whole("company_id"),
        _whole("case_id"),
        _whole("seq"),
        _text("kind"),
        _text("text"),
        _text("written_by"),
        _text("at"),
        sa.ForeignKeyConstraint(["company_id"], ["companies.id"]),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("case_id", "seq"),
        sqlite_strict=True,
    )
    op.create_index("ix_case_notes_company_id", "case_notes", ["company_id"])


def downgrade() -> None:
    """Going back would lose records; restore a backup instead."""
    message = "downgrades are refused; restore a backup"
    raise NotImplementedError(message)
