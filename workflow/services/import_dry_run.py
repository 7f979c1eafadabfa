"""The dry run of a long file as long work: a thousand rows at a time, kept where it came to.

An edge, like a tick: it opens the transactions. Nothing is entered here.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlmodel import Session

from workflow.domain.acting import Actor
from workflow.domain.procedure import Text
from workflow.services import importing
from workflow.services.import_check import Fault, Findings, Row, against_register, by_itself
from workflow.services.long_work import Errand, Report
from workflow.services.register_reading import missing, read_rows
from workflow.services.sheet_in import Line
from workflow.storage import imports
from workflow.storage.database import Database

SHORT = 500
"""Rows that are checked while a person waits: a fraction of a second."""
CHUNK = 1000


def at_once(
    session: Session, lines: Sequence[Line], columns: Sequence[str], actor: Actor, today: date
) -> Findings:
    """The whole dry run; nothing is found where a column that is needed was not named."""
    if missing(columns):
        return Findings()
    found = _read(lines, columns, today)
    return against_register(session, found, actor)


def run(database: Database, errand: Errand) -> Generator[Report, None, None]:
    """Check the rows of a file; another check of it, or its being confirmed, ends this one."""
    ident, actor = int(errand.given["import"]), errand.actor
    with database.reading() as session:
        batch = imports.batch(session, ident)
    if batch is None or actor is None:
        return
    lines, today = importing.lines(batch), errand.moment.today
    found, done = importing.so_far(batch), int(batch.checked.get("read", 0))
    while done < len(lines):
        found += _read(lines[done : done + CHUNK], batch.columns, today)
        done = min(done + CHUNK, len(lines))
        with database.transaction() as tx:
            if not importing.keep_part(tx, ident, errand.id, found, done):
                return
        yield Report(done, len(lines))
    with database.reading() as session:
        found = against_register(session, found, actor)
    with database.transaction() as tx:
        importing.keep_part(tx, ident, errand.id, found, None)
    yield Report(done, len(lines), figures={"good": len(found.rows), "wrong": len(found.wrong)})


def says(figures: Mapping[str, Any]) -> Text:
    """What came out, in a sentence."""
    good, wrong = figures.get("good", 0), figures.get("wrong", 0)
    return Text(
        f"{good} 行可以导入，{wrong} 行有问题",
        f"Rows that can be entered: {good}; with a problem: {wrong}",
    )


def _read(lines: Sequence[Line], columns: Sequence[str], today: date) -> Findings:
    """What rows say by themselves."""
    rows: list[Row] = []
    faults: list[Fault] = []
    for read in read_rows(lines, columns, today):
        if isinstance(read, Row):
            fault = by_itself(read, today)
            if fault is None:
                rows.append(read)
            else:
                faults.append(fault)
        else:
            faults += read
    return Findings(rows, faults)
