"""The rail of the register: one client of the page, what its licenses owe, its open cases."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session

from web.access import current_actor
from web.bookmarks import pass_over
from web.duty_words import DutyLine, duty_line
from web.keys import page_key
from workflow.services import client_view, judging
from workflow.services.client_view import Brief
from workflow.services.portfolio import Held, Line

MOST_DUTIES = 6


@dataclass(frozen=True, slots=True)
class Rail:
    """The client shown beside the list; `duties` are those of its licenses on this page."""

    id: int
    client: Brief
    duties: list[tuple[DutyLine, Line]]
    more: int


def rail_of(session: Session, found: Iterable[Held], asked: str) -> Rail | None:
    """The client whose id is asked for, else the first of the page: one statement."""
    held_by: dict[int, list[Held]] = {}
    for held in found:
        held_by.setdefault(held.line.company_id, []).append(held)
    wanted = page_key(asked)
    shown = wanted if wanted in held_by else next(iter(held_by), None)
    if asked and wanted not in held_by:
        pass_over("client", asked)
    client = client_view.brief(session, current_actor(), shown) if shown else None
    if shown is None or client is None:
        return None
    calendar = judging.calendar_in_use(session)
    duties = sorted(
        ((run, held.line) for held in held_by[shown] for run in held.duties),
        key=lambda pair: pair[0].due_on,
    )
    lines = [(duty_line(run, calendar), line) for run, line in duties[:MOST_DUTIES]]
    return Rail(shown, client, lines, len(duties) - len(lines))
