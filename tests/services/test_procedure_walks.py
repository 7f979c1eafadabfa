"""Random walks through every procedure: whatever is tried, the state is a declared one.

`make proofs-walks` takes many more of them; here they are few and the same every time.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.services.builders import POINT, answer, now, query, set_company, stored, tick
from tests.support.cast import TODAY, gather, moment
from tests.support.databases import sqlite_url as url_of
from workflow.domain.errors import DeskError
from workflow.domain.procedure import State
from workflow.law import catalogue
from workflow.services import client_companies, clockwork, opening, replaying
from workflow.storage.database import open_database

WALKS = int(os.environ.get("WALKS", "8"))
LAW = catalogue.LAW
TRIGGERS = sorted({rule.trigger for p in LAW.procedures.values() for rule in p.rules} | {"fly"})
AFTER_THE_END = {"deliver", "rectify"}
PROVINCIAL = {
    "number": "粤B2-20210001", "kinds": ["ICP"], "coverage": ["44"],
    "valid_from": date(2021, 7, 1), "valid_to": date(2026, 7, 1),
}  # fmt: skip
NATIONWIDE = {
    "number": "B2-20240002", "kinds": ["SP"], "coverage": ["national"], "codes": ["10661111"],
    "valid_from": date(2024, 7, 1), "valid_to": date(2029, 7, 1),
}  # fmt: skip

# procedure, license, and what is told: one walk each
STORIES = {
    "new": ("new", None, {"kinds": ["ICP"], "coverage": ["44"]}),
    "change-name": ("change", PROVINCIAL, {"changes": ["C-LREP"], "facts": {
        "registered_on": date(2026, 3, 10), "new": {"legal_representative": "丙示例"}}}),
    "change-items": ("change", PROVINCIAL, {"changes": ["C-ITEM"], "facts": {
        "new": {"items": {"ICP": ["ICP-SEARCH"]}}}}),
    "change-contact": ("change", NATIONWIDE, {"changes": ["C-CONTACT"]}),
    "renewal": ("renewal", PROVINCIAL, {}),
    "cancellation": ("cancellation", PROVINCIAL, {}),
    "annual_report": ("annual_report", PROVINCIAL, {"facts": {"year": 2025}}),
    "number": ("number", NATIONWIDE, {"facts": {"range": "1066XXXX"}}),
    "branch_report": ("branch_report", NATIONWIDE, {"facts": {"province": "44"}}),
}  # fmt: skip

ANSWERS = {
    "points": [POINT],
    "reason": "企业要求",
    "reasons": "不符合条件",
    "guard": "G-STAFF",
    "event": "submit",
    "field": "on",
    "value": TODAY.isoformat(),
    "code": "10662222",
    "from": "示例用户",
    "text": "要求退费",
}

people = st.sampled_from(["wang", "wang", "li", "li", "zhao", "zhou", "chen"])
days = st.sampled_from([0, 1, 7, 25, 120])
acts = st.one_of(
    st.tuples(st.just("ready")),
    st.tuples(st.just("offered"), st.integers(0, 50), people),
    st.tuples(st.just("offered"), st.integers(0, 50), st.sampled_from(["wang", "li"])),
    st.tuples(st.just("offered"), st.integers(0, 50), st.sampled_from(["wang", "li"])),
    st.tuples(st.just("any"), st.sampled_from(TRIGGERS), people, st.booleans()),
    st.tuples(st.just("wait"), days),
    st.tuples(st.just("company"), st.sampled_from([{"premises": False}, {"premises": True}])),
)
starts = st.sampled_from([[], [("ready",)], [("ready",), ("submit",)], [("ready",), ("submit",)]])
walks = st.tuples(starts, st.lists(acts, min_size=4, max_size=14)).map(lambda w: [*w[0], *w[1]])


class Office:
    """One case of one procedure, and everything people may try on it."""

    def __init__(self, cast, path, story):
        self.cast, self.day, self.count = cast, TODAY, 0
        self.procedure = LAW.procedures[STORIES[story][0]]
        self.states = {State.DRAFT} | {r.target for r in self.procedure.rules if r.target}
        self.number = self.begin(*STORIES[story])
        self.watch = sqlite3.connect(path)

    def begin(self, procedure, license_, told):
        cast, license_id = self.cast, None
        with cast.database.transaction() as tx:
            if license_:
                license_id = client_companies.add_license(
                    tx, cast.company, license_, actor=cast["wang"], moment=moment()
                )
            return opening.open_for(
                tx, cast.company, procedure, license_id=license_id, actor=cast["wang"],
                moment=moment(), **told,
            ).number  # fmt: skip

    def written(self):
        """Another number after every commit that changed anything."""
        return self.watch.execute("PRAGMA data_version").fetchone()[0]

    def attempt(self, act):
        before = self.written()
        try:
            act()
        except DeskError:
            assert self.written() == before

    def offered(self):
        return now(self.cast, self.number, self.day).rules

    def take(self, kind, *rest):
        getattr(self, kind)(*rest)
        self.check()

    def ready(self):
        cast, number, day = self.cast, self.number, self.day
        self.attempt(lambda: cast.do(number, "prepare", day=day))
        missing = now(cast, number, day).missing
        if missing:
            self.attempt(lambda: cast.provide(number, *missing, day=day))
        self.attempt(lambda: answer(cast, number, day=day))
        self.attempt(lambda: cast.do(number, "sign_off", by="li", day=day))

    def submit(self):
        self.do("submit", "wang")

    def any(self, trigger, who, told):
        self.do(trigger, who, told=told)

    def do(self, trigger, who, *, told=True):
        rules = [rule for rule in self.procedure.rules if rule.trigger == trigger]
        asks = [ask.name for rule in rules for ask in rule.asks if ask.required] if told else []
        given = {name: ANSWERS.get(name, f"示例-{self.count}") for name in asks}
        self.count += 1
        self.attempt(lambda: self.cast.do(self.number, trigger, by=who, day=self.day, given=given))

    def offered_act(self, choice, who):
        triggers = sorted({rule.trigger for rule in self.offered()} - {"withdraw"})
        self.do(triggers[choice % len(triggers)], who)

    def wait(self, length):
        self.day += timedelta(length)
        tick(self.cast, self.day)
        with self.cast.database.reading() as session:
            ended = clockwork.lapsed(session, self.day)
        for license_id in ended:
            with self.cast.database.transaction() as tx:
                clockwork.lapse(tx, license_id, moment(self.day))

    def company(self, facts):
        set_company(self.cast, **facts)

    def check(self):
        case = stored(self.cast, self.number)
        events = query(
            self.cast.database, "SELECT count(*) FROM events WHERE case_id = :c", c=case.id
        )
        assert State(case.state) in self.states
        assert case.version == events[0][0]
        if State(case.state).final:
            assert {rule.trigger for rule in self.offered()} <= AFTER_THE_END

    def try_to_go_on(self):
        """Whatever a final state refuses, it refuses without a trace."""
        case, before = stored(self.cast, self.number), self.written()
        if not State(case.state).final:
            return
        for trigger in set(TRIGGERS) - AFTER_THE_END:
            self.do(trigger, "li")
        self.attempt(lambda: self.cast.provide(self.number, "M-APP", day=self.day))
        self.attempt(lambda: answer(self.cast, self.number, day=self.day))
        assert self.written() == before


def replayed(database):
    """The trail alone leads to the same tables."""
    with database.reading() as session:
        found = replaying.replay(session)
    assert found.cases >= 1
    assert found.found == []


def walk(office, steps):
    for kind, *rest in steps:
        office.take("offered_act" if kind == "offered" else kind, *rest)
    office.try_to_go_on()


@pytest.fixture(scope="module")
def template(tmp_path_factory, _sqlite_copies):
    path = tmp_path_factory.mktemp("walks") / "template.db"
    database = open_database(_sqlite_copies(path))
    made = gather(database)
    set_company(made, registered_capital=20_000_000)
    database.close()
    return path, made


@pytest.mark.parametrize("story", STORIES)
def test_it_stays_in_declared_states_and_on_the_record(story, template, tmp_path):
    path, made = template
    ends = []

    @settings(
        max_examples=WALKS, deadline=None, database=None, derandomize="WALKS" not in os.environ,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(walks)
    def roam(steps):
        copy = shutil.copyfile(path, tmp_path / "walk.db")
        database = open_database(url_of(copy))
        office = Office(replace(made, database=database), copy, story)
        with closing(office.watch), closing(database):
            walk(office, steps)
            ends.append(stored(office.cast, office.number).state)
            replayed(database)

    roam()
    assert len(set(ends)) > 1, ends  # walks that all end alike would prove little


def test_it_reaches_an_end_in_every_procedure(template, tmp_path):
    """The walks would prove little if they never got anywhere."""
    path, made = template
    for story in STORIES:
        copy = shutil.copyfile(path, tmp_path / f"{story}.db")
        database = open_database(url_of(copy))
        office = Office(replace(made, database=database), copy, story)
        with closing(office.watch), closing(database):
            before = office.written()
            walk(office, [("ready",), ("submit",), ("any", "approve", "wang", True)])
            assert office.written() != before
            assert stored(office.cast, office.number).state == State.APPROVED, story
