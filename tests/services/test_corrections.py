"""Correction rounds: rows that stay, points numbered from 1, answered one by one."""

from __future__ import annotations

import json

from tests.services.builders import (
    POINT,
    after,
    answer,
    bodies,
    clock,
    query,
    refused,
    results,
    stored,
)
from workflow.domain.errors import BadInput, GuardsUnmet, NotOffered

ROWS = (
    "SELECT round, no, about, text, answer IS NOT NULL, closed_on IS NOT NULL"
    " FROM correction_points WHERE case_id = :c ORDER BY round, no"
)


def points(cast, number):
    return [
        (rnd, no, about, text, bool(answered), bool(closed))
        for rnd, no, about, text, answered, closed in query(
            cast.database, ROWS, c=stored(cast, number).id
        )
    ]


def resubmit(cast, number, day):
    cast.do(number, "sign_off", by="li", day=day)
    cast.do(number, "resubmit", day=day)


def test_it_numbers_the_points_of_every_round_from_one_and_keeps_the_rounds(cast):
    number = cast.in_correction("缺日志留存", "缺承诺书签字")
    answer(cast, number, day=after(1))
    resubmit(cast, number, after(1))
    again = [{"field": "registered_capital", "text": "出资证明"}, {"text": "其他"}]
    cast.do(number, "request_correction", given={"points": again}, day=after(2))
    first = [
        (1, 1, "M-INFOSEC", "缺日志留存", True, True),
        (1, 2, "M-INFOSEC", "缺承诺书签字", True, True),
    ]
    assert points(cast, number) == [
        *first,
        (2, 1, "registered_capital", "出资证明", False, False),
        (2, 2, "", "其他", False, False),
    ]
    answer(cast, number, [1, 2], day=after(3))
    resubmit(cast, number, after(3))
    assert points(cast, number)[:2] == first
    assert all(closed for *_, closed in points(cast, number))


def test_it_holds_a_resubmission_until_every_point_is_answered(cast):
    number = cast.in_correction("一", "二", "三")
    answer(cast, number, [1, 3])
    cast.do(number, "sign_off", by="li")
    with refused(cast.database, GuardsUnmet) as caught:
        cast.do(number, "resubmit")
    (unmet,) = caught.value.unmet
    assert (unmet.code, list(unmet.values["points"])) == ("G-POINTS", [2])
    answer(cast, number, [2])
    assert results(cast, number)["G-SIGNOFF"] == "fail"  # an answer changes the pack
    resubmit(cast, number, after(0))


def test_it_refuses_answers_that_meet_no_point(cast):
    number = cast.in_correction()
    for wrong in ([2], [0], [-1], [1, 2]):
        with refused(cast.database, BadInput, field="point"):
            answer(cast, number, wrong)
    answer(cast, number)
    answer(cast, number, [1])  # answering again replaces
    resubmit(cast, number, after(0))
    with refused(cast.database, NotOffered):
        answer(cast, number)


def test_it_refuses_a_deadline_before_the_notice(cast):
    number = cast.submitted()
    with refused(cast.database, BadInput, field="reply_by"):
        cast.do(
            number, "request_correction", day=after(2),
            given={"points": [POINT], "reply_by": after(1).isoformat()},
        )  # fmt: skip
    given = {"points": [POINT], "reply_by": after(2)}
    cast.do(number, "request_correction", day=after(2), given=given)
    case = stored(cast, number)
    assert (case.next_due, case.next_clock) == (after(2), "REPLY-BY")


def test_it_keeps_what_people_wrote_off_the_trail(cast):
    number = cast.in_correction("张三的身份证复印件不清楚")
    answer(cast, number)
    told = " ".join(bodies(cast, number))
    assert "张三" not in told
    assert "已补正" not in told
    notice = json.loads(bodies(cast, number)[-2])["given"]["points"]
    assert set(notice[0]["text"]) == {"commitment"}
    found = query(
        cast.database,
        "SELECT value FROM personal_values WHERE commitment = :c",
        c=notice[0]["text"]["commitment"],
    )
    assert found == [("张三的身份证复印件不清楚",)]


def test_it_starts_the_review_with_the_full_correction(cast):
    number = cast.in_correction(day=after(0))
    assert clock(cast, number, "K-REV") == {}
    answer(cast, number, day=after(5))
    resubmit(cast, number, after(5))
    assert stored(cast, number).filed_on == after(0)  # the first submission stays the filing
    assert clock(cast, number, "K-CORR")["due"] > after(10)
    assert clock(cast, number, "K-REV")["due"] > after(80)
