"""What cannot be applied for is refused at its field, in both languages, and nothing is written."""

from __future__ import annotations

from datetime import date

import pytest

from tests.services.builders import new_company, now, refused, results
from tests.support.cast import moment
from workflow.domain.errors import BadInput
from workflow.domain.guard import Result
from workflow.law import catalogue
from workflow.services import client_companies, opening

# The refusal comes before anything is written, so one database is enough.
pytestmark = pytest.mark.parametrize("desk", ["sqlite"], indirect=True, scope="module")
TERM = {"valid_from": date(2024, 5, 6), "valid_to": date(2029, 5, 6)}


@pytest.fixture
def desk_of(cast):
    """Open a case of the company of this test, about its provincial license where one is asked."""

    def open_(procedure, **told):
        held = None
        if procedure != "new":
            with cast.database.transaction() as tx:
                held = client_companies.add_license(
                    tx, cast.company,
                    {"number": f"粤B2-2024{cast.company:04}", "kinds": ["ICP"],
                     "coverage": ["44"], **TERM},
                    actor=cast["wang"], moment=moment(),
                )  # fmt: skip

        def act():
            with cast.database.transaction() as tx:
                return opening.open_for(
                    tx, cast.company, procedure, license_id=held, actor=cast["wang"],
                    moment=moment(), **told,
                )  # fmt: skip

        return act

    return open_


def said(caught):
    says = caught.value.says
    assert says.zh != says.en
    return says.zh, says.en


@pytest.mark.parametrize(
    ("facts", "field", "words"),
    [
        (
            {"third_party_platform": "也许"},
            "third_party_platform",
            ("第三方交易平台", "Third-party"),
        ),
        ({"content": "news"}, "content", ("涉及前置审批的内容", "Content that needs")),
        ({"content": ["poems"]}, "content.0", ("涉及前置审批的内容", "Content that needs")),
        ({"activities": [7]}, "activities.0", ("实际业务", "Activities")),
        ({"pilot_approval": 1}, "pilot_approval", ("试点批复", "Pilot approval")),
        ({"color": "red"}, "color", ("没有名为 color 的字段", "no field named color")),
    ],
)
def test_it_refuses_a_fact_of_the_wrong_type(cast, desk_of, facts, field, words):
    act = desk_of("new", kinds=["EDI"], coverage=["44"], facts=facts)
    with refused(cast.database, BadInput, field=field) as caught:
        act()
    assert all(word in told for word, told in zip(words, said(caught), strict=True))


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"registered_on": 5}, "registered_on"),
        ({"registered_on": "2026-02-30"}, "registered_on"),
        ({"new": {"registered_capital": "一百万"}}, "new.registered_capital"),
        ({"new": {"foreign_share": 101}}, "new.foreign_share"),
        ({"new": ["x"]}, "new"),
        ({"new_person_dishonest": "no"}, "new_person_dishonest"),
    ],
)
def test_it_refuses_a_fact_of_a_change_that_cannot_be(cast, desk_of, facts, field):
    act = desk_of("change", changes=["C-LREP"], facts=facts)
    with refused(cast.database, BadInput, field=field) as caught:
        act()
    said(caught)


@pytest.mark.parametrize("coverage", [["99"], ["44", "99"], ["Guangdong"]])
def test_it_refuses_a_province_that_does_not_exist(cast, desk_of, coverage):
    act = desk_of("new", kinds=["ICP"], coverage=coverage)
    with refused(cast.database, BadInput, field="coverage") as caught:
        act()
    zh, en = said(caught)
    assert coverage[-1] in zh
    assert f"no province {coverage[-1]}" in en


def test_it_refuses_a_change_to_a_province_that_does_not_exist(cast, desk_of):
    act = desk_of("change", changes=["C-COV"], facts={"new": {"coverage": ["44", "99"]}})
    with refused(cast.database, BadInput, field="coverage"):
        act()


@pytest.mark.parametrize("coverage", [("national",), ("44", "45")])
def test_it_asks_to_confirm_a_nationwide_premises_network_with_the_ministry(cast, coverage):
    number = cast.open_case(
        kinds=("CPN",), coverage=coverage, company=new_company(cast, registered_capital=10_000_000)
    )
    cast.do(number, "prepare")
    assert results(cast, number)["G-SCOPE"] == "unknown"
    (found,) = [f for f in now(cast, number).findings if f.code == "G-SCOPE"]
    assert (found.result, found.refuses) == (Result.UNKNOWN, True)
    assert "请先向工业和信息化部确认" in catalogue.sentence(found, "zh")
    assert "confirm with MIIT first" in catalogue.sentence(found, "en")


@pytest.mark.parametrize(
    ("changes", "zh", "en"),
    [
        (["C-SUBJ", "C-NAME"], "不能与其他变更合并", "excludes every other change"),
        (["C-COV", "C-SUBJ"], "不能与其他变更合并", "excludes every other change"),
        (["C-NAME", "C-NAME"], "重复", "twice"),
        (["C-NONE"], "没有变更事项 C-NONE", "no change C-NONE"),
        ([], "请选择变更事项", "Choose what is to be changed"),
    ],
)
def test_it_refuses_changes_that_exclude_each_other(cast, desk_of, changes, zh, en):
    act = desk_of("change", changes=changes)
    with refused(cast.database, BadInput, field="changes") as caught:
        act()
    told = said(caught)
    assert zh in told[0]
    assert en in told[1]


@pytest.mark.parametrize("number", ["粤B2-1", "浙B2-20080101-4", "B1-29990001", "随便"])
def test_it_takes_a_license_number_however_odd_it_looks(cast, number):
    written = f"{number}/{cast.company}"
    with cast.database.transaction() as tx:
        license_id = client_companies.add_license(
            tx, cast.company, {"number": written, "kinds": ["ICP"], "coverage": ["44"], **TERM},
            actor=cast["wang"], moment=moment(),
        )  # fmt: skip
    assert license_id
    case = cast.approved(coverage=("45",), license_number=f"批准{written}")
    assert now(cast, case).state == "approved"


@pytest.mark.parametrize("name", ["valid_from", "valid_to"])
def test_it_refuses_a_term_for_a_change_which_keeps_it(cast, desk_of, name):
    number = desk_of("change", changes=["C-LOST"])().number
    cast.do(number, "prepare")
    cast.provide(number)
    cast.do(number, "sign_off", by="li")
    cast.do(number, "submit")
    with refused(cast.database, BadInput, field=name) as caught:
        cast.do(number, "approve", given={name: "2031-01-01"})
    said(caught)
