"""The hash chain of the trail: canonical text, seal, commitment, first break."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

PREFIX = b"license-desk-chain-v1\n"
GENESIS = "0" * 64
ALGORITHM = "sha-256"
FORMAT_VERSION = 3
"""2 added `local` and fills `on_behalf_of`; 3 tells `marks`, and `calendar_version` everywhere.

What an older version holds verifies as before."""


def canonical(body: dict[str, Any]) -> str:
    """The one text of an event: keys sorted, no spaces, NFC, no floats.

    Raises TypeError for a float or anything JSON has no exact form for.
    """
    return json.dumps(_clean(body), ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _clean(value: Any) -> Any:  # noqa: ANN401 - JSON is any of six types
    if isinstance(value, str):
        return value if value.isascii() else unicodedata.normalize("NFC", value)
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, dict):
        if not "".join(value).isascii():
            message = f"keys are not ASCII: {list(value)}"
            raise TypeError(message)
        return {key: _clean(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_clean(item) for item in value]
    message = f"no canonical form for {type(value).__name__}"
    raise TypeError(message)


def seal(prev: str, body: str) -> str:
    """SHA-256 over prefix, previous hash and canonical text, in hex."""
    return seal_bytes(prev, body.encode())


def seal_bytes(prev: str, body: bytes) -> str:
    """The same over the text as it is stored, in UTF-8."""
    return hashlib.sha256(PREFIX + prev.encode() + body).hexdigest()


def commitment(salt: str, field: str, value: str) -> str:
    """A salted promise of a personal value: it can be opened, and forgotten, without a trace."""
    return hashlib.sha256(f"{salt}\n{field}\n{value}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Link:
    """One stored event as a verifier sees it: the stored bytes, never re-serialized."""

    seq: int
    prev: str
    hash: str
    body: str


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where a chain does not hold, and why."""

    seq: int
    why: str


def first_break(links: Iterable[Link], head: str | None = None) -> Break | None:
    """Walk one chain in order; the first gap, wrong link or wrong hash, or None when intact.

    `head`: the hash the case row claims for its last event, when there is one to compare.
    """
    prev, seq = GENESIS, 0
    for seq, link in enumerate(links, start=1):
        if link.seq != seq:
            return Break(seq, "missing")
        if link.prev != prev:
            return Break(seq, "unlinked")
        if seal(prev, link.body) != link.hash:
            return Break(seq, "altered")
        prev = link.hash
    if head is not None and head != prev:
        return Break(seq + 1, "head")
    return None
