"""License numbers are compared however they were typed; those that are there become comparable."""

from __future__ import annotations

import re
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0008b"
branch_labels = None
depends_on = None

_PLAIN = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_SITE = re.compile(r"(?<=\d{8})(\d?)-\d{1,3}$")
_SIGNS = str.maketrans(
    dict.fromkeys("\u2043\u2212\u30fc", "-") | dict.fromkeys("\u00b7\u2022\u30fb\u3002", ".")
)


def upgrade() -> None:
    """Bring the schema forward. A number that is there twice stays so, the second under its id."""
    op.add_column("licenses", sa.Column("number_key", _PLAIN, nullable=True))
    bind = op.get_bind()
    held = (
        "SELECT id, number FROM licenses ORDER BY CASE WHEN status = 'void' THEN 1 ELSE 0 END, id"
    )
    put, taken = sa.text("UPDATE licenses SET number_key = :key WHERE id = :id"), set()
    keyed = []
    for ident, number in bind.execute(sa.text(held)).all():
        key = _key(number)
        keyed.append({"id": ident, "key": f"{key}#{ident}" if key in taken else key})
        taken.add(key)
    if keyed:
        bind.execute(put, keyed)
    op.create_index("licenses_compared", "licenses", ["number_key"], unique=True)


def _key(number: str) -> str:
    signs = (
        "-" if unicodedata.category(sign) == "Pd" else sign
        for sign in unicodedata.normalize("NFKC", number).translate(_SIGNS)
        if unicodedata.category(sign) != "Cf" and not sign.isspace()
    )
    return _SITE.sub(r"\1", re.sub("-+", "-", "".join(signs)).upper())


def downgrade() -> None:
    """Going back would lose records; restore a backup instead."""
    message = "downgrades are refused; restore a backup"
    raise NotImplementedError(message)
