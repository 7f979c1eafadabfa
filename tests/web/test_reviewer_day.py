"""The reviewer's whole day in a browser, and every flow once more with JavaScript off."""

import pytest
from playwright.sync_api import expect

from tests.support.browser import served
from tests.support.cast import PASSWORD
from tests.support.documents import pdf

LICENSES = (
    "许可证编号,企业名称,信用代码,注册地,业务,覆盖范围,发证日期,有效期至\n"
    "粤B2-20220777,广州示例信息服务有限公司,91440106MA0DEM101C,广东省,B25 ICP,广东,"
    "2022/6/2,2027年6月1日\n"
)


@pytest.fixture
def address(one_office):
    with served(one_office.app) as opened:
        yield opened


def signed_in(browser, address, login, *, scripted=True):
    context = browser.new_context(base_url=address, java_script_enabled=scripted, locale="zh-CN")
    context.set_default_timeout(8000)
    page = context.new_page()
    page.goto("/login")
    page.fill("#login", login)
    page.fill("#password", PASSWORD)
    page.click("main button")
    expect(page.locator("h1")).to_be_visible()
    return page


def main(page):
    return page.locator("main")


def press(page, name, exact=True):
    """A button or link of the page proper, by what it says."""
    button = main(page).get_by_role("button", name=name, exact=exact)
    button.or_(main(page).get_by_role("link", name=name, exact=exact)).first.click()


def test_it_takes_a_reviewer_through_the_day(one_office, address, browser):
    office = one_office
    number = office.cast.prepared()
    wang = signed_in(browser, address, "wang")
    wang.goto(f"/cases/{number}")
    wang.keyboard.press("a")
    press(wang, "确认送复核")
    expect(main(wang)).to_contain_text("接下来由复核人办理")

    # The queue, counted in the side bar; the first item is returned with a reason, the rest pass.
    li = signed_in(browser, address, "li")
    expect(li.locator("nav a[href='/reviews']").first).to_contain_text("1")
    li.goto("/reviews")
    li.click(f"main a[href*='/reviews/{number}']")
    li.click("h2#check-heading")
    li.keyboard.press("n")
    expect(li.locator("#problems")).to_contain_text("请写明退回的原因")
    li.fill("#reason", "第 2 页没有盖章")
    press(li, "退回本项", exact=False)
    expect(main(li)).to_contain_text("已核 1 /")
    for point in li.locator("#points input").all():
        point.check()
    li.click("h2#check-heading")
    li.keyboard.press("y")
    expect(main(li)).to_contain_text("已核 2 /")
    li.check("#seen")
    press(li, "其余一并通过")
    expect(main(li)).to_contain_text("第 2 页没有盖章")
    press(li, "退回材料包")
    expect(main(li)).to_contain_text("退回")
    li.goto("/reviews")
    assert number not in main(li).inner_text()

    # The handler reads why in the row, hands in again, sends, recalls, and sends once more.
    wang.goto("/work?view=returned")
    expect(wang.locator(f"#c-{number}")).to_contain_text("第 2 页没有盖章")
    office.cast.provide(number, "M-APP")
    for again in (False, True):
        wang.goto(f"/cases/{number}/actions/request_sign_off")
        press(wang, "确认送复核")
        if not again:
            press(wang, "撤回送审")
            press(wang, "确认撤回送审")
            expect(main(wang)).not_to_contain_text("已送复核。")
    li.goto(f"/reviews/{number}")
    li.check("#seen")
    press(li, "其余一并通过")
    press(li, "批准申请包")
    expect(main(li)).to_contain_text("复核通过")
    wang.goto("/work?view=ready")
    expect(wang.locator(f"#c-{number}")).to_contain_text("登记提交")


def act(page, case, trigger, says, **typed):
    """Take an act on its own page, the second click without a script."""
    page.goto(f"/cases/{case}/actions/{trigger}")
    for name, value in typed.items():
        page.fill(f"main [name='{name}']", value)
    press(page, f"确认{says}")
    expect(main(page).locator("#story")).to_be_visible()


def filter_and_keep(page):
    page.goto("/work")
    page.select_option("form.filters select[name=province]", "11")
    press(page, "应用")
    assert "province=11" in page.url
    page.locator("main details", has_text="保存当前视图").locator("summary").first.click()
    page.locator("main input[name=name]").first.fill("北京的")
    press(page, "保存", exact=False)
    expect(page.locator("body")).to_contain_text("北京的")


def create(page, company):
    page.goto(f"/cases/new?company={company}&procedure=new")
    page.check("main input[name=kinds][value=ICP]")
    press(page, "资格预检")
    page.locator("main form[action='/cases/new/confirm'] button").click()
    press(page, "创建案件")
    expect(main(page).locator("#story")).to_be_visible()
    return page.url.rpartition("/")[2]


def upload(page):
    row = page.locator("#material-M-APP")
    row.locator("details summary.button").click()
    file = {"name": "申请表.pdf", "mimeType": "application/pdf", "buffer": pdf()}
    row.locator("input[type=file]").set_input_files(file)
    row.locator("form button.primary").click()
    expect(page.locator("#material-M-APP")).to_contain_text("第 1 版")


def answer(page, number):
    page.goto(f"/cases/{number}/actions/request_correction")
    page.fill("main [name='points-1']", "补充日志留存说明")
    press(page, "确认", exact=False)
    expect(page.locator("#correction")).to_contain_text("补充日志留存说明")
    page.locator("#correction textarea").first.fill("已在第 3 节补充")
    page.locator("#correction button.primary").first.click()
    expect(page.locator("#correction")).to_contain_text("1 / 1 条已答复")


def bring_in(page):
    page.goto("/import/licenses")
    file = {"name": "台账.csv", "mimeType": "text/csv", "buffer": LICENSES.encode()}
    page.set_input_files("main input[type=file]", file)
    page.locator("main form:has(input[type=file]) button").last.click()
    expect(main(page)).to_contain_text("可导入")
    page.locator("main button.primary").last.click()
    expect(main(page).locator("h1")).to_be_visible()
    assert "/import/licenses/" in page.url


def test_it_does_everything_without_a_script(one_office, address, browser):
    office = one_office
    office.cast.open_case(coverage=("11",))
    wang = signed_in(browser, address, "wang", scripted=False)
    filter_and_keep(wang)
    number = create(wang, office.cast.company)
    act(wang, number, "prepare", "开始备料")
    upload(wang)
    office.cast.provide(number)
    act(wang, number, "request_sign_off", "送复核")
    li = signed_in(browser, address, "li", scripted=False)
    li.goto(f"/reviews/{number}")
    li.check("#seen")
    press(li, "其余一并通过")
    press(li, "批准申请包")
    expect(main(li)).to_contain_text("复核通过")
    act(wang, number, "submit", "登记提交")
    act(wang, number, "accept", "登记受理", number="受理 2026-7")
    answer(wang, number)
    wang.goto("/work")
    with wang.expect_download() as download:
        main(wang).get_by_role("link", name="导出本视图 CSV").click()
    assert number in download.value.path().read_text("utf-8-sig")
    bring_in(wang)
