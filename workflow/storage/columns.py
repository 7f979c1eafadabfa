"""Column types that mean the same on SQLite (STRICT) and PostgreSQL."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

STRICT = {"sqlite_strict": True}
BigInt = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Plain = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
"""Text in the order of its code points on both databases, so that a prefix is a range."""
Flag = sa.Boolean().with_variant(sa.Integer(), "sqlite")


class Day(TypeDecorator[Any]):
    """A calendar day: DATE on PostgreSQL, ISO text on SQLite (which has no dates)."""

    impl = sa.Date
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Text where the database has no date type."""
        native: TypeEngine[Any] = sa.Text() if dialect.name == "sqlite" else sa.Date()
        return dialect.type_descriptor(native)

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:  # noqa: ANN401
        """Dates go in as ISO text on SQLite."""
        return value.isoformat() if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:  # noqa: ANN401, ARG002
        """Dates always come out as `date`."""
        return as_day(value)


def as_day(value: Any) -> Any:  # noqa: ANN401 - drivers answer text or date
    """A date from what either driver returns; None stays None."""
    from datetime import date  # noqa: PLC0415 - keeps the name free for columns

    return date.fromisoformat(value) if isinstance(value, str) else value
