"""The main job, whole, in a browser: draft to license, in Chinese, with and without JavaScript."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.desk_process import Desk
from workflow.services.measuring import invented_code

ONE_PAGE = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\n"
)


def pdf(words: str) -> bytes:
    """A small valid PDF; other words make another file."""
    body = ONE_PAGE + f"% {words}\n".encode()
    starts = [body.index(f"{n} 0 obj".encode()) for n in (1, 2, 3)]
    table = b"".join(f"{at:010d} 00000 n \n".encode() for at in starts)
    tail = f"trailer<</Size 4/Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF\n".encode()
    return body + b"xref\n0 4\n0000000000 65535 f \n" + table + tail


class Person:
    """Somebody at a browser who knows what to click."""

    def __init__(self, page: Page, desk: Desk) -> None:
        self.page, self.desk = page, desk

    def sign_in(self, login: str) -> None:
        self.page.goto(f"{self.desk.address}/login")
        self.page.get_by_label("账号").fill(login)
        self.page.get_by_label("密码").fill(self.desk.passwords[login])
        self.page.get_by_role("button", name="登录").click()
        expect(self.page.locator("h1")).to_be_visible()

    def open_case(self, number: str) -> None:
        self.page.goto(f"{self.desk.address}/cases/{number}")

    def act(self, case: str, trigger: str, button: str, **fields: str) -> None:
        """Take one act through its confirm page; a pack is looked at item by item before."""
        self.page.goto(f"{self.desk.address}/cases/{case}/actions/{trigger}")
        if f"/reviews/{case}" in self.page.url:
            self.page.locator("#seen").check()
            self.page.get_by_role("button", name="其余一并通过").click()
        for name, value in fields.items():
            self.page.locator(f"[name='{name}']").fill(value)
        self.page.locator("main").get_by_role("button", name=button).click()
        expect(self.page).to_have_url(re.compile(f"/cases/{case}(#.*)?$"))

    def upload(self, code: str, words: str) -> None:
        """Hand in one material through the form of its row."""
        row = self.page.locator(f"#material-{code}")
        if not row.is_visible():  # one of the ready materials that are folded
            self.page.locator("#materials > details > summary").click()
        row.locator("td details > summary").click()
        row.locator("input[type=file]").set_input_files(
            {"name": f"{code}-示例.pdf", "mimeType": "application/pdf", "buffer": pdf(words)}
        )
        row.locator("form button.primary").click()
        expect(self.page.locator(f"#material-{code}")).to_contain_text("就绪")


@contextmanager
def someone(browser: Browser, desk: Desk, login: str, *, script: bool) -> Iterator[Person]:
    context = browser.new_context(java_script_enabled=script, locale="zh-CN")
    refused: list[str] = []
    page = context.new_page()
    page.on("console", lambda said: refused.append(said.text) if said.type == "error" else None)
    page.set_default_timeout(15_000)
    person = Person(page, desk)
    person.sign_in(login)
    yield person
    context.close()
    assert not [text for text in refused if "Content Security Policy" in text]


def add_company(person: Person, name: str, code: str) -> None:
    page = person.page
    page.goto(f"{person.desk.address}/companies/new")
    page.get_by_label("企业名称").fill(name)
    page.get_by_label("统一社会信用代码").fill(code.lower())
    page.locator("select[name=province]").select_option("44")
    page.locator("select[name=entity]").select_option("company")
    page.locator("select[name=status]").select_option("active")
    page.locator("input[name=registered_capital]").fill("１００万")
    page.locator("input[name=insured_staff]").fill("3")
    page.locator("input[name=insured_months]").fill("1")
    page.locator("input[name=foreign_share]").fill("0")
    page.locator("input[name=established_on]").fill("2024/5/6")
    for asked, said in (("premises", "yes"), ("dishonest_list", "no"), ("adverse_list", "no")):
        page.locator(f"input[name={asked}][value={said}]").check()
    page.get_by_role("button", name="保存企业档案").click()
    expect(page).to_have_url(re.compile(r"/companies/\d+"))
    expect(page.locator("main")).to_contain_text("100 万元")


def open_application(person: Person, name: str) -> str:
    """From the client to a case: look it up, say what is applied for, read the pre-check."""
    page = person.page
    page.goto(f"{person.desk.address}/cases/new")
    page.get_by_label("企业名称或信用代码").fill(name)
    page.get_by_role("button", name="查找").click()
    page.locator("main").get_by_role("link", name=re.compile(name)).first.click()
    page.locator("main").get_by_role("link", name="选择 新办").click()
    page.locator("input[name=kinds][value=ICP]").check()
    page.locator("input[name=coverage][value='44']").check()
    page.locator("main form button.primary").last.click()
    expect(page.locator("main")).to_contain_text("广东省通信管理局")
    expect(page.locator("main")).to_contain_text("注册资本")
    page.locator("main").get_by_role("link", name=re.compile("确认|继续|下一步")).or_(
        page.locator("main form button.primary")
    ).last.click()
    page.locator("main form[method=post] button.primary").click()
    expect(page).to_have_url(re.compile(r"/cases/AP-\d{4}-\d{5}"))
    found = re.search(r"AP-\d{4}-\d{5}", page.url)
    assert found
    return found[0]


def wait_for_message(person: Person, number: str) -> None:
    """The worker delivers; the inbox shows it once."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        person.page.goto(f"{person.desk.address}/messages")
        if person.page.locator("main", has_text=number).count():
            return
        time.sleep(0.5)
    pytest.fail(f"no message about {number} arrived")


def prepare_and_upload(wang: Person, number: str) -> None:
    """Read the blockers, hand in every material on the list."""
    wang.act(number, "prepare", "开始备料")
    blockers = wang.page.locator("#blockers")
    expect(blockers).to_contain_text("G-MATERIALS")
    expect(blockers).to_contain_text("行政许可法")
    rows = wang.page.locator("[id^='material-M-']").evaluate_all("all => all.map(r => r.id)")
    for row in rows:
        wang.upload(row.removeprefix("material-"), f"{number} {row}")
    expect(wang.page.locator("#G-MATERIALS .guard")).to_have_class(re.compile(r"\bmet\b"))
    wang.act(number, "request_sign_off", "送复核")
    wang.page.goto(f"{wang.desk.address}/cases/{number}/actions/submit")
    expect(wang.page.locator("main")).to_contain_text("G-SIGNOFF")


def file_and_answer(wang: Person, number: str) -> None:
    """Submit, receive a correction notice, answer it, send it for review again."""
    wang.act(number, "submit", "登记提交", receipt="示例回执-1")
    expect(wang.page.locator("main")).to_contain_text("期限怎么算的")
    point = {"points-1": "请补充用户日志留存说明"}
    wang.act(number, "request_correction", "登记补正", **point)
    wang.open_case(number)
    expect(wang.page.locator("main")).to_contain_text("补正 第 1 轮")
    wang.upload("M-INFOSEC", f"{number} second")
    wang.page.locator("#correction textarea").first.fill("已补充第 3 节日志留存说明")
    wang.page.get_by_role("button", name="标为已答复").click()
    expect(wang.page.locator("#correction")).to_contain_text("已答复")
    wang.act(number, "request_sign_off", "送复核")


def see_the_license(wang: Person, number: str, license_number: str) -> None:
    """Resubmitted, accepted, approved: the license is in the register."""
    wang.act(number, "resubmit", "登记再次提交")
    wang.act(number, "accept", "登记受理")
    wang.act(number, "approve", "登记批准", number=license_number)
    expect(wang.page.locator("main")).to_contain_text(license_number)
    wang.page.goto(f"{wang.desk.address}/licenses")
    wang.page.locator("main").get_by_role("link", name=license_number, exact=True).click()
    expect(wang.page.locator("main")).to_contain_text("有效")


def read_the_trail(zhou: Person, number: str) -> None:
    """Every step is there, and the chain verifies."""
    zhou.page.goto(f"{zhou.desk.address}/audit?case={number}")
    steps = ["新建案件", "收到材料", "复核通过", "补正中", "答复补正意见", "已受理", "已批准"]
    for step in steps:
        expect(zhou.page.locator("main")).to_contain_text(step)
    zhou.page.goto(f"{zhou.desk.address}/audit")
    zhou.page.get_by_role("button", name="立即").click()
    expect(zhou.page.locator("main")).to_contain_text("完整")


# The renewal in test_renewal.py goes the same way, from draft to license, without a script.
@pytest.mark.parametrize("script", [True], ids=["with script"])
def test_it_takes_an_application_from_draft_to_license(
    browser: Browser, desk: Desk, *, script: bool
) -> None:
    name = f"示例旅程{'甲' if script else '乙'}信息服务有限公司"
    with someone(browser, desk, "wangfang", script=script) as wang:
        add_company(wang, name, invented_code("44", 31 + script))
        number = open_application(wang, name)
        prepare_and_upload(wang, number)
    with someone(browser, desk, "liqiang", script=script) as li:
        wait_for_message(li, number)
        li.open_case(number)
        expect(li.page.locator("main")).to_contain_text(name)
        li.act(number, "sign_off", "批准申请包")
    with someone(browser, desk, "wangfang", script=script) as wang:
        file_and_answer(wang, number)
    with someone(browser, desk, "liqiang", script=script) as li:
        li.act(number, "sign_off", "批准申请包")
    with someone(browser, desk, "wangfang", script=script) as wang:
        see_the_license(wang, number, f"粤B2-2026090{int(script)}")
    with someone(browser, desk, "zhoujing", script=script) as zhou:
        read_the_trail(zhou, number)
