"""The ripple page: shown after a change, writes all or nothing, and opens cases in one step."""

import re

import pytest

from tests.support.cast import TODAY, moment
from tests.support.contents import contents
from tests.support.visits import open_office
from workflow.services import client_companies
from workflow.services.database import open_database


@pytest.fixture
def office(sqlite_url, tmp_path):
    database = open_database(sqlite_url)
    yield open_office(database, tmp_path)
    database.close()


def enter(office, number, **more):
    told = {
        "number": number, "kinds": ["SP"], "coverage": ["44"],
        "valid_from": TODAY.replace(year=2024), "valid_to": TODAY.replace(year=2029), **more,
    }  # fmt: skip
    with office.database.transaction() as tx:
        return client_companies.add_license(tx, 1, told, actor=office.cast["wang"], moment=moment())


def edit(visit, **changed):
    visit.open("/companies/1/edit")
    assert visit.send("/companies/1/edit", **changed).status_code == 303
    visit.follow()


def test_it_is_shown_after_a_fact_changed_that_licenses_follow(office):
    enter(office, "粤B2-1")
    visit = office.visit()
    edit(visit, legal_representative="吴示例")
    assert "企业档案已更新。 下面是这次改动涉及的许可证、码号和在办案件。" in visit.words
    assert "法定代表人 C-LREP" in visit.words
    page = visit.page.request.full_path
    visit.open(f"{page}&registered_on=2026-03-02")
    assert "04-01 周三" in visit.words, "by when, before anything is written"
    assert visit.form("/ripple").filled({})["registered_on"] == ["2026-03-02"]
    assert visit.open(f"{page}&registered_on=2026-02-30").status_code == 422
    visit.open(page)
    assert "周*" in visit.words
    assert "吴*" in visit.words
    assert "吴示例" not in visit.words, "personal values are masked"
    edit(visit, insured_staff="9")
    assert visit.page.request.path == "/companies/1", "no license follows this fact"


def test_it_stays_away_where_there_is_no_license(office):
    visit = office.visit()
    edit(visit, legal_representative="吴示例")
    assert visit.page.request.path == "/companies/1"


def test_it_opens_the_cases_in_one_step_and_once(office):
    enter(office, "粤B2-1", codes=["10661234"])
    enter(office, "B2-2", coverage=["national"])
    visit = office.visit()
    edit(visit, legal_representative="吴示例", registered_capital="2000万")
    assert "2 张须新开办件" in visit.words
    form = visit.form("/ripple")
    refused = visit.post(form, act="open")
    assert refused.status_code == 422
    visit.page = refused
    assert "请填写工商变更日期" in visit.words
    form = visit.form("/ripple")
    answers = [visit.post(form, act="open", registered_on="20260310") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    visit.page = answers[0]
    visit.follow()
    assert "变更办件已开启。" in visit.words
    assert set(re.findall(r"CH-2026-\d{5}", visit.words)) == {"CH-2026-00001", "CH-2026-00002"}
    assert "04-09 周四 还剩 22 天" in visit.words
    assert "0 张须新开办件" in visit.words
    visit.open("/cases/CH-2026-00001")
    assert "2026-04-09" in visit.words
    assert "license_id" not in visit.words
    visit.open("/duties")
    assert "新建办件 变更" not in visit.words, "the open case settles it"
    assert {"CH-2026-00001", "CH-2026-00002"} <= set(visit.words.split())
    visit.open("/calendar?m=2026-04-01")
    assert "CH-2026-00001" in visit.words, "it is dated from the day it was opened"


def test_it_only_notes_the_day_when_asked_to(office):
    enter(office, "粤B2-1")
    visit = office.visit()
    edit(visit, legal_representative="吴示例")
    assert visit.send("/ripple", act="note", registered_on="2026-03-10").status_code == 303
    visit.follow()
    assert "已登记变更日期。" in visit.words
    assert "待开" in visit.words
    visit.open("/licenses?risk=unreported&view=license")
    assert "粤B2-1" in visit.words


def test_it_keeps_what_was_typed_and_writes_nothing_for_a_day_to_come(office):
    enter(office, "粤B2-1")
    visit = office.visit()
    edit(visit, legal_representative="吴示例")
    before = contents(office.database)
    assert visit.send("/ripple", act="open", registered_on="2026-03-19").status_code == 422
    assert "2026-03-19 还没有到" in visit.words
    assert visit.form("/ripple").filled({})["registered_on"] == ["2026-03-19"]
    assert contents(office.database) == before


def test_it_passes_over_facts_no_license_follows(office):
    enter(office, "粤B2-1")
    visit = office.visit()
    visit.open("/companies/1/ripple?field=industry&field=%27&field=")
    assert "证面与档案一致" in visit.words
    form = visit.open("/companies/1/ripple?field=city") and visit.form("/ripple")
    visit.page = visit.client.post(
        form.action, data=form.filled({}) | {"field": ["industry"], "act": ["open"]}
    )
    assert visit.page.status_code == 422
    assert "没有需要新开的变更办件" in visit.words


def test_it_lets_readers_look_and_not_write(office):
    enter(office, "粤B2-1")
    reader = office.visit("zhou")
    assert "一步办理" not in reader.open("/companies/1/ripple?field=name&field=city").text
    assert office.visit("chen").open("/companies/1/ripple?field=name").status_code == 404
