"""Every deadline of a license opens its ledger, and the ledger ends on the date."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from types import MappingProxyType
from urllib.parse import urlencode

import pytest

from tests.services.builders import held
from tests.support.cast import TODAY
from workflow.domain.facts import HeldLicense
from workflow.domain.ledger import ledger
from workflow.law.catalogue import CALENDAR
from workflow.law.duties import DUTIES, Holding, deadlines, reading_of
from workflow.services import reminding

CHANGES = [
    {"change": "C-LREP", "registered_on": "2026-02-25"},
    {"change": "C-SHAREHOLDER", "registered_on": "2026-04-01"},
]


@pytest.fixture
def license_id(one_office):
    return held(
        one_office.cast,
        kinds=["SP"],
        codes=["10661234"],
        annual_reports=[2022, 2023],
        unreported_changes=CHANGES,
        valid_to=date(2026, 9, 1),
    )


def test_it_opens_every_live_deadline(one_office, license_id):
    visit = one_office.visit()
    with one_office.database.reading() as session:
        runs = reminding.license_deadlines(session, [license_id], TODAY)[license_id]
    assert {run.code for run in runs} >= {"K-RENEW", "K-AR", "K-CODEAR", "K-FEE", "K-CHG-REG"}
    for run in runs:
        address = f"/licenses/{license_id}/deadlines/{run.code}?{urlencode({'cycle': run.cycle})}"
        assert visit.open(address).status_code == 200
        assert run.due_on.isoformat() in visit.words, run
    visit.open(f"/licenses/{license_id}/deadlines/K-RENEW")
    assert "2026-09-01（许可证有效期届满） − 90 自然日 = 2026-06-03" in visit.words
    visit.open(f"/licenses/{license_id}/deadlines/K-CHG-REG")
    assert "2026-02-25（工商变更登记） + 30 自然日 = 2026-03-27" in visit.words


def test_it_knows_no_other_deadline(one_office, license_id):
    visit = one_office.visit()
    for path in ("K-REV", "K-NUMUSE", "K-RENEW?cycle=1999-01-01", "../K-RENEW", "x" * 300):
        assert visit.open(f"/licenses/{license_id}/deadlines/{path}").status_code == 404
    chen = one_office.visit("chen")
    assert chen.open(f"/licenses/{license_id}/deadlines/K-RENEW").status_code == 404


def test_it_explains_every_duty_by_a_clock_of_the_law():
    license_ = HeldLicense(
        "示例", frozenset({"SP"}), frozenset({"44"}), "valid", date(2026, 9, 1),
        valid_from=date(2021, 9, 2), codes=("10661234",), annual_reports=frozenset(),
        items=MappingProxyType({}),
    )  # fmt: skip
    holding = Holding(
        license_,
        registered=(("C-LREP", date(2026, 2, 25)), ("C-COVERAGE", date(2026, 4, 1))),
        branches=(("32", "open", date(2026, 3, 2)),),
        tasks=(("T-CODE-USE", date(2024, 2, 29)), ("T-REG-SCOPE", date(2026, 4, 1))),
    )
    runs = deadlines(holding, CALENDAR, TODAY)
    assert {run.code for run in runs} == set(DUTIES)
    for run in runs:
        reading = reading_of(run, CALENDAR, TODAY)
        assert ledger(reading)[-1].day == reading.due == run.due_on


def test_it_is_where_each_date_of_a_duty_leads(one_office, license_id):
    visit = one_office.visit()
    page = visit.open(f"/licenses/{license_id}").text
    addresses = set(re.findall(rf'href="(/licenses/{license_id}/deadlines/[^"]+)"', page))
    assert len(addresses) >= 2
    for address in addresses:
        assert visit.open(unescape(address)).status_code == 200
