"""Working together: notes that name people, chasing, following, what others did since."""

from datetime import timedelta

import pytest

from tests.support.cast import TODAY, moment
from workflow.services import delivery
from workflow.services.desk import entry_of


def deliver(office):
    with office.database.transaction() as tx:
        for claim in delivery.claim_due(tx, moment=moment(TODAY, 10)):
            delivery.begin(tx, claim, moment=moment(TODAY, 10))
            delivery.deliver(tx, claim, moment=moment(TODAY, 10))


def test_it_keeps_a_note_tells_whom_it_names_and_those_who_follow(office):
    number = office.cast.prepared()
    wang, li, zhao = (office.visit(login) for login in ("wang", "li", "zhao"))
    zhao.open(f"/cases/{number}")
    zhao.send("/follow/yes")
    assert "已关注" in (zhao.follow() and zhao.words)
    wang.open(f"/cases/{number}")
    wang.send("/notes", text="@李强 请先看技术方案；@没有这人 <script>")
    assert "已通知 李强" in (wang.follow() and wang.words)
    assert "&lt;script&gt;" in wang.page.text
    deliver(office)
    for visit in (li, zhao):
        visit.open("/messages")
        assert "添加备注" in visit.words
        assert number in visit.words
    assert "添加备注" not in (wang.open("/messages") and wang.words)
    zhao.open(f"/cases/{number}")
    zhao.send("/follow/no")
    assert "我关注的 0" in (zhao.open("/work") and zhao.words)


def test_it_refuses_an_empty_note_at_its_field(one_office):
    number = one_office.cast.open_case()
    wang = one_office.visit()
    wang.open(f"/cases/{number}")
    assert wang.send("/notes", text="  ").status_code == 422
    assert "请填写备注" in wang.words


def test_it_waits_for_the_client_from_the_reminder_until_something_comes(office):
    number = office.cast.prepared(missing=("M-SI",))
    wang = office.visit()
    wang.open("/work?bucket=later")
    sent = wang.form("/work/views").filled({}) | {"once": "one press"}
    for _ in range(2):  # pressed twice, recorded once
        wang.page = wang.client.post(f"/cases/{number}/chase/chase_client", data=sent)
    assert wang.page.location == f"/work?bucket=later#c-{number}"
    wang.open("/work?bucket=client")
    assert "已等 0 天" in wang.words
    assert wang.page.text.count("查看") >= 1
    late = office.on(TODAY + timedelta(6)).visit()
    assert ">催客户<" in late.open("/work").text
    wang.open(f"/cases/{number}")
    assert wang.words.count("催客户 · 王芳") == 1
    office.cast.provide(number, "M-SI")
    with office.database.reading() as session:
        assert entry_of(session, office.cast["wang"], moment(), number).line.turn == "us"
    refused = wang.client.post(f"/cases/{number}/chase/client_replied", data=sent | {"once": ""})
    assert refused.status_code == 409
    assert "现在不等这一方" in refused.text


@pytest.mark.parametrize("way", ["open the case", "mark all"])
def test_it_tells_what_others_did_until_it_is_seen(office, way):
    number = office.cast.prepared()
    office.cast.do(number, "request_sign_off")
    office.cast.do(number, "return_pack", by="li", given={"reason": "承诺书缺签字页"})
    wang = office.visit()
    wang.open("/work")
    assert "1 件新动静" in wang.words
    assert "李强 复核退回" in wang.words
    assert number in wang.open("/work?view=news").text
    if way == "mark all":
        wang.send("/work/seen")
        assert wang.page.location == "/work?view=news"
    else:
        wang.open(f"/cases/{number}")
    wang.open("/work")
    assert "件新动静" not in wang.words
    assert "新动静 0" in wang.words


def test_it_lists_followed_cases_of_others_but_none_out_of_sight(one_office):
    number = one_office.cast.open_case(company=one_office.cast.other, coverage=("62",), by="chen")
    mine = one_office.cast.open_case()
    wang, chen = one_office.visit(), one_office.visit("chen")
    token = {"csrf_token": wang.open("/work") and wang.form("/work/views").filled({})["csrf_token"]}
    wang.client.post(f"/cases/{number}/follow/yes", data=token)
    assert number in wang.open("/work?view=watched").text
    assert mine not in wang.page.text.split('id="list"')[1].split("</table>")[0]
    theirs = {
        "csrf_token": chen.open("/work") and chen.form("/work/views").filled({})["csrf_token"]
    }
    assert chen.client.post(f"/cases/{mine}/follow/yes", data=theirs).status_code == 404
