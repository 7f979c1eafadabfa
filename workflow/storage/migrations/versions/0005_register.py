"""Indexes of the register: by client, by open change, filed cases of a procedure, open tasks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0003"
branch_labels = None
depends_on = None

_UNREPORTED = sa.text("""status = 'valid' AND facts LIKE '%"unreported_changes":[{%'""")


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_index("licenses_client", "licenses", ["company_id", "valid_to", "id"])
    op.create_index(
        "licenses_unreported",
        "licenses",
        ["company_id"],
        sqlite_where=_UNREPORTED,
        postgresql_where=_UNREPORTED,
    )
    op.create_index("cases_filed", "cases", ["procedure", "filed_on", "id"])
    op.create_index("companies_charge", "companies", ["handler_id", "id"])
    op.create_index("follow_ups_license", "follow_ups", ["license_id"])


def downgrade() -> None:
    """Going back would lose records; restore a backup instead."""
    message = "downgrades are refused; restore a backup"
    raise NotImplementedError(message)
