"""The daily tick costs what is due, not what exists: 10,000 licenses beside 100,000."""

from __future__ import annotations

import statistics
import time
from datetime import date, timedelta

import pytest

from tests.support.cast import gather, moment
from workflow.services import ticking
from workflow.storage.crowd import Crowd, fill
from workflow.storage.database import Database, open_database

TODAY = date(2026, 11, 23)
DUE, DAYS = 200, 5
MOST = 1.5


def ticks(database: Database, licenses: int) -> list[float]:
    """Seconds of five daily ticks with the same number due each day."""
    cast = gather(database)
    handler = cast["wang"].id
    fill(
        database,
        Crowd(
            licenses=licenses, cases=licenses * 3 // 10, events=licenses * 3 // 10, today=TODAY,
            due=DUE, days=DAYS, open_cases=licenses * 3 // 10, handlers=(handler,), first=10,
        ),
    )  # fmt: skip
    taken = []
    for day in range(DAYS):
        begun = time.perf_counter()
        outcome = ticking.tick(database, moment(TODAY + timedelta(day), hour=1))
        taken.append(time.perf_counter() - begun)
        assert (outcome.due, outcome.sent, outcome.failed) == (DUE, DUE, 0)
    return taken


@pytest.mark.parametrize("name", ["sqlite", "postgresql"])
def test_it_works_on_what_is_due_and_not_on_what_exists(name, request):
    url = "sqlite_url" if name == "sqlite" else "postgres_url"
    copies = "_sqlite_copies" if name == "sqlite" else "_postgres_copies"
    made = request.getfixturevalue(copies)
    small = open_database(request.getfixturevalue(url))
    folder = request.getfixturevalue("tmp_path")
    large = open_database(made(folder / "large.db") if name == "sqlite" else made())
    few, many = (statistics.median(ticks(db, n)) for db, n in ((small, 10_000), (large, 100_000)))
    small.close()
    large.close()
    print(  # noqa: T201 - the figures are what a proof is for
        f"\n{name}: {DUE} due a day; 10,000 licenses {few * 1000:.0f} ms,"
        f" 100,000 licenses and 30,000 open cases {many * 1000:.0f} ms, ratio {many / few:.2f}"
    )
    assert many / few <= MOST
