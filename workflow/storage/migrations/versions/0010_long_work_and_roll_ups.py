"""Long work with its results in parts, the course of every case, figures counted beforehand."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workflow.storage.columns import BigInt, Day

revision = "0010"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward; a calendar still to be followed is followed by the next tick."""
    _long_work()
    _roll_ups()
    op.execute("UPDATE outbox SET state = 'done' WHERE kind = 'calendar' AND state = 'pending'")


def _text(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _long_work() -> None:
    op.create_table(
        "long_work",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("outbox_id", BigInt, sa.ForeignKey("outbox.id"), nullable=False),
        *_text("kind"),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("accounts.id"), nullable=True),
        *_text("grounds", "given", "state"),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("done", BigInt, nullable=False),
        sa.Column("total", BigInt, nullable=True),
        *_text("cursor", "figures"),
        sa.Column("parts", sa.Integer(), nullable=False),
        sa.Column("size", BigInt, nullable=False),
        *_text("file_name", "file_type", "asked_at", "started_at", "beat_at", "ended_at"),
        *_text("expires_at"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("outbox_id"),
        sqlite_strict=True,
    )
    op.create_index("long_work_of", "long_work", ["account_id", "id"])
    op.create_table(
        "long_work_parts",
        sa.Column("work_id", BigInt, sa.ForeignKey("long_work.id"), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("work_id", "no"),
        sqlite_strict=True,
    )


def _roll_ups() -> None:
    op.create_table(
        "case_courses",
        sa.Column("case_id", sa.Integer(), sa.ForeignKey("cases.id"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state_since", Day(), nullable=False),
        sa.Column("told_on", Day(), nullable=False),
        sa.Column("closed_on", Day(), nullable=True),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("ours", "client", "authority", "rounds")
        ),
        *_text("late"),
        sa.PrimaryKeyConstraint("case_id"),
        sqlite_strict=True,
    )
    op.create_index("case_courses_closed", "case_courses", ["closed_on"])
    op.create_table(
        "roll_ups",
        *_text("view", "content", "computed_at", "looked_at"),
        sa.PrimaryKeyConstraint("view"),
        sqlite_strict=True,
    )


def downgrade() -> None:
    """Going back would lose records; restore a backup instead."""
    message = "downgrades are refused; restore a backup"
    raise NotImplementedError(message)
