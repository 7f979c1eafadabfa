"""Client companies: the list, the form that keeps what was typed, facts that may be unknown."""

import pytest
from stdnum.cn import uscc as code

from tests.support.cast import moment
from tests.support.contents import contents
from tests.support.visits import open_office
from web.company_form import NEEDED
from workflow.domain.errors import GuardsUnmet
from workflow.domain.procedure import State
from workflow.services import client_companies, lists
from workflow.services.database import open_database

TYPED = {
    "name": "　杭州示例数据服务有限公司 ",
    "uscc": "９１３３０１０６ ma0dem2022",
    "province": "33",
    "city": "杭州",
    "entity": "company",
    "status": "active",
    "established_on": "2021年3月2日",
    "registered_capital": "100万",
    "paid_in_capital": "５０万元",
    "insured_staff": "１２",
    "insured_months": "3",
    "premises": "yes",
    "foreign_share": "12.5％",
    "dishonest_list": "no",
    "legal_representative": "吴示例",
    "industry": "物流",
    "bars.0.kind": "fraud",
    "bars.0.decided_on": "2026/3/2",
    "penalties.0.authority": "浙江省通信管理局",
    "penalties.0.on": "20250610",
}


@pytest.fixture
def office(sqlite_url, tmp_path):
    database = open_database(sqlite_url)
    yield open_office(database, tmp_path)
    database.close()


@pytest.fixture
def uscc():
    """A credit code of that company that checks."""
    return "91330106MA0DEM202" + code.calc_check_digit("91330106MA0DEM202")


@pytest.fixture
def typed(uscc):
    small = uscc.lower().translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    return TYPED | {"uscc": f" {small[:8]} {small[8:]}"}


def told(office, company_id):
    with office.database.reading() as session:
        return lists.client(session, office.cast["zhou"], company_id)


def test_it_takes_what_people_type_and_means_one_thing_by_it(office, typed, uscc):
    visit = office.visit()
    visit.open("/companies/new")
    assert visit.send("/companies/new", **typed).status_code == 303
    visit.follow()
    assert "企业档案已建立" in visit.words
    facts = told(office, 3).facts
    assert (facts.name, facts.uscc) == ("杭州示例数据服务有限公司", uscc)
    assert (facts.registered_capital, facts.paid_in_capital) == (1_000_000, 500_000)
    assert (facts.insured_staff, str(facts.foreign_share)) == (12, "12.5")
    assert str(facts.established_on) == "2021-03-02"
    assert [(bar.kind, str(bar.decided_on)) for bar in facts.bars] == [("fraud", "2026-03-02")]
    assert [(p.authority, str(p.on)) for p in facts.penalties] == [
        ("浙江省通信管理局", "2025-06-10")
    ]
    assert (facts.industry, facts.premises, facts.dishonest_list) == ("logistics", True, False)


def test_it_assumes_nothing_that_was_not_said(office, uscc):
    visit = office.visit()
    visit.open("/companies/new")
    visit.send("/companies/new", name="杭州示例数据服务有限公司", uscc=uscc, province="33")
    facts = told(office, 3).facts
    assert {name: getattr(facts, name) for name in NEEDED} == dict.fromkeys(NEEDED)
    assert facts.adverse_list is None
    visit.follow()
    assert "8 项未知" in visit.words
    assert visit.words.count("未知 · 不能提交") == len(NEEDED)


def test_it_says_what_is_unknown_when_unknown_facts_block_a_filing(office, uscc):
    visit = office.visit()
    visit.open("/companies/new")
    visit.send("/companies/new", name="杭州示例数据服务有限公司", uscc=uscc, province="33")
    number = office.cast.prepared(company=3, coverage=("33",))
    office.cast.do(number, "sign_off", by="li")
    with pytest.raises(GuardsUnmet) as refused:
        office.cast.do(number, "submit")
    assert {f.code for f in refused.value.unmet} >= {
        "G-COMPANY", "G-CAPITAL", "G-STAFF", "G-PREMISES", "G-FOREIGN", "G-DISHONEST",
    }  # fmt: skip
    visit.open("/companies/3/edit")
    visit.send(
        "/companies/3/edit", entity="company", status="active", registered_capital="1000万",
        insured_staff="3", insured_months="1", premises="yes", foreign_share="0",
        dishonest_list="no", adverse_list="no",
    )  # fmt: skip
    assert office.cast.do(number, "submit").state is State.SUBMITTED


FAULTS = [
    ("name", "", "请填写企业名称"),
    ("uscc", "91330106MA0DEM2", "统一社会信用代码是 18 位数字和大写字母，现在是 15 位"),
    ("uscc", "91330106MA0DEM2020", "统一社会信用代码校验不符"),
    ("uscc", "91440106MA0DEM101C", "已有企业使用这个信用代码"),
    ("province", "", "请填写注册地"),
    ("established_on", "2026-02-30", "没有 2026-02-30 这一天"),
    ("registered_capital", "一百万", "请填写金额"),
    ("registered_capital", "1e6", "请填写金额"),
    ("insured_staff", "三", "请填写整数"),
    ("foreign_share", "101", "请填写 0 至 100 的百分比"),
    ("foreign_share", "-1", "请填写 0 至 100 的百分比"),
    ("bars.0.decided_on", "明天", "请填写日期"),
    ("penalties.0.on", "", "请填写这一项"),
    ("legal_representative", "吴\x00示例", "控制字符"),
]


@pytest.mark.parametrize(("field", "value", "says"), FAULTS)
def test_it_refuses_at_the_field_and_keeps_everything(office, typed, field, value, says):
    visit = office.visit()
    visit.open("/companies/new")
    before = contents(office.database)
    answer = visit.send("/companies/new", **(typed | {field: value}))
    assert answer.status_code == 422
    assert says in visit.words
    assert f'href="#{field}"' in answer.text
    assert answer.text.index("problems") < answer.text.index(f'id="{field}"')
    assert "<title>出错：" in answer.text
    kept = dict(visit.form("/companies/new").fields)
    assert all(kept[name] == text for name, text in typed.items() if name != field)
    assert contents(office.database) == before


def test_it_names_the_company_that_has_the_credit_code_already(office, typed):
    visit = office.visit()
    visit.open("/companies/new")
    answer = visit.send("/companies/new", **(typed | {"uscc": "91440106ma0dem101c"}))
    assert answer.status_code == 422
    assert 'href="/companies/1"' in answer.text


def test_it_adds_a_company_once_however_often_the_button_is_pressed(office, typed):
    visit = office.visit()
    visit.open("/companies/new")
    form = visit.form("/companies/new")
    first, second = visit.post(form, **typed), visit.post(form, **typed)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.location == second.location
    with office.database.reading() as session:
        assert len(lists.client_companies(session, office.cast["wang"])) == 3


def test_it_masks_personal_values_on_the_page_of_a_client(office):
    visit = office.visit()
    visit.open("/companies/1")
    assert "周*" in visit.words
    assert "周示例" not in visit.page.text
    assert "91440106MA0DEM101C" not in visit.page.text


def test_it_shows_how_the_facts_came_about(office):
    visit = office.visit()
    visit.open("/companies/1/edit")
    visit.send("/companies/1/edit", registered_capital="5,000,000", premises="unknown")
    visit.follow()
    assert "企业档案已更新" in visit.words
    assert "100 万元 500 万元" in visit.words.replace("注册资本", "")
    assert "未知 · 不能提交" in visit.words
    assert told(office, 1).facts.premises is None


def test_it_says_who_changed_the_facts_meanwhile_and_keeps_the_text(office):
    visit = office.visit()
    visit.open("/companies/1/edit")
    form = visit.form("/companies/1/edit")
    with office.database.transaction() as tx:
        client_companies.set_company_facts(
            tx, 1, {"insured_staff": 9}, actor=office.cast["li"], moment=moment()
        )
    before = contents(office.database)
    answer = visit.page = visit.post(form, insured_staff="5", city="广州")
    assert answer.status_code == 409
    assert "李强刚刚改过这个企业" in visit.words
    assert contents(office.database) == before
    kept = dict(visit.form("/companies/1/edit").fields)
    assert (kept["insured_staff"], kept["city"]) == ("5", "广州")
    assert visit.send("/companies/1/edit").status_code == 303
    assert told(office, 1).facts.insured_staff == 5


def test_it_finds_a_company_by_name_initials_or_code(office):
    visit = office.visit()
    for words in ("兰州", "LZSL", "91620102ma0dem0139", "９１６２０１０２"):
        visit.open(f"/companies?q={words}")
        assert "兰州示例云商科技有限公司" in visit.words
        assert "广州示例信息服务有限公司" not in visit.words
    visit.open("/companies?q=没有这家")
    assert "没有找到「没有这家」" in visit.words


def test_it_pages_by_key(office):
    with office.database.transaction() as tx:
        for n in range(lists.PAGE):
            stem = f"91330106MA0DE{n:04}"
            client_companies.add_company(
                tx,
                {
                    "name": f"杭州示例{n}号有限公司",
                    "uscc": stem + code.calc_check_digit(stem),
                    "province": "33",
                },
                actor=office.cast["wang"],
                moment=moment(),
            )
    visit = office.visit()
    visit.open("/companies")
    assert "广州示例" in visit.words
    assert "杭州示例48号" not in visit.words
    visit.open("/companies?after=50")
    assert "杭州示例48号" in visit.words
    assert "广州示例" not in visit.words
    assert "下一页" not in visit.words
    visit.open("/companies?after=52")
    assert "没有更多企业" in visit.words


def test_it_shows_a_handler_of_other_clients_only_those(office):
    visit = office.visit("chen")
    visit.open("/companies")
    assert "兰州示例" in visit.words
    assert "广州示例" not in visit.words
    assert "新建企业" not in visit.words
    assert visit.open("/companies/new").status_code == 403


def test_it_tells_a_code_that_does_not_check_together_with_the_other_faults(office, typed, uscc):
    wrong = uscc[:17] + ("0" if uscc[17] != "0" else "1")
    visit = office.visit()
    visit.open("/companies/new")
    visit.send("/companies/new", **{**typed, "uscc": wrong, "name": "", "insured_staff": "很多"})
    assert visit.page.status_code == 422
    assert "有 3 处需要处理" in visit.words
    assert visit.words.count("统一社会信用代码校验不符") == 2
