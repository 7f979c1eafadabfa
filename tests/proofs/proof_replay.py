"""`make proofs-replay`: 2 000 random steps over every procedure replay to the same tables."""

from __future__ import annotations

import random
import shutil
from contextlib import closing
from dataclasses import replace

from tests.services.test_procedure_walks import (
    STORIES,
    TRIGGERS,
    Office,
    replayed,
    set_company,
    url_of,
)
from tests.support.cast import gather
from workflow.storage.database import open_database

STEPS = 2000
PEOPLE = ["wang", "wang", "li", "li", "zhao", "zhou", "chen"]


def a_step(chance):
    kind = chance.choice(
        ["ready", "submit", "offered", "offered", "offered", "any", "wait", "company"]
    )
    more = {
        "offered": lambda: ("offered_act", chance.randrange(50), chance.choice(PEOPLE)),
        "any": lambda: (
            "any",
            chance.choice(TRIGGERS),
            chance.choice(PEOPLE),
            chance.random() < 0.5,
        ),
        "wait": lambda: ("wait", chance.choice([0, 1, 7, 25, 120])),
        "company": lambda: ("company", {"premises": chance.random() < 0.5}),
    }
    return more.get(kind, lambda: (kind,))()


def test_it_replays_to_the_same_tables(tmp_path, sqlite_url):
    template = tmp_path / "desk.db"
    database = open_database(sqlite_url)
    made = gather(database)
    set_company(made, registered_capital=20_000_000)
    database.close()
    chance, taken = random.Random(5), 0  # noqa: S311 - any sequence will do
    while taken < STEPS:
        for story in STORIES:
            copy = shutil.copyfile(template, tmp_path / "walk.db")
            database = open_database(url_of(copy))
            office = Office(replace(made, database=database), copy, story)
            with closing(office.watch), closing(database):
                for _ in range(45):
                    kind, *rest = a_step(chance)
                    office.take(kind, *rest)
                    taken += 1
                replayed(database)
    print(f"\n{taken} steps over {len(STORIES)} stories, replayed after every 45")  # noqa: T201
