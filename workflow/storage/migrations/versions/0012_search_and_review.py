"""Search by parts of names, item by item reviews, drafts."""

from __future__ import annotations

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0010"
branch_labels = None
depends_on = None

_PLAIN = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_NUMBERS = (("companies", "uscc"), ("licenses", "number"), ("cases", "number"))
_LONGEST = 40


def upgrade() -> None:
    """Bring the schema forward; every client there is becomes findable by parts of its name."""
    op.create_table(
        "company_words",
        sa.Column("word", _PLAIN, primary_key=True),
        sa.Column("company_id", sa.Integer(), sa.ForeignKey("companies.id"), primary_key=True),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("company_words_company", "company_words", ["company_id"])
    op.create_table(
        "item_reviews",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("company_id", sa.Integer(), sa.ForeignKey("companies.id"), nullable=False),
        sa.Column("case_id", sa.Integer(), sa.ForeignKey("cases.id"), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column(
            "version_id", sa.Integer(), sa.ForeignKey("material_versions.id"), nullable=False
        ),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("verdict", "reason", "points", "reviewer_id", "reviewer", "at")
        ),
        sqlite_strict=True,
    )
    op.create_index("ix_item_reviews_company_id", "item_reviews", ["company_id"])
    op.create_index("item_reviews_case", "item_reviews", ["case_id", "id"])
    op.create_table(
        "drafts",
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("accounts.id"), primary_key=True),
        sa.Column("place", sa.Text(), primary_key=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.Text(), nullable=False),
        sqlite_strict=True,
    )
    if op.get_bind().dialect.name == "postgresql":
        for table, column in _NUMBERS:
            op.alter_column(table, column, type_=sa.Text(collation="C"))
    _find_clients_by_parts()


def _find_clients_by_parts() -> None:
    bind = op.get_bind()
    put = sa.text("INSERT INTO company_words (word, company_id) VALUES (:word, :company)")
    for company, name, initials in bind.execute(
        sa.text("SELECT id, name, initials FROM companies")
    ).all():
        words = [
            {"word": word, "company": company} for word in {*_endings(name), *_endings(initials)}
        ]
        if words:
            bind.execute(put, words)


def _endings(text: str) -> list[str]:
    plain = "".join(unicodedata.normalize("NFKC", text).lower().split())
    return [plain[n : n + _LONGEST] for n in range(max(1, len(plain) - 1)) if plain]


def downgrade() -> None:
    """Going back would lose records; restore a backup instead."""
    message = "downgrades are refused; restore a backup"
    raise NotImplementedError(message)
