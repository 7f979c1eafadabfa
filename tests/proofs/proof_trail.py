"""A page of the trail read from a million events beside ten thousand: every filter, preset, end."""

from __future__ import annotations

import os
import statistics
import time
from datetime import date

import pytest

from tests.support.cast import gather
from workflow.services import trail_finder, trail_kinds
from workflow.services.trail_finder import Wanted
from workflow.storage.crowd import Crowd, fill
from workflow.storage.database import open_database
from workflow.storage.statements import row

TODAY = date(2026, 11, 23)
FEW, MANY = 10_000, int(os.environ.get("EVENTS", "1000000"))
MOST = 2.0
RUNS = 15
ZONE = "Asia/Shanghai"


def questions(session, handler):
    """Every single filter, preset and end, with an answer that fills a page."""
    middle, case, company = row(
        session, "SELECT MAX(id) / 2, MAX(case_id) / 2, MAX(company_id) / 2 FROM events"
    )
    year = {"first": date(2024, 1, 1), "last": date(2024, 12, 31)}
    pages = {
        "first page": {},
        "last page": {"turn": "last"},
        "second page": {"turn": "before", "of": middle},
        "days": year,
        "person": {"actor": handler},
        "case": {"case_id": case},
        "company": {"company_id": company},
        "license": {"license_id": 50},
        **{f"kind {kind}": {"kinds": (kind,)} for kind in trail_kinds.KINDS},
        **{f"risk {risk}": {"risks": (risk,)} for risk in trail_kinds.RISKS},
        "last page of a person": {"actor": handler, "turn": "last"},
        "last page of a risk": {"risks": ("off_hours",), "turn": "last"},
    }
    together = {
        "person and kind": {"actor": handler, "kinds": ("review",)},
        "person and risk": {"actor": handler, "risks": ("same_person",)},
        "kind and two risks": {"kinds": ("material",), "risks": ("off_hours", "same_person")},
        "person, kind and days": {"actor": handler, "kinds": ("waiver",), **year},
    }
    return pages, together


def milliseconds(*many):
    """Medians of reading one page and counting what matches, the desks in turn; who stopped."""
    taken, stopped = [[] for _ in many], [False for _ in many]
    for _ in range(RUNS):
        for n, (database, auditor, asked) in enumerate(many):
            turn = {name: asked[name] for name in ("turn", "of") if name in asked}
            wanted = Wanted(ZONE, **{name: asked[name] for name in asked if name not in turn})
            with database.reading() as session:
                begun = time.perf_counter()
                found = trail_finder.find(session, auditor, wanted, **turn)
                trail_finder.count(session, auditor, wanted)
                taken[n].append((time.perf_counter() - begun) * 1000)
            stopped[n] = found.reached is not None
    return [statistics.median(times) for times in taken], stopped


@pytest.mark.parametrize("name", ["sqlite", "postgresql"])
def test_it_reads_a_page_of_a_million_events_as_of_ten_thousand(name, request, tmp_path):
    copies = request.getfixturevalue("_sqlite_copies" if name == "sqlite" else "_postgres_copies")
    desks, asked = [], []
    for events in (FEW, MANY):
        path = tmp_path / f"{events}.db"
        database = open_database(copies(path) if name == "sqlite" else copies())
        cast = gather(database, TODAY)
        handlers = (cast["wang"].id, cast["chen"].id)
        fill(database, Crowd(events // 10, events // 10, events, TODAY, 0, 1, None, 10, handlers))
        with database.reading() as session:
            asked.append(questions(session, handlers[0]))
        desks.append((database, cast["zhou"]))
    print(f"\n{name}: {FEW:,} events, {MANY:,} events, ratio")  # noqa: T201
    slow = []
    for page in asked[0][0]:
        pairs = zip(desks, asked, strict=True)
        (few, many), _ = milliseconds(*((*desk, pages[page]) for desk, (pages, _) in pairs))
        print(f"  {page:24} {few:7.2f} ms {many:7.2f} ms  {many / few:.2f}")  # noqa: T201
        slow += [page] if many / few > MOST else []
    for page, wanted in asked[1][1].items():
        (took,), (stopped,) = milliseconds((*desks[1], wanted))
        goes_on = "  stopped after 50,000 rows, goes on" if stopped else ""
        print(f"  {page:24} {took:7.2f} ms{goes_on}")  # noqa: T201
    for database, _ in desks:
        database.close()
    assert not slow
