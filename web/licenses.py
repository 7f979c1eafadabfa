"""The register: licenses by client, by last day or by month, and what is at risk among them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from flask import Blueprint, render_template, request
from sqlmodel import Session

from web import (
    duty_list,
    license_deadlines,
    license_entry,
    license_marking,
    license_page,
    radar,
    register_export,
)
from web.access import current_actor, needs
from web.bookmarks import carries, pass_over
from web.keys import client_key, day_key
from web.license_filters import NAMES, Chosen, chips, choices, here, hidden, read_filters
from web.license_page import READERS, next_of, odd_days, odd_number
from web.links import list_link
from web.ports import desk, now
from web.register_rail import rail_of
from web.register_tiles import tiles_of
from web.renewal_lane import lane_of, months_from
from workflow.services import accounts, portfolio, register_figures
from workflow.services.portfolio import MOST_COUNTED, PAGE, Held

pages = Blueprint("licenses", __name__)
ENDPOINT = "licenses.index"


@dataclass(frozen=True, slots=True)
class Group:
    """Licenses that stand together: of one client, or ending in one month."""

    name: str
    rows: tuple[Held, ...]

    @property
    def first(self) -> Held:
        """The one whose client is shown."""
        return self.rows[0]

    def duties(self, *codes: str) -> int:
        """How many runs of these duties are open in the group and due this year or before."""
        this_year = now().today.year
        return sum(
            run.code in codes and run.due_on.year <= this_year
            for held in self.rows
            for run in held.duties
        )


@pages.get("/licenses")
@needs(*READERS)
@carries({})
def index() -> str:
    """One page of the register, grouped as the address says."""
    actor, today = current_actor(), now().today
    with desk().database.reading() as session:
        names = accounts.names(session)
    chosen = read_filters(names)
    by_client = chosen.view == "client"
    typed = request.args.get("after")
    after = client_key(typed) if by_client else day_key(typed)
    if typed and after is None:
        pass_over("after", typed)
    figures = register_figures.open_figures(desk().database, actor, now())
    totals = figures.totals
    with desk().database.reading() as session:
        found = portfolio.page(
            session, actor, chosen.asked, today, after=after,
            order="client" if by_client else "term",
        )  # fmt: skip
        whole = (totals.clients, totals.valid)
        counted = _counted(session, chosen) if chosen.narrowed else whole
        rail = rail_of(session, found, request.args.get("client", "")) if by_client else None
    return render_template(
        "licenses/index.html",
        rail=rail,
        beside=lambda company_id: here(
            ENDPOINT, chosen, after=typed if after else None, client=str(company_id)
        ),
        totals=totals,
        totals_at=figures.at,
        tiles=tiles_of(totals, chosen),
        counted=counted,
        most=MOST_COUNTED,
        groups=_groups(found, chosen),
        shown=len(found),
        chosen=chosen,
        fields=[name for name in NAMES if name not in ("view", "from", "to", "risk")],
        choices=choices(names),
        chips=chips(ENDPOINT, chosen, names),
        hidden=hidden(chosen, "q", "province", "kind", "ends", "status", "charge"),
        views=_views(chosen),
        exports=[
            (form.upper(), list_link("licenses.export", {**chosen.values, "form": form}))
            for form in ("csv", "xlsx")
        ],
        names=names,
        paged=after is not None,
        first=here(ENDPOINT, chosen),
        following=here(ENDPOINT, chosen, after=_key(found[-1], by_client=by_client))
        if len(found) == PAGE
        else None,
        lane_of=lambda held: lane_of(held, today),
        months=months_from(today),
    )


def _counted(session: Session, chosen: Chosen) -> tuple[int, int] | None:
    """Clients and licenses that the limits leave; None for more than are counted."""
    found = portfolio.count(session, current_actor(), chosen.asked, MOST_COUNTED + 1)
    return found if found[1] <= MOST_COUNTED else None


def _groups(found: Iterable[Held], chosen: Chosen) -> list[Group]:
    keys = {
        "client": lambda held: held.line.company,
        "month": lambda held: f"{held.line.valid_to:%Y-%m}",
    }
    key = keys.get(chosen.view, lambda _: "")
    return [Group(name, tuple(rows)) for name, rows in groupby(found, key)]


def _views(chosen: Chosen) -> list[tuple[str, str, bool]]:
    return [
        (view, here(ENDPOINT, chosen, view=view), view == chosen.view)
        for view in ("license", "client", "month")
    ]


def _key(held: Held, *, by_client: bool) -> str:
    place = f"{held.line.valid_to}.{held.line.id}"
    return f"{held.line.company_id}.{place}" if by_client else place


for rule, endpoint, view_, methods in (
    ("/licenses/new", "new", license_entry.new, ["GET", "POST"]),
    ("/licenses/<int:license_id>", "show", license_page.show, ["GET"]),
    ("/licenses/<int:license_id>/late", "late", license_marking.late, ["GET", "POST"]),
    ("/licenses/<int:license_id>/ends", "ends", license_marking.ends, ["GET", "POST"]),
    ("/licenses/<int:license_id>/goes-on", "goes_on", license_marking.goes_on, ["POST"]),
    ("/licenses/<int:license_id>/duties", "duty_done", license_marking.duty_done, ["POST"]),
    ("/licenses/<int:license_id>/branches", "branch", license_marking.branch, ["GET", "POST"]),
    ("/licenses/export", "export", register_export.export, ["GET"]),
    ("/radar", "radar", radar.show, ["GET"]),
    ("/duties", "duties", duty_list.show, ["GET"]),
):
    pages.add_url_rule(rule, endpoint, view_, methods=methods)
pages.add_app_template_global(odd_number)
pages.add_app_template_global(odd_days)
pages.add_app_template_global(next_of)
pages.add_url_rule(
    "/licenses/<int:license_id>/deadlines/<code>", "deadline", license_deadlines.show
)
