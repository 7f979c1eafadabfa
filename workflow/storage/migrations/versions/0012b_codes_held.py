"""Code numbers that were given before become findable."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0012b"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward."""
    bind = op.get_bind()
    put = sa.text(
        "INSERT INTO company_words (word, company_id) VALUES (:word, :company)"
        " ON CONFLICT DO NOTHING"
    )
    held = sa.text("""SELECT company_id, facts FROM licenses WHERE facts LIKE '%"codes":%'""")
    for company, facts in bind.execute(held).all():
        for code in json.loads(facts).get("codes") or ():
            bind.execute(put, {"word": f"#{code}", "company": company})


def downgrade() -> None:
    """Going back would lose records; restore a backup instead."""
    message = "downgrades are refused; restore a backup"
    raise NotImplementedError(message)
