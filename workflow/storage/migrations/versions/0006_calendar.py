"""Which holiday notices a case's dates were last told by, so that a new one reaches every case."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward; a notice loaded before becomes the version it is counted as."""
    op.add_column(
        "cases", sa.Column("calendar", sa.Text(), nullable=False, server_default="shipped")
    )
    text = "text" if op.get_bind().dialect.name == "sqlite" else "date"
    op.execute(
        "INSERT INTO calendar_versions (year, version, off, workdays, notice, source, provisional,"
        " valid_through, loaded_by, loaded_at, recomputed_at) SELECT year, version, off, workdays,"
        f" notice, '', provisional, CAST(CAST(year AS text) || '-12-31' AS {text}), 'system', '',"
        " '1970-01-01T00:00:00.000000Z' FROM calendar_years"
    )
    years = op.get_bind().execute(sa.text("SELECT year, version FROM calendar_years ORDER BY year"))
    stamp = "shipped" + "".join(f"+{year}v{version}" for year, version in years)
    op.execute(sa.text("UPDATE cases SET calendar = :stamp").bindparams(stamp=stamp))


def downgrade() -> None:
    """Going back would lose records; restore a backup instead."""
    message = "downgrades are refused; restore a backup"
    raise NotImplementedError(message)
