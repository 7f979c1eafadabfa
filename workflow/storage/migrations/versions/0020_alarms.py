"""Alarms of a broken trail; a message may be about no client."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workflow.storage.columns import BigInt

revision = "0020"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward."""
    if op.get_bind().dialect.name == "sqlite":
        _rebuild()
    else:
        op.alter_column("messages", "company_id", nullable=True)
    op.create_table(
        "trail_alarms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("broken", sa.Text(), nullable=False),
        sa.Column("good_at", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("outbox_id", BigInt, sa.ForeignKey("outbox.id"), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("broken", "good_at"),
        sa.UniqueConstraint("outbox_id"),
        sqlite_strict=True,
    )


def _rebuild() -> None:
    """SQLite cannot drop NOT NULL: copy aside, make anew, copy back."""
    op.execute("CREATE TABLE old_messages AS SELECT * FROM messages")
    op.drop_table("messages")
    op.create_table(
        "messages",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("company_id", sa.Integer(), sa.ForeignKey("companies.id"), nullable=True),
        sa.Column("outbox_id", BigInt, sa.ForeignKey("outbox.id"), nullable=True),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("case_id", sa.Integer(), sa.ForeignKey("cases.id"), nullable=True),
        sa.Column("seq", sa.Integer(), nullable=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("action", "at")),
        sa.Column("read_at", sa.Text(), nullable=True),
        sa.Column("reminder_id", BigInt, sa.ForeignKey("reminders.id"), nullable=True),
        sa.Column("license_id", sa.Integer(), sa.ForeignKey("licenses.id"), nullable=True),
        sa.Column("digest_id", BigInt, sa.ForeignKey("outbox.id"), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("outbox_id", "account_id"),
        sa.UniqueConstraint("reminder_id", "account_id"),
        sqlite_strict=True,
    )
    op.create_index("messages_inbox", "messages", ["account_id", "id"])
    op.create_index("messages_undigested", "messages", ["digest_id", "account_id"])
    op.execute("INSERT INTO messages SELECT * FROM old_messages")
    op.drop_table("old_messages")


def downgrade() -> None:
    """Going back would lose records; restore a backup instead."""
    message = "downgrades are refused; restore a backup"
    raise NotImplementedError(message)
