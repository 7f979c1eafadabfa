"""Time as an actor: the reminder ledger, notices by version, feeds, persons in charge, digests."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workflow.storage.columns import BigInt, Day, Flag

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward."""
    _new_tables()
    for table, column in (
        ("companies", sa.Column("handler_id", sa.Text(), nullable=False, server_default="")),
        ("accounts", sa.Column("email", sa.Text(), nullable=False, server_default="")),
        ("licenses", sa.Column("next_look", Day(), nullable=True)),
        ("cases", sa.Column("next_look", Day(), nullable=True)),
        ("calendar_years", sa.Column("version", sa.Integer(), nullable=False, server_default="1")),
    ):
        op.add_column(table, column)
    op.create_index("licenses_life", "licenses", ["status", "valid_to", "id"])
    op.create_index("licenses_look", "licenses", ["next_look", "id"])
    op.create_index("cases_look", "cases", ["next_look", "id"])
    _open_outbox()
    # Everything is looked at once; what has nothing to remind of is put to rest.
    op.execute(sa.text("UPDATE licenses SET next_look = valid_from WHERE status = 'valid'"))
    op.execute(
        sa.text(
            "UPDATE cases SET next_look = opened_on"
            " WHERE state NOT IN ('approved', 'rejected', 'withdrawn')"
        )
    )


def _new_tables() -> None:
    op.create_table(
        "reminders",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("deadline", sa.Text(), nullable=False),
        sa.Column("cycle", sa.Text(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("due_on", Day(), nullable=False),
        sa.Column("planned_on", Day(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["company_id"], ["companies.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("subject", "subject_id", "deadline", "cycle", "step"),
        sqlite_strict=True,
    )
    op.create_index("ix_reminders_company_id", "reminders", ["company_id"])
    op.create_table(
        "calendar_versions",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("off", sa.Text(), nullable=False),
        sa.Column("workdays", sa.Text(), nullable=False),
        sa.Column("notice", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("provisional", Flag, nullable=False),
        sa.Column("valid_through", Day(), nullable=False),
        sa.Column("loaded_by", sa.Text(), nullable=False),
        sa.Column("loaded_at", sa.Text(), nullable=False),
        sa.Column("recomputed_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("year", "version"),
        sqlite_strict=True,
    )
    op.create_table(
        "calendar_feeds",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("read_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"]),
        sa.PrimaryKeyConstraint("account_id"),
        sa.UniqueConstraint("token_hash"),
        sqlite_strict=True,
    )


def _open_outbox() -> None:
    """Outbox and inbox may tell of a person's digest and of a reminder, not of a case alone."""
    if op.get_bind().dialect.name == "sqlite":
        _rebuild()
        return
    for table, names in (
        ("outbox", ("company_id", "case_id", "seq")),
        ("messages", ("outbox_id", "case_id", "seq")),
    ):
        for name in names:
            op.alter_column(table, name, nullable=True)
    for table, columns in _ADDED.items():
        for name, type_, target in columns:
            key = [sa.ForeignKey(target)] if target else []
            op.add_column(table, sa.Column(name, type_, *key, nullable=True))
    op.create_unique_constraint(None, "outbox", ["account_id", "day"])
    op.create_unique_constraint(None, "messages", ["reminder_id", "account_id"])
    op.create_index("messages_undigested", "messages", ["digest_id", "account_id"])


_ADDED = {
    "outbox": (("account_id", sa.Integer(), "accounts.id"), ("day", Day(), None)),
    "messages": (
        ("reminder_id", BigInt, "reminders.id"),
        ("license_id", sa.Integer(), "licenses.id"),
        ("digest_id", BigInt, "outbox.id"),
    ),
}

_OUTBOX = (
    "id, company_id, case_id, seq, kind, recipients, not_before, state, attempt, fence,"
    " lease_until, error, settled_at"
)
_MESSAGES = "id, company_id, outbox_id, account_id, case_id, seq, action, at, read_at"


def _rebuild() -> None:
    """SQLite cannot drop NOT NULL: copy aside, make anew, copy back, children dropped first."""
    op.execute("CREATE TABLE old_messages AS SELECT * FROM messages")
    op.execute("CREATE TABLE old_outbox AS SELECT * FROM outbox")
    op.drop_table("messages")
    op.drop_table("outbox")
    _make_outbox()
    _make_messages()
    for table, names in (("outbox", _OUTBOX), ("messages", _MESSAGES)):
        op.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM old_{table}")
        op.drop_table(f"old_{table}")


def _make_outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("company_id", sa.Integer(), sa.ForeignKey("companies.id"), nullable=True),
        sa.Column("case_id", sa.Integer(), sa.ForeignKey("cases.id"), nullable=True),
        sa.Column("seq", sa.Integer(), nullable=True),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("kind", "recipients", "not_before", "state")
        ),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("attempt", "fence")),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("lease_until", "error", "settled_at")
        ),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("accounts.id"), nullable=True),
        sa.Column("day", Day(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("case_id", "seq", "kind"),
        sa.UniqueConstraint("account_id", "day"),
        sqlite_strict=True,
    )
    op.create_index(
        "outbox_due", "outbox", ["not_before"], sqlite_where=sa.text("state = 'pending'")
    )


def _make_messages() -> None:
    op.create_table(
        "messages",
        sa.Column("id", BigInt, nullable=False),
        sa.Column("company_id", sa.Integer(), sa.ForeignKey("companies.id"), nullable=False),
        sa.Column("outbox_id", BigInt, sa.ForeignKey("outbox.id"), nullable=True),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("case_id", sa.Integer(), sa.ForeignKey("cases.id"), nullable=True),
        sa.Column("seq", sa.Integer(), nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
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


def downgrade() -> None:
    """Going back would lose records; restore a backup instead."""
    message = "downgrades are refused; restore a backup"
    raise NotImplementedError(message)
