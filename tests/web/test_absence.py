"""Handing over for an absence: the stand-in sees and acts, the trail says for whom, it ends."""

from datetime import timedelta

import pytest

from tests.support.cast import TODAY, moment
from workflow.services import delivery, lists, standing_in


def test_it_shows_the_cases_to_the_stand_in_until_the_last_day(office):
    number = office.cast.open_case(company=office.cast.other, coverage=("62",))
    hidden = office.cast.open_case()
    wang, chen = office.visit(), office.visit("chen")
    assert number not in chen.open("/work").text
    wang.open("/me/absence")
    last = TODAY + timedelta(3)
    wang.send("/me/absence", last=last.isoformat(), stand_in=office.cast["chen"].id)
    assert "由陈伟代办" in (wang.follow() and wang.words)
    chen.open("/work")
    assert "你代王芳办理" in chen.words
    assert "代 王芳" in chen.words
    assert hidden not in chen.page.text
    chen.open(f"/work?open={number}")
    chen.send("/prepare")
    assert "陈伟（代王芳）" in (chen.open(f"/cases/{number}") and chen.words)
    with office.database.reading() as session:
        events = lists.trail(session, office.cast["zhou"], case_number=number).events
    assert [e.body["on_behalf_of"] for e in events] == [office.cast["wang"].id, None]
    zhou = office.visit("zhou")
    assert "经办人 · 代 王芳" in (zhou.open(f"/audit?about={number}") and zhou.words)
    office.cast.do(number, "request_sign_off", by="chen")
    office.cast.do(number, "return_pack", by="li", given={"reason": "缺页"})
    with office.database.transaction() as tx:
        for claim in delivery.claim_due(tx, moment=moment(TODAY, 10)):
            delivery.begin(tx, claim, moment=moment(TODAY, 10))
            delivery.deliver(tx, claim, moment=moment(TODAY, 10))
    assert "复核退回" in (chen.open("/messages") and chen.words)
    row = f'id="c-{number}"'
    assert row in office.on(last).visit("chen").open("/work").text
    assert row not in office.on(last + timedelta(1)).visit("chen").open("/work").text


def test_it_ends_early_for_whoever_is_away_or_manages(one_office):
    number = one_office.cast.open_case(company=one_office.cast.other, coverage=("62",))
    zhao, chen = one_office.visit("zhao"), one_office.visit("chen")
    zhao.open("/me/absence")
    wang = one_office.cast["wang"].id
    answers = {"last": "20260325", "stand_in": one_office.cast["chen"].id}
    assert zhao.send("/me/absence", who=wang, **answers).status_code == 303
    assert number in chen.open("/work").text
    assert chen.client.post("/me/absence/1/end", data=token(chen)).status_code == 404
    zhao.follow()
    zhao.send("/me/absence/1/end")
    assert number not in chen.open("/work").text


def token(visit):
    visit.open("/me/absence")
    return {"csrf_token": visit.form("/me/absence").filled({})["csrf_token"]}


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"last": "2026-03-01", "first": "2026-02-27"}, "这几天已经过去"),
        ({"last": "2026-03-19", "first": "2026-03-20"}, "最后一天不能早于第一天"),
        ({"stand_in": "1"}, "请选择另一位承办人或复核人"),
        ({"stand_in": "999"}, "请选择另一位承办人或复核人"),
        ({"last": "2026-02-30"}, "2026-02-30"),
        ({}, "已经交接给陈伟"),
    ],
)
def test_it_refuses_what_cannot_be_handed_over_at_the_field(one_office, changed, says):
    cast = one_office.cast
    with one_office.database.transaction() as tx:
        standing_in.enter(
            tx, cast["wang"], moment(), cast["chen"].id, (TODAY, TODAY + timedelta(2))
        )
    wang = one_office.visit()
    wang.open("/me/absence")
    answers = {"first": "2026-03-19", "last": "2026-03-28", "stand_in": cast["chen"].id} | changed
    assert wang.send("/me/absence", **answers).status_code == 422
    assert says in wang.words
    assert answers["last"] in wang.page.text
