"""An index by which the last checkpoint of a day is found."""

from __future__ import annotations

from alembic import op

revision = "0008b"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_index("checkpoints_at", "checkpoints", ["at", "size"])


def downgrade() -> None:
    """Going back would lose records; restore a backup instead."""
    message = "downgrades are refused; restore a backup"
    raise NotImplementedError(message)
