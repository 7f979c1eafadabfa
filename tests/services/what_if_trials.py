"""Cases with random lives, and random suppositions about them: what both must leave true."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

from tests.services.builders import about, answer, fingerprint, held, new_company
from tests.support.cast import TODAY
from workflow.domain.errors import DeskError
from workflow.domain.ledger import ledger
from workflow.domain.procedure import Text
from workflow.domain.workdays import YearNotice
from workflow.services import calendars, standing, what_if

AUTHORITY = ("accept", "pause_review", "resume_review", "request_correction", "extend_review")
POINT = {"material": "M-INFOSEC", "text": "缺少用户日志留存说明"}


def random_case(cast, dice):
    """A case of a client of its own that lived through some days; its number and its last day."""
    mine, day = replace(cast, company=new_company(cast)), TODAY
    kind = dice.choice(["new", "new", "renewal", "cancellation"])
    number = (
        mine.prepared(company=mine.company)
        if kind == "new"
        else about(mine, held(mine, valid_to=TODAY + timedelta(dice.randint(95, 170))), kind)
    )
    for act in ("prepare", "", "sign_off", "submit", *dice.choices(AUTHORITY, k=4), "resubmit"):
        day += timedelta(dice.choice([0, 0, 1, 2, 9]))
        try:
            if not act:
                mine.provide(number, day=day)
            elif act == "resubmit":
                answer(mine, number, day=day)
                mine.do(number, "sign_off", by="li", day=day)
                mine.do(number, act, day=day)
            else:
                given = {"points": [POINT], "reason": "expert_review"}
                wanted = {"request_correction": ["points"], "pause_review": ["reason"]}.get(act, ())
                mine.do(number, act, by="li" if act == "sign_off" else "wang", day=day,
                        given={name: given[name] for name in wanted})  # fmt: skip
        except DeskError:
            continue
    return number, day


def supposition(dice, asked, today):
    """Days for some of the fields, and perhaps another notice for next year."""
    names = dice.sample(asked, dice.randint(0, len(asked)))
    days = sorted(today + timedelta(dice.randint(0, 90)) for _ in names)
    return dict(zip((name for name in what_if.FIELDS if name in names), days, strict=True))


def notice(dice, year):
    """A notice nobody published: ten days off somewhere in the year, two make-up days."""
    off = frozenset(date(year, 1, 1) + timedelta(dice.randint(0, 350)) for _ in range(10))
    made_up = frozenset(date(year, 1, 1) + timedelta(dice.randint(0, 350)) for _ in range(2))
    return YearNotice(year, off, made_up - off, Text("示例通知", "sample notice"))


def compare(database, number, day, dice):
    """One supposition about a case; how many clocks it moved. Every ledger ends on its date."""
    with database.reading() as session:
        case = standing.of_case(session, number, day)
        told = supposition(dice, what_if.fields_of(case), day)
        calendar = calendars.with_notice(case.calendar, notice(dice, day.year))
        if what_if.faults(case, told):
            told = {}
        outcome = what_if.compare(case, told, dice.choice([None, calendar]))
        for line in outcome.lines:
            for reading in (line.now, line.then):
                rows = ledger(reading) if reading else ()
                assert not rows or rows[-1].day == reading.due, (number, line.code)
                assert rows or not reading or reading.due == reading.started_on
        return sum(line.days not in (None, 0) for line in outcome.lines)


def trial(cast, cases, each):
    """Compare `each` times for each of so many random cases; clocks moved, with no row changed."""
    dice = random.Random(20261130)  # noqa: S311 - the same trial every time
    made = [random_case(cast, dice) for _ in range(cases)]
    before, moved = fingerprint(cast.database), 0
    for number, day in made:
        moved += sum(compare(cast.database, number, day, dice) for _ in range(each))
    assert fingerprint(cast.database) == before
    return moved
