"""Every duty and every ladder: each step once, whether the clock runs twice, late or in rivalry."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest

from tests.services.builders import held, new_company, query, stored
from tests.support.cast import TODAY, gather, moment
from workflow.law.duties import DUTIES
from workflow.services import license_marks, ticking
from workflow.services.database import open_database
from workflow.storage import register

SEASON = ((80, 30, 14, 7, 3, 0), 7, 28)
OURS = ((5, 3, 1, 0), 1, None)
PROMISED = {
    "K-RENEW": ("2026-12-01", ((180, 90, 30, 10, 0), 1, None)),
    "K-AR": ("2026-03-31", SEASON),
    "K-CODEAR": ("2026-03-31", SEASON),
    "K-FEE": ("2026-04-10", ((10, 3, 0), 7, 28)),
    "K-NUMUSE": ("2027-03-18", ((180, 90, 30, 7, 0), 7, None)),
    "K-REG30": ("2026-04-17", ((10, 3, 0), 7, None)),
    "K-CHG-REG": ("2026-04-15", OURS),
    "K-CHG-DEC": ("2026-04-16", OURS),
    "K-BRANCH": ("2026-04-17", OURS),
    "REPLY-BY": ("2026-03-30", OURS),
    "K-REV": ("2026-06-15", ((-1,), 5, None)),
}
"""By hand: the last day of each deadline of `everything`, and the days around it that remind."""


def everything(cast):
    """One license that owes every duty there is, a case in correction and one under review."""
    change = [
        {"change": "C-LREP", "registered_on": "2026-03-16"},
        {"change": "C-SH", "registered_on": "2026-03-17"},
    ]
    license_id = held(
        cast, kinds=["SP"], codes=["10661234"], coverage=["national"], unreported_changes=change,
        annual_reports=[2022, 2023, 2024],
    )  # fmt: skip
    cast.in_correction(reply_by=date(2026, 3, 30), company=new_company(cast))
    reviewed = cast.submitted(company=new_company(cast))
    cast.do(reviewed, "accept")
    with cast.database.transaction() as tx:
        wang, now = cast["wang"], moment()
        license_marks.put_in_charge(tx, cast.company, wang.id, actor=cast["zhao"], moment=now)
        license_marks.note_branch(tx, license_id, "43", "open", TODAY, actor=wang, moment=now)
        case_id = stored(cast, reviewed).id
        for task in ("T-CODE-USE", "T-REG-SCOPE"):
            register.open_follow_up(
                tx, company_id=cast.company, case_id=case_id, license_id=license_id, code=task,
                on=TODAY,
            )  # fmt: skip


def promised(code, until):
    """Step and day of every reminder a deadline promises up to a day."""
    due, (before, every, last) = PROMISED[code]
    day = date.fromisoformat(due)
    steps = [-days for days in before]
    if every:
        end = (until - day).days if last is None else min(last, (until - day).days)
        steps += range(every, end + 1, every)
    return {s: day + timedelta(s) for s in steps if day + timedelta(s) <= until}


def ledger(database):
    """Every row by deadline and last day: step -> outcome."""
    found = {}
    sql = "SELECT deadline, due_on, step, outcome, reason FROM reminders"
    for code, due, step, outcome, reason in query(database, sql):
        steps = found.setdefault((code, str(due)), {})
        assert step not in steps, (code, due, step)
        steps[step] = (outcome, reason)
    return found


def doubled(database):
    sql = "SELECT reminder_id, account_id FROM messages WHERE reminder_id IS NOT NULL"
    return [one for one, n in Counter(query(database, sql)).items() if n > 1]


def test_it_knows_every_duty():
    assert set(DUTIES) <= set(PROMISED)


def test_it_reminds_of_everything_on_its_days_and_once_when_it_runs_twice(sqlite_url):
    database = open_database(sqlite_url)
    cast = gather(database)
    everything(cast)
    end = date(2026, 12, 6)
    days = {TODAY + timedelta(n) for n in range(45)}
    for code in ("K-RENEW", "K-NUMUSE", "K-REV"):
        days |= {day for day in promised(code, end).values() if day >= TODAY}
    for day in sorted(days):
        for hour in (1, 2):
            ticking.tick(database, moment(day, hour))
    found = ledger(database)
    for code, (due, _) in PROMISED.items():
        every = promised(code, end)
        sent = {s for s, (outcome, _) in found[code, due].items() if outcome == "sent"}
        on_its_day = {s for s, day in every.items() if day in days and s > min(sent)}
        assert on_its_day <= sent <= set(every), code
    assert doubled(database) == []
    database.close()


@pytest.mark.parametrize("lost", [3])
def test_it_loses_and_doubles_nothing_after_lost_nights_with_two_clocks_at_once(database_url, lost):
    database = open_database(database_url)
    cast = gather(database)
    everything(cast)
    days = [TODAY + timedelta(n) for n in range(0, 44, lost + 1)]
    for day in days:
        rivals = [threading.Thread(target=_tick, args=(database_url, day)) for _ in range(2)]
        for one in rivals:
            one.start()
        for one in rivals:
            one.join()
    found = ledger(database)
    for code, (due, _) in PROMISED.items():
        later = {s: day for s, day in promised(code, days[-1]).items() if day > TODAY}
        steps = found.get((code, due), {})
        assert {s for s in steps if s in later} == set(later), code
        for before, day in pairwise(days):
            fallen = sorted(s for s, on in later.items() if before < on <= day)
            overtaken = [("skipped", "overtaken")] * (len(fallen) - 1)
            assert [steps[s] for s in fallen] == (fallen and [*overtaken, ("sent", "")]), code
    assert doubled(database) == []
    database.close()


def _tick(url, day):
    database = open_database(url)
    ticking.tick(database, moment(day, hour=1))
    database.close()
