"""Chains of accounts and of the office, the tree over all events, its checkpoints, retention."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workflow.storage.columns import BigInt, Day

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_REFUSE = "RAISE(ABORT, 'the trail is append-only')"
_EVENT = (
    "id, chain, subject_id, seq, company_id, case_id, at, actor, role, action, source, target,"
    " prev, hash, body"
)
#: What an INSERT of each table must be, beside new: the next link, leaf, checkpoint; SQLite.
_NEXT = {
    "events": (
        "EXISTS (SELECT 1 FROM events WHERE id = NEW.id)",
        (
            "NEW.seq <> 1 + COALESCE((SELECT MAX(seq) FROM events"
            " WHERE chain = NEW.chain AND subject_id = NEW.subject_id), 0)"
        ),
        (
            "NEW.seq > 1 AND NEW.prev <> (SELECT hash FROM events"
            " WHERE chain = NEW.chain AND subject_id = NEW.subject_id AND seq = NEW.seq - 1)"
        ),
    ),
    "leaves": (
        "NEW.idx <> 1 + COALESCE((SELECT MAX(idx) FROM leaves), -1)",
        "EXISTS (SELECT 1 FROM leaves WHERE event_id = NEW.event_id)",
    ),
    "tree_nodes": ("EXISTS (SELECT 1 FROM tree_nodes WHERE level = NEW.level AND idx = NEW.idx)",),
    "checkpoints": (
        "NEW.id <> 1 + COALESCE((SELECT MAX(id) FROM checkpoints), 0)",
        (
            "EXISTS (SELECT 1 FROM checkpoints WHERE id = NEW.id - 1"
            " AND (size > NEW.size OR hash <> NEW.previous))"
        ),
    ),
    "removals": ("EXISTS (SELECT 1 FROM removals WHERE kind = NEW.kind AND what = NEW.what)",),
}
SQLITE = {
    **{
        f"{table}_no_{act.lower()}": (
            f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table}"
            f" BEGIN SELECT {_REFUSE}; END"
        )
        for table in _NEXT
        for act in ("UPDATE", "DELETE")
    },
    **{
        f"{table}_next_link": (
            f"CREATE TRIGGER {table}_next_link BEFORE INSERT ON {table} BEGIN"
            + "".join(f" SELECT {_REFUSE} WHERE {wrong};" for wrong in conditions)
            + " END"
        )
        for table, conditions in _NEXT.items()
    },
}
"""Trigger name -> its whole text, as SQLite keeps it; a verifier compares with what it finds."""

_WRONG = "RAISE EXCEPTION 'the trail is append-only: not the next link'"
FUNCTIONS = {
    "refuse_trail_change": " BEGIN RAISE EXCEPTION 'the trail is append-only'; END ",
    "require_next_link": (
        " DECLARE last record; BEGIN"
        " SELECT seq, hash INTO last FROM {schema}.events WHERE chain = NEW.chain"
        " AND subject_id = NEW.subject_id ORDER BY seq DESC LIMIT 1;"
        " IF NEW.seq <> 1 + COALESCE(last.seq, 0) OR last.seq IS NOT NULL"
        f" AND NEW.prev <> last.hash THEN {_WRONG}; END IF; RETURN NEW; END "
    ),
    "require_next_leaf": (
        " BEGIN IF NEW.idx <> 1 + COALESCE((SELECT MAX(idx) FROM {schema}.leaves), -1)"
        f" THEN {_WRONG}; END IF; RETURN NEW; END "
    ),
    "require_next_checkpoint": (
        " DECLARE last record; BEGIN"
        " SELECT id, size, hash INTO last FROM {schema}.checkpoints ORDER BY id DESC LIMIT 1;"
        " IF NEW.id <> 1 + COALESCE(last.id, 0) OR last.id IS NOT NULL"
        f" AND (NEW.size < last.size OR NEW.previous <> last.hash) THEN {_WRONG}; END IF;"
        " RETURN NEW; END "
    ),
}
"""Function name -> its body on PostgreSQL. Tables are named with their schema: a temporary table
of the same name would otherwise be asked instead."""
_NEXT_FUNCTIONS = {
    "events": "require_next_link",
    "leaves": "require_next_leaf",
    "checkpoints": "require_next_checkpoint",
}
POSTGRESQL = {
    **{
        f"{table}_next_link": (table, "BEFORE INSERT", "ROW", function)
        for table, function in _NEXT_FUNCTIONS.items()
    },
    **{
        f"{table}_append_only": (table, "BEFORE UPDATE OR DELETE", "ROW", "refuse_trail_change")
        for table in _NEXT
    },
    **{
        f"{table}_no_truncate": (table, "BEFORE TRUNCATE", "STATEMENT", "refuse_trail_change")
        for table in _NEXT
    },
}
"""Trigger name -> table, moment, level and function."""


def upgrade() -> None:
    """Bring the schema forward."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    if sqlite:
        _rebuild_events()
    else:
        op.alter_column("events", "company_id", nullable=True)
    _make_heads()
    _make_tree()
    _make_retention()
    for name in ("sealed", "unsealed"):
        op.add_column(
            "trail_checks", sa.Column(name, sa.Integer(), nullable=False, server_default="0")
        )
    for statement in SQLITE.values() if sqlite else _postgres_statements():
        op.execute(statement)


def _rebuild_events() -> None:
    """SQLite cannot drop NOT NULL: copy aside, make anew, copy back; its triggers go with it."""
    op.execute("CREATE TABLE old_events AS SELECT * FROM events")
    op.drop_table("events")
    op.create_table(
        "events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chain", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), sa.ForeignKey("companies.id"), nullable=True),
        sa.Column("case_id", sa.Integer(), sa.ForeignKey("cases.id"), nullable=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("at", "actor", "role", "action")),
        *(sa.Column(name, sa.Text(), nullable=True) for name in ("source", "target")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("prev", "hash", "body")),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("chain", "subject_id", "seq"),
        sqlite_strict=True,
    )
    op.execute(f"INSERT INTO events ({_EVENT}) SELECT {_EVENT} FROM old_events ORDER BY id")
    op.drop_table("old_events")
    op.create_index("events_case", "events", ["case_id", "seq"])
    op.create_index("ix_events_company_id", "events", ["company_id"])


def _make_heads() -> None:
    """The head of a chain whose subject may go: an account, and the office."""
    op.create_table(
        "heads",
        sa.Column("chain", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("head", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("chain", "subject_id"),
        sqlite_strict=True,
    )


def _make_tree() -> None:
    """No foreign key to events: a leaf outlives its event and so proves that there was one."""
    op.create_table(
        "leaves",
        sa.Column("idx", BigInt, nullable=False, autoincrement=False),
        sa.Column("event_id", BigInt, nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("idx"),
        sa.UniqueConstraint("event_id"),
        sqlite_strict=True,
    )
    op.create_table(
        "tree_nodes",
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("idx", BigInt, nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("level", "idx"),
        sqlite_strict=True,
    )
    op.create_table(
        "checkpoints",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("size", BigInt, nullable=False),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("root", "at", "previous", "hash", "key", "note")
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )


def _make_retention() -> None:
    op.create_table(
        "holds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), sa.ForeignKey("companies.id"), nullable=False),
        sa.Column("case_id", sa.Integer(), sa.ForeignKey("cases.id"), nullable=True),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("reason", "set_by", "set_at", "released_by", "released_at")
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index("ix_holds_company_id", "holds", ["company_id"])
    op.create_table(
        "erasures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), sa.ForeignKey("companies.id"), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("field", "ground", "requested_by", "requested_at", "state")
        ),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index("ix_erasures_company_id", "erasures", ["company_id"])
    op.create_table(
        "removals",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("company_id", sa.Integer(), sa.ForeignKey("companies.id"), nullable=True),
        sa.Column("day", Day(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "what"),
        sqlite_strict=True,
    )
    op.create_index("ix_removals_company_id", "removals", ["company_id"])


def _postgres_statements() -> list[str]:
    schema = op.get_bind().exec_driver_sql("SELECT quote_ident(current_schema())").scalar()
    made = [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS"
        f" $${body.format(schema=schema)}$$"
        for name, body in FUNCTIONS.items()
    ]
    return made + [
        f"CREATE OR REPLACE TRIGGER {name} {moment} ON {table}"
        f" FOR EACH {level} EXECUTE FUNCTION {function}()"
        for name, (table, moment, level, function) in POSTGRESQL.items()
    ]


def downgrade() -> None:
    """Going back would lose records; restore a backup instead."""
    message = "downgrades are refused; restore a backup"
    raise NotImplementedError(message)
