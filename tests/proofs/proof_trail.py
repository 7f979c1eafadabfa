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


def milliseconds(database, auditor, asked):
    """The median of reading one page and counting what matches; whether it stopped half-way."""
    turn = {name: asked[name] for name in ("turn", "of") if name in asked}
    wanted = Wanted(ZONE, **{name: asked[name] for name in asked if name not in turn})
    taken = []
    for _ in range(RUNS):
        with database.reading() as session:
            begun = time.perf_counter()
            found = trail_finder.find(session, auditor, wanted, **turn)
            trail_finder.count(session, auditor, wanted)
            taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken), found.reached is not None


@pytest.mark.parametrize("name", ["sqlite", "postgresql"])
def test_it_reads_a_page_of_a_million_events_as_of_ten_thousand(name, request, tmp_path):
    copies = request.getfixturevalue("_sqlite_copies" if name == "sqlite" else "_postgres_copies")
    print(f"\n{name}: {FEW:,} events, {MANY:,} events, ratio")  # noqa: T201
    told = []
    for events in (FEW, MANY):
        path = tmp_path / f"{events}.db"
        database = open_database(copies(path) if name == "sqlite" else copies())
        cast = gather(database, TODAY)
        handlers = (cast["wang"].id, cast["chen"].id)
        fill(database, Crowd(events // 10, events // 10, events, TODAY, 0, 1, None, 10, handlers))
        with database.reading() as session:
            pages, together = questions(session, handlers[0])
        told.append({n: milliseconds(database, cast["zhou"], asked) for n, asked in pages.items()})
        if events == MANY:
            for page, asked in together.items():
                took, stopped = milliseconds(database, cast["zhou"], asked)
                goes_on = "  stopped after 50,000 rows, goes on" if stopped else ""
                print(f"  {page:24} {took:7.2f} ms{goes_on}")  # noqa: T201
        database.close()
    slow = []
    for page in told[0]:
        few, many = told[0][page][0], told[1][page][0]
        print(f"  {page:24} {few:7.2f} ms {many:7.2f} ms  {many / few:.2f}")  # noqa: T201
        slow += [page] if many / few > MOST else []
    assert not slow
