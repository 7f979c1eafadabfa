"""Who may open what; foreign forms; what every answer carries."""

import pytest
from sqlalchemy import text

from web.access import permission_of

PATHS = (
    "/login",
    "/more",
    "/trials/handlers",
    "/trials/undeclared",
    "/nowhere",
    "/static/app.css",
    "/static/nowhere.css",
    "/trials/error/stale",
    "/trials/error/crash",
    "/trials/error/413",
    "/trials/error/429",
)


def test_it_refuses_a_page_that_nobody_declared(handler):
    assert handler.get("/trials/undeclared").status_code == 403


def test_it_declares_every_route(app):
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()} - {"trials.undeclared"}
    assert {name for name in endpoints if permission_of(app, name) is None} == set()


def test_it_refuses_a_role_that_was_not_named(client, sign_in):
    sign_in(client, login="zhou")
    refused = client.get("/trials/handlers")
    assert refused.status_code == 403
    assert "你的角色不能打开这个页面" in refused.text
    assert "周静" in refused.text


def test_it_closes_pages_of_the_library_that_are_not_offered(handler):
    assert handler.get("/verify").status_code == 403
    assert handler.get("/register").status_code == 404


@pytest.mark.parametrize("forged", [None, "forged"])
def test_it_refuses_a_post_without_its_own_token(handler, forged):
    refused = handler.post("/trials/post", data={"name": "王", "csrf_token": forged or ""})
    assert refused.status_code == 400
    assert "页面已过期，没有提交" in refused.text


def test_it_refuses_the_token_of_another_person(app, handler, sign_in, token):
    other = app.test_client()
    sign_in(other, login="li")
    refused = handler.post("/trials/post", data={"csrf_token": token(other)})
    assert refused.status_code == 400


def test_it_takes_a_post_with_its_own_token(handler, token):
    form = {"name": "王", "csrf_token": token(handler)}
    assert handler.post("/trials/post", data=form).text == "posted 王"


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_it_refuses_a_post_that_comes_from_another_site(handler, token, site):
    form = {"csrf_token": token(handler)}
    refused = handler.post("/trials/post", data=form, headers={"Sec-Fetch-Site": site})
    assert refused.status_code == 400


@pytest.mark.parametrize("path", PATHS)
def test_it_puts_the_security_headers_on_every_kind_of_answer(handler, path):
    with handler.get(path) as answer:
        headers = answer.headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Request-Id"].startswith("req-")


def test_it_lets_nobody_store_a_page_and_everybody_a_versioned_file(handler):
    assert handler.get("/more").headers["Cache-Control"] == "no-store"
    with handler.get("/static/app.css?v=1") as versioned, handler.get("/static/app.css") as plain:
        assert "immutable" in versioned.headers["Cache-Control"]
        assert plain.headers["Cache-Control"] == "no-cache"


def test_it_refuses_a_body_that_is_too_large_before_reading_it(handler):
    answer = handler.post("/trials/post", data={"name": "x" * (25 * 1024 * 1024)})
    assert answer.status_code == 413
    assert "20 MB" in answer.text


def test_it_leaves_the_database_alone_when_links_are_followed(handler, database):
    before = _everything(database)
    for path in (*PATHS, "/more?lang=en", "/more?theme=dark"):
        handler.get(path).close()
    assert _everything(database) == before


def _everything(database):
    with database.reading() as session:
        tables = session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'"))
        return {
            name: session.execute(text(f"SELECT * FROM {name}")).all()  # noqa: S608
            for name in tables.all()
        }
