"""An open page: what it asks for by itself, the end of its session, and nothing typed is lost."""

import gzip
import json
import re
from pathlib import Path

from tests.support.visits import Visit, forms_of

STATIC = Path(__file__).parents[2] / "web/static"
KIBIBYTE = 1024


def test_it_configures_htmx_for_refused_forms_and_personal_pages(client):
    config = json.loads(
        re.search(r"name=\"htmx-config\" content='([^']+)'", client.get("/login").text)[1]
    )
    assert (config["allowEval"], config["includeIndicatorStyles"]) == (False, False)
    assert config["historyCacheSize"] == 0
    swapped = {row["code"]: row["swap"] for row in config["responseHandling"]}
    assert swapped["409|422"] is True


def test_it_keeps_all_scripts_small():
    scripts = [path for path in STATIC.rglob("*.js") if "charts" not in path.name]
    assert sum(len(gzip.compress(path.read_bytes())) for path in scripts) <= 40 * KIBIBYTE


def test_it_warns_five_minutes_before_the_end_and_prolongs_when_asked(handler, clock):
    clock.turn(minutes=24)
    assert "后将退出登录" not in handler.get("/pulse").text
    clock.turn(minutes=1)
    warned = handler.get("/pulse").text
    assert "5 分钟后将退出登录" in warned
    assert 'role="alert"' in warned
    clock.turn(minutes=4)
    assert "1 分钟后将退出登录" in handler.get("/pulse").text, "asking does not prolong it"
    assert "后将退出登录" not in handler.get("/stay", headers={"HX-Request": "true"}).text
    clock.turn(minutes=29)
    assert handler.get("/trials/handlers").status_code == 200
    back = handler.get("/stay", headers={"Referer": "http://localhost/more?x=1"})
    assert (back.status_code, back.location) == (303, "/more?x=1")


def test_it_sends_nobody_to_another_site_after_prolonging(handler):
    for foreign in ("http://evil.example/more", "http://localhost//evil.example"):
        back = handler.get("/stay", headers={"Referer": foreign})
        assert back.location in ("/home", "/evil.example")


def test_it_tells_of_cases_that_others_moved(office):
    number = office.cast.open_case()
    wang = office.visit()
    seen = wang.open("/pulse?since=0").text
    assert "件更新" not in seen, "his own acts are no news"
    newest = _newest(office)
    office.cast.provide(number, "M-INFOSEC", by="li")
    assert "有 1 件更新，点此刷新" in wang.open(f"/pulse?since={newest}").text
    assert "件更新" not in office.visit("chen").open(f"/pulse?since={newest}").text


def _newest(office):
    with office.app.test_request_context():
        return office.app.jinja_env.globals["newest_event"]()


def test_it_keeps_a_long_answer_whose_session_ended_and_sends_it_after_signing_in(one_office):
    number = one_office.cast.in_correction()
    wang = one_office.visit()
    wang.open(f"/cases/{number}")
    written = wang.form(f"/cases/{number}/points/1")
    beside = wang.form(f"/cases/{number}/notes")
    _end(wang)
    ended = wang.post(written, **{"answer-1": "我写了很久的答复"})
    assert ended.status_code == 303
    assert "next=/resume" in ended.location
    wang.post(beside, text="另一个标签页里的备注")
    _sign_in(wang, "wang", ended.location)
    wang.open("/resume")
    assert f"填写的内容 · {number}" in wang.words
    assert "答复内容 我写了很久的答复" in wang.words
    assert "另一个标签页里的备注" in wang.words
    wang.send(f"/cases/{number}/points/1")
    assert wang.page.status_code == 303
    assert "我写了很久的答复" in wang.follow().text
    wang.open("/resume")
    assert "我写了很久的答复" not in wang.words
    wang.send(f"/cases/{number}/notes")
    assert "另一个标签页里的备注" in wang.follow().text
    assert wang.open("/resume").status_code == 303, "it is kept until it is sent, no longer"


def test_it_shows_what_was_kept_to_nobody_else(one_office):
    number = one_office.cast.in_correction()
    wang = one_office.visit()
    wang.open(f"/cases/{number}")
    written = wang.form(f"/cases/{number}/points/1")
    _end(wang)
    ended = wang.post(written, **{"answer-1": "我写了很久的答复"})
    _sign_in(wang, "li", ended.location)
    assert wang.open("/resume").status_code == 303


def test_it_goes_on_with_a_form_whose_page_is_older_than_the_session(one_office):
    number = one_office.cast.in_correction()
    wang = one_office.visit()
    wang.open(f"/cases/{number}")
    written = wang.form(f"/cases/{number}/points/1")
    again = one_office.visit()
    from_page = {"Sec-Fetch-Site": "same-origin"}
    sent = written.filled({"answer-1": "另一个窗口里写的"})
    asked = again.client.post(written.action, data=sent, headers=from_page)
    assert asked.status_code == 400
    assert "另一个窗口里写的" in asked.text
    assert again.client.post(written.action, data=sent).text.count("另一个窗口里写的") == 0


def test_it_leaves_the_session_alone_when_the_page_asks_too_late(handler, clock):
    clock.turn(hours=1)
    late = handler.get("/pulse")
    assert (late.status_code, late.text) == (204, "")
    assert "Set-Cookie" not in late.headers


def test_it_keeps_a_draft_without_script_and_drops_it_when_sent(one_office):
    number = one_office.cast.in_correction()
    wang = one_office.visit()
    wang.open(f"/cases/{number}")
    form = wang.form(f"/cases/{number}/points/1")
    sent = form.filled({"answer-1": "写到一半"})
    saved = wang.client.post(f"/cases/{number}/points/1/1/draft", data=sent)
    assert saved.status_code == 303
    assert "写到一半" in wang.open(f"/cases/{number}").text
    assert "写到一半" not in one_office.visit("li").open(f"/cases/{number}").text
    wang.send(f"/cases/{number}/points/1", **{"answer-1": "写完了"})
    assert "写到一半" not in wang.follow().text


def test_it_switches_single_keys_off(handler):
    assert 'data-keys="on"' in handler.get("/more").text
    assert handler.get("/help?keys=off").location == "/help"
    assert 'data-keys="off"' in handler.get("/more").text


def _end(visit: Visit):
    """Let the session of a visit grow old."""
    with visit.client.session_transaction() as session:
        session["seen"] -= 3600


def _sign_in(visit: Visit, login: str, page: str):
    text = visit.client.get(page).text
    form = forms_of(text)[-1]
    visit.post(form, login=login, password="correct horse 电池")  # noqa: S106
