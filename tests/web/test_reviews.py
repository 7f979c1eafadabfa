"""Reviewing a pack item by item: files, verdicts that stay, what changed, the result."""

import io
import re

import pytest

from tests.support.documents import pdf
from tests.support.queries import counted
from tests.support.visits import pass_all
from workflow.services.case_view import view


@pytest.fixture
def sent(office):
    """A complete pack that waits for its reviewer; 王芳 made it."""
    number = office.cast.prepared()
    office.cast.do(number, "request_sign_off")
    return number


def current(office, number, code):
    with office.database.reading() as session:
        items = view(session, number, office.cast["li"], _moment()).items
    return next(item.versions[0] for item in items if item.material.code == code)


def _moment():
    from tests.support.cast import moment  # noqa: PLC0415

    return moment()


def judge(li, number, code, **answers):
    """Open one item and give a verdict on it."""
    li.open(f"/reviews/{number}?item={code}")
    form = li.form(f"/items/{code}")
    points = [value for name, value in li_points(li) if name == "points"]
    form.names |= {"verdict"}
    return li.post(form, **({"points": points} | answers))


def li_points(li):
    import re  # noqa: PLC0415
    from html import unescape  # noqa: PLC0415

    return [
        ("points", unescape(v)) for v in re.findall(r'name="points" value="([^"]*)"', li.page.text)
    ]


def test_it_lists_what_waits_and_says_which_packs_are_ones_own(office, sent):
    own = office.cast.prepared(coverage=("11",), by="li")
    office.cast.do(own, "request_sign_off")
    li = office.visit("li")
    li.open("/reviews")
    assert "2 个材料包等复核" in li.words
    assert sent in li.words
    assert li.words.count("须由他人复核") == 1
    assert {"王芳", "李强"} <= set(re.findall(r'整理人"><span lang="zh-CN">(\w+)<', li.page.text))
    li.open(f"/reviews/{own}")
    assert "须由他人复核" in li.words
    assert 'name="verdict"' not in li.page.text


def test_it_passes_items_one_by_one_and_goes_to_the_next(office, sent):
    li = office.visit("li")
    li.open(f"/reviews/{sent}")
    assert "已核 0 / 16 项" in li.words
    assert judge(li, sent, "M-AOA", verdict="pass").status_code == 303
    li.open(f"/reviews/{sent}")
    assert "已核 1 / 16 项" in li.words
    assert "李强" in li.words
    assert "还有 15 项没有核对" in li.words
    assert "整包" not in li.words


def test_it_wants_every_point_ticked_and_a_reason_for_a_return(office, sent):
    li = office.visit("li")
    ticked = judge(li, sent, "M-AOA", verdict="pass", points=[])
    assert ticked.status_code == 422
    assert "请先勾选全部核对要点" in ticked.text
    returned = judge(li, sent, "M-AOA", verdict="return", points=[])
    assert returned.status_code == 422
    assert "请写明退回的原因" in returned.text


def test_it_returns_the_pack_with_the_reasons_of_its_items(office, sent):
    li = office.visit("li")
    judge(li, sent, "M-AOA", verdict="return", reason="缺签字页", points=[])
    pass_all(li, sent)
    assert "有 1 项退回" in li.words
    assert "批准申请包" not in li.words
    li.send(f"/reviews/{sent}/result", result="return")
    assert li.page.status_code == 303
    wang = office.visit()
    wang.open(f"/cases/{sent}")
    assert "公司章程：缺签字页" in wang.words
    assert "复核退回" in wang.words
    office.cast.provide(sent, "M-AOA")
    office.cast.do(sent, "request_sign_off")
    li.open(f"/reviews/{sent}?only=changes")
    assert "上次复核以来 1 处变化" in li.words
    assert "营业执照副本" not in li.words


def test_it_approves_only_when_all_is_looked_at(office, sent):
    li = office.visit("li")
    assert li.open(f"/cases/{sent}/actions/sign_off").location.endswith(f"/reviews/{sent}")
    pass_all(li, sent)
    li.send(f"/reviews/{sent}/result", result="approve")
    assert li.page.status_code == 303
    assert "复核通过" in li.follow().text


def test_it_refuses_a_result_that_was_put_together_by_hand(one_office):
    number = one_office.cast.prepared()
    li = one_office.visit("li")
    li.open(f"/reviews/{number}")
    form = li.form(f"/reviews/{number}/rest")
    fields = form.filled({}) | {"result": ["approve"], "version": ["20"], "once": ["a" * 32]}
    assert li.client.post(f"/reviews/{number}/result", data=fields).status_code == 422
    act = li.client.post(f"/cases/{number}/actions/sign_off", data=fields | {"on": ["2026-03-18"]})
    assert act.status_code == 409
    assert li.client.post(f"/reviews/{number}/rest", data=form.filled({})).status_code == 422


def test_it_looks_only_at_what_changed_since_the_last_approval(office, sent):
    li, wang = office.visit("li"), office.visit()
    pass_all(li, sent)
    li.send(f"/reviews/{sent}/result", result="approve")
    wang.open(f"/cases/{sent}")
    file = (io.BytesIO(pdf("新章程")), "公司章程.pdf")
    wang.send("/materials/M-AOA", **{"file-M-AOA": file})
    office.cast.do(sent, "request_sign_off")
    li.open(f"/reviews/{sent}?only=changes")
    assert "那次批准已失效" in li.words
    assert "上次复核以来 1 处变化" in li.words
    assert "已核 15 / 16 项" in li.words
    assert "公司章程" in li.words
    assert "营业执照副本" not in li.words
    compared = li.open(f"/reviews/{sent}?item=M-AOA&compare=1")
    assert "上次批准的版本" in li.words
    assert "<iframe" in compared.text
    assert "frame-src 'self'" in compared.headers["Content-Security-Policy"]


def test_it_shows_a_file_in_its_own_frame_only(office, sent):
    wang = office.visit()
    office.cast.do(sent, "recall_sign_off")
    wang.open(f"/cases/{sent}")
    wang.send("/materials/M-AOA", **{"file-M-AOA": (io.BytesIO(pdf()), "公司章程.pdf")})
    version = current(office, sent, "M-AOA")
    shown = wang.open(f"/cases/{sent}/files/{version.id}/look")
    assert shown.headers["Content-Disposition"] == "inline"
    assert shown.mimetype == "application/pdf"
    assert "default-src 'none'" in shown.headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in shown.headers["Content-Security-Policy"]
    assert shown.headers["X-Content-Type-Options"] == "nosniff"


def test_it_wants_a_verdict_on_the_version_that_is_there(office, sent):
    li = office.visit("li")
    li.open(f"/reviews/{sent}?item=M-AOA")
    form = li.form("/items/M-AOA")
    form.names |= {"verdict"}
    office.cast.provide(sent, "M-AOA")
    late = li.post(form, verdict="return", reason="缺页")
    assert late.status_code == 422
    assert "材料刚换了版本" in late.text
    assert "缺页" in late.text
    li.open(f"/reviews/{sent}")
    rest = li.form("/rest")
    office.cast.provide(sent, "M-AOA")
    late = li.post(rest, seen="1")
    assert late.status_code == 422
    assert "材料刚换了版本" in late.text
    assert "已核 0 /" in late.text


def test_it_asks_few_questions(one_office):
    number = one_office.cast.prepared()
    li = one_office.visit("li")
    for page in ("/reviews", f"/reviews/{number}", f"/cases/{number}"):
        with counted(one_office.database) as questions:
            assert li.open(page).status_code == 200
        reading = [question for question in questions if not question.startswith("INSERT")]
        assert len(reading) <= 12, (page, reading)
