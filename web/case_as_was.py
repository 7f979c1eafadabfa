"""The page of a case as it stood at one event of its trail: read only, and headed so."""

from __future__ import annotations

from datetime import date

from flask import render_template

from web.access import current_actor, needs
from web.field_words import Reading, field_word
from web.i18n import language
from web.ports import desk
from web.trail_verdicts import judged
from web.trail_words import Entry
from workflow.domain.procedure import Role
from workflow.law import catalogue
from workflow.services import case_as_was
from workflow.services.case_as_was import AsWas


@needs(Role.AUDITOR, Role.MANAGER)
def as_was(event_id: int) -> str:
    """The case of this event, folded up to it."""
    with desk().database.reading() as session:
        was = case_as_was.at(session, current_actor(), event_id)
    reading = Reading("case", was.page.names, was.page.words)
    on = _judged_on(was)
    return render_template(
        "audit/case.html",
        was=was,
        event=was.event,
        last=Entry(was.event, was.page),
        fields=[
            (
                field_word(held.field, held.event.action),
                reading.value(held.field, held.value),
                Entry(held.event, was.page),
            )
            for held in was.fields
        ],
        files=[
            (catalogue.material_name(file["material"]), file["version"], file["sha256"])
            for file, _ in was.files
        ],
        points=_points(was, reading),
        verdicts=judged(was.judged.body["guard_results"], on) if was.judged and on else [],
        judged_on=on,
        label=catalogue.label_of,
    )


def _judged_on(was: AsWas) -> date | None:
    """The day whose rules applied then: that of the first filing, once there was one."""
    filed = next((e for e in was.page.events if e.action == "submit"), was.judged)
    return date.fromisoformat(filed.body["on"]) if filed else None


def _points(was: AsWas, reading: Reading) -> list[tuple[str, str, Entry]]:
    return [
        (
            catalogue.material_name(point["material"]).read(language())
            if point.get("material")
            else "",
            reading.value("text", point.get("text")),
            Entry(event, was.page),
        )
        for event, points in was.asked
        for point in points
    ]
