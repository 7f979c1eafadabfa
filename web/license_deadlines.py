"""One deadline of a license with the arithmetic behind its date; `licenses.deadline` leads here."""

from __future__ import annotations

from flask import render_template, request

from web.access import current_actor, needs
from web.case_clocks import Deadline
from web.ports import desk, now
from workflow.domain.errors import NotFound
from workflow.domain.procedure import Role
from workflow.law.duties import DUTIES, reading_of
from workflow.services import judging, lists, reminding

READERS = (Role.HANDLER, Role.REVIEWER, Role.MANAGER, Role.AUDITOR)


@needs(*READERS)
def show(license_id: int, code: str) -> str:
    """Every live run of one duty (`?cycle=` picks one), each day by day."""
    today = now().today
    with desk().database.reading() as session:
        found = lists.license_(session, current_actor(), license_id)
        runs = reminding.license_deadlines(session, [license_id], today)[license_id]
        calendar = judging.calendar_in_use(session)
    wanted = request.args.get("cycle")
    mine = [run for run in runs if run.code == code and wanted in (None, "", run.cycle)]
    if not mine:
        raise NotFound
    return render_template(
        "licenses/deadline.html",
        license=found,
        name=DUTIES[code],
        deadlines=[Deadline(code, DUTIES[code], reading_of(run, calendar, today)) for run in mine],
    )
