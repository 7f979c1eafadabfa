"""What the later procedures do to the register, to tasks and to the clock's own acts."""

from __future__ import annotations

import json
from datetime import date

import pytest

from tests.services.builders import (
    SERIAL,
    about,
    bodies,
    filed,
    held,
    now,
    query,
    refused,
    register,
    stored,
    tick,
)
from tests.support.cast import TODAY, moment
from workflow.domain.errors import BadInput, GuardsUnmet, NotOffered
from workflow.services import clockwork, companies, license_marks, licenses, opening, trail
from workflow.storage import reads


def test_it_writes_only_what_changes_and_tells_old_and_new(cast):
    license_id = held(cast)
    before = register(cast, license_id)
    new = {"legal_representative": "丙示例", "registered_capital": 3_000_000}
    number = filed(
        cast, license_id, "change", changes=["C-LREP", "C-CAP"],
        facts={"registered_on": "2026-03-10", "new": new},
    )  # fmt: skip
    cast.do(number, "approve")
    assert register(cast, license_id) == {**before, **new}
    changes = {c["field"]: c for c in json.loads(bodies(cast, number)[-1])["changes"]}
    assert set(changes) == {"license.legal_representative", "license.registered_capital"}
    assert changes["license.registered_capital"]["new"] == 3_000_000
    assert all("丙示例" not in body for body in bodies(cast, number))


def test_a_client_reads_what_went_to_and_fro_in_all_its_cases(cast):
    license_id = held(cast)
    number = filed(
        cast, license_id, "change", changes=["C-SITE"], facts={"new": {"sites": "a.example"}}
    )
    cast.do(number, "approve")
    with cast.database.reading() as session:
        own, exchanged = trail.of_client(session, cast["wang"], cast.company)
    assert {event.chain for event in own.events} == {"company"}
    done = [event.action for event in exchanged.events if event.subject == number]
    assert (done[0], done[-1]) == ("approve", "submit")
    assert "open" not in done


TYPED = "粤ｂ２ — {}"


def test_a_number_is_the_same_however_it_is_typed(cast):
    """By hand, by a decision and in a rectification; what is kept is written one way."""
    taken, free = f"2022{next(SERIAL):04}", f"2026{next(SERIAL):04}"
    license_id = held(cast, number=TYPED.format(taken))
    assert register(cast, license_id)["number"] == f"粤B2-{taken}"
    with refused(cast.database, BadInput, field="number"):
        held(cast, number=f"粤B2－{taken}-3")
    other = held(cast)
    given = {"number": TYPED.format(taken)}
    with refused(cast.database, BadInput, field="number"), cast.database.transaction() as tx:
        licenses.set_license_facts(tx, other, given, actor=cast["wang"], moment=moment())
    number = filed(
        cast, other, "change", changes=["C-SITE"], facts={"new": {"sites": "shili.example"}}
    )
    with refused(cast.database, BadInput, field="number"):
        cast.do(number, "approve", given={"number": TYPED.format(taken)})
    cast.do(number, "approve", given={"number": TYPED.format(free)})
    assert register(cast, other)["number"] == f"粤B2-{free}"


@pytest.mark.parametrize("last", [date(2022, 1, 1), date(2021, 12, 31)])
def test_a_term_ends_after_the_day_it_begins(cast, last):
    with refused(cast.database, BadInput, field="valid_to"):
        held(cast, valid_from=date(2022, 1, 1), valid_to=last)


def test_it_adds_a_kind_and_items_and_a_new_number(cast):
    license_id = held(cast, kinds=["EDI"])
    number = filed(
        cast, license_id, "change", changes=["C-KIND"], facts={"new": {"kinds": ["ICP"]}}
    )
    assert now(cast, number).clock("K-REV")
    new_number = f"粤B2-2026{next(SERIAL):04}"
    cast.do(number, "approve", given={"number": new_number})
    after = register(cast, license_id)
    assert (after["number"], after["kinds"]) == (new_number, ["EDI", "ICP"])
    assert after["items"] == {"EDI": ["EDI-TRADE"], "ICP": ["ICP-PUBLISH"]}


def test_it_leaves_on_the_license_what_each_change_was_about(cast):
    license_id = held(cast)
    new = {"address": "广州市示例路 1 号", "sites": "shili.example、示例应用"}
    number = filed(
        cast, license_id, "change", changes=["C-ADDR", "C-SITE", "C-AUTH", "C-LOST"],
        facts={"new": {**new, "authorized_company": "示例子公司"}},
    )  # fmt: skip
    cast.do(number, "approve")
    changes = {c["field"]: c["new"] for c in json.loads(bodies(cast, number)[-1])["changes"]}
    left = {name.removeprefix("license."): value for name, value in changes.items()}
    assert left == {**new, "authorized_company": "示例子公司", "reissued_on": TODAY.isoformat()}
    with cast.database.reading() as session:
        facts = json.loads(reads.license_row(session, None, license_id).facts)
    assert left.items() <= facts.items()


def test_it_writes_what_a_change_settles_into_the_company_file_too(cast):
    license_id = held(cast)
    number = filed(
        cast, license_id, "change", changes=["C-SH", "C-CAP"],
        facts={"registered_on": "2026-03-10", "decided_on": "2026-03-10",
               "new": {"foreign_share": 20, "registered_capital": 5_000_000}},
    )  # fmt: skip
    waiting = about(cast, license_id, "renewal")
    cast.do(number, "approve")
    company_id = stored(cast, number).company_id
    with cast.database.reading() as session:
        company = companies.read(session, company_id)
    assert (company.foreign_share, company.registered_capital) == (20, 5_000_000)
    share = next(f for f in now(cast, waiting).findings if f.code == "G-FOREIGN")
    assert share.values["share"] == 20  # the next case is judged by it
    (seq,) = query(
        cast.database, "SELECT max(seq) FROM events WHERE chain = 'company' AND subject_id = :c",
        c=company_id,
    )[0]  # fmt: skip
    assert seq >= 2


def test_it_keeps_the_file_of_a_client_whose_license_goes_to_another_operator(cast):
    license_id = held(cast)
    number = filed(
        cast, license_id, "change", changes=["C-SUBJ"],
        facts={"new": {"name": "示例新主体有限公司", "registered_capital": 90_000_000}},
    )  # fmt: skip
    cast.do(number, "approve")
    assert register(cast, license_id)["name"] == "示例新主体有限公司"
    with cast.database.reading() as session:
        company = companies.read(session, stored(cast, number).company_id)
    assert company.name != "示例新主体有限公司"


def test_it_refuses_to_add_a_kind_that_the_license_has(cast):
    license_id = held(cast)
    with refused(cast.database, BadInput, field="kinds"):
        about(cast, license_id, "change", changes=["C-KIND"], facts={"new": {"kinds": ["ICP"]}})


def test_it_refuses_to_carry_a_province_over_to_the_nation(cast):
    number = about(
        cast, held(cast), "change", changes=["C-COV"], facts={"new": {"coverage": ["national"]}}
    )
    assert {f.code: f.says for f in now(cast, number).findings}["G-SCOPE"] == "authority"


def test_it_takes_note_of_new_contacts_without_any_clock_of_the_authority(cast):
    number = filed(cast, held(cast), "change", changes=["C-CONTACT"])
    assert [r.code for r in now(cast, number).readings] == []
    assert number not in tick(cast, date(2026, 6, 1))
    cast.do(number, "approve")
    assert now(cast, number).state == "approved"
    assert stored(cast, number).turn == "none"  # a report leaves nothing to deliver


def test_it_drops_what_was_never_opened_and_renews_the_rest(cast):
    license_id = held(cast, opened=["ICP"])
    stuck = about(cast, license_id, "renewal")
    results = {f.code: f.result.value for f in now(cast, stuck).findings}
    assert results["G-OPENED"] == "fail"
    number = filed(cast, license_id, "renewal", facts={"drop_kinds": ["EDI"]})
    assert now(cast, number).self_check["RL-01"] == "red"
    cast.do(number, "approve")
    after = register(cast, license_id)
    assert (after["kinds"], after["valid_to"]) == (["ICP"], date(2032, 3, 1))
    given = {"event": "approve", "field": "valid_to", "value": "2031-12-31", "reason": "笔误"}
    cast.do(number, "rectify", by="li", given=given)
    assert register(cast, license_id)["valid_to"] == date(2031, 12, 31)


def test_it_ends_one_kind_and_leaves_the_other(cast):
    license_id = held(cast)
    number = filed(cast, license_id, "cancellation", facts={"end_kinds": ["EDI"]})
    cast.do(number, "post_notice")
    with refused(cast.database, BadInput, field="on"):
        cast.do(number, "approve", day=date(2026, 4, 17))  # the last day of the notice
    cast.do(number, "approve", day=date(2026, 4, 18))
    after = register(cast, license_id)
    assert (after["kinds"], after["status"]) == (["ICP"], "valid")
    assert set(after["items"]) == {"ICP"}


def test_it_keeps_the_reports_that_were_filed(cast):
    license_id = held(cast, annual_reports=[2022, 2023, 2024])
    number = filed(cast, license_id, "annual_report")
    assert stored(cast, number).facts["year"] == 2025
    cast.do(number, "approve")
    renewal = about(cast, license_id, "renewal")
    assert now(cast, renewal, date(2026, 11, 23)).self_check["RL-04"] == "green"
    assert stored(cast, number).turn == "none"


def test_it_refuses_a_code_twice(cast):
    license_id = held(cast, kinds=["SP"], coverage=["national"], valid_to=date(2029, 3, 1))
    given = {"code": f"1066{next(SERIAL):04}"}
    first = filed(cast, license_id, "number", facts={"range": "1066XXXX"})
    cast.do(first, "approve", given=given)
    second = filed(cast, license_id, "number", facts={"range": "1066XXXX"})
    with refused(cast.database, BadInput, field="code"):
        cast.do(second, "approve", given=given)


def test_it_ends_the_clocks_of_a_code_once_its_duties_are_done(cast):
    license_id = held(cast, kinds=["SP"], coverage=["national"], valid_to=date(2029, 3, 1))
    number = filed(cast, license_id, "number", facts={"range": "1066XXXX"})
    cast.do(number, "approve", given={"code": f"1066{next(SERIAL):04}"})
    after_it = now(cast, number)
    dues = {code: after_it.clock(code)["due"] for code in ("K-NUMUSE", "K-FEE", "K-CODEAR")}
    assert dues == {
        "K-NUMUSE": date(2027, 3, 18), "K-FEE": date(2026, 4, 10), "K-CODEAR": date(2027, 3, 31),
    }  # fmt: skip
    with cast.database.transaction() as tx:
        for duty, cycle in (("K-NUMUSE", "2026-03-18"), ("K-FEE", "2026-04-10"),
                            ("K-CODEAR", "2026")):  # fmt: skip
            license_marks.duty_done(
                tx, license_id, duty, cycle, actor=cast["wang"], moment=moment()
            )
    later = now(cast, number)
    assert later.clock("K-NUMUSE") == {}
    assert later.clock("K-FEE")["due"] == date(2026, 7, 10)
    assert later.clock("K-CODEAR")["due"] == date(2028, 3, 31)


def test_it_lets_a_code_for_own_use_go_without_a_license(cast):
    number = filed(cast, None, "number", facts={"range": "1069YXXXXXXX"})
    assert (stored(cast, number).authority, stored(cast, number).kinds) == ("MIIT", [])
    cast.do(number, "approve", given={"code": "106951234567"})
    assert now(cast, number).state == "approved"


def test_it_asks_for_the_evaluation_before_the_service_opens(cast):
    license_id = held(cast, kinds=["IDC"], opened=[])
    with refused(cast.database, GuardsUnmet) as refusal:
        open_service(cast, license_id)
    assert refusal.value.papers == ("M-EVAL",)
    with cast.database.transaction() as tx:
        licenses.pass_evaluation(tx, license_id, actor=cast["wang"], moment=moment())
    open_service(cast, license_id)


def open_service(cast, license_id):
    with cast.database.transaction() as tx:
        licenses.open_service(tx, license_id, {"kind": "IDC"}, actor=cast["wang"], moment=moment())


def test_it_lapses_a_license_nobody_renewed_and_tells_of_the_open_renewal(cast):
    license_id = held(cast, valid_to=date(2026, 3, 20))
    number = about(cast, license_id, "renewal")
    with cast.database.reading() as session:
        assert license_id not in clockwork.lapsed(session, date(2026, 3, 20))
        assert license_id in clockwork.lapsed(session, date(2026, 3, 21))
    with cast.database.transaction() as tx:
        clockwork.lapse(tx, license_id, moment(date(2026, 3, 21)))
    assert register(cast, license_id)["status"] == "lapsed"
    assert json.loads(bodies(cast, number)[-1])["changes"][0]["new"] == "lapsed"


def test_it_deems_a_renewal_granted_once_and_never_out_of_a_correction(cast):
    license_id = held(cast, valid_to=date(2026, 7, 1))
    number = filed(cast, license_id, "renewal")
    assert number in tick(cast, date(2026, 7, 2))
    assert number not in tick(cast, date(2026, 7, 2))
    case = stored(cast, number)
    assert (case.state, case.folded[-1].on) == ("approved", date(2026, 7, 1))
    assert [act.do for act in case.folded[-2:]] == ["deem_accepted", "deem_renewed"]
    other = held(cast, kinds=["CC"], valid_to=date(2026, 7, 1))
    corrected = filed(cast, other, "renewal")
    point = {"material": "M-LIC", "text": "缺页"}
    cast.do(corrected, "request_correction", given={"points": [point]})
    assert corrected not in tick(cast, date(2026, 7, 2))


def test_it_counts_the_notice_and_the_decision_after_it(cast):
    license_id = held(cast)
    number = filed(cast, license_id, "cancellation")
    cast.do(number, "post_notice")
    later = now(cast, number, date(2026, 5, 1))
    assert later.clock("K-NOTICE")["due"] == date(2026, 4, 17)
    assert later.clock("K-NOTICE")["late_by"] == 0
    with refused(cast.database, NotOffered):
        cast.do(number, "post_notice")


@pytest.mark.parametrize("procedure", ["change", "renewal", "cancellation", "annual_report"])
def test_it_needs_a_license_of_the_same_company(cast, procedure):
    theirs = held(cast)
    with refused(cast.database, BadInput, field="license"):
        about(cast, None, procedure, changes=["C-NAME"] if procedure == "change" else [])
    with cast.database.transaction() as tx, pytest.raises(BadInput):
        opening.open_for(
            tx, cast.other, procedure, license_id=theirs, actor=cast["wang"], moment=moment(),
            changes=["C-NAME"] if procedure == "change" else [],
        )  # fmt: skip


def test_it_judges_open_cases_anew_when_the_license_changes(cast):
    license_id = held(cast)
    number = about(cast, license_id, "renewal")
    cast.do(number, "prepare")
    before = stored(cast, number).blockers
    with cast.database.transaction() as tx:
        licenses.set_license_facts(
            tx, license_id, {"unreported_changes": [{"change": "C-LREP"}]},
            actor=cast["wang"], moment=moment(TODAY),
        )  # fmt: skip
    assert stored(cast, number).blockers == before + 1
