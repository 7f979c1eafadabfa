"""The renewal radar: licenses on one time line, latest safe start, load by person and month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import render_template, request

from web.access import current_actor, needs
from web.bookmarks import a_day_and_row, carries
from web.keys import day_key
from web.license_filters import chips, choices, here, hidden, read_filters
from web.license_page import READERS
from web.links import list_link
from web.ports import desk, now
from web.renewal_lane import lane_of, months_from
from workflow.services import accounts, lead_time, portfolio
from workflow.services.lead_time import LeadTime, Load, ends_in
from workflow.services.portfolio import NOBODY, PAGE

ENDPOINT = "licenses.radar"
FIELDS = ("q", "province", "kind", "charge")


@dataclass(frozen=True, slots=True)
class Cell:
    """Renewals one person must start in one month, and where they are listed."""

    number: int
    address: str
    peak: bool


@needs(*READERS)
@carries({"after": a_day_and_row})
def show() -> str:
    """Licenses in force by the day their renewal must be started, the latest first to be lost."""
    actor, today = current_actor(), now().today
    after = day_key(request.args.get("after"))
    with desk().database.reading() as session:
        names = accounts.names(session)
        chosen = read_filters(names)
        lead = lead_time.lead_time(session, actor)
        load = lead_time.load(session, actor, today, lead)
        found = portfolio.page(session, actor, chosen.asked, today, after=after, duties=False)
    starts = {held.line.id: lead.safe_start(held.term.latest) for held in found}
    return render_template(
        "licenses/radar.html",
        lead=lead,
        load=load,
        cells=_cells(load, lead),
        rows=found,
        starts=starts,
        chosen=chosen,
        choices=choices(names),
        chips=chips(ENDPOINT, chosen, names),
        hidden=hidden(chosen, *FIELDS),
        names=names,
        paged=after is not None,
        first=here(ENDPOINT, chosen),
        following=here(ENDPOINT, chosen, after=f"{found[-1].line.valid_to}.{found[-1].line.id}")
        if len(found) == PAGE
        else None,
        lane_of=lambda held: lane_of(held, today, starts[held.line.id]),
        months=months_from(today),
    )


def _cells(load: Load, lead: LeadTime) -> dict[tuple[str, date], Cell]:
    """Every figure of the load table with the list it counts."""
    found = {}
    for who, counts in load.rows:
        for n, (month, number) in enumerate(zip(load.months, counts, strict=True)):
            first, last = ends_in(month, lead, first=n == 0)
            address = list_link(
                ENDPOINT,
                {
                    "charge": who or NOBODY,
                    "from": first.isoformat() if first else None,
                    "to": last.isoformat(),
                    "risk": "unstarted",
                },
            )
            found[who, month] = Cell(number, address, number > 1 and number == load.peak)
    return found
