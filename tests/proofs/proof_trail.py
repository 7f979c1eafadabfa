"""The trail page in a million events beside ten thousand: every filter, preset and end by key."""

from __future__ import annotations

import statistics
import time
from datetime import date

import pytest

from tests.support.visits import open_office
from workflow.services import trail_finder
from workflow.storage import trail_search
from workflow.storage.crowd import Crowd, fill
from workflow.storage.database import open_database
from workflow.storage.statements import row

TODAY = date(2026, 11, 23)
FEW, MANY = 10_000, 1_000_000
MOST = 2.0
RUNS = 9
PAGES = {
    "first page": "",
    "last page": "page=last",
    "second page": "before={middle}",
    "days": "first=2024-01-01&last=2024-12-31",
    "person": "actor={handler}",
    "case": "about={case}",
    "company": "company={company}",
    "license": "license={license}",
    **{f"kind {kind}": f"kind={kind}" for kind in trail_finder.trail_kinds.KINDS},
    **{f"risk {risk}": f"risk={risk}" for risk in trail_finder.trail_kinds.RISKS},
    "last page of a person": "actor={handler}&page=last",
    "last page of a risk": "risk=off_hours&page=last",
}
TOGETHER = {
    "person and kind": "actor={handler}&kind=review",
    "person and risk": "actor={handler}&risk=same_person",
    "kind and two risks": "kind=material&risk=off_hours&risk=same_person",
    "person, kind and days": "actor={handler}&kind=waiver&first=2023-01-01&last=2026-12-31",
}


def desk(database, events, folder):
    """The auditor at a trail of so many events, and the words that the addresses need."""
    office = open_office(database, folder, TODAY)
    handlers = tuple(office.cast[login].id for login in ("wang", "chen"))
    begun = time.perf_counter()
    crowd = Crowd(events // 10, events // 10, events, TODAY, first=10, handlers=handlers)
    fill(database, crowd)
    print(f"  {events:,} events made in {time.perf_counter() - begun:.0f} s")  # noqa: T201
    with database.reading() as session:
        middle = row(session, "SELECT MAX(id) / 2, MAX(case_id) / 2, MAX(company_id) / 2"
                     " FROM events")  # fmt: skip
        number = row(session, "SELECT number FROM cases WHERE id = :i", i=middle[1])
        license_ = row(session, "SELECT number FROM licenses WHERE id = 50")
    told = {
        "middle": middle[0], "case": number[0], "company": middle[2], "license": license_[0],
        "handler": handlers[0],
    }  # fmt: skip
    return office.visit("zhou"), told


def seconds(auditor, address):
    """The median time of one page."""
    taken = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        assert auditor.open(f"/audit?{address}").status_code == 200
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


@pytest.mark.parametrize("name", ["sqlite", "postgresql"])
def test_it_answers_from_a_million_events_as_from_ten_thousand(name, request, tmp_path):
    small = open_database(
        request.getfixturevalue(f"{'sqlite' if name == 'sqlite' else 'postgres'}_url")
    )
    copies = request.getfixturevalue("_sqlite_copies" if name == "sqlite" else "_postgres_copies")
    large = open_database(copies(tmp_path / "large.db") if name == "sqlite" else copies())
    print(f"\n{name}")  # noqa: T201
    desks = []
    for database, events in ((small, FEW), (large, MANY)):
        (tmp_path / str(events)).mkdir()
        desks.append(desk(database, events, tmp_path / str(events)))
    slow = []
    for page, address in PAGES.items():
        few, many = (seconds(auditor, address.format(**told)) for auditor, told in desks)
        print(f"  {page:28} {few * 1000:6.1f} ms {many * 1000:6.1f} ms  {many / few:.2f}")  # noqa: T201
        if many / few > MOST:
            slow.append(page)
    auditor, told = desks[1]
    for page, address in TOGETHER.items():
        took = seconds(auditor, address.format(**told))
        stopped = "继续往下查" in auditor.words
        print(f"  {page:28} {took * 1000:6.1f} ms{'  stopped, goes on' if stopped else ''}")  # noqa: T201
    assert trail_search.MOST == 50_000
    small.close()
    large.close()
    assert not slow
