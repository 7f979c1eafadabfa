"""Replay: the trail alone leads to the tables; whatever was changed beside it is named."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.services.sealed_trail import execute, unguarded
from tests.support.cast import TODAY, moment
from workflow.services import agreed_dates, replaying
from workflow.services.replaying import Difference

SQL = {
    "state": "UPDATE cases SET state = 'rejected' WHERE number = :n",
    "version": "UPDATE cases SET version = 99 WHERE number = :n",
    "head": "UPDATE cases SET head = '' WHERE number = :n",
    "next_due": "UPDATE cases SET next_due = '2031-01-01' WHERE number = :n",
    "next_clock": "UPDATE cases SET next_clock = 'K-ADV30' WHERE number = :n",
    "coverage": """UPDATE cases SET coverage = '["11"]' WHERE number = :n""",
    "facts": """UPDATE cases SET facts = '{"year": 2025}' WHERE number = :n""",
    "acts": "UPDATE cases SET acts = '[]' WHERE number = :n",
    "filed_on": "UPDATE cases SET filed_on = '2026-01-01' WHERE number = :n",
    "handler_id": "UPDATE cases SET handler_id = '5' WHERE number = :n",
    "material.M-APP.1": "UPDATE material_versions SET file_hash = 'x' WHERE code = 'M-APP'"
                        " AND case_id = (SELECT id FROM cases WHERE number = :n)",
    "material.M-SI.1": "DELETE FROM material_versions WHERE code = 'M-SI'"
                       " AND case_id = (SELECT id FROM cases WHERE number = :n)",
}  # fmt: skip
ON_LICENSE = {
    "valid_to": "UPDATE licenses SET valid_to = '2039-01-01'",
    "status": "UPDATE licenses SET status = 'lapsed'",
    "kinds": """UPDATE licenses SET kinds = '["SP"]'""",
    "facts.legal_representative": "UPDATE licenses SET facts = replace(facts, '周示例', '丙示例')",
    "": "DELETE FROM licenses",
}


@pytest.fixture(scope="module")
def told(desk):
    number = desk.submitted()
    desk.approved(coverage=("11",))
    dated = desk.open_case(coverage=("12",))
    agreed = {"internal_by": TODAY + timedelta(3), "promised_by": TODAY + timedelta(1)}
    for dates in (agreed, {"internal_by": TODAY + timedelta(2), "promised_by": None}):
        with desk.database.transaction() as tx:
            agreed_dates.set_dates(tx, dated, dates, actor=desk["wang"], moment=moment())
    return desk, number


def replay(cast, sql="", **values):
    with cast.database.session() as session:
        if sql:
            unguarded(session)
            execute(session, sql, **values)
        found = replaying.replay(session)
        session.rollback()
    return found


def test_it_finds_what_was_changed_beside_the_trail(told):
    cast, number = told
    assert replay(cast).found == []
    for field, sql in SQL.items():
        found = replay(cast, sql, n=number).found
        assert (f"case:{number}", field) in {(d.subject, d.field) for d in found}, field
    for field, sql in ON_LICENSE.items():
        found = replay(cast, sql).found
        assert ("license", field) in {(d.subject.split(":")[0], d.field) for d in found}, field


def test_it_misses_a_case_that_is_gone(told):
    cast, number = told
    found = replay(cast, "DELETE FROM cases WHERE number = :n", n=number).found
    assert Difference(f"case:{number}", "", "there", "not there") in found


def test_it_lets_an_erased_value_be(told):
    cast, _ = told
    erase = "UPDATE personal_values SET value = NULL, salt = NULL"
    assert replay(cast, erase).found == []


def test_it_replays_older_events_as_far_as_they_go(told):
    """Events of before this version keep less: what they do not tell is not compared."""
    cast, number = told
    forget = (
        "UPDATE events SET body = replace(body, '\"kept\"', '\"left\"')"
        " WHERE case_id = (SELECT id FROM cases WHERE number = :n)"
    )
    found = replay(cast, forget, n=number)
    assert (found.older, found.found) == (1, [])


def test_it_keeps_the_outcome_without_values(told):
    cast, number = told
    found = replay(cast, SQL["state"], n=number)
    with cast.database.transaction() as tx:
        replaying.keep(tx, found, moment())
    with cast.database.reading() as session:
        kept = replaying.last(session)
    assert (kept.at, kept.differences) == (moment().stamp, found.differences)
    assert [f"case:{number}", "state"] in kept.found
