"""The trail refuses UPDATE, DELETE and REPLACE, and an INSERT that is not the next link."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_REFUSE = "RAISE(ABORT, 'the trail is append-only')"
SQLITE = (
    f"CREATE TRIGGER events_no_update BEFORE UPDATE ON events BEGIN SELECT {_REFUSE}; END",
    f"CREATE TRIGGER events_no_delete BEFORE DELETE ON events BEGIN SELECT {_REFUSE}; END",
    (
        "CREATE TRIGGER events_next_link BEFORE INSERT ON events BEGIN"
        f" SELECT {_REFUSE} WHERE EXISTS (SELECT 1 FROM events WHERE id = NEW.id);"
        f" SELECT {_REFUSE} WHERE NEW.seq <> 1 + COALESCE((SELECT MAX(seq) FROM events"
        " WHERE chain = NEW.chain AND subject_id = NEW.subject_id), 0);"
        f" SELECT {_REFUSE} WHERE NEW.seq > 1 AND NEW.prev <> (SELECT hash FROM events"
        " WHERE chain = NEW.chain AND subject_id = NEW.subject_id AND seq = NEW.seq - 1); END"
    ),
)
POSTGRESQL = (
    (
        "CREATE FUNCTION refuse_trail_change() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'the trail is append-only'; END $$"
    ),
    (
        "CREATE FUNCTION require_next_link() RETURNS trigger LANGUAGE plpgsql AS $$"
        " DECLARE last record; BEGIN"
        " SELECT seq, hash INTO last FROM events WHERE chain = NEW.chain"
        " AND subject_id = NEW.subject_id ORDER BY seq DESC LIMIT 1;"
        " IF NEW.seq <> 1 + COALESCE(last.seq, 0) OR last.seq IS NOT NULL"
        " AND NEW.prev <> last.hash THEN"
        " RAISE EXCEPTION 'the trail is append-only: not the next link'; END IF;"
        " RETURN NEW; END $$"
    ),
    (
        "CREATE TRIGGER events_next_link BEFORE INSERT ON events"
        " FOR EACH ROW EXECUTE FUNCTION require_next_link()"
    ),
    (
        "CREATE TRIGGER events_append_only BEFORE UPDATE OR DELETE ON events"
        " FOR EACH ROW EXECUTE FUNCTION refuse_trail_change()"
    ),
    (
        "CREATE TRIGGER events_no_truncate BEFORE TRUNCATE ON events"
        " FOR EACH STATEMENT EXECUTE FUNCTION refuse_trail_change()"
    ),
)


def upgrade() -> None:
    """Add the triggers of this database."""
    name = op.get_bind().dialect.name
    for statement in SQLITE if name == "sqlite" else POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    """Going back would lose records; restore a backup instead."""
    message = "downgrades are refused; restore a backup"
    raise NotImplementedError(message)
