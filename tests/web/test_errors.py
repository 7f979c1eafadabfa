"""Every error page says what happened, whether work is safe, and what next, in both languages."""

import logging

import pytest

from web.errors import PAGES

KINDS = {
    "stale": (409, "李强刚刚改过这个案件"),
    "not-offered": (409, "现在不能办理这一步"),
    "bad-input": (422, "提交日期不能晚于今天"),
    "not-found": (404, "没有找到"),
    "key-reused": (422, "这份表单已用于另一次提交"),
    "not-built": (422, "这一步还不能办理"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_it_turns_an_error_of_the_services_into_a_page(handler, kind):
    status, says = KINDS[kind]
    page = handler.get(f"/trials/error/{kind}")
    assert page.status_code == status
    assert says in page.text
    assert page.headers["X-Request-Id"] in page.text


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("status", sorted(PAGES))
def test_it_gives_all_three_answers_in_both_languages(app, handler, status, language):
    handler.set_cookie("lang", language)
    page = handler.get(f"/trials/error/{status}")
    assert page.status_code == status
    with app.test_request_context(headers={"Cookie": f"lang={language}"}):
        standing = PAGES[status]
        for words in (standing.heading, standing.safe, standing.next):
            assert str(words) in page.text
            assert str(words).isascii() == (language == "en")


def test_it_tells_nothing_about_a_crash_but_its_number(handler, caplog):
    with caplog.at_level(logging.ERROR):
        page = handler.get("/trials/error/crash")
    number = page.headers["X-Request-Id"]
    assert page.status_code == 500
    assert "1234" not in page.text
    assert number in page.text
    assert number in caplog.text
    assert "抱歉，系统出了问题" in page.text


def test_it_answers_htmx_with_the_block_alone(handler):
    part = handler.get("/trials/error/stale", headers={"HX-Request": "true"})
    assert part.status_code == 409
    assert "<html" not in part.text
    assert 'role="alert"' in part.text


def test_it_shows_an_error_to_a_stranger_without_the_frame(client):
    page = client.get("/nowhere")
    assert page.status_code == 404
    assert 'class="places"' not in page.text


def test_it_leads_from_a_refused_act_back_to_its_case(one_office):
    number = one_office.cast.prepared()
    wang = one_office.visit()
    assert wang.open(f"/cases/{number}/actions/approve").status_code == 409
    assert "现在不能办理这一步" in wang.words
    assert "别人的改动" not in wang.words
    assert f'href="/cases/{number}">返回案件' in wang.page.text


@pytest.mark.parametrize(
    "path",
    [
        "/companies/99999999999999999999999",
        "/companies/99999999999999999999999/edit",
        "/licenses/9999999999999999999",
        "/licenses/2147483648",
        "/cases/AP-2026-00001/files/9999999999999999999",
        "/cases?before=99999999999999999999999",
        "/cases/new?after=99999999999999999999999",
    ],
)
def test_it_finds_nothing_behind_a_number_no_row_can_have(one_office, path):
    answer = one_office.visit().open(path)
    assert answer.status_code == (200 if "?" in path else 404)
