"""Random walks over all acts: whatever people try, the books balance after every step."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.services.builders import (
    POINT,
    ROLES,
    answer,
    fingerprint,
    intact,
    new_company,
    now,
    query,
    set_company,
    stored,
    tick,
)
from tests.storage.trail_rows import attack, unguarded
from tests.support.cast import TODAY, gather, moment
from tests.support.databases import sqlite_url as url_of
from workflow.domain.errors import DeskError
from workflow.domain.procedure import State
from workflow.law import catalogue
from workflow.services import assignment, opening
from workflow.services.advance import advance
from workflow.storage.database import open_database

NEW = catalogue.procedure("new")
TRIGGERS = sorted({rule.trigger for rule in NEW.rules} | {"fly"})
RULES = {rule.trigger: rule for rule in NEW.rules}
PEOPLE = st.sampled_from([*ROLES.values(), "chen", "admin"])
STAFF = st.sampled_from(["wang", "wang", "li"])
ONWARD = {
    "submitted": ["accept", "approve", "reject", "request_correction", "pause_review",
                  "resume_review", "request_correction", "approve"],
    "approved": ["deliver"],
}  # fmt: skip
GIVEN = {
    "request_correction": st.builds(
        lambda count, reply: {"points": [POINT] * count, **({"reply_by": reply} if reply else {})},
        st.integers(0, 3),
        st.sampled_from([None, TODAY + timedelta(60), "gestern"]),
    ),
    "approve": st.fixed_dictionaries({"number": st.integers(1, 10**9)}),
    "reject": st.just({"reasons": "不符合条件"}),
    "waive": st.fixed_dictionaries(
        {"guard": st.sampled_from(["G-STAFF", "G-CAPITAL"]), "reason": st.just("同意")}
    ),
    "rectify": st.fixed_dictionaries(
        {
            "event": st.sampled_from(["submit", "accept", "approve", "deliver", "3", "9", "17"]),
            "field": st.sampled_from(["on", "receipt", "number", "valid_to"]),
            "value": st.one_of(
                st.dates(TODAY, TODAY + timedelta(30)), st.sampled_from(["", "7", "二〇二六"])
            ),
            "reason": st.just("笔误"),
        }
    ),
    **dict.fromkeys(["decline", "withdraw", "return_pack", "revoke_sign_off"],
                    st.sampled_from([{"reason": "企业要求"}, {"reason": ""}, {}])),
}  # fmt: skip


class Walk(RuleBasedStateMachine):
    """王芳, 李强 and the rest, a company, and whatever comes to their minds."""

    def __init__(self, desk):
        super().__init__()
        self.cast = replace(desk, company=new_company(desk))
        self.numbers = []
        self.day = TODAY

    def attempt(self, act):
        before = fingerprint(self.cast.database)
        try:
            act()
        except DeskError:
            assert fingerprint(self.cast.database) == before

    def draw_case(self, data):
        return data.draw(st.sampled_from(self.numbers))

    @initialize()
    def begin(self):
        cast = self.cast
        self.numbers = [
            cast.submitted(),
            cast.fileable(coverage=("12",)),
            cast.open_case(coverage=("13",)),
        ]

    @precondition(lambda self: len(self.numbers) < 5)
    @rule(by=PEOPLE, coverage=st.sampled_from([("44",), ("11",), ("national",), ("99",)]))
    def open(self, by, coverage):
        self.attempt(
            lambda: self.numbers.append(self.cast.open_case(by=by, coverage=coverage, day=self.day))
        )

    @precondition(lambda self: self.numbers)
    @rule(data=st.data(), by=PEOPLE, trigger=st.sampled_from(TRIGGERS), back=st.integers(-1, 3))
    def try_anything(self, data, by, trigger, back):
        self.act(data, self.draw_case(data), trigger, by, self.day - timedelta(back))

    @precondition(lambda self: self.numbers)
    @rule(data=st.data(), by=STAFF)
    def do_what_is_offered(self, data, by):
        number = self.draw_case(data)
        rules = now(self.cast, number, self.day).rules
        offered = sorted({rule.trigger for rule in rules} - {"withdraw"})
        self.act(data, number, data.draw(st.sampled_from(offered)), by, self.day)

    def act(self, data, number, trigger, by, on):
        given = data.draw(GIVEN[trigger]) if trigger in GIVEN else {}

        def take():
            with self.cast.database.transaction() as tx:
                advance(
                    tx, number, trigger, actor=self.cast[by], moment=moment(self.day), on=on,
                    given=given,
                )  # fmt: skip

        self.attempt(take)

    def move_on(self, data):
        """The next thing that would happen in a real office."""
        number = self.draw_case(data)
        state = stored(self.cast, number).state
        if state in ("draft", "material_prep", "correction_requested"):
            self.get_ready(number, state)
        for trigger in ("prepare", "submit", "resubmit"):
            self.act(data, number, trigger, "wang", self.day)
        if state in ONWARD:
            self.act(data, number, data.draw(st.sampled_from(ONWARD[state])), "wang", self.day)

    def get_ready(self, number, state):
        """Everything a filing needs; the pack stays unsigned when a reviewer had a hand in it."""
        self.attempt(lambda: self.cast.do(number, "prepare", day=self.day))
        if now(self.cast, number, self.day).missing:
            self.cast.provide(number, day=self.day)
        if state == "correction_requested":
            answer(self.cast, number, day=self.day)
        self.attempt(lambda: self.cast.do(number, "sign_off", by="li", day=self.day))

    # named three times, so that stories get somewhere
    once = precondition(lambda self: self.numbers)(rule(data=st.data())(move_on))
    twice = precondition(lambda self: self.numbers)(rule(data=st.data())(move_on))
    thrice = precondition(lambda self: self.numbers)(rule(data=st.data())(move_on))

    @precondition(lambda self: self.numbers)
    @rule(data=st.data(), by=PEOPLE, code=st.sampled_from(["M-APP", "M-SI", "M-NONE"]))
    def provide(self, data, by, code):
        number = self.draw_case(data)
        self.attempt(lambda: self.cast.provide(number, code, by=by, day=self.day))

    @precondition(lambda self: self.numbers)
    @rule(data=st.data(), by=PEOPLE, points=st.one_of(st.none(), st.lists(st.integers(1, 3))))
    def answer(self, data, by, points):
        number = self.draw_case(data)
        self.attempt(lambda: answer(self.cast, number, points, day=self.day, by=by))

    @precondition(lambda self: self.numbers)
    @rule(data=st.data(), by=PEOPLE, kinds=st.sampled_from([["ICP"], ["EDI", "ICP"], ["IDC"]]))
    def set_facts(self, data, by, kinds):
        number = self.draw_case(data)

        def change():
            with self.cast.database.transaction() as tx:
                opening.set_facts(
                    tx, number, kinds=kinds, actor=self.cast[by], moment=moment(self.day)
                )

        self.attempt(change)

    @precondition(lambda self: self.numbers)
    @rule(data=st.data(), by=PEOPLE, to=STAFF)
    def assign(self, data, by, to):
        number = self.draw_case(data)

        def give():
            with self.cast.database.transaction() as tx:
                assignment.assign(
                    tx, number, handler_id=self.cast[to].id, actor=self.cast[by],
                    moment=moment(self.day),
                )  # fmt: skip

        self.attempt(give)

    @rule(staff=st.integers(0, 5), share=st.sampled_from([0, 0, 0, 30]))
    def change_the_company(self, staff, share):
        set_company(self.cast, insured_staff=staff, foreign_share=share)

    @rule(days=st.integers(0, 12))
    def let_time_pass(self, days):
        self.day += timedelta(days)
        tick(self.cast, self.day)

    @invariant()
    def it_balances(self):
        for number in self.numbers:
            check_books(self.cast, number)

    def teardown(self):
        assert intact(self.cast.database)


def check_books(cast, number):
    case = stored(cast, number)
    events = query(
        cast.database,
        "SELECT seq, hash, action, source, target, body FROM events WHERE case_id = :c"
        " ORDER BY seq",
        c=case.id,
    )
    assert [event[0] for event in events] == list(range(1, case.version + 1))
    assert events[-1][1] == case.head
    assert case.state in set(State)
    assert folded(events) == {
        "state": case.state,
        "kinds": case.kinds,
        "items": case.items,
        "coverage": case.coverage,
        "facts": case.facts,
        "acts": [(act.seq, act.do, act.on.isoformat()) for act in case.folded],
    }
    assert (case.filed_on is not None) == any(act.do == "submit" for act in case.folded)
    sent = {seq for (seq,) in query(
        cast.database, "SELECT seq FROM outbox WHERE case_id = :c", c=case.id)}  # fmt: skip
    assert sent == {seq for seq, _, action, *_ in events if sends(action)}


def sends(action):
    return action == "assign" or (action in RULES and bool(RULES[action].sends))


def folded(events):
    """What the trail says of a case, without looking at its row."""
    told, state, acts = {}, None, {}
    for seq, _, action, source, target, body in events:
        event = json.loads(body)
        assert source == state
        assert (action, source, target) == (event["action"], event["from"], event["to"])
        state = target
        told |= {change["field"]: change["new"] for change in event["changes"]}
        if action in RULES:
            acts[seq] = (action, event["on"])
        if action == "rectify":
            follow(acts, event)
    fields = ("kinds", "items", "coverage", "facts")
    listed = [(seq, do, on) for seq, (do, on) in acts.items()]
    return {"state": state, **{name: told[name] for name in fields}, "acts": listed}


def follow(acts, event):
    """A rectified day, and that of the deemed acceptance which follows a receipt."""
    wanted = event["given"]["event"]
    for change in event["changes"]:
        do, _, field = change["field"].partition(".")
        if field == "on":
            named = [s for s, (a, _) in acts.items() if a == do and wanted in (str(s), a)]
            any_ = [s for s, (a, _) in acts.items() if a == do]
            acts[(named or any_)[-1]] = (do, change["new"])


def walk(desk, *, examples, steps):
    # the same walks every time: a red run can be looked at, and the suite keeps its budget
    run_state_machine_as_test(
        lambda: Walk(desk() if callable(desk) else desk),
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, database=None,
            derandomize=True, suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


def test_it_balances_on_sqlite(sqlite_url, tmp_path):
    template = open_database(sqlite_url)
    made = gather(template)
    template.close()
    opened = []

    def fresh():
        path = tmp_path / f"walk{len(opened)}.db"
        shutil.copyfile(tmp_path / "desk.db", path)
        opened.append(open_database(url_of(path)))
        return replace(made, database=opened[-1])

    walk(fresh, examples=8, steps=30)
    for database in opened:
        database.close()


def test_it_balances_on_postgresql(postgres_url):
    database = open_database(postgres_url)
    walk(gather(database), examples=3, steps=25)
    database.close()


def test_it_would_notice_a_step_without_an_event(sqlite_url):
    database = open_database(sqlite_url)
    cast = gather(database)
    number = cast.submitted()
    check_books(cast, number)
    with unguarded(database):
        attack(database, "UPDATE cases SET state = 'approved'")
    with pytest.raises(AssertionError):
        check_books(cast, number)
    database.close()
