"""One case's trail many times over, sealed as the pen seals it: a large trail to measure on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from workflow.domain.audit import GENESIS, canonical, seal
from workflow.storage.crowd import write_rows
from workflow.storage.database import Database
from workflow.storage.statements import rows, run

_CASE = (
    "company_id, procedure, state, kinds, items, coverage, facts, acts, pack, authority, opened_on,"
    " filed_on, handler_id, turn, blockers, updated_at, calendar"
)
_EVENT = "company_id, case_id, at, actor, role, action, source, target"
_CASES_AT_A_TIME = 500


def multiply(database: Database, events: int) -> None:
    """Copy the first case and its events until there are at least so many events more.

    Every body is the pen's own with another case number: as long, as full, as hard to hash.
    """
    with database.reading() as session:
        case = rows(session, f"SELECT {_CASE} FROM cases ORDER BY id LIMIT 1")[0]
        model = rows(
            session,
            f"SELECT {_EVENT}, body FROM events WHERE case_id = (SELECT MIN(id) FROM cases)"
            " ORDER BY seq",
        )
        last = rows(session, "SELECT MAX(id) FROM cases")[0][0]
    ids = iter(range(last + 1, last + 2 + events // len(model)))
    while batch := [(i, list(_chain(i, model))) for i in islice(ids, _CASES_AT_A_TIME)]:
        write_rows(
            database, "cases", f"id, number, version, head, {_CASE}",
            [(i, f"AP-1999-{i:07}", len(told), told[-1][-2], *case) for i, told in batch],
        )  # fmt: skip
        write_rows(
            database, "events", f"chain, subject_id, seq, {_EVENT}, prev, hash, body",
            [told for _, chain in batch for told in chain],
        )  # fmt: skip
    with database.transaction() as tx:
        run(
            tx,
            "INSERT INTO event_marks (mark, at, id) SELECT m.mark, m.at, e.id FROM events e"
            " JOIN events o ON o.case_id = (SELECT MIN(id) FROM cases) AND o.seq = e.seq"
            " JOIN event_marks m ON m.id = o.id WHERE e.case_id > :last",
            last=last,
        )


def _chain(case_id: int, model: Any) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401 - driver rows
    prev, number = GENESIS, f"AP-1999-{case_id:07}"
    for seq, (company, _, *columns, text) in enumerate(model, start=1):
        told = json.loads(text)
        told |= {"prev": prev, "subject": number, "case_id": number}
        body = canonical(told | {"event_id": f"case:{number}:{seq}"})
        hash_ = seal(prev, body)
        yield ("case", case_id, seq, company, case_id, *columns, prev, hash_, body)
        prev = hash_
