"""Masked values are shown once, for a reason, and the trail says who read them."""

import pytest

from tests.support.cast import moment
from workflow.services import client_companies
from workflow.services.trail_finder import Wanted, find

NAME = "吴示例"


@pytest.fixture
def office(one_office):
    one_office.number = one_office.cast.open_case()
    with one_office.database.transaction() as tx:
        client_companies.set_company_facts(
            tx, 1, {"legal_representative": NAME}, actor=one_office.cast["wang"], moment=moment()
        )
    return one_office


def newest(office):
    with office.database.reading() as session:
        reader = office.cast["zhou"]
        return find(session, reader, Wanted("UTC"), limit=1).page.events[0]


def test_it_shows_the_values_of_a_client_and_of_a_case_for_a_reason(office):
    wang = office.visit()
    for page, action, what, about in (
        ("/companies/1", "/companies/1/reveal", "company", "广州示例信息服务有限公司"),
        (f"/cases/{office.number}", f"/cases/{office.number}/reveal", "case", office.number),
    ):
        assert NAME not in wang.open(page).text
        before = newest(office).id
        refused = wang.send(action, reason=" ")
        assert refused.status_code == 422
        assert NAME not in refused.text
        assert "请填写理由" in refused.text
        assert newest(office).id == before
        shown = wang.send(action, reason="客户来电核对")
        assert (shown.status_code, shown.headers["Cache-Control"]) == (200, "no-store")
        assert NAME in shown.text
        told = newest(office)
        assert (told.chain, told.action, told.actor) == (
            "account",
            "reveal",
            office.cast["wang"].id,
        )
        assert told.body["given"] == {"what": what, "about": about}
        assert told.body["company_id"] == 1
        assert "客户来电核对" not in str(told.body)


def test_it_shows_one_event_of_the_trail_and_the_reading_is_on_it(office):
    event = next(e for e in found(office) if e.chain == "company" and e.seq > 1)
    zhou = office.visit("zhou")
    page = zhou.open(f"/audit?company=1&open={event.id}&before={event.id + 1}")
    assert NAME not in page.text
    assert "吴*" in page.text
    shown = zhou.send(f"/audit/{event.id}/reveal", reason="抽查")
    assert NAME in shown.text
    assert NAME not in shown.request.url
    page = zhou.open(f"/audit?kind=view&open={newest(office).id}")
    for words in ("查看未遮盖的个人信息", "抽查", f"#{event.id}", "周静"):
        assert words in zhou.words


def found(office):
    with office.database.reading() as session:
        return find(session, office.cast["zhou"], Wanted("UTC"), limit=50).page.events


def test_lists_of_clients_and_the_ripple_of_a_change_lead_to_the_values(office):
    wang = office.visit()
    for page in ("/companies", "/cases/new", "/companies/1/ripple?field=legal_representative"):
        text = wang.open(page).text
        assert "/companies/1/reveal" in text, page
        assert NAME not in text
    before = newest(office).id
    asked = wang.open("/companies/1/reveal")
    assert (asked.status_code, NAME in asked.text) == (200, False)
    assert newest(office).id == before
    assert NAME in wang.send("/companies/1/reveal", reason="核对").text
