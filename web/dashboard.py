"""The status dashboard: how much is where, what is overdue, and the cases behind each number."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Blueprint, abort, render_template, request
from flask_babel import gettext

from web.access import current_actor, needs
from web.i18n import language
from web.ports import desk, now
from web.writes import instant
from workflow.domain.procedure import Role, State
from workflow.law import catalogue
from workflow.services import trail
from workflow.services.desk import Dashboard, Entry, dashboard, worklist

pages = Blueprint("dashboard", __name__)
READERS = (Role.HANDLER, Role.REVIEWER, Role.MANAGER, Role.AUDITOR)
DUE = ("open", "overdue", "this_week")
SHADES = 5


@pages.get("/dashboard")
@needs(*READERS)
def show() -> str:
    """Figures, procedure by state, the last tick of the clock and the last check of the trail."""
    with desk().database.reading() as session:
        board = dashboard(session, current_actor(), now())
        return render_template(
            "dashboard/show.html",
            board=board,
            table=Table(board),
            finding=finding(board),
            check=trail.last_check(session),
            label=catalogue.label_of,
            states=tuple(State),
            instant=instant,
            at=now().at,
            next_year=now().today.year + 1,
        )


@pages.get("/dashboard/due")
@needs(*READERS)
def due() -> str:
    """The cases behind a figure, most urgent first, of everybody in the person's scope."""
    which = request.args.get("which", "overdue")
    if which not in DUE:
        abort(404)
    # A figure counts everybody's cases, as an auditor reads them; a worklist is one's own.
    everybody = replace(current_actor(), role=Role.AUDITOR)
    with desk().database.reading() as session:
        found = worklist(session, everybody, now()).entries
        return render_template(
            "dashboard/due.html",
            which=which,
            entries=[entry for entry in found if _behind(which, entry)],
            label=catalogue.label_of,
        )


def _behind(which: str, entry: Entry) -> bool:
    if which == "open":
        return not State(entry.line.state).final
    return entry.bucket == which


@dataclass(frozen=True, slots=True)
class Table:
    """Procedure by state with a shade for how much there is."""

    board: Dashboard

    def count(self, procedure: str, state: str) -> int:
        """Cases of one procedure in one state."""
        return self.board.counts.get((procedure, state), 0)

    def shade(self, count: int) -> int:
        """1 (few) to 5 (many), 0 for none, relative to the largest cell."""
        most = max(self.board.counts.values(), default=0)
        return -(-count * SHADES // most) if count and most else 0

    @property
    def total(self) -> int:
        """Every case."""
        return sum(self.board.counts.values())


def finding(board: Dashboard) -> str:
    """One sentence: where most of the open work stands, and what of it is late."""
    if not board.open:
        return str(gettext("没有在办案件。"))
    waiting = {state: board.of_state(state) for state in State if not state.final}
    state = max(waiting, key=lambda s: waiting[s])
    where = gettext(
        "在办案件最多停在「%(state)s」：%(count)s 件，占 %(share)s%%。",
        state=catalogue.label_of("state", state.value).read(language()),
        count=waiting[state],
        share=round(100 * waiting[state] / board.open),
    )
    late = (
        gettext("%(count)s 件已逾期，先处理。", count=board.overdue)
        if board.overdue
        else gettext("没有逾期。")
    )
    return f"{where} {late}" if language() == "en" else f"{where}{late}"
