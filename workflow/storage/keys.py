"""Idempotency keys: a request that was answered keeps its answer."""

from __future__ import annotations

from sqlmodel import Session

from workflow.storage.statements import row, run


def claim(session: Session, *, key: str, principal: str, request_hash: str, at: str) -> bool:
    """Take the key for this request; False when somebody holds it already (read its answer)."""
    cursor = run(
        session,
        "INSERT INTO idempotency_keys (key, principal, request_hash, answer, created_at)"
        " VALUES (:k, :p, :h, '', :at) ON CONFLICT DO NOTHING",
        k=key,
        p=principal,
        h=request_hash,
        at=at,
    )
    return bool(cursor.rowcount == 1)


def answer_of(session: Session, key: str, principal: str) -> tuple[str, str] | None:
    """Request hash and stored answer of a key, or None."""
    found = row(
        session,
        "SELECT request_hash, answer FROM idempotency_keys WHERE key = :k AND principal = :p",
        k=key,
        p=principal,
    )
    return (found[0], found[1]) if found else None


def keep_answer(session: Session, *, key: str, principal: str, answer: str) -> None:
    """Store the answer beside its key, in the transaction of the act itself."""
    run(
        session,
        "UPDATE idempotency_keys SET answer = :a WHERE key = :k AND principal = :p",
        a=answer,
        k=key,
        p=principal,
    )
