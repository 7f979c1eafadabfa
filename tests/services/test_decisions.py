"""What the authority decides and when: acceptance, pauses, approval, delivery, other ends."""

from __future__ import annotations

from datetime import date

import pytest

from tests.services.builders import (
    NEEDED,
    after,
    clock,
    license_of,
    now,
    open_tasks,
    query,
    refused,
    stored,
    tick,
)
from tests.support.cast import TODAY, moment
from workflow.domain.errors import BadInput, GuardsUnmet, NotOffered
from workflow.services import clockwork

JUNE = date(2026, 6, 1)


def day(text):
    return date.fromisoformat(text)


def approve(cast, case, **given):
    cast.do(case, "approve", given={"number": f"许可-{case}", **given})


def test_it_enters_the_license_with_five_years_from_the_decision(cast):
    number = cast.submitted(kinds=("ICP", "EDI"))
    approve(cast, number)
    held = license_of(cast, number)
    assert (held["valid_from"], held["valid_to"]) == (TODAY, TODAY.replace(year=2031))
    assert (held["kinds"], held["coverage"], held["status"]) == (["ICP", "EDI"], ["44"], "valid")
    assert held["items"] == {"ICP": ["ICP-PUBLISH"], "EDI": ["EDI-TRADE"]}
    assert held["name"] == "示例测试信息服务有限公司"
    assert open_tasks(cast, number) == ["T-SHOW-NUMBER", "T-REG-SCOPE", "T-ANNUAL"]


def test_it_grants_less_than_was_applied_for_when_the_decision_says_so(cast):
    number = cast.submitted(
        kinds=("ICP", "EDI"),
        coverage=("44", "11"),
        items={"EDI": ["EDI-TRADE", "EDI-EXCHANGE"]},
    )
    approve(
        cast, number, kinds=["EDI"], coverage=["11"], items={"EDI": ["EDI-EXCHANGE"]},
        valid_from="2026-03-20", valid_to=date(2029, 3, 19),
    )  # fmt: skip
    held = license_of(cast, number)
    assert (held["kinds"], held["coverage"]) == (["EDI"], ["11"])
    assert held["items"] == {"EDI": ["EDI-EXCHANGE"]}
    assert (held["valid_from"], held["valid_to"]) == (day("2026-03-20"), day("2029-03-19"))
    # nothing follows from what was dropped
    assert open_tasks(cast, number) == ["T-SHOW-NUMBER", "T-ANNUAL"]


def test_it_ends_on_the_28th_when_the_29th_of_february_is_missing(cast):
    number = cast.submitted(day=day("2028-02-29"))
    cast.do(number, "approve", given={"number": f"许可-{number}"}, day=day("2028-02-29"))
    assert license_of(cast, number)["valid_to"] == day("2033-02-28")


def test_it_refuses_a_license_number_that_the_register_has(cast):
    number = cast.submitted()
    approve(cast, number)
    second = cast.submitted(coverage=("11",))
    with refused(cast.database, BadInput, field="number"):
        approve(cast, second, number=f"许可-{number}")


def test_it_delivers_once_and_not_before_the_decision(cast):
    number = cast.submitted()
    with refused(cast.database, NotOffered):
        cast.do(number, "deliver")
    cast.do(number, "approve", given={"number": f"许可-{number}"}, day=after(2))
    assert now(cast, number).clock("K-DELIV")["due"] == day("2026-04-03")
    with refused(cast.database, BadInput, field="on"):
        cast.do(number, "deliver", day=after(1))
    cast.do(number, "deliver", day=after(3))
    with refused(cast.database, NotOffered):
        cast.do(number, "deliver", day=after(4))
    assert stored(cast, number).turn == "none"


@pytest.mark.parametrize("ending", ["reject", "decline", "withdraw"])
def test_it_ends_without_a_license(cast, ending):
    number = cast.submitted()
    cast.do(number, ending, given=NEEDED[ending])
    case = stored(cast, number)
    assert (case.turn, case.next_due) == ("none", None)
    assert license_of(cast, number) == {}
    again = cast.submitted()  # what ended stands in nobody's way
    assert now(cast, again).state == "submitted"


def test_it_withdraws_from_every_open_state(cast):
    for made in (cast.open_case, cast.fileable, cast.submitted, cast.in_correction):
        number = made()
        cast.do(number, "withdraw", by="zhao", given=NEEDED["withdraw"])
        assert now(cast, number).state == "withdrawn"
        with refused(cast.database, NotOffered):
            cast.do(number, "withdraw", given=NEEDED["withdraw"])


def test_it_pauses_the_review_for_the_days_named(cast):
    number = cast.submitted(day=JUNE)
    cast.do(number, "accept", day=JUNE)
    assert clock(cast, number, "K-REV", JUNE)["due"] == day("2026-08-25")
    with refused(cast.database, NotOffered):
        cast.do(number, "resume_review", day=JUNE)
    cast.do(number, "pause_review", day=day("2026-06-15"), given={"reason": "expert_review"})
    with refused(cast.database, NotOffered):
        cast.do(number, "pause_review", day=day("2026-06-16"))
    assert clock(cast, number, "K-REV", day("2026-06-16"))["estimated"]
    cast.do(number, "resume_review", day=day("2026-07-03"))
    review = clock(cast, number, "K-REV", day("2026-07-03"))
    assert (review["due"], review["calendar"]) == (day("2026-09-14"), day("2026-08-19"))
    assert stored(cast, number).next_due == day("2026-09-14")
    cast.do(number, "pause_review", day=day("2026-07-06"), given={"reason": "hearing"})
    cast.do(number, "resume_review", day=day("2026-07-06"))
    assert clock(cast, number, "K-REV", day("2026-07-06"))["due"] == day("2026-09-15")


def test_it_takes_silence_for_acceptance_from_the_day_of_the_receipt(cast):
    number = cast.submitted()
    assert number not in tick(cast, after(7))
    assert number in tick(cast, after(8))
    dates = now(cast, number).dates
    assert (dates["accepted_on"], dates["deemed_accepted"]) == (TODAY, True)
    assert number not in tick(cast, after(8))
    with refused(cast.database, NotOffered):
        cast.do(number, "accept", day=after(8))


def test_it_makes_up_for_ticks_that_were_missed(cast):
    number = cast.submitted()
    assert number in tick(cast, after(60))
    assert now(cast, number).dates["accepted_on"] == TODAY


def test_it_deems_accepted_although_a_later_fact_is_on_record(cast):
    number = cast.submitted()
    cast.do(number, "pause_review", day=after(2))
    assert number in tick(cast, after(9))
    assert now(cast, number).dates["accepted_on"] == TODAY
    cast.do(number, "resume_review", day=after(9))


def test_it_lets_the_clock_alone_what_was_answered_or_ended(cast):
    accepted, ended = cast.submitted(), cast.submitted(coverage=("11",))
    cast.do(accepted, "accept")
    cast.do(ended, "reject", given=NEEDED["reject"])
    noticed = cast.in_correction(coverage=("12",))
    assert not {accepted, ended, noticed} & set(tick(cast, after(60)))
    with cast.database.transaction() as tx:
        assert not clockwork.take(tx, accepted, moment(after(60)))
        assert not clockwork.take(tx, "AP-2026-99999", moment(after(60)))


def test_it_lets_a_late_notice_follow_a_deemed_acceptance(cast):
    number = cast.submitted()
    tick(cast, after(9))
    cast.do(number, "request_correction", given=NEEDED["request_correction"], day=after(9))
    assert now(cast, number).state == "correction_requested"


def test_it_frees_the_area_when_the_first_case_ends(cast):
    first, second = cast.submitted(), cast.fileable()
    with refused(cast.database, GuardsUnmet):
        cast.do(second, "submit")
    cast.do(first, "withdraw", given=NEEDED["withdraw"])
    cast.do(second, "submit")


def test_it_sends_word_of_every_step_that_concerns_somebody(cast):
    number = cast.submitted()
    cast.do(number, "accept")
    sent = query(
        cast.database,
        "SELECT e.action, o.recipients FROM outbox o JOIN events e ON e.case_id = o.case_id"
        " AND e.seq = o.seq WHERE o.case_id = :c ORDER BY o.seq",
        c=stored(cast, number).id,
    )
    assert sent == [
        ("sign_off", '["handler"]'),
        ("submit", '["handler","reviewer"]'),
        ("accept", '["handler","reviewer"]'),
    ]
