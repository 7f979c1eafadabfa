"""Practice figures of bureaus, as loaded by people."""

from __future__ import annotations

from sqlmodel import Session

from workflow.storage.statements import run


def set_parameter(
    session: Session, *, province: str, kind: str, name: str, value: str, source: str
) -> None:
    """Set one figure; `value` is JSON, an empty `kind` means all kinds."""
    run(
        session,
        "INSERT INTO bureau_parameters (province, kind, name, value, source) VALUES (:p, :k, :n,"
        " :v, :s) ON CONFLICT (province, kind, name) DO UPDATE SET value = :v, source = :s",
        p=province,
        k=kind,
        n=name,
        v=value,
        s=source,
    )
