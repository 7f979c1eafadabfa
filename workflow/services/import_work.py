"""Confirmed imports are entered, and undone, row by row: whoever stops it half-way, it goes on.

An edge, like a tick: it opens the transactions. The outcome of a row is kept with its license, so
a run that is killed, or that runs twice, enters nothing twice.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from functools import partial
from typing import Any

import structlog
from sqlmodel import Session

from workflow.domain.errors import BadInput, DeskError, Unavailable
from workflow.domain.procedure import Text
from workflow.services import importing
from workflow.services.client_companies import add_company, add_license
from workflow.services.import_check import Row
from workflow.services.import_updates import Update
from workflow.services.importing import Batch, Entry
from workflow.services.licenses import set_license_facts, void
from workflow.services.long_work import Errand, Report
from workflow.services.sealing import Request
from workflow.storage import imports
from workflow.storage.database import Database

_log = structlog.get_logger(__name__)
_AFTER = {"running": "done", "undoing": "undone"}
_CHANGED = Text(
    "导入后又有记录或办件，没有撤销", "It changed or got a case after it was entered; kept"
)
_MOVED_ON = Text(
    "校验之后有人改过这张许可证，没有更新：请重新校验",
    "Somebody changed this license after the check; it was not updated: check the file again",
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
    total = len(good) + len(updates := importing.to_update(batch))
    if batch.state == "running":
        settled = {entry.no for entry in entries}
        steps = [
            *(
                partial(_settle_row, database, batch, row.no, errand, partial(_enter, row=row))
                for row in good
                if row.no not in settled
            ),
            *(
                partial(_settle_row, database, batch, one.no, errand, partial(_update, update=one))
                for one in updates
                if one.no not in settled
            ),
        ]
    else:
        left = [entry for entry in reversed(entries) if entry.outcome in ("entered", "updated")]
        before = {update.no: update.old for update in updates}
        steps = [
            partial(_undo_row, database, batch, entry, errand, before.get(entry.no))
            for entry in left
        ]
    done = total - len(steps)
    for step in steps:
        if not step():
            return
        done += 1
        yield Report(done, total)
    with database.transaction() as tx:
        imports.finish(tx, batch.id, batch.state, _AFTER[batch.state])


def _settle_row(
    database: Database, batch: Batch, no: int, errand: Errand, settle: Callable[..., None]
) -> bool:
    """False when the import is not being entered any more."""
    try:
        with database.transaction() as tx:
            if imports.state_of(tx, batch.id) != "running":
                return False
            settle(tx, batch, errand)
    except Unavailable:
        raise
    except Exception as error:  # noqa: BLE001 - one row must not stop the others
        _refuse(database, batch, no, error)
    return True


def _enter(tx: Session, batch: Batch, errand: Errand, row: Row) -> None:
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


def _update(tx: Session, batch: Batch, errand: Errand, update: Update) -> None:
    """Change what the file says otherwise, unless somebody changed the license since the check."""
    if errand.actor is None or not imports.keep_entry(tx, batch.id, update.no, "updated"):
        return
    if imports.version_of(tx, update.license_id)[0] != update.version:
        raise BadInput("number", _MOVED_ON)
    _set(tx, batch, errand, update.license_id, update.new)
    version, _ = imports.version_of(tx, update.license_id)
    imports.settle_entry(
        tx, batch.id, update.no, license_id=update.license_id, version=version
    )  # fmt: skip


def _set(
    tx: Session, batch: Batch, errand: Errand, license_id: int, values: Mapping[str, Any]
) -> None:
    if errand.actor is None:
        return
    set_license_facts(
        tx, license_id, values, actor=errand.actor, moment=errand.moment,
        request=Request(f"import-{batch.id}"),
    )  # fmt: skip


def _refuse(database: Database, batch: Batch, no: int, error: Exception) -> None:
    says = error.says if isinstance(error, DeskError) else _AT_FAULT
    if not isinstance(error, DeskError):
        _log.exception("a row could not be entered", batch=batch.id, row=no)
    with database.transaction() as tx:
        imports.keep_entry(tx, batch.id, no, "refused", says={"zh": says.zh, "en": says.en})


def _undo_row(
    database: Database, batch: Batch, entry: Entry, errand: Errand, before: Mapping[str, Any] | None
) -> bool:
    """Void the license, or say of it what was said before the file was read in.

    Unless it lives already: somebody changed it, or opened a case on one that was entered.
    """
    license_id = entry.license_id or 0
    with database.transaction() as tx:
        version, cases = imports.version_of(tx, license_id)
        lives = version != entry.version or (before is None and cases)
        if errand.actor is None or lives:
            says = {"zh": _CHANGED.zh, "en": _CHANGED.en}
            imports.settle_entry(tx, batch.id, entry.no, outcome="kept", says=says)
            return True
        if before is not None:
            _set(tx, batch, errand, license_id, before)
        else:
            request = Request(f"import-{batch.id}")
            void(tx, license_id, actor=errand.actor, moment=errand.moment, request=request)
        imports.settle_entry(tx, batch.id, entry.no, outcome="undone")
    return True
