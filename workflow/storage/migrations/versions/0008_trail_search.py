"""Indexes for every filter of the trail, and marks on events that deserve a second look."""

from __future__ import annotations

import json
from datetime import date, datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

from workflow.domain.office_hours import out_of_hours
from workflow.law.calendar import CALENDAR
from workflow.storage.columns import BigInt

revision = "0008"
down_revision = "0012"
branch_labels = None
depends_on = None

_ZONE = ZoneInfo("Asia/Shanghai")
_INDEXES = {
    "events_at": ["at", "id"],
    "events_actor": ["actor", "at", "id"],
    "events_action": ["action", "at", "id"],
    "events_company": ["company_id", "at", "id"],
}
_SHARE = 2_000


def upgrade() -> None:
    """Bring the schema forward; the events themselves stay as they are, triggers included."""
    op.drop_index("ix_events_company_id", "events")
    for name, columns in _INDEXES.items():
        op.create_index(name, "events", columns)
    op.create_table(
        "event_marks",
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("id", BigInt, nullable=False, autoincrement=False),
        sa.PrimaryKeyConstraint("mark", "at", "id"),
        sqlite_strict=True,
    )
    op.create_index("event_marks_event", "event_marks", ["id"])
    _mark_own_review()
    _mark_off_hours()


def _mark_own_review() -> None:
    """Who signed off or waived in a case after having prepared it, also in an earlier round."""
    op.execute(
        "INSERT INTO event_marks (mark, at, id) SELECT 'same_person', e.at, e.id FROM events e"
        " WHERE e.action IN ('sign_off', 'waive') AND e.case_id IS NOT NULL AND EXISTS (SELECT 1"
        " FROM events p WHERE p.case_id = e.case_id AND p.actor = e.actor AND p.seq < e.seq"
        " AND p.action IN ('open', 'prepare', 'provide', 'answer', 'set_facts'))"
    )


def _mark_off_hours() -> None:
    """By the shipped notices; the day is the one sealed then, the hour that of the capital."""
    connection, last = op.get_bind(), 0
    share = sa.text("SELECT id, at, actor, body FROM events WHERE id > :last ORDER BY id LIMIT :n")
    mark = sa.text("INSERT INTO event_marks (mark, at, id) VALUES ('off_hours', :at, :id)")
    while found := connection.execute(share, {"last": last, "n": _SHARE}).all():
        last = found[-1].id
        late = [{"at": e.at, "id": e.id} for e in found if e.actor.isdecimal() and _late(e)]
        if late:
            connection.execute(mark, late)


def _late(event: sa.Row[tuple[int, str, str, str]]) -> bool:
    """False for what cannot be read: to name that is the verification's business."""
    try:
        local = datetime.fromisoformat(event.at).astimezone(_ZONE)
        day = date.fromisoformat(json.loads(event.body)["today"])
    except (ValueError, KeyError, TypeError):
        return False
    return out_of_hours(CALENDAR, day, local.time())


def downgrade() -> None:
    """Going back would lose records; restore a backup instead."""
    message = "downgrades are refused; restore a backup"
    raise NotImplementedError(message)
