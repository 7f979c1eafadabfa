"""The case page: what blocks and why, rounds, dates and their arithmetic, who sees what."""

import re
from datetime import date

import pytest

from tests.support.cast import TODAY, moment
from workflow.services import case_view, client_companies
from workflow.storage.statements import run


def test_it_lists_what_blocks_with_basis_and_where_to_mend_it(office):
    cast = office.cast
    number = cast.prepared(missing=("M-SI", "M-INFOSEC"))
    with office.database.transaction() as tx:
        client_companies.set_company_facts(
            tx, cast.company, {"registered_capital": 900_000, "dishonest_list": None},
            actor=cast["wang"], moment=moment(),
        )  # fmt: skip
    wang = office.visit()
    text = wang.open(f"/cases/{number}").text
    assert "登记提交还差 5 项" in wang.words
    assert "4 未满足 1 待核实" in wang.words
    assert "现为 900,000 元" in wang.words
    assert "法定 · 电信业务经营许可管理办法（42 号令） 第六条第四项（据转载或指南）" in wang.words
    assert "内部 · 本台规则 四眼复核" in wang.words
    assert f'href="/companies/{cast.company}/edit">修改企业档案' in text
    assert 'href="#materials">上传材料' in text
    order = [wang.page.text.index(code) for code in ('id="G-CAPITAL"', 'id="G-DISHONEST"')]
    assert order == sorted(order), "unmet before unknown"
    assert "disabled" not in text


def test_it_says_so_when_nothing_blocks(office):
    wang = office.visit()
    wang.open(f"/cases/{office.cast.fileable()}")
    assert "可以登记提交" in wang.words
    assert 'class="button primary" href="/cases/AP-2026-00001/actions/submit"' in wang.page.text


def test_it_offers_a_waiver_to_reviewers_on_what_may_be_waived(office):
    cast = office.cast
    number = cast.prepared(missing=("M-SI",))
    with office.database.transaction() as tx:
        client_companies.set_company_facts(
            tx, cast.company, {"insured_staff": 1, "registered_capital": 10},
            actor=cast["wang"], moment=moment(),
        )  # fmt: skip
    link = f"/cases/{number}/actions/waive?guard="
    assert link not in office.visit("wang").open(f"/cases/{number}").text
    li = office.visit("li")
    assert li.open(f"/cases/{number}").text.count(link) == 1
    assert f"{link}G-STAFF" in li.page.text
    cast.do(number, "waive", by="li", given={"guard": "G-STAFF", "reason": "广东局口头认可"})
    li.open(f"/cases/{number}")
    assert "由李强豁免" in li.words
    assert "广东局口头认可" in li.words


@pytest.mark.parametrize(
    ("login", "left"),
    [
        ("zhou", ["/logout", "/print/summary", "/reveal"]),
        ("zhao", ["/logout", "/print/summary", "/follow/yes", "/notes", "/reveal"]),
    ],
)
@pytest.mark.parametrize("make", ["prepared", "in_correction"])
def test_it_shows_readers_no_forms_of_the_case_but_a_manager_those_of_notes(
    one_office, login, left, make
):
    number = getattr(one_office.cast, make)()
    page = one_office.visit(login).open(f"/cases/{number}")
    actions = re.findall(r'method="post" action="([^"]+)"', page.text)
    assert [action.removeprefix(f"/cases/{number}") for action in actions] == left
    assert "/materials/" not in page.text
    assert "豁免<" not in page.text


def test_it_shows_no_case_outside_the_scope(office):
    number = office.cast.open_case()
    chen = office.visit("chen")
    for path in ("", "/actions/prepare", "/facts", "/assign", "/files/1"):
        assert chen.open(f"/cases/{number}{path}").status_code == 404
    assert office.visit().open("/cases/AP-2026-09999").status_code == 404


def test_it_draws_where_the_case_is(one_office):
    wang = one_office.visit()
    wang.open(f"/cases/{one_office.cast.in_correction(reply_by=date(2026, 3, 25))}")
    assert wang.page.text.count('aria-current="step"') == 1
    assert "补正 · 第 1 轮 ：进行中 03-18 起 · 第 1 天 · 03-25 截止" in wang.words
    wang.open(f"/cases/{one_office.cast.open_case(coverage=('11',))}")
    assert "草稿 ：进行中" in wang.words
    steps = wang.page.text.split('<ol class="steps"')[1].split("</ol>")[0]
    assert "补正" not in steps


def test_it_works_a_date_out_day_by_day(one_office):
    number = one_office.cast.submitted(day=date(2026, 4, 27))
    wang = one_office.visit()
    wang.open(f"/cases/{number}")
    assert "2026-05-07 周四" in wang.words
    assert "2026-04-27（已提交） + 5 工作日 = 2026-05-07" in wang.words
    assert "05-01 周五 放假 —" in wang.words
    assert "逾期不告知的，自收到申请材料之日起即为受理" in wang.words
    assert "国办发" in wang.words


def test_it_answers_points_one_by_one(office):
    number = office.cast.in_correction("缺少日志留存说明", "缺拓扑图")
    wang = office.visit()
    wang.open(f"/cases/{number}")
    assert "0 / 2 条已答复" in wang.words
    wang.send(f"/cases/{number}/points/2", **{"answer-2": "  "})
    assert wang.page.status_code == 422
    assert "请填写答复内容" in wang.words
    wang.send(f"/cases/{number}/points/2", **{"answer-2": "已补拓扑图，见技术方案第 3 节"})
    assert wang.page.status_code == 303
    wang.follow()
    assert "答复补正意见" in wang.words
    assert "1 / 2 条已答复" in wang.words
    assert "已补拓扑图，见技术方案第 3 节" in wang.words
    assert "还有 1 条未答复（第 1 条）" in wang.words
    assert office.rings == [1]


def test_it_keeps_an_answer_that_came_too_late_and_says_who_was_faster(office):
    number = office.cast.in_correction()
    wang = office.visit()
    wang.open(f"/cases/{number}")
    stale = wang.form(f"/cases/{number}/points/1")
    office.cast.provide(number, "M-INFOSEC", by="li")
    answer = wang.post(stale, **{"answer-1": "我写了很久的答复"})
    assert answer.status_code == 409
    assert "李强刚刚改过这个案件" in answer.text
    assert "我写了很久的答复" in answer.text
    wang.page = answer
    wang.send(f"/cases/{number}/points/1")
    assert wang.page.status_code == 303, "the page that was shown can be sent as it stands"


def test_it_shows_the_license_and_what_follows(office):
    number = office.cast.approved(day=date(2026, 3, 9))
    wang = office.visit()
    wang.open(f"/cases/{number}")
    assert "粤B2-20260001" in wang.words
    assert "2026-03-09 至 2031-03-09" in wang.words
    assert "T-SHOW-NUMBER" in wang.words
    assert "信用代码 9144 ···· 01C" in wang.words
    assert "周*" in wang.words


def test_it_tells_the_story_with_what_people_wrote(office):
    number = office.cast.prepared()
    office.cast.do(number, "request_sign_off")
    office.cast.do(number, "return_pack", by="li", given={"reason": "章程缺签字页"})
    zhou = office.visit("zhou")
    zhou.open(f"/cases/{number}")
    assert "复核退回 李强 · 章程缺签字页" in zhou.words
    assert "收到 16 项材料 王芳 · 电信业务经营许可证申请表" in zhou.words


def test_it_changes_what_is_applied_for_while_it_is_not_filed(office):
    number = office.cast.fileable()
    wang = office.visit()
    wang.open(f"/cases/{number}/facts")
    wang.send(f"/cases/{number}/facts", kinds=["ICP", "EDI"], coverage=["44", "11"])
    assert wang.page.status_code == 422
    assert "请选择" in wang.words or "请填写" in wang.words
    wang.send(f"/cases/{number}/facts", third_party_platform="yes", deals_online="yes")
    assert wang.page.status_code == 303
    wang.follow()
    assert "B21 EDI" in wang.words
    assert "工业和信息化部" in wang.words
    assert "申报材料包已由他人复核" in wang.words
    filed = office.cast.submitted(coverage=("12",))
    assert wang.open(f"/cases/{filed}/facts").status_code == 409


def test_it_gives_the_case_to_somebody_who_may_see_it(office):
    number = office.cast.open_case()
    zhao = office.visit("zhao")
    zhao.open(f"/cases/{number}/assign")
    assert "陈伟" not in zhao.words, "his scope does not hold this client"
    zhao.send(f"/cases/{number}/assign", handler=office.cast["li"].id)
    assert zhao.page.status_code == 303
    zhao.follow()
    assert "承办 李强" in zhao.words
    assert "→ 李强" in zhao.words


def test_it_is_all_there_in_english(one_office):
    number = one_office.cast.in_correction(reply_by=date(2026, 3, 20))
    wang = one_office.visit()
    wang.open("/more?lang=en")
    wang.open(f"/cases/{number}")
    assert "Record resubmission" in wang.words
    assert "What you can do now" in wang.words
    assert TODAY.isoformat() in wang.words


def test_it_says_that_a_message_did_not_arrive(office):
    number = office.cast.submitted()
    with office.database.transaction() as tx:
        run(tx, "UPDATE outbox SET state = 'incident', attempt = 8, error = 'x' WHERE seq = 19")
    for login in ("wang", "zhou"):
        visit = office.visit(login)
        visit.open(f"/cases/{number}")
        assert "有一条消息没有送达： 第 19 条记录，已尝试 8 次" in visit.words


def test_it_tells_a_draft_what_filing_will_ask_and_not_that_it_was_filed(one_office):
    number = one_office.cast.open_case()
    wang = one_office.visit()
    wang.open(f"/cases/{number}")
    assert "开始备料后，提交还差" in wang.words
    assert f"按今天（{TODAY.isoformat()}）提交判定" in wang.words
    assert "提交时的判定" not in wang.words
    assert "之后不再改变" not in wang.words
    wang.open(f"/cases/{one_office.cast.submitted()}")
    assert "提交时的判定" in wang.words
    assert f"提交日 {TODAY.isoformat()} 判定，之后不再改变" in wang.words


def test_it_opens_a_case_by_its_number_however_it_is_typed(office):
    number = office.cast.open_case()
    wang = office.visit()
    for typed in (number, number.lower(), f" {number} "):
        wang.page = wang.client.get("/cases", query_string={"q": typed})
        assert (wang.page.status_code, wang.page.location) == (303, f"/cases/{number}")
    assert wang.open(f"/cases?q={number[:-1]}").status_code == 200
    assert wang.open(f"/cases/{number.lower()}").location == f"/cases/{number}"
    assert wang.open("/cases/ap-1999-00001").status_code == 303
    assert wang.follow().status_code == 404


def test_it_counts_materials_and_not_their_versions(one_office):
    number = one_office.cast.prepared()
    one_office.cast.provide(number, "M-SI")
    wang = one_office.visit()
    with one_office.database.reading() as session:
        view = case_view.view(session, number, one_office.cast["wang"], moment())
        ready = len(view.items)
    wang.open(f"/cases/{number}")
    assert f"收到 {ready} 项材料" in wang.words


def test_it_raises_what_a_point_asks_for_and_folds_what_is_ready(one_office):
    number = one_office.cast.in_correction("补充日志留存说明")
    wang = one_office.visit("wang")
    page = wang.open(f"/cases/{number}").text
    rows = re.findall(r'<tr role="row" id="material-([\w-]+)"', page)
    assert rows[0] == "M-INFOSEC"
    assert "按意见修改 1 · 就绪" in wang.words
    shown, folded = page.split('id="materials"')[1].split("项已就绪材料</summary>")
    assert (shown.count('id="material-'), folded.count('id="material-')) == (6, len(rows) - 6)
    wang.send("/points/1", **{"answer-1": "已补充"})
    wang.open(f"/cases/{number}")
    assert "按意见修改" not in wang.words
    assert "意见 1 补充日志留存说明" in wang.words
