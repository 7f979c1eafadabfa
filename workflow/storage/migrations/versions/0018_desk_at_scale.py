"""Indexes of what the desk looks at all day, however many cases have ended."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0016"
branch_labels = None
depends_on = None

_AWAITED = sa.text(
    "(state NOT IN ('approved', 'rejected', 'withdrawn')"
    " OR (state = 'approved' AND turn = 'authority'))"
)
_IN_REVIEW = sa.text("turn = 'reviewer'")


def upgrade() -> None:
    """Bring the schema forward."""
    for name, columns, where in (
        ("cases_awaited", ["next_due", "id", "company_id"], _AWAITED),
        ("cases_in_review", ["next_due", "id"], _IN_REVIEW),
    ):
        op.create_index(name, "cases", columns, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    """Going back would lose records; restore a backup instead."""
    message = "downgrades are refused; restore a backup"
    raise NotImplementedError(message)
