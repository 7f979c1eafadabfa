"""Signing in and out, how long it lasts, and the brake on guessing."""

import pytest

from workflow.services import accounts, trail
from workflow.storage.statements import rows


def test_it_sends_strangers_to_sign_in_and_back_to_their_page(client, sign_in):
    asked = client.get("/trials/handlers?tab=2")
    assert asked.status_code == 303
    assert asked.location == "/login?next=/trials/handlers?tab%3D2"
    entered = sign_in(client, path=asked.location, next="/trials/handlers?tab=2")
    assert entered.location.endswith("/trials/handlers?tab=2")
    assert client.get("/trials/handlers").text == "for handlers"


@pytest.mark.parametrize("foreign", ["https://evil.example/", "//evil.example", "///evil.example"])
def test_it_never_sends_anybody_to_another_site(client, sign_in, foreign):
    entered = sign_in(client, path=f"/login?next={foreign}", next=foreign)
    assert (entered.status_code, entered.location) == (302, "/home")


def test_it_accepts_an_account_name_with_capitals_and_spaces(client, sign_in):
    assert sign_in(client, login=" Wang ").status_code == 302


@pytest.mark.parametrize("login", ["wang", "nobody"])
def test_it_says_the_same_of_a_wrong_password_and_an_unknown_account(client, sign_in, login):
    refused = sign_in(client, login=login, password="wrong")  # noqa: S106
    assert refused.status_code == 422
    assert "账号或密码不对" in refused.text
    assert f'value="{login}"' in refused.text
    assert "wrong" not in refused.text


def test_it_tells_nothing_about_accounts_in_json(client):
    answer = client.post("/login", json={"login": "wang", "password": "x"})
    assert answer.status_code == 400
    assert answer.mimetype == "text/html"


def test_it_names_the_field_that_was_left_empty(client, sign_in):
    refused = sign_in(client, login="", password="")
    assert refused.status_code == 422
    assert 'id="login-fault"' in refused.text
    assert 'id="password-fault"' in refused.text


def test_it_brakes_the_sixth_attempt_on_an_account_even_with_the_right_password(client, sign_in):
    for _ in range(5):
        assert sign_in(client, password="guess").status_code == 422  # noqa: S106
    braked = sign_in(client)
    assert braked.status_code == 429
    assert int(braked.headers["Retry-After"]) > 0
    assert "尝试次数过多" in braked.text
    assert sign_in(client, login="li").status_code == 302


def test_it_does_not_count_successes_as_failures(app, sign_in):
    for _ in range(7):
        assert sign_in(app.test_client()).status_code == 302


def test_it_brakes_an_address_that_tries_many_accounts(app, sign_in):
    client = app.test_client()
    answers = [sign_in(client, login=f"user{n}").status_code for n in range(31)]
    assert answers == [422] * 30 + [429]


def test_it_ends_an_idle_session_after_thirty_minutes(handler, clock):
    clock.turn(minutes=29)
    assert handler.get("/trials/handlers").status_code == 200
    clock.turn(minutes=29)
    assert handler.get("/trials/handlers").status_code == 200
    clock.turn(minutes=31)
    ended = handler.get("/trials/handlers")
    assert ended.status_code == 303
    assert "离开时间过长" in handler.get(ended.location).text


def test_it_ends_every_session_after_twelve_hours(handler, clock):
    for _ in range(36):
        clock.turn(minutes=20)
        assert handler.get("/trials/handlers").status_code == 200
    clock.turn(minutes=1)
    assert handler.get("/trials/handlers").status_code == 303


def test_it_sends_a_form_of_an_ended_session_back_to_the_page_it_was_on(handler, clock):
    clock.turn(hours=1)
    came_from = {"Referer": "http://localhost/trials/handlers"}
    ended = handler.post("/trials/post", data={"name": "x"}, headers=came_from)
    assert ended.location.startswith("/login?next=/trials/handlers")


def test_it_ends_every_session_of_a_person_at_once(handler, database):
    with database.transaction() as tx:
        accounts.end_sessions(tx, accounts.by_login(tx, "wang").id)
    assert handler.get("/trials/handlers").status_code == 303


def test_it_signs_out_by_post_with_a_token_only(handler, token):
    assert handler.get("/logout").status_code == 405
    assert handler.post("/logout").status_code == 400
    assert handler.post("/logout", data={"csrf_token": token(handler)}).status_code == 302
    assert handler.get("/trials/handlers").status_code == 303


def test_it_tells_htmx_to_load_the_sign_in_page(client):
    answer = client.get("/trials/handlers", headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"].startswith("/login")


def test_it_binds_the_cookie_to_the_host_over_https_and_works_on_plain_loopback(make_app):
    plain = make_app().test_client().get("/login").headers["Set-Cookie"]
    assert plain.startswith("desk=")
    assert "Secure" not in plain
    https = make_app(base_url="https://desk.example.cn").test_client()
    answer = https.get("/login", base_url="https://desk.example.cn")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-desk=")
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]


def test_it_does_not_believe_forwarded_headers_of_strangers(make_app):
    answer = make_app().test_client().get("/login", headers={"X-Forwarded-Proto": "https"})
    assert "Strict-Transport-Security" not in answer.headers


def test_it_believes_the_proxy_it_was_told_of(make_app):
    answer = (
        make_app(trusted_proxies=1)
        .test_client()
        .get("/login", headers={"X-Forwarded-Proto": "https"})
    )
    assert "Strict-Transport-Security" in answer.headers


def test_it_tells_the_trail_who_came_in_who_was_refused_and_who_went(
    client, sign_in, token, database
):
    sign_in(client, login="wang", password="guess")  # noqa: S106
    sign_in(client, login="nobody", password="guess")  # noqa: S106
    sign_in(client, login="wang", password="")
    sign_in(client, login="wang")
    client.post("/logout", data={"csrf_token": token(client)})
    with database.reading() as session:
        wang = accounts.by_login(session, "wang").id
        told = rows(session, "SELECT chain, subject_id, actor, action, body FROM events"
                    " WHERE action LIKE 'sign%' ORDER BY id")  # fmt: skip
        assert trail.verify(session).intact
    assert [tuple(event[:4]) for event in told] == [
        ("account", wang, "system", "sign_in_failed"),
        ("office", 1, "system", "sign_in_failed"),
        ("account", wang, str(wang), "sign_in"),
        ("account", wang, str(wang), "sign_out"),
    ]
    assert not any("127.0.0.1" in event[4] or "guess" in event[4] for event in told)


def test_it_takes_a_form_whose_page_came_beside_another_answer(one_office):
    wang = one_office.visit()
    older = wang.client.get_cookie("desk").value
    wang.open("/more")
    wang.client.set_cookie("desk", older)  # as the browser keeps it, when that answer came last
    assert wang.send("/logout").status_code in (302, 303)
