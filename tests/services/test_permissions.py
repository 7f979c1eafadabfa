"""Who may open, change, assign and enter: the events that are no acts of the law."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.services.builders import (
    ROLES,
    bodies,
    license_of,
    new_company,
    query,
    refused,
    set_company,
    stored,
)
from tests.support.cast import TODAY, moment
from workflow.domain.errors import BadInput, NotFound, RoleMissing
from workflow.services import assignment, client_companies, licenses, opening, paperwork

LICENSE = {
    "number": "示例许可-9", "kinds": ["ICP"], "coverage": ["44"],
    "valid_from": "2024-01-01", "valid_to": "2028-12-31",
}  # fmt: skip


def verbs(cast, number, license_id):
    def with_tx(act):
        def run(actor):
            with cast.database.transaction() as tx:
                act(tx, actor)

        return run

    return {
        "open": with_tx(lambda tx, who: opening.open_for(
            tx, cast.company, "new", kinds=["ICP"], coverage=["11"], actor=who, moment=moment())),
        "provide": with_tx(
            lambda tx, who: paperwork.provide(tx, number, "M-APP", actor=who, moment=moment())),
        "answer": with_tx(
            lambda tx, who: paperwork.answer(tx, number, None, actor=who, moment=moment())),
        "set_facts": with_tx(lambda tx, who: opening.set_facts(
            tx, number, kinds=["EDI"], actor=who, moment=moment())),
        "assign": with_tx(lambda tx, who: assignment.assign(
            tx, number, handler_id=cast["wang"].id, actor=who, moment=moment())),
        "company": with_tx(lambda tx, who: client_companies.set_company_facts(
            tx, cast.company, {"insured_staff": 9}, actor=who, moment=moment())),
        "license": with_tx(lambda tx, who: client_companies.add_license(
            tx, cast.company, LICENSE, actor=who, moment=moment())),
        "service": with_tx(lambda tx, who: licenses.open_service(
            tx, license_id, {"kind": "ICP"}, actor=who, moment=moment())),
        "license facts": with_tx(lambda tx, who: licenses.set_license_facts(
            tx, license_id, {"status": "lapsed"}, actor=who, moment=moment())),
    }  # fmt: skip


def entered_license(cast):
    with cast.database.transaction() as tx:
        return client_companies.add_license(
            tx, cast.company, {**LICENSE, "number": f"示例许可-{cast.company}"},
            actor=cast["wang"], moment=moment(),
        )  # fmt: skip


@pytest.mark.parametrize("role", ["manager", "auditor", "admin"])
def test_it_keeps_the_desk_to_handlers_and_reviewers(cast, role):
    who = cast[ROLES.get(role, role)]
    license_id = entered_license(cast)
    for verb, act in verbs(cast, cast.open_case(), license_id).items():
        if (role, verb) == ("manager", "assign"):
            act(who)
            continue
        with refused(cast.database, RoleMissing):
            act(who)


def test_it_shows_nothing_outside_the_scope(cast):
    number, license_id = cast.in_correction(), entered_license(cast)
    for act in verbs(cast, number, license_id).values():
        with refused(cast.database, NotFound):
            act(cast["chen"])


def test_it_refuses_an_application_that_nobody_could_file(cast):
    for what, error, field in (
        ({"kinds": ()}, BadInput, "kinds"),
        ({"kinds": ("ICP", "ICP")}, BadInput, "kinds"),
        ({"kinds": ("NOPE",)}, BadInput, "kind"),
        ({"coverage": ()}, BadInput, "coverage"),
        ({"coverage": ("99",)}, BadInput, "coverage"),
        ({"coverage": ("national", "44")}, BadInput, "coverage"),
        ({"items": {"ICP": ["EDI-TRADE"]}}, BadInput, "items"),
        ({"items": {"EDI": ["EDI-TRADE"]}}, BadInput, "items"),
        ({"facts": {"colour": "red"}}, BadInput, "colour"),
        ({"facts": {"deals_online": "yes"}}, BadInput, "deals_online"),
        ({"facts": {"content": ["poems"]}}, BadInput, "content.0"),
        ({"company": 10_000}, NotFound, None),
    ):
        with refused(cast.database, error) as caught:
            cast.open_case(**what)
        assert field is None or caught.value.field == field, what


def test_it_takes_an_item_by_its_chinese_name_and_the_first_one_by_default(cast):
    number = cast.open_case(kinds=("ICP", "EDI"), items={"EDI": ["交易处理业务"]})
    assert stored(cast, number).items == {"ICP": ["ICP-PUBLISH"], "EDI": ["EDI-TRADE"]}
    with cast.database.transaction() as tx:
        opening.set_facts(tx, number, kinds=["EDI"], actor=cast["wang"], moment=moment())
    assert stored(cast, number).items == {"EDI": ["EDI-TRADE"]}


def test_it_refuses_a_company_twice_and_a_code_that_does_not_check(cast):
    code = query(cast.database, "SELECT uscc FROM companies WHERE id = :i", i=cast.company)[0][0]
    for uscc in (code, "91440106MA0DEM101D", "123"):
        with refused(cast.database, BadInput, field="uscc"):
            new_company(cast, uscc=uscc)
    with refused(cast.database, BadInput, field="province"):
        new_company(cast, province="99")
    with refused(cast.database, BadInput, field="registered_capital"):
        new_company(cast, registered_capital=-1)


def test_it_keeps_the_register_free_of_impossible_licenses(cast):
    for wrong, field in (
        ({"valid_to": "2023-01-01"}, "valid_to"),
        ({"coverage": ["99"]}, "coverage"),
        ({"kinds": []}, "kinds"),
        ({"kinds": ["NOPE"]}, "kind"),
        ({"items": {"ICP": ["EDI-TRADE"]}}, "items"),
        ({"number": ""}, "number"),
    ):
        with refused(cast.database, BadInput, field=field), cast.database.transaction() as tx:
            client_companies.add_license(
                tx, cast.company, {**LICENSE, **wrong}, actor=cast["wang"], moment=moment()
            )
    entered_license(cast)
    with refused(cast.database, BadInput, field="number"):
        entered_license(cast)


def test_it_changes_what_is_known_of_a_license_and_keeps_who_holds_it(cast):
    number = cast.approved(license_number=f"示例许可-{cast.company}-1")
    before = license_of(cast, number)
    license_id = query(cast.database, "SELECT license_id FROM cases WHERE number = :n", n=number)[
        0
    ][0]

    def change(**values):
        with cast.database.transaction() as tx:
            licenses.set_license_facts(tx, license_id, values, actor=cast["wang"], moment=moment())

    change(status="lapsed", unreported_changes=[{"change": "C-NAME", "registered_on": TODAY}])
    assert license_of(cast, number) == {**before, "status": "lapsed"}
    entered_license(cast)
    for wrong, field in (
        ({"number": f"示例许可-{cast.company}"}, "number"),
        ({"valid_to": "2001-01-01"}, "valid_to"),
        ({"coverage": ["99"]}, "coverage"),
        ({"kinds": ["NOPE"]}, "kind"),
        ({"colour": "red"}, "colour"),
    ):
        with refused(cast.database, BadInput, field=field):
            change(**wrong)


def test_it_puts_a_licensed_kind_into_service_once(cast):
    license_id = entered_license(cast)

    def open_service(kind):
        with cast.database.transaction() as tx:
            licenses.open_service(
                tx, license_id, {"kind": kind}, actor=cast["wang"], moment=moment()
            )

    with refused(cast.database, BadInput, field="kind"):
        open_service("EDI")
    open_service("ICP")
    opened = "SELECT opened FROM licenses WHERE id = :i"
    assert query(cast.database, opened, i=license_id) == [('["ICP"]',)]


def test_it_shows_open_cases_what_changed_around_them(cast):
    number = cast.fileable()
    entered_license(cast)
    case = stored(cast, number)
    assert (case.blockers, case.first_blocker) == (2, "G-MATERIALS")  # the old license is asked for
    set_company(cast, legal_representative="钱示例")
    assert stored(cast, number).version == len(bodies(cast, number))


def test_it_refuses_a_change_to_the_code_of_another_company(cast):
    code = query(cast.database, "SELECT uscc FROM companies WHERE id = :i", i=cast.company)[0][0]
    other = replace(cast, company=new_company(cast))
    with refused(cast.database, BadInput, field="uscc"):
        set_company(other, uscc=code)
    with refused(cast.database, NotFound):
        replace(cast, company=10_000).open_case()
    with refused(cast.database, NotFound), cast.database.transaction() as tx:
        client_companies.add_license(tx, 10_000, LICENSE, actor=cast["wang"], moment=moment())


@pytest.mark.parametrize("whom", ["zhou", "zhao", "chen", "nobody"])
def test_it_gives_a_case_only_to_somebody_who_can_take_it(cast, whom):
    number = cast.prepared()
    account = "99999" if whom == "nobody" else cast[whom].id
    with pytest.raises(BadInput) as refused, cast.database.transaction() as tx:
        assignment.assign(tx, number, actor=cast["zhao"], moment=moment(), handler_id=account)
    assert refused.value.field == "handler_id"
