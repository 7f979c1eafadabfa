"""What a proof pack is made of, read as streams: chains, leaves, files, values, checkpoints."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from workflow.storage.statements import rows, streamed

_SUBJECTS = (
    ("case", "cases", "number", "id", "s.company_id", "s.state, s.procedure"),
    ("company", "companies", "id", "id", "s.id", "NULL, NULL"),
    ("license", "licenses", "id", "id", "s.company_id", "NULL, NULL"),
    ("account", "heads", "subject_id", "subject_id", "NULL", "NULL, NULL"),
    ("office", "heads", "subject_id", "subject_id", "NULL", "NULL, NULL"),
)


COPIES = ("company_id", "at", "actor", "role", "action", "source", "target", "prev", "seq")
"""Columns that copy fields of the body."""
_OWN_CASE = "CASE WHEN e.chain = 'case' THEN e.case_id = e.subject_id ELSE e.case_id IS NULL END"
_EVENT = f"e.seq, l.idx, e.hash, e.body, {', '.join(f'e.{n}' for n in COPIES)}, {_OWN_CASE}"


@dataclass(frozen=True, slots=True)
class Extent:
    """What is exported: one case, one client, the time from `since` to before `until`, or all."""

    case_number: str = ""
    company_id: int | None = None
    since: str = ""
    until: str = ""

    @property
    def everything(self) -> bool:
        """True when nothing narrows it."""
        return self == Extent()

    @property
    def named(self) -> str:
        """The extent as the trail tells it."""
        if self.case_number:
            return f"case:{self.case_number}"
        if self.company_id is not None:
            return f"company:{self.company_id}"
        return f"{self.since}/{self.until}" if self.since else "all"


@dataclass(frozen=True, slots=True)
class Told:
    """One event as stored, with its leaf; `seq` is the column, the body says its own."""

    seq: int
    leaf: int | None
    hash: str
    body: str
    columns: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ChainRow:
    """A subject and what its row claims: events, last hash and, for a case, state and law."""

    chain: str
    subject: str
    version: int
    head: str
    state: str | None = None
    procedure: str | None = None


def chain_rows(session: Session, extent: Extent) -> Iterator[tuple[ChainRow, Told | None]]:
    """Every subject with each of its events in order, or with None when it has none."""
    for chain, table, name, key, company, more in _SUBJECTS:
        if extent.case_number and chain != "case":
            continue
        where, values = _narrowed(extent, company)
        own = "s.chain = :chain AND " if table == "heads" else ""
        found = streamed(
            session,
            f"SELECT s.{name}, s.version, s.head, {more}, {_EVENT} FROM {table} s"
            f" LEFT JOIN events e ON e.chain = :chain AND e.subject_id = s.{key}"
            f" LEFT JOIN leaves l ON l.event_id = e.id WHERE {own}{where} ORDER BY s.{key}, e.seq",
            chain=chain,
            **values,
        )
        for subject, version, head, state, procedure, *event in found:
            told = _told(event) if event[0] is not None else None
            yield ChainRow(chain, str(subject), version, head, state, procedure), told


def orphans(session: Session) -> Iterator[tuple[ChainRow, Told]]:
    """Events whose subject is gone from its table: their chain has no row to answer for it."""
    for chain, table, _, key, _, _ in _SUBJECTS:
        own = " AND s.chain = :chain" if table == "heads" else ""
        for subject, *event in streamed(
            session,
            f"SELECT e.subject_id, {_EVENT} FROM events e LEFT JOIN {table} s"
            f" ON s.{key} = e.subject_id{own} LEFT JOIN leaves l ON l.event_id = e.id"
            f" WHERE e.chain = :chain AND s.{key} IS NULL ORDER BY e.subject_id, e.seq",
            chain=chain,
        ):
            yield ChainRow(chain, str(subject), 0, ""), _told(event)


def _told(event: Sequence[Any]) -> Told:
    return Told(*[*event[:4], dict(zip((*COPIES, "case_id"), event[4:], strict=True))])


_HOLE = bytes(32)


def leaves(session: Session, size: int) -> Iterator[bytes]:
    """The leaf hashes of the tree in order, each at its index: one that is gone is 32 zero bytes.

    A leaf behind a gap is left out when no checkpoint of `size` covers the gap.
    """
    at = 0
    for index, hash_ in streamed(session, "SELECT idx, hash FROM leaves ORDER BY idx"):
        while at < min(index, size):
            yield _HOLE
            at += 1
        if index != at:
            return
        yield _bytes(hash_)
        at += 1


def _bytes(hash_: str) -> bytes:
    """A hash, or the mark of a hole for what was put in its place and is none."""
    try:
        found = bytes.fromhex(hash_)
    except ValueError:
        return _HOLE
    return found if len(found) == len(_HOLE) else _HOLE


def notes(session: Session) -> Iterator[tuple[int, str, str, str]]:
    """Every checkpoint, oldest first: size, instant, public key in hex, signed note."""
    return streamed(session, "SELECT size, at, key, note FROM checkpoints ORDER BY id")


def files(session: Session, extent: Extent) -> Iterator[tuple[str, int, str, int, str]]:
    """Files handed in: case number, event, material, version and hash, in the order of chains."""
    where, values = _narrowed(extent, "s.company_id")
    where = where.replace("e.at", "(SELECT e.at FROM events e WHERE e.case_id = s.id"
                          " AND e.seq = m.seq)")  # fmt: skip
    return streamed(
        session,
        "SELECT s.number, m.seq, m.code, m.version, m.file_hash FROM material_versions m"
        f" JOIN cases s ON s.id = m.case_id WHERE m.file_hash IS NOT NULL AND {where}"
        " ORDER BY s.id, m.seq, m.id",
        **values,
    )


def personal_values(
    session: Session,
) -> Iterator[tuple[str, str, str | None, str | None, int | None]]:
    """Every commitment with field, salt and value; erased ones have neither, but the event's seq.

    That event is on the office's chain and names the commitment.
    """
    return streamed(
        session,
        "SELECT p.commitment, p.field, p.salt, p.value, r.seq FROM personal_values p"
        " LEFT JOIN removals r ON r.kind = 'value' AND r.what = p.commitment"
        " ORDER BY p.commitment",
    )


def has_case(session: Session, number: str) -> bool:
    """True when there is a case of this number."""
    return bool(rows(session, "SELECT 1 FROM cases WHERE number = :n", n=number))


def has_company(session: Session, company_id: int) -> bool:
    """True when there is a client of this id."""
    return bool(rows(session, "SELECT 1 FROM companies WHERE id = :i", i=company_id))


def removed(session: Session, kind: str) -> set[str]:
    """What retention or erasure took away: hashes of files, or commitments of values."""
    return {what for (what,) in rows(session, "SELECT what FROM removals WHERE kind = :k", k=kind)}


def removals(session: Session) -> Iterator[tuple[str, int]]:
    """What was taken away, hash of a file or commitment of a value, and the office's event."""
    return streamed(session, "SELECT what, seq FROM removals ORDER BY seq")


def office_events(session: Session, seqs: Collection[int]) -> Iterator[Told]:
    """These events of the office's chain, in order."""
    wanted = ", ".join(str(int(seq)) for seq in sorted(seqs))
    for event in streamed(
        session,
        f"SELECT {_EVENT} FROM events e LEFT JOIN leaves l ON l.event_id = e.id"
        f" WHERE e.chain = 'office' AND e.subject_id = 1 AND e.seq IN ({wanted}) ORDER BY e.seq",
    ):
        yield _told(event)


def _narrowed(extent: Extent, company: str) -> tuple[str, dict[str, Any]]:
    if extent.case_number:
        return "s.number = :n", {"n": extent.case_number}
    if extent.company_id is not None:
        return f"{company} = :c", {"c": extent.company_id}
    if extent.since:
        bounds = {"since": extent.since, "until": extent.until}
        return "e.at >= :since AND e.at < :until", bounds
    return "1 = 1", {}
