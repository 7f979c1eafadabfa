"""Parts of clients' names, kept so that looking for one is a range of an index on any database."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from sqlmodel import Session

from workflow.storage.statements import run

LONGEST = 40
"""Characters of an ending that are kept; what is typed is looked for as far."""
CODE = "#"
"""What a code number somebody holds begins with here; no name does."""
_LAST = "\U0010ffff"


def endings(name: str, initials: str) -> set[str]:
    """Every ending of two signs or more of the name and of its initials, as they are looked for."""
    return {*_endings(name), *_endings(initials)}


def _endings(text: str) -> Iterator[str]:
    whole = plain(text)
    for start in range(max(1, len(whole) - 1)):
        if whole:
            yield whole[start : start + LONGEST]


def plain(text: str) -> str:
    """Full width made half, small letters, no blanks."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


def keep(session: Session, company_id: int, name: str, initials: str) -> None:
    """Write the parts of a client's name, in place of those of its last name."""
    run(
        session,
        "DELETE FROM company_words WHERE company_id = :c AND substr(word, 1, 1) <> :code",
        c=company_id,
        code=CODE,
    )
    words = sorted(endings(name, initials))
    marks = ", ".join(f"(:w{n}, :c)" for n in range(len(words)))
    values = {f"w{n}": word for n, word in enumerate(words)}
    run(
        session,
        f"INSERT INTO company_words (word, company_id) VALUES {marks}",
        c=company_id,
        **values,
    )


def keep_code(session: Session, company_id: int, code: str) -> None:
    """Make a code number findable that a client was given."""
    run(
        session,
        "INSERT INTO company_words (word, company_id) VALUES (:w, :c) ON CONFLICT DO NOTHING",
        w=CODE + code,
        c=company_id,
    )


def limits(part: str) -> tuple[str, str]:
    """The range of an index in which everything begins with `part`."""
    return part, part + _LAST
