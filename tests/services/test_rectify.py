"""Rectifying: clocks, rounds and register follow; nothing on the trail is lost."""

from __future__ import annotations

import json
from datetime import date

from tests.services.builders import (
    POINT,
    after,
    answer,
    bodies,
    clock,
    intact,
    license_of,
    now,
    query,
    refused,
    stored,
    tick,
)
from tests.support.cast import TODAY
from workflow.domain.errors import BadInput, NotOffered, RoleMissing
from workflow.domain.workdays import add_years

LATER = after(40)


def rectify(cast, number, event, field, value, *, day=LATER, by="li"):
    cast.do(
        number, "rectify", by=by, day=day,
        given={"event": event, "field": field, "value": value, "reason": "录入有误"},
    )  # fmt: skip


def approved(cast, **given):
    number = cast.submitted(day=TODAY)
    cast.do(number, "accept", day=after(2), given={"number": "示例受理-1"})
    cast.do(number, "approve", day=after(10), given={"number": f"许可-{number}", **given})
    return number


def test_it_moves_the_filing_and_its_clocks(cast):
    number = cast.submitted(day=after(5))
    assert clock(cast, number, "K-CORR", after(5))["due"] == date(2026, 3, 30)
    rectify(cast, number, "submit", "on", TODAY.isoformat(), day=after(6))
    assert clock(cast, number, "K-CORR", after(6))["due"] == date(2026, 3, 25)
    assert clock(cast, number, "K-REV", after(6))["due"] == date(2026, 6, 15)
    case = stored(cast, number)
    assert (case.filed_on, case.next_due) == (TODAY, date(2026, 3, 25))


def test_it_knows_a_record_by_its_number_or_by_the_name_of_the_act(cast):
    number = cast.submitted()
    seq = stored(cast, number).version
    rectify(cast, number, seq, "receipt", "示例回执-1")
    rectify(cast, number, "submit", "receipt", "示例回执-2")
    rectify(cast, number, str(seq), "receipt", 20260318)
    changes = [json.loads(body)["changes"] for body in bodies(cast, number)[-3:]]
    told = [(c["field"], c["old"], c["new"]) for (c,) in changes]
    assert told == [
        ("submit.receipt", None, "示例回执-1"),
        ("submit.receipt", "示例回执-1", "示例回执-2"),
        ("submit.receipt", "示例回执-2", "20260318"),
    ]


def test_it_takes_the_last_of_several_acts_of_one_name(cast):
    number = cast.submitted()
    for first in (2, 6):
        cast.do(number, "pause_review", day=after(first))
        cast.do(number, "resume_review", day=after(first + 1))
    rectify(cast, number, "pause_review", "on", after(5).isoformat())
    rectify(cast, number, "pause_review", "reason", "hearing")
    pauses = [act for act in stored(cast, number).acts if act[1] == "pause_review"]
    assert [(on, given) for _, _, on, given in pauses] == [
        (after(2).isoformat(), {}),
        (after(5).isoformat(), {"reason": "hearing"}),
    ]


def test_it_corrects_the_register_in_a_final_state(cast):
    number = approved(cast)
    cast.do(number, "deliver", day=after(12))
    rectify(cast, number, "approve", "number", "粤B2-20269999")
    rectify(cast, number, "approve", "valid_to", date(2031, 1, 1))
    rectify(cast, number, "approve", "valid_from", "2026-03-30")
    held = license_of(cast, number)
    assert (held["number"], held["valid_from"]) == ("粤B2-20269999", date(2026, 3, 30))
    assert held["valid_to"] == date(2031, 1, 1)
    assert now(cast, number).state == "approved"
    with refused(cast.database, NotOffered):
        cast.do(number, "withdraw", given={"reason": "晚了"}, day=LATER)
    rejected = cast.submitted(coverage=("11",))
    cast.do(rejected, "reject", given={"reasons": "不符合条件"})
    rectify(cast, rejected, "submit", "receipt", "示例回执-9")


def test_it_moves_a_term_that_began_with_the_decision(cast):
    number = approved(cast)
    rectify(cast, number, "approve", "on", after(9).isoformat())
    held = license_of(cast, number)
    assert (held["valid_from"], held["valid_to"]) == (after(9), add_years(after(9), 5))
    assert clock(cast, number, "K-DELIV", LATER)["due"] == date(2026, 4, 13)
    rectify(cast, number, "approve", "on", after(10))
    assert license_of(cast, number)["valid_from"] == after(10)


def test_it_leaves_a_term_that_was_stated(cast):
    number = approved(cast, valid_from=after(20))
    rectify(cast, number, "approve", "on", after(9).isoformat())
    held = license_of(cast, number)
    assert (held["valid_from"], held["valid_to"]) == (after(20), add_years(after(20), 5))


def test_it_redates_a_correction_round(cast):
    number = cast.submitted(day=TODAY)
    cast.do(number, "request_correction", day=after(3), given={"points": [POINT]})
    rectify(cast, number, "request_correction", "reply_by", after(20).isoformat())
    rectify(cast, number, "request_correction", "on", after(2).isoformat())
    with refused(cast.database, BadInput, field="value"):
        rectify(cast, number, "request_correction", "reply_by", after(1).isoformat())
    case = stored(cast, number)
    assert (case.next_due, case.next_clock) == (after(20), "REPLY-BY")
    answer(cast, number, day=after(4))
    cast.do(number, "sign_off", by="li", day=after(4))
    cast.do(number, "resubmit", day=after(4))
    rectify(cast, number, "resubmit", "on", after(3).isoformat())
    dates = query(
        cast.database,
        "SELECT CAST(notified_on AS text), CAST(reply_by AS text), CAST(closed_on AS text)"
        " FROM correction_points WHERE case_id = :c",
        c=stored(cast, number).id,
    )
    assert dates == [tuple(after(n).isoformat() for n in (2, 20, 3))]
    assert clock(cast, number, "K-CORR", after(4))["due"] == date(2026, 3, 27)


def test_it_moves_a_deemed_acceptance_with_its_receipt(cast):
    number = cast.submitted(day=TODAY)
    tick(cast, after(9))
    with refused(cast.database, BadInput, field="field"):
        rectify(cast, number, "deem_accepted", "on", after(-1).isoformat())
    rectify(cast, number, "submit", "on", after(-1).isoformat())
    assert now(cast, number).dates["accepted_on"] == after(-1)


IMPOSSIBLE = (
    ("nothing", "on", "2026-03-18", "event"),
    ("99", "on", "2026-03-18", "event"),
    ("provide", "on", "2026-03-18", "event"),
    ("rectify", "on", "2026-03-18", "event"),
    ("approve", "state", "draft", "field"),
    ("approve", "receipt", "示例", "field"),
    ("submit", "valid_to", "2031-01-01", "field"),
    ("reject", "reasons", "别的理由", "event"),
    ("approve", "on", "昨天", "value"),
    ("approve", "on", "2026-02-30", "value"),
    ("approve", "on", after(100).isoformat(), "value"),
    ("approve", "on", after(1).isoformat(), "value"),
    ("submit", "on", after(11).isoformat(), "value"),
    ("accept", "on", after(-1).isoformat(), "value"),
    ("deliver", "on", after(9).isoformat(), "value"),
    ("deliver", "on", after(100).isoformat(), "value"),
    ("prepare", "on", after(100).isoformat(), "value"),
    ("approve", "valid_to", "2020-01-01", "value"),
    ("approve", "valid_from", "2040-01-01", "value"),
    ("approve", "number", "  ", "value"),
)


def test_it_refuses_what_cannot_have_been(cast):
    number = approved(cast)
    cast.do(number, "deliver", day=after(12))
    for event, field, value, where in IMPOSSIBLE:
        with refused(cast.database, BadInput, field=where):
            rectify(cast, number, event, field, value)


def test_it_refuses_a_number_the_register_has_and_a_reason_left_out(cast):
    number, other = approved(cast), cast.submitted(coverage=("11",))
    cast.do(other, "approve", given={"number": f"许可-{other}"})
    with refused(cast.database, BadInput, field="value"):
        rectify(cast, number, "approve", "number", f"许可-{other}")
    rectify(cast, number, "approve", "number", f"许可-{number}")  # its own is nobody else's
    with refused(cast.database, BadInput, field="reason"):
        cast.do(
            number, "rectify", by="li", day=LATER,
            given={"event": "submit", "field": "on", "value": TODAY},
        )  # fmt: skip
    with refused(cast.database, RoleMissing):
        rectify(cast, number, "submit", "on", TODAY.isoformat(), by="wang")


def test_it_loses_nothing_on_the_trail(cast):
    number = approved(cast)
    before = bodies(cast, number)
    rectify(cast, number, "approve", "number", f"新许可-{number}")
    rectify(cast, number, "submit", "receipt", "示例回执-3")
    after_it = bodies(cast, number)
    assert after_it[: len(before)] == before
    assert len(after_it) == len(before) + 2 == stored(cast, number).version
    assert f'"number":"许可-{number}"' in "".join(before)
    assert intact(cast.database)
