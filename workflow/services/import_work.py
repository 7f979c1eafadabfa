"""Confirmed imports are entered, and undone, row by row: whoever stops it half-way, it goes on.

An edge, like a tick: it opens the transactions. The outcome of a row is kept with its license, so
a run that is killed, or that runs twice, enters nothing twice.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from functools import partial

import structlog
from sqlmodel import Session

from workflow.domain.errors import DeskError, Unavailable
from workflow.domain.procedure import Text
from workflow.services import importing
from workflow.services.client_companies import add_company, add_license
from workflow.services.import_check import Row
from workflow.services.importing import Batch, Entry
from workflow.services.licenses import void
from workflow.services.long_work import Errand, Report
from workflow.services.sealing import Request
from workflow.storage import imports
from workflow.storage.database import Database

_log = structlog.get_logger(__name__)
_AFTER = {"running": "done", "undoing": "undone"}
_CHANGED = Text(
    "导入后又有记录或办件，没有撤销", "It changed or got a case after it was entered; kept"
)
_AT_FAULT = Text("系统出错，这一行没有登记", "Something failed; this row was not entered")


def run(database: Database, errand: Errand) -> Generator[Report, None, None]:
    """Enter or undo what is left of an import, one transaction a row; ends when it is told to."""
    with database.reading() as session:
        batch = imports.batch(session, int(errand.given["import"]))
        entries = imports.entries(session, batch.id) if batch else []
    if batch is None or batch.state not in _AFTER:
        return
    good, steps = importing.good_rows(batch), list[Callable[[], bool]]()
    if batch.state == "running":
        settled = {entry.no for entry in entries}
        steps = [
            partial(_enter_row, database, batch, row, errand)
            for row in good
            if row.no not in settled
        ]
    else:
        left = [entry for entry in reversed(entries) if entry.outcome == "entered"]
        steps = [partial(_undo_row, database, batch, entry, errand) for entry in left]
    done = len(good) - len(steps)
    for step in steps:
        if not step():
            return
        done += 1
        yield Report(done, len(good))
    with database.transaction() as tx:
        imports.finish(tx, batch.id, batch.state, _AFTER[batch.state])


def _enter_row(database: Database, batch: Batch, row: Row, errand: Errand) -> bool:
    """False when the import is not being entered any more."""
    try:
        with database.transaction() as tx:
            if imports.state_of(tx, batch.id) != "running":
                return False
            _enter(tx, batch, row, errand)
    except Unavailable:
        raise
    except Exception as error:  # noqa: BLE001 - one row must not stop the others
        _refuse(database, batch, row.no, error)
    return True


def _enter(tx: Session, batch: Batch, row: Row, errand: Errand) -> None:
    if errand.actor is None or not imports.keep_entry(tx, batch.id, row.no, "entered"):
        return
    actor, moment, request = errand.actor, errand.moment, Request(f"import-{batch.id}")
    known = imports.clients(tx, [row.uscc]).get(row.uscc)
    company_id = (
        known[0]
        if known
        else add_company(tx, row.company, actor=actor, moment=moment, request=request)
    )
    license_id = add_license(
        tx, company_id, row.license, actor=actor, moment=moment, request=request
    )
    version, _ = imports.version_of(tx, license_id)
    imports.settle_entry(
        tx, batch.id, row.no, company_id=company_id, license_id=license_id, version=version,
        new_company=known is None,
    )  # fmt: skip


def _refuse(database: Database, batch: Batch, no: int, error: Exception) -> None:
    says = error.says if isinstance(error, DeskError) else _AT_FAULT
    if not isinstance(error, DeskError):
        _log.exception("a row could not be entered", batch=batch.id, row=no)
    with database.transaction() as tx:
        imports.keep_entry(tx, batch.id, no, "refused", says={"zh": says.zh, "en": says.en})


def _undo_row(database: Database, batch: Batch, entry: Entry, errand: Errand) -> bool:
    """Void the license, unless it lives already: somebody changed it or opened a case on it."""
    license_id = entry.license_id or 0
    with database.transaction() as tx:
        if errand.actor is None or imports.version_of(tx, license_id) != (entry.version, 0):
            says = {"zh": _CHANGED.zh, "en": _CHANGED.en}
            imports.settle_entry(tx, batch.id, entry.no, outcome="kept", says=says)
            return True
        request = Request(f"import-{batch.id}")
        void(tx, license_id, actor=errand.actor, moment=errand.moment, request=request)
        imports.settle_entry(tx, batch.id, entry.no, outcome="undone")
    return True
