"""A crowd of invented clients, licenses, cases and events, written in bulk for measurements only.

Nobody's work: it goes into scratch databases, past the pen, but its chains verify like any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Any

from workflow.domain.audit import ALGORITHM, FORMAT_VERSION, GENESIS, canonical, seal
from workflow.storage.database import Database
from workflow.storage.rows import compact
from workflow.storage.statements import rows, run
from workflow.storage.sweep import take_time
from workflow.storage.words import endings

BATCH = 5000
_TERM, _FIRST_REMINDER = 1826, 270
HISTORIES = 1000
_MANY = re.compile(r"(?i) ON (\w+\.)?\"?(company_words|licenses|cases|events|event_marks)\"? ")
_CODES = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_PROVINCES = ("11", "31", "32", "33", "37", "44", "51", "62")
_KINDS = ("ICP", "EDI", "SP", "CC", "ISP", "IDC", "CDN", "MPC")
_LIFE = ("open", "prepare", "request_sign_off", "sign_off", "submit", "accept", "approve")
_BESIDE = ("provide", "set_facts", "view", "request_correction", "waive", "export", "rectify")
"""Acts of the events beyond a life's, in turn, so that filters by kind find some."""
_OPEN_STATES = ("draft", "material_prep", "submitted", "correction_requested", "submitted")
_OURS = ("draft", "material_prep", "correction_requested")
_MARKED = {"off_hours": 7, "same_person": 8, "large_export": 9}
"""Every so many events: a small trail fills a page of each, and is counted to the end of it."""
_PREFIX = {"new": "AP", "renewal": "RN", "change": "CH"}
_PROCEDURES = tuple(_PREFIX)


@dataclass(frozen=True, slots=True)
class Crowd:
    """How many of each. Every tenth case is open unless `open_cases` says otherwise.

    From `today` on, `due` licenses a day have their first reminder, for `days` days; no other
    license has one before. `handlers` are account ids that the open cases are shared out among,
    `first` the lowest client id, for a database that holds a few already.
    """

    licenses: int
    cases: int
    events: int
    today: date
    due: int = 0
    days: int = 1
    open_cases: int | None = None
    first: int = 1
    handlers: tuple[str, ...] = ("1",)

    @property
    def companies(self) -> int:
        """Three licenses a client."""
        return max(1, max(self.licenses, self.cases) // 3)


def fill(database: Database, crowd: Crowd) -> None:
    """Write the crowd into an empty, migrated database and let it gather statistics."""
    with _indexed_afterwards(database):
        write_rows(database, "companies", _COMPANY, _companies(crowd))
        write_rows(database, "company_words", "word, company_id", _words(crowd))
        write_rows(database, "licenses", _LICENSE, _licenses(crowd))
        _write_histories(database, crowd)
        _mark(database)
    with database.transaction() as tx:
        connection = tx.connection()
        if database.dialect == "postgresql":
            for table in ("companies", "licenses", "cases", "events"):
                last = f"(SELECT MAX(id) FROM {table})"
                connection.exec_driver_sql(
                    f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {last})"
                )
        connection.exec_driver_sql("ANALYZE")


@contextmanager
def _indexed_afterwards(database: Database) -> Iterator[None]:
    """Without the indexes that are no constraints: a bulk of rows is quicker indexed at once."""
    listed = {
        "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql <> ''",
        "postgresql": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname ="
        " current_schema() AND indexname NOT IN (SELECT conname FROM pg_constraint)",
    }
    with database.transaction() as tx:
        found = [tuple(one) for one in rows(tx, listed[database.dialect]) if _MANY.search(one[1])]
        for name, _ in found:
            run(tx, f"DROP INDEX {name}")
    yield
    for _, sql in found:
        with database.transaction() as tx:
            take_time(tx)
            run(tx, sql)


def code(index: int) -> str:
    """Eighteen characters that look like a credit code and belong to nobody."""
    serial = ""
    for _ in range(8):
        index, rest = divmod(index, len(_CODES))
        serial = _CODES[rest] + serial
    return f"91440000{serial}00"


_COMPANY = "id, name, initials, uscc, province, facts, handler_id, version, head, updated_at"


def _companies(crowd: Crowd) -> Iterator[tuple[Any, ...]]:
    facts = compact({"registered_capital": 10_000_000, "legal_representative": "周示例"})
    for i in range(crowd.first, crowd.first + crowd.companies):
        province = _PROVINCES[i % len(_PROVINCES)]
        handler = crowd.handlers[i % len(crowd.handlers)]
        yield i, f"示例人群{i}有限公司", f"slrq{i}", code(i), province, facts, handler, 0, "", ""


def _words(crowd: Crowd) -> Iterator[tuple[Any, ...]]:
    for i, name, initials, *_ in _companies(crowd):
        for word in sorted(endings(name, initials)):
            yield word, i


_LICENSE = (
    "id, company_id, number, kinds, items, coverage, authority, valid_from, valid_to, status,"
    " opened, facts, next_look, version, head, updated_at, number_key"
)


def _licenses(crowd: Crowd) -> Iterator[tuple[Any, ...]]:
    for i in range(1, crowd.licenses + 1):
        province, kind = _PROVINCES[i % len(_PROVINCES)], _KINDS[i % len(_KINDS)]
        is_due = i <= crowd.due * crowd.days
        look = crowd.today + timedelta((i - 1) // crowd.due if is_due else crowd.days + i % 1500)
        ends, kinds = look + timedelta(_FIRST_REMINDER), compact([kind])
        number = f"示B2-{2000 + i % 26}{i:06}"
        yield (
            i, crowd.first + i % crowd.companies, number, kinds,
            "{}", compact([province]), province, ends - timedelta(_TERM), ends, "valid", kinds,
            "{}", look, 0, "", "", number,
        )  # fmt: skip


_CASE = (
    "id, company_id, license_id, number, procedure, state, version, head, kinds, items, coverage,"
    " facts, acts, pack, authority, opened_on, filed_on, handler_id, turn, turn_since, next_due,"
    " next_clock, blockers, next_look, updated_at"
)


def _histories(crowd: Crowd) -> Iterator[tuple[tuple[Any, ...], list[tuple[Any, ...]]]]:
    """Every case with its events. Open ones last, as in life."""
    per_case = crowd.events // max(1, crowd.cases)
    opened = crowd.cases // 10 if crowd.open_cases is None else crowd.open_cases
    for i in range(1, crowd.cases + 1):
        k = max(0, i - (crowd.cases - opened))
        day = crowd.today - timedelta(30 + (i % 90 if k else i % 1500))
        procedure = _PROCEDURES[i % len(_PROCEDURES)]
        number = f"{_PREFIX[procedure]}-{day.year}-{i:06}"
        whose = crowd.first + i % crowd.companies, crowd.handlers[i % len(crowd.handlers)]
        events = list(_chain(i, whose, number, per_case, day))
        yield _case(crowd, i, k, number, procedure, day, events), events


def _case(  # noqa: PLR0917 - one invented row
    crowd: Crowd,
    i: int,
    k: int,
    number: str,
    procedure: str,
    day: date,
    events: list[tuple[Any, ...]],
) -> tuple[Any, ...]:
    """One case; `k` counts the open ones, 0 for one that ended."""
    state = _OPEN_STATES[k % len(_OPEN_STATES)] if k else "approved"
    province, kind = _PROVINCES[i % len(_PROVINCES)], _KINDS[i % len(_KINDS)]
    ours = state in _OURS
    due_on = crowd.today + timedelta(crowd.days + 10 + k % 60) if k else None
    turn = "none" if not k else "us" if ours else "authority"
    licensed = i if procedure != "new" and crowd.due * crowd.days < i <= crowd.licenses else None
    acts = [[n + 1, act, day.isoformat(), {}] for n, act in enumerate(_LIFE[: len(events)])]
    return (
        i, crowd.first + i % crowd.companies, licensed, number, procedure, state, len(events),
        events[-1][-2] if events else "", compact([kind]), "{}", compact([province]), "{}",
        compact(acts), "{}", province, day, None if ours else day,
        crowd.handlers[i % len(crowd.handlers)], turn, day, due_on,
        ("K-ADV30" if ours else "K-REV") if k else None, i % 3 if ours else 0,
        due_on, f"{day}T01:00:00.000000Z",
    )  # fmt: skip


_EVENT = (
    "chain, subject_id, seq, company_id, case_id, at, actor, role, action, source, target, prev,"
    " hash, body"
)


def _chain(
    case_id: int, whose: tuple[int, str], number: str, count: int, day: date
) -> Iterator[tuple[Any, ...]]:
    """The events of one case, as the pen would seal them; `whose` client, and who acts."""
    prev, (company_id, actor) = GENESIS, whose
    for seq in range(1, count + 1):
        beside = _BESIDE[(case_id + seq) % len(_BESIDE)]
        action = _LIFE[seq - 1] if seq <= len(_LIFE) else beside
        at = f"{day + timedelta(seq)}T01:00:00.000000Z"
        place = (case_id - 1) * count + seq
        marks = [mark for mark, every in _MARKED.items() if place % every == 0]
        body = canonical(
            {
                "v": FORMAT_VERSION, "alg": ALGORITHM, "event_id": f"case:{number}:{seq}",
                "chain": "case", "subject": number, "case_id": number, "company_id": company_id,
                "seq": seq, "prev": prev, "at": at, "today": day.isoformat(), "actor": actor,
                "actor_kind": "person", "actor_name": None, "actor_role": "handler",
                "local": None, "on_behalf_of": None, "action": action, "request_id": None,
                "idempotency_key_hash": None, "on": day.isoformat(), "from": None, "to": "draft",
                "given": {}, "guard_results": [], "material_hashes": [], "reason": None,
                "changes": [{"field": "note", "old": None, "new": f"示例记录 {case_id}-{seq}"}],
                "definition_version": "2026-11-23", "calendar_version": "shipped",
                **({"marks": marks} if marks else {}),
            }
        )  # fmt: skip
        sealed = seal(prev, body)
        yield (
            "case", case_id, seq, company_id, case_id, at, actor, "handler", action, None, "draft",
            prev, sealed, body,
        )  # fmt: skip
        prev = sealed


def _write_histories(database: Database, crowd: Crowd) -> None:
    """Cases and their events, a thousand cases at a time."""
    rest = _histories(crowd)
    while batch := list(islice(rest, HISTORIES)):
        write_rows(database, "cases", _CASE, [case for case, _ in batch])
        write_rows(database, "events", _EVENT, [event for _, events in batch for event in events])


def _mark(database: Database) -> None:
    """The marks that the bodies tell, as rows beside them."""
    with database.transaction() as tx:
        take_time(tx)
        for mark in _MARKED:
            run(
                tx,
                "INSERT INTO event_marks (mark, at, id) SELECT :mark, at, id FROM events"
                " WHERE body LIKE :told",
                mark=mark,
                told=f'%"marks":[%"{mark}"%',
            )


def write_rows(
    database: Database, table: str, columns: str, found: Iterable[tuple[Any, ...]]
) -> None:
    """Batches in transactions of their own: COPY on PostgreSQL, executemany on SQLite."""
    write = _copied if database.dialect == "postgresql" else _inserted
    rest = iter(found)
    while batch := list(islice(rest, BATCH)):
        with database.transaction() as tx:
            cursor = tx.connection().connection.driver_connection.cursor()  # type: ignore[union-attr]
            write(cursor, table, columns, batch)
            cursor.close()


def _copied(cursor: Any, table: str, columns: str, batch: list[tuple[Any, ...]]) -> None:  # noqa: ANN401
    with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for values in batch:
            copy.write_row(values)


def _inserted(cursor: Any, table: str, columns: str, batch: list[tuple[Any, ...]]) -> None:  # noqa: ANN401
    marks = ", ".join("?" * (columns.count(",") + 1))
    cursor.executemany(
        f"INSERT INTO {table} ({columns}) VALUES ({marks})",
        [tuple(v.isoformat() if isinstance(v, date) else v for v in values) for values in batch],
    )
