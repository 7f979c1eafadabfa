"""The page of retention: rules with what is due, holds, and erasures that two persons agree on."""

import json

import pytest

from tests.support.cast import TODAY
from workflow.storage.statements import rows

CLIENT = "广州示例信息服务有限公司"


@pytest.fixture
def office(one_office):
    one_office.number = one_office.cast.open_case()
    return one_office


def test_it_holds_a_client_or_a_case_for_a_reason_and_releases_it(office):
    zhao = office.visit("zhao")
    zhao.open("/retention")
    for words in ("结束后 10 年", "结束后 6 个月", "不清除", "没有冻结"):
        assert words in zhao.words
    wrong = zhao.send("/retention/holds", about="没有这家企业", reason="诉讼")
    assert wrong.status_code == 422
    assert "没有找到" in wrong.text
    assert "诉讼" in wrong.text
    assert zhao.send("/retention/holds", about=CLIENT, reason="").status_code == 422
    zhao.send("/retention/holds", about=office.number, reason="诉讼")
    zhao.follow()
    for words in (CLIENT, office.number, "诉讼", "已冻结，什么都不会清除"):
        assert words in zhao.words
    refused = zhao.send("/release", why="")
    assert (refused.status_code, "请填写理由" in refused.text) == (422, True)
    zhao.send("/release", why="结案")
    zhao.follow()
    assert "没有冻结" in zhao.words
    zhou = office.visit("zhou")
    zhou.open("/retention")
    assert '<form class="form"' not in zhou.page.text
    assert "诉讼" in zhou.open("/audit?kind=file&open=all").text


def test_it_lets_two_persons_erase_after_the_term_and_keeps_a_tombstone(office):
    office.cast.do(office.number, "withdraw", given={"reason": "企业改变计划"})
    zhao = office.visit("zhao")
    zhao.open("/retention")
    early = zhao.send("/retention/erasures", client=CLIENT, ground="本人要求")
    assert early.status_code == 409
    assert "须保存到" in early.text
    later = office.on(TODAY.replace(year=2027))
    zhao = later.visit("zhao")
    zhao.open("/retention")
    assert "1 家企业" in zhao.words
    zhao.send("/retention/erasures", client=CLIENT, field="legal_representative", ground="本人要求")
    zhao.follow()
    assert "须由另一个人决定" in zhao.words
    admin = later.visit("admin")
    admin.open("/retention")
    admin.send("/retention/erasures/1", approve="yes")
    admin.follow()
    assert "项个人信息" in admin.words
    assert "没有等待决定的申请" in admin.words
    again = admin.client.post(
        "/retention/erasures/1", data=admin.form("/retention/holds").filled({}) | {"approve": "yes"}
    )
    assert again.status_code == 409
    with office.database.reading() as session:
        told = rows(session, "SELECT action, body FROM events WHERE chain = 'office' ORDER BY id")
    acts = {action: json.loads(body)["request_id"] for action, body in told}
    assert acts.keys() == {"ask_erasure", "erase"}
    assert all(acts.values())
