"""A crowd for measurements: many clients, licenses, cases and events in a scratch database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from workflow.storage.crowd import Crowd
from workflow.storage.crowd import fill as write
from workflow.storage.database import Database
from workflow.storage.statements import row

EVENTS = 10
"""Events of each case."""


def fill(database: Database, cases: int, today: date, handlers: Sequence[str]) -> str:
    """As many licenses as cases, ten events a case; the open tenth is shared among the handlers.

    Returns the number of an open case of the first handler, a renewal of an ICP license if there
    is one: the same page however many cases there are.
    """
    crowd = Crowd(
        licenses=cases,
        cases=cases,
        events=EVENTS * cases,
        today=today,
        due=max(1, cases // 1000),
        days=7,
        handlers=tuple(handlers),
    )
    write(database, crowd)
    with database.reading() as session:
        found = row(
            session,
            "SELECT number FROM cases WHERE handler_id = :h AND state = 'material_prep'"
            " ORDER BY procedure = 'renewal' DESC, kinds = '[\"ICP\"]' DESC, id DESC LIMIT 1",
            h=handlers[0],
        )
    if found is None:
        message = "the crowd has no open case for the first handler"
        raise LookupError(message)
    return str(found[0])
