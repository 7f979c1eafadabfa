"""Around a case: its neighbors in a list, the act in place, the pack, rounds beside each other."""

import io
import re
import zipfile

import pytest

from tests.support.cast import moment
from tests.support.documents import pdf
from tests.support.queries import counted
from workflow.services import client_companies, companies, lists, paperwork

SCRIPTED = {"HX-Request": "true"}


def test_it_leads_to_the_neighbors_in_the_list_it_was_opened_from(one_office):
    numbers = [one_office.cast.open_case(coverage=(area,)) for area in ("44", "11", "12")]
    wang = one_office.visit()
    shown = wang.open("/cases?state=draft").text
    assert f"/cases/{numbers[1]}?list=cases?state%3Ddraft" in shown.replace("&amp;", "&")
    wang.open(f"/cases/{numbers[1]}?list=cases?state%3Ddraft")
    assert "案件第 2 / 3 件" in wang.words
    assert 'rel="prev"' in wang.page.text
    assert 'rel="next"' in wang.page.text
    for gone in ("cases?state=approved", "nothing", "work?due=x", "a" * 3000):
        answer = wang.client.get(f"/cases/{numbers[1]}", query_string={"list": gone})
        assert answer.status_code == 200
        assert 'rel="next"' not in answer.text


def test_it_asks_in_place_for_a_script_and_on_a_page_without(one_office):
    number = one_office.cast.prepared()
    wang = one_office.visit()
    address = f"/cases/{number}/actions/request_sign_off"
    part = wang.client.get(address, headers=SCRIPTED)
    assert "<html" not in part.text
    assert "<h1" not in part.text
    assert 'hx-target="#panel"' in part.text
    wang.open(address)
    form = wang.form("/actions/request_sign_off")
    refused = wang.client.post(
        address, data=form.filled({"on": "2099-01-01", "note": "写好的备注"}), headers=SCRIPTED
    )
    assert refused.status_code == 422
    assert "写好的备注" in refused.text
    done = wang.client.post(address, data=form.filled({}), headers=SCRIPTED)
    assert (done.status_code, done.headers["HX-Redirect"]) == (204, f"/cases/{number}")


def test_it_packs_the_files_in_the_order_of_the_authority_and_tells_the_trail(one_office):
    number = one_office.cast.prepared()
    wang = one_office.visit()
    for code in ("M-LIC", "M-APP"):
        wang.open(f"/cases/{number}")
        wang.send(f"/materials/{code}", **{f"file-{code}": (io.BytesIO(pdf(code)), "扫描.pdf")})
    wang.open(f"/cases/{number}/pack")
    wang.send(f"/cases/{number}/pack")
    pack = zipfile.ZipFile(io.BytesIO(wang.page.data))
    wang.page.close()
    names = pack.namelist()
    assert names[0] == "00-目录.txt"
    assert [name[:3] for name in names[1:]] == ["01-", "02-"]
    assert "营业执照副本" in names[2]
    assert b"%PDF" in pack.read(names[1])
    assert "纸质件" in pack.read("00-目录.txt").decode()
    with one_office.database.reading() as session:
        newest = lists.trail(session, one_office.cast["zhou"], action="export").events[0]
    assert (newest.actor, len(newest.body["given"]["taken"])) == (one_office.cast["wang"].id, 2)


def test_it_lays_a_round_beside_the_earlier_ones(one_office):
    cast = one_office.cast
    number = cast.in_correction("股权须穿透", material="M-EQUITY")
    with one_office.database.transaction() as tx:
        paperwork.answer(tx, number, None, actor=cast["wang"], moment=moment(), text="已穿透")
    cast.provide(number, "M-EQUITY")
    cast.do(number, "request_sign_off")
    cast.do(number, "sign_off", by="li")
    cast.do(number, "resubmit")
    points = [
        {"text": "仍须穿透", "material": "M-EQUITY"},
        {"text": "补充日志留存", "material": ""},
    ]
    cast.do(number, "request_correction", given={"points": points})
    wang = one_office.visit()
    wang.open(f"/cases/{number}")
    assert wang.words.count("本轮新增") == 1
    assert "第 1 轮也提过 股权须穿透 已穿透" in wang.words


def test_it_tells_one_kind_of_story_alone(one_office):
    number = one_office.cast.prepared()
    wang = one_office.visit()
    assert "收到 16 项材料" in wang.open(f"/cases/{number}").text
    assert "收到 16 项材料" not in wang.open(f"/cases/{number}?story=moves").text
    assert "这一类还没有记录" in wang.open(f"/cases/{number}?story=correction").text
    assert "收到 16 项材料" in wang.open(f"/cases/{number}?story=bogus").text


@pytest.mark.parametrize("name", ["示例" * 100, "<script>alert(1)</script>示例公司"])
def test_it_shows_a_company_of_any_name(one_office, name):
    number = one_office.cast.open_case()
    with one_office.database.transaction() as tx:
        told = companies.as_told(tx, 1) | {"name": name}
        client_companies.set_company_facts(
            tx, 1, told, actor=one_office.cast["wang"], moment=moment()
        )
    wang = one_office.visit()
    for page in (f"/cases/{number}", "/work", "/search?q=示例", "/companies/1", "/cases"):
        assert "<script>alert" not in wang.open(page).text
        assert wang.page.status_code == 200


def test_it_opens_nothing_of_another_handlers_client(one_office):
    number = one_office.cast.prepared()
    chen = one_office.visit("chen")
    for page in (f"/cases/{number}", f"/cases/{number}/pack", f"/companies/{1}",
                 f"/cases/new?company={1}"):  # fmt: skip
        answer = chen.open(page)
        assert "广州示例信息" not in answer.text
        assert answer.status_code in (404, 422, 200)
    assert chen.open(f"/cases/{number}").status_code == 404


def test_it_asks_few_questions_in_a_correction(one_office):
    number = one_office.cast.in_correction()
    wang = one_office.visit()
    with counted(one_office.database) as questions:
        wang.open(f"/cases/{number}")
    reading = [question for question in questions if not question.startswith("INSERT")]
    assert len(reading) <= 14, reading


def test_it_goes_on_in_its_list_after_an_act_and_tells_the_client_s_other_matters(one_office):
    first, second, third = (one_office.cast.prepared(coverage=(a,)) for a in ("11", "12", "13"))
    wang = one_office.visit()
    wang.open(f"/cases/{second}?list=work%3Fview%3Dready")
    assert "工作台第 2 / 3 件" in wang.words
    assert "同一客户的其他事项" in wang.words
    assert f'href="/cases/{third}"' in wang.page.text.split("同一客户的其他事项")[1]
    wang.send(f"/cases/{second}/notes", text="与张总通过电话")
    wang.follow()
    assert "工作台第 2 / 3 件" in wang.words
    confirm = re.search(r'href="([^"]+/actions/request_sign_off[^"]*)"', wang.page.text)[1]
    wang.open(confirm.replace("&amp;", "&"))
    wang.send(f"/cases/{second}/actions/request_sign_off")
    wang.follow()
    assert "工作台：本案已不在列表中" in wang.words
    for rel, number in (("prev", first), ("next", third)):
        assert re.search(rf'href="/cases/{number}[^"]*" rel="{rel}"', wang.page.text), rel
    one_office.cast.do(second, "return_pack", by="li", given={"reason": "股权图第 2 页不清楚"})
    assert "复核退回： 股权图第 2 页不清楚" in (wang.open("/work"), wang.words)[1]
