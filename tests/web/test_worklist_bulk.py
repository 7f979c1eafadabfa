"""Several cases at once: foreseen for each, a result for each; the list as a file."""

import io
from datetime import timedelta
from urllib.parse import quote

from openpyxl import load_workbook

from tests.support.cast import TODAY, moment
from workflow.services import worklists


def ticked(*numbers):
    return "&".join(f"case={number}" for number in numbers)


def test_it_lists_each_case_with_the_reason_then_takes_only_the_included(office):
    ours = office.cast.prepared(missing=("M-SI",), coverage=("11",))
    filed = office.cast.submitted(coverage=("12",))
    left = office.cast.prepared(missing=("M-SI",), coverage=("31",))
    wang = office.visit()
    wang.open(f"/work/bulk?do=chase&{ticked(ours, filed, 'AP-2026-99999')}")
    assert "催客户：2 件中的 1 件" in wang.words
    assert "跳过 现在不等客户" in wang.words
    assert "1 件找不到" in wang.words
    form = wang.form("/work/bulk").filled({}) | {"do": "chase"}
    for _ in range(2):  # pressed twice
        wang.page = wang.client.post("/work/bulk", data=form)
    assert "已办 1 件，未办 1 件" in wang.words
    with office.database.reading() as session:
        turns = {
            e.line.number: (e.line.turn, e.line.version)
            for e in worklists.every(
                session, office.cast["wang"], moment(), worklists.Wanted(), 200
            )
        }
    assert turns[ours][0] == "client"
    assert turns[left][0] == "us"
    assert turns[ours][1] == turns[left][1] + 1


def test_it_records_the_progress_of_one_authority_and_tries_failures_again(one_office):
    here = one_office.cast.submitted(coverage=("44",))
    there = one_office.cast.submitted(coverage=("11",))
    wang = one_office.visit()
    wang.open(f"/work/bulk?do=progress&{ticked(here, there)}")
    assert "属于别的主管部门" in wang.words
    form = wang.form("/work/bulk").filled({}) | {"do": "progress"}
    wrong = wang.client.post("/work/bulk", data=form | {"on": "2026-02-30"})
    assert wrong.status_code == 422
    assert 'value="2026-02-30"' in wrong.text
    wang.page = wang.client.post("/work/bulk", data=form | {"on": "2026-03-01"})
    assert "日期不能早于上一项申报" in wang.words
    retry = wang.form("/work/bulk").filled({})
    assert retry["case"] == [form["case"][0]]
    wang.page = wang.client.post("/work/bulk", data=retry | {"on": TODAY.isoformat()})
    assert "已办 1 件，未办 0 件" in wang.words


def test_it_reassigns_whom_the_new_handler_may_see(one_office):
    mine = one_office.cast.open_case()
    other = one_office.cast.open_case(company=one_office.cast.other, coverage=("62",))
    zhao, chen = one_office.visit("zhao"), one_office.visit("chen")
    zhao.open("/work/bulk?all=1&do=assign")
    assert "改派：2 件中的 2 件" in zhao.words
    form = zhao.form("/work/bulk").filled({}) | {
        "do": "assign",
        "handler": one_office.cast["chen"].id,
    }
    zhao.page = zhao.client.post("/work/bulk", data=form)
    assert "已办 1 件，未办 1 件" in zhao.words
    assert "这个人不能承接这家企业的事" in zhao.words
    assert other in chen.open("/work").text
    assert mine not in chen.page.text


def test_it_counts_for_a_script_and_says_when_nothing_is_ticked(one_office):
    number = one_office.cast.prepared(missing=("M-SI",))
    wang = one_office.visit()
    asked = {"HX-Request": "true", "HX-Target": "chosen"}
    told = wang.client.get(f"/work/bulk?case={number}", headers=asked).text
    assert "已选 1 件" in told
    assert "催客户（1）" in told
    assert "登记受理" not in told
    assert wang.open("/work/bulk?do=gone&case=x").status_code == 422
    assert "没有选中案件" in wang.words


def test_it_exports_exactly_the_list_as_csv_and_workbook(one_office):
    one = one_office.cast.open_case(coverage=("44",))
    two = one_office.cast.submitted(coverage=("11",))
    wang = one_office.visit()
    page = wang.open("/work/export?province=44")
    assert page.data.startswith(b"\xef\xbb\xbf")
    assert one in page.text
    assert two not in page.text
    assert quote("工作台") in page.headers["Content-Disposition"]
    book = load_workbook(io.BytesIO(wang.open(f"/work/export?form=xlsx&case={two}").data))
    rows = list(book.active.values)
    assert [row[0] for row in rows[1:]] == [two]
    assert rows[1][7].date().isoformat() == "2026-03-25"


def test_it_sets_one_internal_date_and_keeps_what_a_client_was_promised(one_office):
    ours, filed = one_office.cast.open_case(), one_office.cast.submitted(coverage=("11",))
    wang = one_office.visit()
    wang.open(f"/cases/{ours}/dates")
    refused = wang.send("/dates", internal_by="2026-02-30", promised_by="2020-01-01")
    assert refused.status_code == 422
    assert 'value="2026-02-30"' in refused.text
    wang.open(f"/cases/{ours}/dates")
    wang.send("/dates", promised_by=(TODAY + timedelta(20)).isoformat(), note="电话里答应的")
    wang.open(f"/cases/{ours}")
    assert "客户约定 · 答应客户的日期" in wang.words
    assert "电话里答应的" in wang.words
    wang.open(f"/work/bulk?do=dates&{ticked(ours, filed)}")
    assert "跳过 已提交或已结束" in wang.words
    form = wang.form("/work/bulk").filled({"internal_by": (TODAY + timedelta(2)).isoformat()}) | {
        "do": "dates"
    }
    wang.page = wang.client.post("/work/bulk", data=form)
    assert "已办 1 件，未办 1 件" in wang.words
    wang.open("/work")
    assert "内部 SLA · 本案目标" in wang.words
    assert "内部或客户约定 1" in wang.words
