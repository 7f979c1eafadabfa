"""What stands beside the events in a proof pack: files, personal values, the acts of the law."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from sqlmodel import Session

from workflow.law import catalogue
from workflow.storage import evidence
from workflow.storage.evidence import Extent
from workflow.storage.files import Shelf

_BLOCK = 1 << 20


def files(session: Session, extent: Extent, shelf: Shelf) -> Iterator[dict[str, Any]]:
    """Every file by the hash the table names and the hash its bytes have now."""
    removed = evidence.removed(session, "file")
    for number, seq, code, version, kept in evidence.files(session, extent):
        yield {
            "event": f"case:{number}:{seq}",
            "material": code,
            "version": version,
            "sha256": kept,
            "stored": "removed" if kept in removed else _hash_of(shelf, kept),
        }


def _hash_of(shelf: Shelf, name: str) -> str | None:
    try:
        with shelf.open(name) as file:
            digest = hashlib.sha256()
            while block := file.read(_BLOCK):
                digest.update(block)
            return digest.hexdigest()
    except FileNotFoundError:
        return None


def values(session: Session, wanted: set[str] | None, *, full: bool) -> Iterator[dict[str, Any]]:
    """Personal values that open their commitments (only in a full pack), and those erased."""
    for commitment, name, salt, value, seq in evidence.personal_values(session):
        if wanted is not None and commitment not in wanted:
            continue
        if value is None:
            yield {"commitment": commitment, "field": name, "erased": f"office:1:{seq}"}
        elif full:
            yield {"commitment": commitment, "field": name, "salt": salt, "value": value}


def moves() -> dict[str, list[list[str | None]]]:
    """The acts of every procedure as (act, from, to): what the verifier holds the events to."""
    return {
        code: sorted(
            [rule.trigger, source.value, (rule.target or source).value]
            for rule in procedure.rules
            for source in rule.source
        )
        for code, procedure in catalogue.LAW.procedures.items()
    }
