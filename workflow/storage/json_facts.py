"""Conditions on the JSON of a row, one for each database."""

from __future__ import annotations

from typing import Literal

from sqlmodel import Session


def lists(
    session: Session,
    column: str,
    path: tuple[str, ...],
    name: str,
    kind: Literal["integer", "text"] = "integer",
) -> str:
    """True when the list at `path` holds the parameter `:name`, a number or a text."""
    if session.info["sql"] == "sqlite":
        return f"EXISTS (SELECT 1 FROM json_each({column}, '{_path(path)}') WHERE value = :{name})"
    place = ",".join(path)
    return (
        f"COALESCE(({column}::jsonb #> '{{{place}}}') @> to_jsonb(CAST(:{name} AS {kind})), FALSE)"
    )


def knows(session: Session, column: str, name: str) -> str:
    """True when the JSON has a value under `name` that is not null."""
    if session.info["sql"] == "sqlite":
        return f"json_extract({column}, '{_path((name,))}') IS NOT NULL"
    return f"({column}::jsonb ->> '{name}') IS NOT NULL"


def number(session: Session, column: str, name: str) -> str:
    """The whole number under `name`."""
    if session.info["sql"] == "sqlite":
        return f"json_extract({column}, '{_path((name,))}')"
    return f"CAST({column}::jsonb ->> '{name}' AS integer)"


def _path(parts: tuple[str, ...]) -> str:
    return "$" + "".join(f'."{part}"' for part in parts)
