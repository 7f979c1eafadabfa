"""A case moves only where its trail says so: no state, version or head without its event."""

from __future__ import annotations

from alembic import op

revision = "0017"
down_revision = "0015"
branch_labels = None
depends_on = None

#: Nothing but the next event may move a case; what the worklist reads is free.
_SAME = "(NEW.state, NEW.version, NEW.head) {is_same} (OLD.state, OLD.version, OLD.head)"
_TOLD = (
    "NEW.version = OLD.version + 1 AND EXISTS (SELECT 1 FROM {events} WHERE chain = 'case'"
    " AND subject_id = NEW.id AND seq = NEW.version AND hash = NEW.head AND target = NEW.state)"
)
SQLITE = {
    "cases_told": (
        "CREATE TRIGGER cases_told BEFORE UPDATE ON cases WHEN"
        f" NOT ({_SAME.format(is_same='IS')} OR {_TOLD.format(events='events')})"
        " BEGIN SELECT RAISE(ABORT, 'no event tells of this change of the case'); END"
    ),
}
"""Trigger name -> its whole text. SQLite looks before the change: the event is written first."""
FUNCTIONS = {
    "require_told_case": (
        f" BEGIN IF {_SAME.format(is_same='IS NOT DISTINCT FROM')}"
        f" OR {_TOLD.format(events='{schema}.events')} THEN RETURN NULL; END IF;"
        " RAISE EXCEPTION 'no event tells of this change of the case'; END "
    ),
}
POSTGRESQL = {"cases_told": ("cases", "AFTER UPDATE", "ROW", "require_told_case")}
"""PostgreSQL looks after the statement, which may move the case and write its event at once."""


def upgrade() -> None:
    """Bring the schema forward."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(SQLITE["cases_told"])
        return
    schema = op.get_bind().exec_driver_sql("SELECT quote_ident(current_schema())").scalar()
    for name, body in FUNCTIONS.items():
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS"
            f" $${body.format(schema=schema)}$$"
        )
    for name, (table, moment, level, function) in POSTGRESQL.items():
        op.execute(
            f"CREATE TRIGGER {name} {moment} ON {table}"
            f" FOR EACH {level} EXECUTE FUNCTION {function}()"
        )


def downgrade() -> None:
    """Going back would lose records; restore a backup instead."""
    message = "downgrades are refused; restore a backup"
    raise NotImplementedError(message)
